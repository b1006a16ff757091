"""Submission numbers that stay unique offline: `T00001A-20261124-00042-X`.

Terminal (6) and enrolment epoch (1) are issued by the platform, the date is the day in Asia/Shanghai (`00000000` when
time is not trusted), the counter never resets, the last character is ISO 7064 MOD 37,36 over all the others.
"""

import re
from dataclasses import dataclass
from datetime import date

from kiosk.failure import Failure, KioskError
from kiosk.identity.iso7064 import mod_37_36

_SHAPE = re.compile(r"([0-9A-Z]{6})([0-9A-Z])-([0-9]{8})-([0-9]{5,9})-([0-9A-Z])")
UNKNOWN_DAY = "00000000"


@dataclass(frozen=True, slots=True)
class SubmissionNumber:
    """The parts of a submission number. `day` is None when the terminal did not trust its clock."""

    terminal: str
    epoch: str
    day: date | None
    counter: int


def submission_no(terminal: str, epoch: str, day: date | None, counter: int) -> str:
    """The number with its check character."""
    stamp = day.strftime("%Y%m%d") if day else UNKNOWN_DAY
    body = f"{terminal}{epoch}-{stamp}-{counter:05d}"
    return f"{body}-{_check(body)}"


def parse(text: str) -> SubmissionNumber:
    """The parts of a number as typed or scanned: case and surrounding space forgiven.

    Raises:
        KioskError: `CASE_UNKNOWN` with reason `shape`, `check` or `date`.
    """
    match = _SHAPE.fullmatch(text.strip().upper())
    if match is None:
        raise KioskError(Failure.CASE_UNKNOWN, reason="shape")
    terminal, epoch, stamp, counter, check = match.groups()
    if _check(f"{terminal}{epoch}-{stamp}-{counter}") != check:
        raise KioskError(Failure.CASE_UNKNOWN, reason="check")
    try:
        day = None if stamp == UNKNOWN_DAY else date.fromisoformat(f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:]}")
    except ValueError as error:
        raise KioskError(Failure.CASE_UNKNOWN, reason="date") from error
    return SubmissionNumber(terminal, epoch, day, int(counter))


def _check(body: str) -> str:
    return mod_37_36(body.replace("-", ""))
