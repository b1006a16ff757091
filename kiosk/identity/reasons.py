"""Why a number or code is not one: the `reason` of `IDENTITY_INVALID`."""

from collections.abc import Callable
from enum import StrEnum
from typing import NoReturn

from kiosk.failure import Failure, KioskError


class Reason(StrEnum):
    """Distinct reasons, so that the screen can say what to look at."""

    LENGTH = "length"
    CHARACTERS = "characters"
    CHECK_DIGIT = "check_digit"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_FUTURE = "date_future"
    FIRST_GENERATION = "first_generation"
    AREA = "area"
    KIND = "kind"
    LEVEL = "level"
    ISSUER = "issuer"


def refuse(reason: Reason, kind: str) -> NoReturn:
    """Raise `IDENTITY_INVALID` with the reason and the kind of number. The number itself is never in it."""
    raise KioskError(Failure.IDENTITY_INVALID, reason=str(reason), kind=kind)


def fault(parse: Callable[[str], object], text: str) -> Reason | None:
    """Why `parse` refuses the text, or None when it takes it: for those who warn instead of refusing."""
    try:
        parse(text)
    except KioskError as error:
        if error.failure is not Failure.IDENTITY_INVALID:
            raise
        return Reason(str(error.info["reason"]))
    return None
