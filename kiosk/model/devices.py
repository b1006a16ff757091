"""What the inside may ask of a device, and what a device may answer. Nothing here waits."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.failure import Failure
from kiosk.frames import FrameReader
from kiosk.model.people import IdCard
from kiosk.model.roll import Roll


class DeviceKind(StrEnum):
    """Kinds of device the host knows."""

    ID_CARD = "idcard"
    SCANNER = "scanner"
    CAMERA = "camera"
    BARCODE = "barcode"
    PHONE = "phone"
    STICK = "stick"
    PRINTER = "printer"


class PageSize(StrEnum):
    """Paper a printer takes."""

    A4 = "A4"
    ROLL_80 = "80mm"
    ROLL_58 = "58mm"

    @property
    def on_roll(self) -> bool:
        """Whether it is a roll, as long as what stands on it."""
        return self is not PageSize.A4


@dataclass(frozen=True, slots=True)
class PrinterOffer:
    """What one printer takes: sizes, and whether its roll papers come to it as lines instead of as a PDF."""

    sizes: frozenset[PageSize]
    lines: bool = False


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Wait for a card and read it; the answer is one `CardRead`."""

    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class ScanPages:
    """Scan what lies in the scanner; each page arrives as a `PageScanned`, then `Finished`.

    `finish` False leaves out the page pipeline: pages come byte for byte as the device gave them, only inspected.
    `read` asks for the words on each page, where this terminal can read them; it takes a second or two a page.
    """

    dpi: int = 200
    colour: bool = True
    max_pages: int = 50
    finish: bool = True
    read: bool = False


class CameraMode(StrEnum):
    """What lies below a document camera. Both sides of an ID card make one page, at true size and with a mark."""

    PAGE = "page"
    ID_CARD = "id_card"


class CameraView(StrEnum):
    """Which camera of a model that has two. The one at the face shows a live picture and takes no pages."""

    OVERHEAD = "overhead"
    FACE = "face"


@dataclass(frozen=True, slots=True)
class UseCamera:
    """Show what a document camera sees and take pages, until cancelled or `max_pages` have come.

    Answers: one `PreviewOpened`, a `PageScanned` for each page, then `Finished`. With `automatic` a page is taken as
    soon as a new sheet lies still; a `trigger` takes one at once. `purpose` names the service for the mark across an
    ID card. The live pictures fit into `width` x `height` pixels. Who lays nothing down for `seconds` ends it.
    """

    mode: CameraMode = CameraMode.PAGE
    view: CameraView = CameraView.OVERHEAD
    purpose: str = ""
    automatic: bool = True
    dpi: int = 200
    colour: bool = True
    max_pages: int = 50
    seconds: float = 120.0
    width: int = 1280
    height: int = 720


@dataclass(frozen=True, slots=True)
class ReceiveFiles:
    """Let a phone send files until cancelled, until `max_files` came or nothing came for `seconds`.

    Answers: one `HandoverOpened`, for each file a `PageScanned` per page or one `FileRefused`, then `Finished`. Files
    pass the sandbox: what arrives are pages made anew, never the bytes of the file.
    """

    max_files: int = 20
    seconds: float = 180.0


@dataclass(frozen=True, slots=True)
class ListFiles:
    """What lies on the sticks that are in; answers one `FilesOffered`, then `Finished`."""


@dataclass(frozen=True, slots=True)
class TakeFiles:
    """Take offered files by their ids; answers as `ReceiveFiles` does."""

    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """Print one paper: a whole PDF, or where the printer takes lines (`PrinterOffer.lines`) a roll and an empty `pdf`.

    `title` names the paper's kind and number, never a person.
    """

    pdf: bytes = field(repr=False)
    title: str
    size: PageSize = PageSize.A4
    roll: Roll = field(default=(), repr=False)


Request = ReadCard | ScanPages | UseCamera | ReceiveFiles | ListFiles | TakeFiles | PrintPaper


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
class CodeRead:
    """Somebody held a bar code or QR code before a reader. `text` is what a stranger printed: data, never trusted."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PreviewOpened:
    """The camera's live pictures can be read from now on. They are wiped when the request ends."""

    ticket: Ticket
    frames: FrameReader


@dataclass(frozen=True, slots=True)
class PageScanned:
    """One whole page: encoded image bytes and their extension (`jpg`, `png`, `pdf`), size in pixels.

    `findings` are what speaks against it (`PAGE_BLURRED`, `PAGE_CUT_OFF`, `PAGE_TOO_DARK`, `PAGE_NOT_FOUND`): the
    person may take it all the same. `codes` are the texts of QR and bar codes found on it and `text` the words: what a
    stranger printed, offered as data and never to be trusted.
    """

    ticket: Ticket
    image: bytes = field(repr=False)
    extension: str
    width: int
    height: int
    findings: tuple[Failure, ...] = ()
    codes: tuple[str, ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class HandoverOpened:
    """A phone may send now: `url` is for the code on the screen, holds the key and is shown to nobody else."""

    ticket: Ticket
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file on a stick. Its name is somebody's: shown, never logged."""

    ident: str
    name: str = field(repr=False)
    size: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class FilesOffered:
    """What may be taken from the sticks that are in, the newest first."""

    ticket: Ticket
    files: tuple[OfferedFile, ...]


@dataclass(frozen=True, slots=True)
class FileRefused:
    """One file was not taken (`FILE_UNSAFE`, `FILE_TOO_LARGE`, `FILE_KIND_UNKNOWN`, `FILE_MISSING`); others go on."""

    ticket: Ticket
    failure: Failure


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


Event = (
    Progress | CardRead | PreviewOpened | PageScanned | HandoverOpened | FilesOffered | FileRefused | Finished | Failed
)
