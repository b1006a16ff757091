"""What the page pipeline is asked and what it answers. Imports nothing heavy: both ends of the worker use it."""

from dataclasses import dataclass, field

from kiosk.failure import Failure


@dataclass(frozen=True, slots=True)
class Wish:
    """How a page is to be finished.

    `width` and `height` are the pixels asked of the device, 0 where nothing was asked. `photo`, `back` and `ready` mean
    the same as in `devices.contract.Page`; `number` counts from 1 and goes into failures. `read` asks for words.
    """

    dpi: int = 200
    colour: bool = True
    width: int = 0
    height: int = 0
    photo: bool = False
    back: bool = False
    ready: bool = False
    number: int = 1
    read: bool = False


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """A page as it is kept: `jpg`, or for black text a one-page `pdf` holding CCITT G4; see `PageScanned`."""

    image: bytes = field(repr=False)
    extension: str
    width: int
    height: int
    findings: tuple[Failure, ...] = ()
    codes: tuple[str, ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How much of a foreign file is taken: its bytes, its pages, pixels of one picture, seconds for all of it."""

    largest_bytes: int = 30 * 1024 * 1024
    pages: int = 50
    pixels: int = 120_000_000
    seconds: float = 60.0
