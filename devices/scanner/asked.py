"""What a scanner's options in the configuration ask for, read the same way by every driver."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.failure import Failure, KioskError

MM_PER_INCH = 25.4
_A4_MM = (210.0, 297.0)
_SIZE = re.compile(r"(\d{2,4}(?:\.\d)?)x(\d{2,4}(?:\.\d)?)")
_LONGEST_MM = 2000.0


class Source(StrEnum):
    """Where pages come from. `AUTO` takes the feeder when a sheet lies in it, else the glass."""

    AUTO = "auto"
    FLATBED = "flatbed"
    FEEDER = "feeder"


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options every scanner driver shares.

    source
        `auto` (when left out), `flatbed` or `feeder`.
    duplex
        `yes` reads both sides where the feeder can; `no` when left out.
    size
        The sheet, `210x297` in millimetres when left out. A page that comes clearly shorter is refused, so a feeder for
        smaller papers says so here.
    patience
        Seconds, 1 to 40, without a byte of the page before the scanner counts as stuck; 30 when left out.
    """

    source: Source
    duplex: bool
    width_mm: float
    height_mm: float
    patience: float

    def pixels(self, dpi: int) -> tuple[int, int]:
        """Width and height of the sheet."""
        return round(self.width_mm / MM_PER_INCH * dpi), round(self.height_mm / MM_PER_INCH * dpi)


def wishes(options: Mapping[str, str]) -> Wishes:
    """Read them.

    Raises:
        KioskError: `CONFIG_INVALID` with the option's name as reason.
    """
    width, height = _size(options.get("size", ""))
    return Wishes(
        _source(options.get("source", Source.AUTO)),
        _yes(options, "duplex"),
        width,
        height,
        _patience(options.get("patience", "30")),
    )


def far(pages: int, part: float) -> float:
    """How far a request of unknown length is: half of what was left with every page, so that it never goes back."""
    return 1.0 - (1.0 - min(1.0, max(0.0, part)) / 2.0) * 0.5 ** min(pages, 20)


def _source(word: str) -> Source:
    try:
        return Source(word.strip().lower())
    except ValueError:
        raise wrong("source") from None


def _yes(options: Mapping[str, str], name: str) -> bool:
    word = options.get(name, "no").strip().lower()
    if word not in {"yes", "no"}:
        raise wrong(name)
    return word == "yes"


def _size(word: str) -> tuple[float, float]:
    if not word:
        return _A4_MM
    found = _SIZE.fullmatch(word.strip().lower().replace("×", "x"))
    sides = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    if not all(0.0 < side <= _LONGEST_MM for side in sides):
        raise wrong("size")
    return sides


def _patience(word: str) -> float:
    try:
        seconds = float(word)
    except ValueError:
        raise wrong("patience") from None
    if not 1.0 <= seconds <= 40.0:  # noqa: PLR2004 - the bounds of the docstring
        raise wrong("patience")
    return seconds


def wrong(option: str) -> KioskError:
    """The failure for an option that makes no sense."""
    return KioskError(Failure.CONFIG_INVALID, reason=option)
