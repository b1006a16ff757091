"""What words read off a page say about it: is it the form it claims to be, and whose number stands on it.

Reading is never certain, and what is read was printed by anybody: the answers are hints for the person at the screen,
who decides. None means that the words say nothing either way.
"""

import re
from itertools import pairwise

from kiosk.failure import KioskError
from kiosk.identity.ids import parse_id_number
from kiosk.model.people import IdType

_NO_LETTER = re.compile(r"[\W_]+")
_ALIKE = 0.7
_LEAST_WORDS = 12
_SLACK = 2
_TITLE_LINES, _LONGEST_LINE = 40, 120
# What a reader of print takes for a digit and back.
_AS_DIGITS = str.maketrans(
    {**dict.fromkeys("OoQD", "0"), **dict.fromkeys("Il|!", "1"), "Z": "2", "S": "5", "B": "8", "x": "X"}
)
_NUMBER = re.compile(r"(?=(\d{17}[\dX]))")


def is_titled(text: str, title: str) -> bool | None:
    """Whether the title of a form stands on the page, a misread character or two forgiven; None for an unread page."""
    wanted = _NO_LETTER.sub("", title)
    lines = [_NO_LETTER.sub("", line) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if not wanted or sum(map(len, lines)) < _LEAST_WORDS:
        return None
    # A long title may stand on two lines.
    top = [line[:_LONGEST_LINE] for line in lines[:_TITLE_LINES]]
    pieces = [*top, *(one + two for one, two in pairwise(top))]
    return any(_within(wanted, piece) for piece in pieces)


def shows_id_number(text: str, number: str) -> bool | None:
    """True when this ID number stands on the page, False when only others do, None when none could be read."""
    found = id_numbers(text)
    return (number.upper() in found) if found else None


def id_numbers(text: str) -> tuple[str, ...]:
    """Every right 18-digit ID number among the words, each once."""
    numbers = []
    for line in text.splitlines():
        packed = re.sub(r"[\s.,·、-]+", "", line).translate(_AS_DIGITS)
        numbers += [number for number in _NUMBER.findall(packed) if _right(number)]
    return tuple(dict.fromkeys(numbers))


def _right(number: str) -> bool:
    try:
        parse_id_number(number, None, IdType.RESIDENT_ID)
    except KioskError:
        return False
    return True


def _within(wanted: str, piece: str) -> bool:
    """Whether enough of the characters stand somewhere in the piece, in their order and close together."""
    reach = len(wanted) + _SLACK
    starts = range(max(1, len(piece) - len(wanted) + 1))
    return any(_common(wanted, piece[start : start + reach]) >= _ALIKE * len(wanted) for start in starts)


def _common(one: str, other: str) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for character in one:
        before = row
        row = [0]
        for place, across in enumerate(other):
            row.append(before[place] + 1 if character == across else max(before[place + 1], row[place]))
    return row[-1]
