"""What the host knows of one request, and the news a seat brings about it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from devices.channel import LARGEST_MEMORY
from devices.rolls import pack
from kiosk.failure import Failure, KioskError
from kiosk.frames import FrameReader
from kiosk.model.devices import (
    CardRead,
    CodeRead,
    DeviceKind,
    Event,
    Failed,
    FileRefused,
    FilesOffered,
    Finished,
    HandoverOpened,
    ListFiles,
    PageScanned,
    PreviewOpened,
    PrintPaper,
    Progress,
    ReadCard,
    ReceiveFiles,
    Request,
    ScanPages,
    TakeFiles,
    Ticket,
    UseCamera,
)

Step: TypeAlias = Progress | PageScanned | PreviewOpened | HandoverOpened | FilesOffered | FileRefused
LastEvent: TypeAlias = CardRead | Finished | Failed


@dataclass(eq=False, slots=True)
class Order:
    """One request on its way: `pending` seats may still answer it; `failure` is the best reason so far why one did not.

    An order ends exactly once, with a `CardRead`, a `Finished` or a `Failed`.
    """

    ticket: Ticket
    request: Request
    on_event: Callable[[Event], None]
    pending: int = 0
    cancelled: bool = False
    ended: bool = False
    failure: Failed | None = None
    frames: FrameReader | None = None
    asked: float = field(default_factory=lambda: time.clock_gettime(time.CLOCK_BOOTTIME))

    def take_over(self, event: Step) -> None:
        """Keep the live pictures, to wipe them when the order ends. A second ring takes the place of the first."""
        if isinstance(event, PreviewOpened):
            if self.frames is not None:
                self.frames.close()
            self.frames = event.frames

    def content(self, paper: PrintPaper, stale: float) -> bytes:
        """What its printer is handed: a PDF, or a packed roll.

        Raises:
            KioskError: `PRINT_REFUSED` for what is empty or too large, `PRINTER_BUSY` when it was asked for more than
                `stale` seconds ago: the time the machine slept counts, or a lid opened in the morning would print
                what was asked for in the evening.
        """
        if time.clock_gettime(time.CLOCK_BOOTTIME) - self.asked > stale:
            raise KioskError(Failure.PRINTER_BUSY)
        content = pack(paper.roll) if paper.roll else paper.pdf
        if not 0 < len(content) <= LARGEST_MEMORY:
            raise KioskError(Failure.PRINT_REFUSED)
        return content

    def failed(self, failure: Failure, detail: str = "") -> Failed:
        """The event for an order that ended with this failure."""
        return Failed(self.ticket, failure, detail)

    def lost(self, failure: Failure, where: str = "") -> Failed:
        """The event for an order whose driver died or was killed with it in its hands; `where` is what is known of it.

        A paper may have reached the printer by then: its end is unknown, and nobody may reprint it unasked.
        """
        if isinstance(self.request, PrintPaper):
            return self.failed(Failure.PRINT_UNCERTAIN, failure.code)
        return self.failed(Failure.DEVICE_CANCELLED) if self.cancelled else self.failed(failure, where)


@dataclass(frozen=True, slots=True)
class Told:
    """An order has moved on."""

    order: Order
    event: Step


@dataclass(frozen=True, slots=True)
class Ended:
    """A seat is through with an order."""

    order: Order
    event: LastEvent


@dataclass(frozen=True, slots=True)
class CardMoved:
    """A card has come to or gone from a seat."""

    present: bool


@dataclass(frozen=True, slots=True)
class CodeCame:
    """A code was held before a seat's reader."""

    code: CodeRead


@dataclass(frozen=True, slots=True)
class Answered:
    """A call to a driver itself (simulate, probe) has its answer."""

    call: int
    failure: Failure | None = None
    values: dict[str, Any] = field(default_factory=dict)


News: TypeAlias = Told | Ended | CardMoved | CodeCame | Answered


def kind_of(request: Request) -> DeviceKind:
    """The kind of device a request is for."""
    match request:
        case ReadCard():
            return DeviceKind.ID_CARD
        case ScanPages():
            return DeviceKind.SCANNER
        case UseCamera():
            return DeviceKind.CAMERA
        case ReceiveFiles():
            return DeviceKind.PHONE
        case ListFiles() | TakeFiles():
            return DeviceKind.STICK
        case PrintPaper():
            return DeviceKind.PRINTER
