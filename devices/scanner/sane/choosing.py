"""Which of a device's own words mean what we want: every SANE backend names its sources and modes in its own way."""

from dataclasses import dataclass

from devices.scanner.asked import MM_PER_INCH, Source, Wishes
from devices.scanner.sane.options import Options
from kiosk.model.devices import ScanPages

_FLATBED = ("flatbed", "flat bed", "platen", "document table", "glass", "平板", "平台")
_FEEDER = ("adf", "feeder", "sheetfed", "sheet-fed", "进纸", "馈纸", "输稿", "送稿", "自动")
_BOTH_SIDES = ("duplex", "both sides", "双面")
# Sources a sheet of paper does not come from, or only its back.
_OTHER = ("back", "背面", "card", "transparen", "tpu", "negative", "positive", "slide", "film")
_COLOUR = ("color", "colour", "彩")
_GREY = ("gray", "grey", "灰")
_COARSE = ("diffusion", "dither", "halftone")
_EIGHT_BITS = 8.0


@dataclass(frozen=True, slots=True)
class Sources:
    """The device's own words for each way in; None where it has none."""

    flatbed: str | None = None
    feeder: str | None = None
    duplex: str | None = None


def sources(offered: Options) -> Sources:
    """Sort the words of `--source`; a device without that option has but one way in, taken for a flatbed."""
    option = offered.get("source")
    words = option.words if option else ()
    flat = [word for word in words if _has(word, _FLATBED)]
    fed = [word for word in words if _has(word, _FEEDER) and not _has(word, (*_OTHER, *_FLATBED))]
    both = [word for word in words if _has(word, _BOTH_SIDES) and not _has(word, _OTHER)]
    single = [word for word in fed if not _has(word, _BOTH_SIDES)]
    return Sources(_first(flat), _first(single), _first(both))


def both_sides(offered: Options) -> list[str] | None:
    """How to ask a feeder for both sides where that is an option of its own; None where it is none."""
    adf_mode = offered.get("adf-mode")
    word = _first([word for word in adf_mode.words if _has(word, _BOTH_SIDES)]) if adf_mode else None
    if word is not None:
        return ["--adf-mode", word]
    return ["--duplex=yes"] if "duplex" in offered else None


@dataclass(frozen=True, slots=True)
class Asked:
    """Words for `scanimage`, and the size in pixels a whole page then has."""

    words: tuple[str, ...]
    width: int
    height: int


def asked(offered: Options, wanted: Wishes, request: ScanPages) -> Asked:
    """Mode, depth, resolution and area, each only where the device offers it."""
    words = [*_mode(offered, colour=request.colour), *_depth(offered)]
    resolution = offered["resolution"].nearest(request.dpi) if "resolution" in offered else None
    if resolution is not None:
        words += ["--resolution", f"{resolution:g}"]
    for side, millimetres in (("width", wanted.width_mm), ("height", wanted.height_mm)):
        page = offered.get(f"page-{side}")
        if page is not None and page.high is not None:
            words += [f"--page-{side}", f"{min(millimetres, page.high):.6g}"]
    for edge in ("l", "t"):
        if edge in offered and (offered[edge].low or 0.0) <= 0.0:
            words += [f"-{edge}", "0"]
    width, more = _side(offered, "x", wanted.width_mm)
    height, most = _side(offered, "y", wanted.height_mm)
    dpi = resolution or 0.0
    return Asked((*words, *more, *most), round(width / MM_PER_INCH * dpi), round(height / MM_PER_INCH * dpi))


def ways(wanted: Wishes, found: Sources) -> tuple[Source, ...]:
    """The ways in to try, in order: an empty feeder is followed by the glass only where nothing else was asked for."""
    has_feeder = found.feeder is not None or found.duplex is not None
    if wanted.source is not Source.AUTO:
        return (wanted.source,)
    if not has_feeder:
        return (Source.FLATBED,)
    return (Source.FEEDER, Source.FLATBED) if found.flatbed is not None else (Source.FEEDER,)


def _mode(offered: Options, *, colour: bool) -> list[str]:
    words = offered["mode"].words if "mode" in offered else ()
    fine = [word for word in words if not _has(word, _COARSE)]
    coloured, grey = [word for word in fine if _has(word, _COLOUR)], [word for word in fine if _has(word, _GREY)]
    chosen = _first([*coloured, *grey] if colour else [*grey, *coloured])
    return ["--mode", chosen] if chosen else []


def _depth(offered: Options) -> list[str]:
    depth = offered.get("depth")
    return ["--depth", "8"] if depth and depth.nearest(_EIGHT_BITS) == _EIGHT_BITS else []


def _side(offered: Options, name: str, millimetres: float) -> tuple[float, list[str]]:
    """The length asked for, and the words; 0.0 where it cannot be told what will come."""
    option = offered.get(name)
    if option is None:
        return 0.0, []
    length = min(millimetres, option.high) if option.high is not None else millimetres
    return length, [f"-{name}", f"{length:.6g}"]


def _has(word: str, parts: tuple[str, ...]) -> bool:
    return any(part in word.lower() for part in parts)


def _first(words: list[str]) -> str | None:
    return words[0] if words else None
