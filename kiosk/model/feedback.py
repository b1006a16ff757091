"""What somebody tells the authority besides an application: a guide that is wrong, a complaint, a suggestion.

It may be anonymous. It gets a number at once, as a case does, and goes up sealed; the answer comes down sealed to this
terminal and is shown to whoever knows number and query code, or tapped the same card; elsewhere it is asked for.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from kiosk.failure import Failure, KioskError

CODE_DIGITS: Final = 6


class FeedbackKind(StrEnum):
    """What it is."""

    GUIDE = "guide"
    """曝光纠错: a guide says what is not so."""
    COMPLAINT = "complaint"
    """投诉."""
    SUGGESTION = "suggestion"
    """建议."""


class FeedbackState(StrEnum):
    """Where it stands, as far as this terminal knows."""

    KEPT = "kept"
    """Kept here for good, the platform has not signed for it yet."""
    TAKEN = "taken"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is sealed and goes up. `section` is the part of the guide that is wrong; `contact` may be empty.

    `code` is the query code, and `holder` the number on the card that was tapped: with either of them the answer is
    told at another terminal. Nobody who reads the feedback is shown them.
    """

    number: str
    kind: FeedbackKind
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)] = field(repr=False)
    made_at: Annotated[datetime, msgspec.Meta(tz=True)]
    item_code: Annotated[str, msgspec.Meta(max_length=64)] = ""
    item_version: int = 0
    section: Annotated[str, msgspec.Meta(max_length=40)] = ""
    contact: Annotated[str, msgspec.Meta(max_length=80)] = field(default="", repr=False)
    code: Annotated[str, msgspec.Meta(max_length=16)] = field(default="", repr=False)
    holder: Annotated[str, msgspec.Meta(max_length=32)] = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewFeedback:
    """Everything one act of handing in writes in one transaction. `code_tag` stands for the query code."""

    event_id: str
    number: str
    kind: FeedbackKind
    payload: bytes = field(repr=False)
    made_at: datetime
    clock_trusted: bool
    code_tag: bytes = field(repr=False)
    item_code: str = ""
    item_version: int = 0
    item_name: str = ""
    owner: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FeedbackSummary:
    """What this terminal remembers of it: never what was written. `answer` is what the authority said."""

    number: str
    kind: FeedbackKind
    state: FeedbackState
    made_at: datetime
    item_name: str = ""
    answer: str = field(default="", repr=False)
    answered_at: datetime | None = None
    code_tag: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the authority said, as taken from a verified platform record. `sequence` only rises per number."""

    number: str
    sequence: int
    at: datetime
    text: str = field(repr=False)


def code_tag(secret: bytes, number: str, code: str) -> bytes:
    """What stands here for a query code: useless without this terminal's secret."""
    return hmac.digest(secret, f"feedback/{number}/{code}".encode(), hashlib.sha256)


def read_feedback(plain: bytes) -> Feedback:
    """What was sealed.

    Raises:
        KioskError: `INTAKE_REFUSED`, reason `unreadable`.
    """
    try:
        return msgspec.json.decode(plain, type=Feedback)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KioskError(Failure.INTAKE_REFUSED, reason="unreadable") from error
