"""What a device driver implements: a vendor can write a driver from this page alone.

A driver is a class with the methods of one Protocol below, made as `Driver(setup)`. It runs alone in its own child
process, on that process's main thread, one call at a time. Making one touches no device and may only refuse its
settings (`CONFIG_INVALID`); `open` finds the device. What travels between the two processes is not the driver's
business: it raises, returns and yields ordinary values.

**Register it** as an entry point of your package; the terminal's configuration then names it, `idcard = "acme"`::

    [project.entry-points."jinban.idcard"]        # or .scanner, .camera, .printer, .barcode
    acme = "acme_jinban:Reader"

**Fail** with `KioskError(Failure.X)` for everything that can be expected; its `info` becomes a detail that technicians
read: plain ASCII words and short numbers, anything else is withheld. `DEVICE_ABSENT` means the device is gone: the
driver is closed and opened again until it is back. Any other exception is taken for a bug, and so is anything returned
that does not fit here: the process is replaced and the request fails with `DEVICE_CRASHED`.

**Be in time.** `open` may take 10 s, `check`, `present` and `close` 1 s. In a request the driver must touch its `Job`
(any method or property) at least every 5 s (card), 30 s (scanner) or 60 s (printer); a request may last its own
`seconds` (card), 60 s per page (scanner), 180 s (printer). A camera's `frame` returns within the seconds it is given.
Who is later is killed and replaced. A cancelled request must end within 2 s. Long calls into a library that cannot be
interrupted belong into a program the driver starts: it dies with the driver. `devices.limits` holds these figures.

**Stop what you start.** After `close` no thread, process or descriptor of the driver is left.

**Keep still.** What was read from a card or a page is never printed, logged, written to a file or put into a failure.
Standard output and error lead nowhere; the working directory is the data directory.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from kiosk.failure import Failure
from kiosk.model.devices import OfferedFile, PageSize, ScanPages, UseCamera
from kiosk.model.people import IdCard
from kiosk.model.roll import Roll


@dataclass(frozen=True, slots=True)
class Setup:
    """Where a driver finds itself: `name` is unique on this terminal, `options` are its own words in the configuration.

    Only a simulator writes below `data`; a real driver keeps nothing.
    """

    name: str
    data: Path
    options: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """One raw page: encoded bytes, their extension (`jpg`, `png`, `tif`, `pnm`, `pdf`) and the size asked for.

    It goes through the page pipeline (`devices.page`), which compares it with that size and refuses a page that came
    short, broken or blank, so a driver says what it asked of the device, not what it got. A `pdf` passes unmeasured, if
    its beginning and its end are there. At most 64 MiB.

    `photo` is a picture taken from above, in which a sheet lies somewhere: it is found, cut out and laid flat, and the
    size asked for is the picture's own. `back` is the second side of the sheet before: left out when it is blank.
    `ready` is a page the driver has put together itself, straight and in even light: it is only judged and encoded.
    """

    image: bytes = field(repr=False)
    extension: str
    width: int
    height: int
    photo: bool = False
    back: bool = False
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a camera: `jpeg` as the camera made it, or `pixels`, a numpy array of uint8, height x width x BGR.

    A camera that makes JPEGs hands them over unopened: for the live picture a fraction of their size is decoded.
    """

    jpeg: bytes = field(default=b"", repr=False)
    pixels: Any = field(default=None, repr=False)


def _nothing() -> None:
    """Nobody waits for the file to be settled."""


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A stranger's file as it came. The host opens it in a sandbox; `photo` says that it shows a sheet of paper.

    `settled` is called once its pages were handed on or it was refused: before that nobody may be told that it arrived.
    """

    data: bytes = field(repr=False)
    extension: str
    photo: bool = False
    settled: Callable[[], None] = field(default=_nothing, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper to print: a whole PDF, a title that names no person, and the paper it is laid out for.

    A printer configured for lines (`lines = "yes"`, see `devices.config`) gets its roll papers as `roll` and no PDF.
    """

    pdf: bytes = field(repr=False)
    title: str
    size: PageSize
    roll: Roll = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """How a device that works is: words for technicians, and what does not stop it yet (`PRINTER_PAPER_LOW`)."""

    detail: str
    warning: Failure | None = None


class Job(Protocol):
    """The running request, given to the driver. Touching it in any way is a sign of life."""

    @property
    def cancelled(self) -> bool:
        """Whether the person or the program has given up waiting."""
        ...

    @property
    def seconds_left(self) -> float:
        """Time this request still has, in seconds; infinite where only the limits of the host apply."""
        ...

    def wait(self, seconds: float) -> None:
        """Sleep, and wake early to say that it is over.

        Raises:
            KioskError: `DEVICE_CANCELLED` once cancelled, `CARD_ABSENT` when the time to wait for a card is up.
        """
        ...

    def progress(self, fraction: float) -> None:
        """Tell how far the request is, 0.0 to 1.0."""
        ...


class Driver(Protocol):
    """What every driver has."""

    simulated: bool
    """True for a driver that only plays a device; screens and the doctor say so."""

    def open(self) -> None:
        """Find the device and make it ready. Raises `DEVICE_ABSENT` when it is not there; asked again later."""
        ...

    def check(self) -> str | Condition:
        """Model, firmware or the like, for technicians. Raises what stands in the way, such as `PRINTER_PAPER_OUT`.

        A `Condition` says besides what only wants looking after.

        Called between requests about every 2 s, so it may feel for the device but must be cheap.
        """
        ...

    def close(self) -> None:
        """Let the device go. Called after `open`, also when that raised."""
        ...


class IdCardDriver(Driver, Protocol):
    """A card reader. Several may stand side by side: a request goes to all of them and the first card wins."""

    def present(self) -> bool | None:
        """Whether a card lies on the reader; None when this reader cannot tell just now. Called every 0.1 s or so.

        A card about which everything has been said already does not count: it may be one that somebody forgot.
        """
        ...

    def read(self, job: Job) -> IdCard:
        """Wait for a card with `job.wait`, read it whole or not at all.

        `devices.idcard.record.parse` turns the 256 + 1024 bytes of a resident ID reader into an `IdCard`. What is wrong
        with a card ends the request for all readers, so say it at once, and once: the same card, left lying there, is
        waited out in later requests. What a reader says again is left to its neighbours (`devices.neighbours`).

        Raises:
            KioskError: `CARD_PULLED` when it left too early, `CARD_UNREADABLE` when it does not make sense.
        """
        ...


class ScannerDriver(Driver, Protocol):
    """A flatbed, a feeder or a camera that takes pages."""

    def scan(self, request: ScanPages, job: Job) -> Iterator[Page]:
        """Yield each page as soon as it is whole, at most `request.max_pages`; none at all counts as `SCANNER_EMPTY`.

        The iterator is closed, not continued, when the request is cancelled or a page is refused.

        Raises:
            KioskError: `SCANNER_EMPTY` when nothing lay there at all, `SCANNER_JAM`; pages already yielded stay.
        """
        ...


class CameraDriver(Driver, Protocol):
    """A document camera. It only brings pictures.

    `devices.camera` shows them, finds the sheet, waits until it lies still and takes it once.
    """

    def begin(self, request: UseCamera) -> None:
        """Start the stream of the camera the request names, at the best size that still makes 20 pictures a second.

        Raises:
            KioskError: `DEVICE_ABSENT`, `DEVICE_BUSY` (another program has it), `CONFIG_INVALID` where there is no
                second camera.
        """
        ...

    def frame(self, seconds: float) -> Frame | None:
        """The newest picture, none twice; None when none came in so many seconds. Three without one end the request.

        Raises:
            KioskError: `DEVICE_ABSENT` when the camera has gone.
        """
        ...

    def end(self) -> None:
        """Stop the stream and drop the pictures. Called after `begin`, also when that raised."""
        ...


class BarcodeDriver(Driver, Protocol):
    """A reader of bar codes and QR codes that speaks for itself, such as a gun on a serial port.

    One that types like a keyboard needs no driver: the screen recognises it.
    """

    def next_code(self) -> str | None:
        """The next code that was held before it, None while there is none. Must not wait: called every 0.05 s or so.

        A code is handed over whole, without its line end, or not at all. Codes read while nobody watches are fetched
        all the same, and dropped.

        Raises:
            KioskError: `DEVICE_ABSENT` when the reader has gone.
        """
        ...


class PhoneDriver(Driver, Protocol):
    """A way by which a phone hands files over."""

    def receive(self, opened: Callable[[str], None], job: Job) -> Iterator[ForeignFile]:
        """Call `opened` with the address for the code on the screen, then yield each file as it comes.

        Ends by the failures of `job.wait` alone. The iterator is closed when the person is done: nothing is open then.

        Raises:
            KioskError: `HANDOVER_UNREACHABLE`.
        """
        ...


class StickDriver(Driver, Protocol):
    """Sticks with files on them. Nothing of a stick is ever changed."""

    def offered(self) -> tuple[OfferedFile, ...]:
        """What may be taken. Raises `STICK_ABSENT` when no stick is in."""
        ...

    def fetch(self, ident: str) -> ForeignFile:
        """One offered file. Raises `FILE_MISSING`, `FILE_TOO_LARGE`, `STICK_ABSENT`."""
        ...


class PrinterDriver(Driver, Protocol):
    """A printer."""

    def print_paper(self, paper: Paper, job: Job) -> int:
        """Print, and return the number of pages, at least 1, only when the device reported them printed.

        Raises `PRINT_REFUSED` for what is no PDF it can print, `PRINTER_PAPER_OUT`, `PRINTER_OFFLINE`, `PRINTER_JAM`.
        Any failure but one means that nothing was printed and the paper may be printed again. The one is
        `PRINT_UNCERTAIN`, for an end that is not known, and it is also what the host reports when the driver dies or
        is too late in here. So cancel (`DEVICE_CANCELLED`) only while nothing has reached the device.
        """
        ...


@runtime_checkable
class Simulator(Protocol):
    """A driver that plays a device also obeys this. It is called on another thread than everything above."""

    def simulate(self, action: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Do something to the simulated device, such as tap a card or take its paper away.

        Raises:
            KioskError: `CONFIG_INVALID` for an action or argument it does not know.
        """
        ...
