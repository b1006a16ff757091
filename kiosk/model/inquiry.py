"""What a visit may ask the platform while it is reachable, and what comes back.

Both travel sealed inside the wire's own messages: the question to the platform's key, the answer to a key made for this
visit alone, so that neither the agent that carries them nor a cache can read them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import msgspec

from kiosk.failure import Failure, KioskError
from kiosk.model.afterwards import Arranged, Bill, Slot
from kiosk.model.feedback import FeedbackSummary
from kiosk.model.people import Assurance, IdType
from kiosk.model.state import CaseState

LEAST_ASSURANCE: Final = Assurance.CHIP
"""Nothing of a person is told to whoever only typed a number."""


class InquiryKind(StrEnum):
    """What is asked."""

    KNOWN = "known"
    """Licences of this person, and facts of registries and earlier cases, as far as one item asks for them."""
    CASES = "cases"
    """Where this person's own cases stand, wherever they were handed in."""
    PAPER = "paper"
    """The newest paper of one of them."""
    SLOTS = "slots"
    """When there is still room for an appointment for an item."""
    BOOK = "book"
    """Another time for one of their own cases, in place of one that was refused. Said twice, it is booked once."""
    BILL = "bill"
    """What is to be paid for one of their own cases, and whether it is."""
    FEEDBACK = "feedback"
    """What was answered to feedback, by its number and either its query code or the card tapped when it was said."""
    CODE = "code"
    """Which licence a code stands for that the person's telephone shows."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question about one person, who was identified by chip in this visit.

    `visit_key` is the X25519 key the answer is sealed to. `item` is the service item it is asked for, `about` a
    submission number or a licence's code. `agreed_at` is when the person agreed on the screen that it be asked. `slot`
    is the time to be booked, `code` the query code of feedback: whoever has that need be nobody, and names nobody.
    """

    inquiry_id: str
    terminal: str
    kind: InquiryKind
    visit_key: bytes
    id_type: IdType
    id_no: str = field(repr=False)
    name: str = field(repr=False)
    assurance: Assurance
    asked_at: datetime
    agreed_at: datetime | None = None
    item: str = ""
    about: str = field(default="", repr=False)
    slot: Slot | None = None
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Licence:
    """电子证照: one licence of the person, without its document. `type` is what a material rule calls it."""

    licence_id: str
    type: str
    name: str
    issuer: str
    issued: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer somebody already holds. `source` names the registry or the item of an earlier case."""

    name: str
    value: Any = field(repr=False)
    source: str
    dated: date
    registry: bool = False


@dataclass(frozen=True, slots=True)
class CaseWord:
    """What the platform says of one case."""

    submission_no: str
    item_code: str
    item_name: str
    state: CaseState
    submitted_at: datetime
    sequence: int
    acceptance_no: str | None = None
    reason: str = ""
    correct: tuple[str, ...] = ()
    has_paper: bool = False
    arranged: Arranged | None = None


@dataclass(frozen=True, slots=True)
class InquiryReply:
    """The answer. `refused` is a reason code where the platform would not tell; everything else is empty then.

    `arranged` is what came of a booking: `full` or `past` where nothing was booked, and all stays as it was.
    """

    inquiry_id: str
    answered_at: datetime
    licences: tuple[Licence, ...] = ()
    facts: tuple[Fact, ...] = ()
    cases: tuple[CaseWord, ...] = ()
    paper: bytes = field(default=b"", repr=False)
    paper_signature: bytes = b""
    slots: tuple[Slot, ...] = ()
    bill: Bill | None = None
    arranged: Arranged | None = None
    feedback: FeedbackSummary | None = None
    refused: str = ""


def question_context(terminal: str) -> str:
    """What a sealed question is sealed for."""
    return f"inquiry/{terminal}"


def reply_context(inquiry_id: str) -> str:
    """What a sealed answer is sealed for: it fits no other question."""
    return f"reply/{inquiry_id}"


def encode_inquiry(inquiry: Inquiry) -> bytes:
    """The question as JSON."""
    return msgspec.json.encode(inquiry)


def decode_inquiry(data: bytes) -> Inquiry:
    """A question from JSON.

    Raises:
        KioskError: `INTAKE_REFUSED` with reason `inquiry` when it is none.
    """
    try:
        return msgspec.json.decode(data, type=Inquiry)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KioskError(Failure.INTAKE_REFUSED, reason="inquiry") from error


def encode_reply(reply: InquiryReply) -> bytes:
    """The answer as JSON."""
    return msgspec.json.encode(reply)


def decode_reply(data: bytes) -> InquiryReply:
    """An answer from JSON.

    Raises:
        KioskError: `RECORD_NOT_GENUINE` with reason `reply` when it is none.
    """
    try:
        return msgspec.json.decode(data, type=InquiryReply)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KioskError(Failure.RECORD_NOT_GENUINE, reason="reply") from error
