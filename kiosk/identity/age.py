"""Age in full years (周岁)."""

from datetime import date


def age_on(birth: date, day: date) -> int:
    """Full years on `day`, reached on the birthday; who was born on 29 February reaches them on 1 March otherwise.

    Negative before birth, so that a rule never takes an unborn date for a child of zero.
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
