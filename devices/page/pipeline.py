"""The whole way of a page: read, find the sheet, lay it flat and straight, even the light, judge, encode.

What speaks against a page is told and never a gate: whoever can read it may keep it. Refused is only what holds
nothing: a page that came short or broken, an empty sheet, a mat without a sheet.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from devices.page import corners, skew, warp
from devices.page.codes import codes_on
from devices.page.content import Content, content_of
from devices.page.encoding import black_and_white, encode
from devices.page.finished import FinishedPage, Wish
from devices.page.light import WHITE, Light, flatten
from devices.page.picture import MM_PER_INCH, Picture, grey_of, read
from devices.page.scores import LIT_FROM, SHADED_FROM, SHARP_FROM, cut_sides, sharpness
from devices.page.tesseract import words_on
from devices.scanner.inspect import BLANK_BELOW, ink, whole
from kiosk.failure import Failure, KioskError

_DRAFT_DPI = 100.0
_COARSE_SCAN = 150
_READ_DPI = 150.0
_SMALLEST_SIDE = 24
_DARK, _PAPER = 100.0, 165.0


@dataclass(frozen=True, slots=True, eq=False)
class _Flat:
    """A page laid flat and in even light; `ink` is the share of it that is inked."""

    page: Picture
    ink: float
    light: Light
    dpi: float
    findings: tuple[Failure, ...]


def finish(raw: bytes, wish: Wish) -> FinishedPage | None:
    """Bytes of a device to a page worth keeping; None for a blank back side.

    Raises:
        KioskError: `SCANNER_SHORT_PAGE`, `SCANNER_BLANK`, `PAGE_NOT_FOUND` (nothing lies there at all).
    """
    return finish_picture(read(raw), wish)


def finish_picture(picture: Picture, wish: Wish) -> FinishedPage | None:
    """The same for a decoded picture, blue green red."""
    whole((picture.shape[1], picture.shape[0]), (wish.width, wish.height), wish.number)
    if min(picture.shape[:2]) < _SMALLEST_SIDE:
        raise KioskError(Failure.SCANNER_SHORT_PAGE, page=wish.number, reason="size")
    flat = _laid_flat(picture, wish)
    if _blank(flat, wish):
        if wish.back:
            return None
        absent = wish.photo and Failure.PAGE_NOT_FOUND in flat.findings
        raise KioskError(Failure.PAGE_NOT_FOUND if absent else Failure.SCANNER_BLANK, page=wish.number)
    page = flat.page if wish.colour else grey_of(flat.page)
    image, extension = encode(page, content_of(page, flat.dpi), flat.dpi)
    findings = (*flat.findings, *_judged(flat, wish))
    text = words_on(*_readable(flat)) if wish.read else ""
    return FinishedPage(image, extension, page.shape[1], page.shape[0], findings, codes_on(page), text)


def _readable(flat: _Flat) -> tuple[bytes, int]:
    """A grey picture as coarse as print is still read well at, and its dots per inch."""
    factor = min(1.0, _READ_DPI / flat.dpi)
    grey = warp.draft(grey_of(flat.page), warp.as_it_lies(flat.page, flat.dpi), factor)
    return b"P5\n%d %d\n255\n" % (grey.shape[1], grey.shape[0]) + grey.tobytes(), round(flat.dpi * factor)


def _laid_flat(picture: Picture, wish: Wish) -> _Flat:
    if wish.ready:
        return _Flat(picture, _ink(picture), Light(float(WHITE), float(WHITE)), float(wish.dpi), ())
    placing, findings = _placed(picture, wish) if wish.photo else (_cropped(picture, float(wish.dpi)), ())
    degrees = skew.skew(warp.draft(picture, placing, min(1.0, _DRAFT_DPI / placing.dpi)))
    if degrees:
        placing = warp.turned(placing, -degrees)
    flat = warp.laid_flat(picture, placing)
    page, light = flatten(flat, placing.dpi)
    # Where there is no sheet, evening out the light would make print of the grain of a dark mat.
    inked = _ink(flat if Failure.PAGE_NOT_FOUND in findings else page)
    return _Flat(page, inked, light, placing.dpi, findings)


def _ink(page: Picture) -> float:
    return ink(Image.fromarray(grey_of(page)))


def _cropped(picture: Picture, dpi: float) -> warp.Placing:
    """A scan as it lies, but without the dark lid or gap that shows beside a smaller sheet."""
    if not _dark_rim(picture):
        return warp.as_it_lies(picture, dpi)
    sheet = corners.find_sheet(picture)
    if sheet is None or not _bright(picture, sheet):
        return warp.as_it_lies(picture, dpi)
    return warp.of_sheet(sheet, round(dpi), warp.true_size(sheet, dpi))


def _dark_rim(picture: Picture) -> bool:
    """Whether a side of the picture is dark from end to end, which no paper is."""
    grey = grey_of(picture)
    sides = (grey[:2], grey[-2:], grey[:, :2], grey[:, -2:])
    return any(float(np.percentile(side, 90)) < _DARK for side in sides)


def _bright(picture: Picture, sheet: corners.Sheet) -> bool:
    page = warp.draft(picture, warp.of_sheet(sheet, round(_DRAFT_DPI)), 1.0)
    return float(np.median(grey_of(page))) >= _PAPER


def _placed(picture: Picture, wish: Wish) -> tuple[warp.Placing, tuple[Failure, ...]]:
    sheet = corners.find_sheet(picture)
    if sheet is not None:
        return warp.of_sheet(sheet, wish.dpi), () if sheet.whole else (Failure.PAGE_CUT_OFF,)
    # The whole picture may still show what is needed, so it is kept as it is, as if it were the sheet.
    longest = max(picture.shape[:2])
    dpi = min(float(wish.dpi), longest / warp.LONG_SIDE_MM * MM_PER_INCH)
    frame = corners.Sheet(corners.frame_of(picture), whole=True)
    return warp.of_sheet(frame, round(dpi)), (Failure.PAGE_NOT_FOUND,)


def _blank(flat: _Flat, wish: Wish) -> bool:
    """Whether nothing is on it. Of a page that is ready soft shades count, too: it may be a photograph and no scan."""
    if flat.ink >= BLANK_BELOW:
        return False
    return not wish.ready or content_of(flat.page, flat.dpi) is Content.TEXT


def _judged(flat: _Flat, wish: Wish) -> list[Failure]:
    against = []
    dark = flat.light.brightest < LIT_FROM or flat.light.darkest < SHADED_FROM
    if dark:
        against.append(Failure.PAGE_TOO_DARK)
    # Who asks a scanner for less than print needs knows that it will not be sharp.
    if wish.photo or wish.dpi >= _COARSE_SCAN:
        sharp = sharpness(flat.page, flat.dpi)
        if sharp is not None and sharp < SHARP_FROM:
            against.append(Failure.PAGE_BLURRED)
    unsure = dark or Failure.PAGE_CUT_OFF in flat.findings
    if not unsure and cut_sides(black_and_white(flat.page, flat.dpi), flat.dpi):
        against.append(Failure.PAGE_CUT_OFF)
    return against
