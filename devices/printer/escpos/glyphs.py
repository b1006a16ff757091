"""Type drawn from the shipped fonts, for what a printer's own type lacks. Pillow is loaded with the first glyph."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from kiosk.papers.fonts import BOLD, NAMES, REGULAR, font_path

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

FULL: Final = 24
LEADING: Final = 8
_LATIN: Final = 22
_INK: Final = 128
_NOWHERE: Final = "\U0010fffd"
_ASCII: Final = 0x80


@cache
def drawable(sign: str) -> bool:
    """Whether one of the shipped fonts has a character."""
    return _font_of(sign, REGULAR) is not None


@lru_cache(maxsize=512)
def cell_of(sign: str, size: int, bold: bool) -> "Image":  # noqa: FBT001 - part of the key
    """One character in its cell, white on black: 12 (ASCII) or 24 dots wide and 24 high, times its size."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only a character the printer lacks needs it

    narrow = ord(sign) < _ASCII
    width, height = (FULL // 2 if narrow else FULL) * size, FULL * size
    name = _font_of(sign, BOLD if bold else REGULAR)
    if name is None or sign == " ":
        return Image.new("1", (width, height))
    font = _font(name, (_LATIN if narrow else FULL) * size)
    advance = max(width, round(font.getlength(sign)))
    # Noto's line is taller than its square: 0.88 of an em stands above the baseline.
    baseline = round(height * 0.86)
    drawn = Image.new("L", (advance, height))
    ImageDraw.Draw(drawn).text(((advance - font.getlength(sign)) / 2, baseline), sign, font=font, fill=255, anchor="ls")
    if advance > width:
        # A W is wider than the printer's cell: narrowed, as its own type is.
        drawn = drawn.resize((width, height))
    return drawn.point(lambda ink: 255 if ink >= _INK else 0).convert("1")


def draw_runs(runs: tuple[tuple[int, str], ...], dots: int, size: int, *, bold: bool) -> "Image":
    """A line of type as a picture as wide as the paper, with the space under it; cells as in `layout.SetLine`."""
    from PIL import Image  # noqa: PLC0415 - as above

    line = Image.new("1", (dots, FULL * size + LEADING))
    for start, text in runs:
        left = start * (FULL // 2) * size
        for sign in text:
            cell = cell_of(sign, size, bold)
            line.paste(cell, (left, LEADING // 2))
            left += cell.width
    return line


def _font_of(sign: str, wanted: str) -> str | None:
    for name in dict.fromkeys((wanted, REGULAR, NAMES)):
        if bytes(_font(name, FULL).getmask(sign, mode="1")) != _empty(name):
            return name
    return None


@cache
def _empty(name: str) -> bytes:
    """How a font shows that it lacks a character: asked for one that no font has."""
    return bytes(_font(name, FULL).getmask(_NOWHERE, mode="1"))


@cache
def _font(name: str, size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 - as above

    return ImageFont.truetype(str(font_path(name)), size, layout_engine=ImageFont.Layout.BASIC)
