"""What the inside may ask of a device, and what a device may answer. Nothing here waits."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.failure import Failure
from kiosk.model.people import IdCard


class DeviceKind(StrEnum):
    """Kinds of device the host knows."""

    ID_CARD = "idcard"
    SCANNER = "scanner"
    CAMERA = "camera"
    BARCODE = "barcode"
    PRINTER = "printer"


class PageSize(StrEnum):
    """Paper a printer takes."""

    A4 = "A4"
    ROLL_80 = "80mm"


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Wait for a card and read it; the answer is one `CardRead`."""

    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class ScanPages:
    """Scan what lies in the scanner; each page arrives as a `PageScanned`, then `Finished`."""

    dpi: int = 200
    colour: bool = True
    max_pages: int = 50


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """Print one paper. `title` names the paper's kind and number, never a person."""

    pdf: bytes = field(repr=False)
    title: str
    size: PageSize = PageSize.A4


Request = ReadCard | ScanPages | PrintPaper


@dataclass(frozen=True, slots=True)
class Ticket:
    """Names one running request."""

    kind: DeviceKind
    number: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a request is, 0.0 to 1.0."""

    ticket: Ticket
    fraction: float


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was read whole."""

    ticket: Ticket
    card: IdCard


@dataclass(frozen=True, slots=True)
class PageScanned:
    """One whole page: encoded image bytes and their extension (`jpg`, `png`, `pdf`), size in pixels."""

    ticket: Ticket
    image: bytes = field(repr=False)
    extension: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The request ended well: all pages came, or the device reported the paper printed."""

    ticket: Ticket
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """The request ended with an expected failure; the driver may already have been restarted."""

    ticket: Ticket
    failure: Failure
    detail: str = ""


Event = Progress | CardRead | PageScanned | Finished | Failed
