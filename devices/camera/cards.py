"""Both sides of an ID card on one A4 page, at true size (85.6 x 54 mm, GA 448), with what the copy may be used for.

The mark stands across both sides so that it cannot be cut away, in a tone that leaves every character below legible.
"""

import io
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

import kiosk.papers.fonts
from devices.camera.pictures import Pixels
from devices.contract import Page
from kiosk.frames import Corners

CARD_MM = (85.6, 54.0)
A4_MM = (210.0, 297.0)
_TOPS_MM = (62.0, 160.0)
_MM_PER_INCH = 25.4
_LEAST_DPI = 150
_FONT = Path(kiosk.papers.fonts.__file__).parent / "JinbanSans-Regular.ttf"
_MARK_INK = (38, 84, 160, 112)
_MARK_HALO = (255, 255, 255, 70)
_MARK_TURN = 24.0
_MARK_SHARE = 1.16
_LARGEST_LETTER_MM = 9.0
_SMALLEST_LETTER_MM = 4.2
_CORNER_MM = 3.2
_NOTE_INK = (90, 90, 96)
_QUALITY = 88
_SIDES = 2


class CardSheet:
    """Collects the two sides, then makes the page. `purpose` names the service the copy is for; `dpi` of the page."""

    def __init__(self, purpose: str, dpi: int) -> None:
        self._purpose = purpose.strip()
        self._dpi = max(_LEAST_DPI, dpi)
        self._sides: list[Pixels] = []

    @property
    def complete(self) -> bool:
        """Whether both sides are here."""
        return len(self._sides) == _SIDES

    def add(self, pixels: Pixels, corners: Corners) -> None:
        """Cut one side out of a picture."""
        self._sides.append(cut_card(pixels, corners, self._dpi))

    def page(self) -> Page:
        """The page, and nothing of the card is kept here any longer."""
        sides, self._sides = self._sides, []
        sheet = Image.new("RGB", (self._pixels(A4_MM[0]), self._pixels(A4_MM[1])), "white")
        left = (sheet.width - self._pixels(CARD_MM[0])) // 2
        for side, top in zip(sides, _TOPS_MM, strict=True):
            self._lay(sheet, side, (left, self._pixels(top)))
        self._note(sheet)
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=_QUALITY, dpi=(self._dpi, self._dpi))
        for side in sides:
            side.fill(0)
        return Page(out.getvalue(), "jpg", sheet.width, sheet.height, ready=True)

    def _lay(self, sheet: Image.Image, side: Pixels, place: tuple[int, int]) -> None:
        card = Image.fromarray(cv2.cvtColor(side, cv2.COLOR_BGR2RGB)).convert("RGBA")
        card.alpha_composite(mark(self._words(), card.size, self._dpi))
        shape = Image.new("L", card.size, 0)
        ImageDraw.Draw(shape).rounded_rectangle(
            (0, 0, card.width - 1, card.height - 1), self._pixels(_CORNER_MM), fill=255
        )
        sheet.paste(card.convert("RGB"), place, shape)
        box = (*place, place[0] + card.width - 1, place[1] + card.height - 1)
        ImageDraw.Draw(sheet).rounded_rectangle(box, self._pixels(_CORNER_MM), outline=(176, 176, 180), width=2)

    def _note(self, sheet: Image.Image) -> None:
        """Said once more in black on white, where no picture lies below."""
        font = ImageFont.truetype(_FONT, self._pixels(4.0))
        words = f"居民身份证双面，按原大。{self._words()}。"
        for line, top in zip(_lines(words, font, self._pixels(170.0)), (232.0, 239.0, 246.0), strict=False):
            ImageDraw.Draw(sheet).text(
                (sheet.width // 2, self._pixels(top)), line, font=font, fill=_NOTE_INK, anchor="mm"
            )

    def _words(self) -> str:
        return f"仅供办理《{self._purpose}》使用" if self._purpose else "仅供本次办事使用"

    def _pixels(self, millimetres: float) -> int:
        return round(millimetres / _MM_PER_INCH * self._dpi)


def cut_card(pixels: Pixels, corners: Corners, dpi: int) -> Pixels:
    """The card cut out of a picture and laid flat, lengthwise, at `dpi`; `corners` as fractions, clockwise."""
    height, width = pixels.shape[:2]
    quad = np.asarray(corners, np.float32) * np.array([width, height], np.float32)
    if np.linalg.norm(quad[1] - quad[0]) < np.linalg.norm(quad[2] - quad[1]):
        quad = np.roll(quad, 1, axis=0)
    size = tuple(round(side / _MM_PER_INCH * dpi) for side in CARD_MM)
    flat = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    how: Any = cv2.getPerspectiveTransform(quad, flat)
    return np.asarray(cv2.warpPerspective(pixels, how, size, flags=cv2.INTER_CUBIC), np.uint8)


def mark(words: str, size: tuple[int, int], dpi: int) -> Image.Image:
    """The words across a picture of this size, from bottom left to top right, as large as they fit."""
    room = int((size[0] ** 2 + size[1] ** 2) ** 0.5 / _MARK_SHARE)
    font, lines = _fitting(words, room, dpi)
    letter = round(font.size)
    step = round(letter * 1.35)
    strip = Image.new("RGBA", (room, step * len(lines) + letter), (0, 0, 0, 0))
    pen = ImageDraw.Draw(strip)
    for place, line in enumerate(lines):
        at = (room // 2, letter // 2 + step * place + step // 2)
        pen.text(at, line, font=font, fill=_MARK_INK, anchor="mm", stroke_width=1, stroke_fill=_MARK_HALO)
        pen.text(at, line, font=font, fill=_MARK_INK, anchor="mm")
    turned = strip.rotate(_MARK_TURN, expand=True, resample=Image.Resampling.BICUBIC)
    layer = Image.new("RGBA", size, (0, 0, 0, 0))
    layer.paste(turned, ((size[0] - turned.width) // 2, (size[1] - turned.height) // 2))
    return layer


def _fitting(words: str, room: int, dpi: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest letters with which the words fit in one line, or small ones in as many lines as they need."""
    letter = _LARGEST_LETTER_MM
    while letter > _SMALLEST_LETTER_MM:
        font = ImageFont.truetype(_FONT, round(letter / _MM_PER_INCH * dpi))
        if font.getlength(words) <= room:
            return font, [words]
        letter -= 0.4
    font = ImageFont.truetype(_FONT, round(_SMALLEST_LETTER_MM / _MM_PER_INCH * dpi))
    return font, _lines(words, font, room)


def _lines(words: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    lines = [""]
    for letter in words:
        if font.getlength(lines[-1] + letter) > room:
            lines.append("")
        lines[-1] += letter
    return lines
