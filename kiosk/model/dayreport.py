"""日终核对: one day's cases, their receipts and the platform's acknowledgements, and a name for every difference.

Terminal and platform reckon the same report from what each of them holds, so that the two can be laid side by side. It
holds numbers of cases and codes of failures; it is about nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ReceiptEnd(StrEnum):
    """What became of the receipt of one event, as far as the device told."""

    PRINTED = "printed"
    UNASKED = "unasked"
    RUNNING = "running"
    WAITING = "waiting"
    UNCERTAIN = "uncertain"
    GIVEN_UP = "given_up"
    UNSEEN = "unseen"
    """The platform sees no printer."""


class Sending(StrEnum):
    """How far one event has come; `COMPLETE` once the platform has signed for the form and every file."""

    COMPLETE = "complete"
    SCANS = "scans"
    QUEUED = "queued"
    TRYING = "trying"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class DayEvent:
    """One case or amendment. `made` is the terminal's own time for it, on both sides; `failure` a code.

    `reprints` are the receipts of this event that came out after its first.
    """

    event: str
    number: str
    kind: str
    made: datetime
    clock_trusted: bool
    sending: Sending
    receipt: ReceiptEnd = ReceiptEnd.UNSEEN
    reprints: int = 0
    failure: str = ""
    reason: str = ""

    @property
    def waits(self) -> "Difference":
        """Why an event that the platform does not hold whole is still open."""
        return Difference(_OF_SENDING[self.sending], self.number, self.event, self.failure, self.reason)


class Cause(StrEnum):
    """Why figures differ. The first group says of a terminal what it knows itself, the second comes of comparing."""

    RECEIPT_UNASKED = "receipt.unasked"
    RECEIPT_RUNNING = "receipt.running"
    RECEIPT_WAITING = "receipt.waiting"
    RECEIPT_UNCERTAIN = "receipt.uncertain"
    RECEIPT_GIVEN_UP = "receipt.given_up"
    SENDING_QUEUED = "sending.queued"
    SENDING_TRYING = "sending.trying"
    SENDING_SCANS = "sending.scans"
    SENDING_PARKED = "sending.parked"

    PLATFORM_REFUSED = "platform.refused"
    PLATFORM_LACKS = "platform.lacks"
    PLATFORM_INCOMPLETE = "platform.incomplete"
    TERMINAL_LACKS = "terminal.lacks"
    ACKNOWLEDGEMENT_ON_ITS_WAY = "acknowledgement.on_its_way"
    NUMBER_DIFFERS = "number.differs"


ALARMING = frozenset({Cause.PLATFORM_LACKS, Cause.PLATFORM_INCOMPLETE, Cause.TERMINAL_LACKS, Cause.NUMBER_DIFFERS})
"""What must never be: one side says it holds, or was told, what the other does not know."""

_OF_RECEIPT = {
    ReceiptEnd.UNASKED: Cause.RECEIPT_UNASKED,
    ReceiptEnd.RUNNING: Cause.RECEIPT_RUNNING,
    ReceiptEnd.WAITING: Cause.RECEIPT_WAITING,
    ReceiptEnd.UNCERTAIN: Cause.RECEIPT_UNCERTAIN,
    ReceiptEnd.GIVEN_UP: Cause.RECEIPT_GIVEN_UP,
}
_OF_SENDING = {
    Sending.QUEUED: Cause.SENDING_QUEUED,
    Sending.TRYING: Cause.SENDING_TRYING,
    Sending.SCANS: Cause.SENDING_SCANS,
    Sending.PARKED: Cause.SENDING_PARKED,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One case that keeps two figures apart, and why."""

    cause: Cause
    number: str
    event: str
    failure: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaperCount:
    """Sheets of one kind that came out on the day, and how many of them were reprints."""

    kind: str
    printed: int
    reprints: int


@dataclass(frozen=True, slots=True)
class DayReport:
    """The report of one day in Asia/Shanghai.

    `events` were made that day. `undated` were made under a clock nobody could believe, stand on another day for it,
    and are either still open or were acknowledged on this one. `earlier` are older and still open. `refused` are events
    the platform did not take, which only the platform's own report names.
    """

    terminal: str
    point_name: str
    day: date
    at: datetime
    clock_trusted: bool
    events: tuple[DayEvent, ...] = ()
    undated: tuple[DayEvent, ...] = ()
    earlier: tuple[DayEvent, ...] = ()
    papers: tuple[PaperCount, ...] = ()
    refused: tuple[Difference, ...] = ()

    @property
    def of_terminal(self) -> bool:
        """Whether the terminal made it, which sees its printers."""
        return all(one.receipt is not ReceiptEnd.UNSEEN for one in self.events)

    @property
    def submitted(self) -> int:
        """Cases and amendments of the day."""
        return len(self.events)

    @property
    def printed(self) -> int:
        """How many of them have their receipt, as the printer told."""
        return sum(one.receipt is ReceiptEnd.PRINTED for one in self.events)

    @property
    def acknowledged(self) -> int:
        """How many of them the platform holds whole."""
        return sum(one.sending is Sending.COMPLETE for one in self.events)

    @property
    def reprints(self) -> int:
        """Receipts of the day's cases that were printed again."""
        return sum(one.reprints for one in self.events)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every reason why printed, submitted and acknowledged are not one number, case by case."""
        return tuple(found for one in self.events for found in _differences(one)) + self.refused

    @property
    def agrees(self) -> bool:
        """Whether printed = submitted = acknowledged, with nothing left over from elsewhere."""
        return not (self.differences or self.open_undated or self.earlier)

    @property
    def open_undated(self) -> tuple[DayEvent, ...]:
        """Those of `undated` that the platform does not hold yet."""
        return tuple(one for one in self.undated if one.sending is not Sending.COMPLETE)


def compare(terminal: DayReport, platform: DayReport, held: Mapping[str, DayEvent]) -> tuple[Difference, ...]:
    """What keeps the terminal's report and the platform's of the same day apart, event by event.

    `held` is what the platform holds of the events the terminal names, whatever day it took them.

    Raises:
        ValueError: they are of different days or terminals.
    """
    if (terminal.terminal, terminal.day) != (platform.terminal, platform.day):
        raise ValueError("reports of different days or terminals")
    here = {one.event: one for one in (*terminal.events, *terminal.undated, *terminal.earlier)}
    refused = {one.event: one for one in platform.refused}
    found = [
        _only_here(one, refused) if one.event not in held else _of_both(one, held[one.event]) for one in here.values()
    ]
    found += [
        Difference(Cause.TERMINAL_LACKS, one.number, one.event) for one in platform.events if one.event not in here
    ]
    return tuple(one for one in found if one is not None)


def _only_here(one: DayEvent, refused: dict[str, Difference]) -> Difference:
    if one.sending in (Sending.COMPLETE, Sending.SCANS):
        return Difference(Cause.PLATFORM_LACKS, one.number, one.event)
    if one.event in refused:
        told = refused[one.event]
        return Difference(Cause.PLATFORM_REFUSED, one.number, one.event, told.failure, told.reason)
    return one.waits


def _of_both(here: DayEvent, there: DayEvent) -> Difference | None:
    if here.number != there.number:
        return Difference(Cause.NUMBER_DIFFERS, here.number, here.event, reason=there.number)
    if here.sending is Sending.PARKED:
        return here.waits
    whole_here, whole_there = here.sending is Sending.COMPLETE, there.sending is Sending.COMPLETE
    if whole_here == whole_there:
        return None if whole_here else Difference(Cause.SENDING_SCANS, here.number, here.event, here.failure)
    if whole_here:
        return Difference(Cause.PLATFORM_INCOMPLETE, here.number, here.event)
    return Difference(Cause.ACKNOWLEDGEMENT_ON_ITS_WAY, here.number, here.event, here.failure)


def _differences(one: DayEvent) -> list[Difference]:
    receipt = _OF_RECEIPT.get(one.receipt)
    found = [] if receipt is None else [Difference(receipt, one.number, one.event)]
    return found if one.sending is Sending.COMPLETE else [*found, one.waits]
