"""The paper of the simulated receipt printer: what its head would have burnt, as a picture."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from devices.printer.escpos.glyphs import FULL, cell_of, drawable

_SPACING: Final = 34
_TALLEST: Final = 24_000
_TEAR: Final = 24
_ASCII: Final = 0x80


@dataclass(slots=True)
class Mode:
    """How the next characters look and where they stand."""

    align: int = 0
    bold: bool = False
    latin: tuple[int, int] = (1, 1)
    kanji: tuple[int, int] = (1, 1)
    spacing: int = _SPACING
    two_bytes: bool = False


@dataclass(slots=True)
class Strip:
    """The paper between two cuts: rows of dots, what was printed as type, and how many boxes stand on it."""

    dots: int
    text: list[str] = field(default_factory=list)
    boxes: int = 0
    lines: int = 0
    _pieces: list[Image.Image] = field(default_factory=list)
    _height: int = 0
    _line: list[Image.Image] = field(default_factory=list)
    _words: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing stands on it but air."""
        return not any(piece.getbbox() for piece in self._pieces) and not self._line

    def type(self, sign: str, mode: Mode, *, known: bool) -> bool:
        """Set one character, a box where the printer's type lacks it. True when that filled a line, which is out."""
        across, down = mode.latin if ord(sign) < _ASCII else mode.kanji
        cell = _cell(sign, bold=mode.bold) if known and (drawable(sign) or sign == " ") else _box()
        self.boxes += not known
        cell = cell.resize((cell.width * across, cell.height * down), Image.Resampling.NEAREST)
        full = sum(one.width for one in self._line) + cell.width > self.dots
        if full:
            self.end_line(mode)
        self._line.append(cell)
        self._words += sign if known else "□"
        return full

    def end_line(self, mode: Mode) -> None:
        """Burn the line and move on."""
        high = max([mode.spacing, *(cell.height + 4 for cell in self._line)])
        row = Image.new("1", (self.dots, high))
        width = sum(cell.width for cell in self._line)
        left = {0: 0, 1: (self.dots - width) // 2, 2: self.dots - width}.get(mode.align, 0)
        for cell in self._line:
            row.paste(cell, (left, high - cell.height - 4))
            left += cell.width
        self._add(row)
        self.text.append(self._words.strip())
        self._line, self._words = [], ""
        self.lines += 1

    def picture(self, picture: Image.Image, mode: Mode) -> None:
        """Burn rows of dots as they are."""
        if self._line:
            self.end_line(mode)
        row = Image.new("1", (self.dots, picture.height))
        left = {0: 0, 1: (self.dots - picture.width) // 2, 2: self.dots - picture.width}.get(mode.align, 0)
        row.paste(picture, (max(0, left), 0))
        self._add(row)
        self.lines += max(1, picture.height // _SPACING)

    def feed(self, dots: int) -> None:
        """Move on."""
        self._add(Image.new("1", (self.dots, dots)))

    def save(self, path: Path) -> None:
        """Write the strip as a PNG, black on white with the margins of real paper, whole or not at all."""
        margin = 32 if self.dots > 400 else 24  # noqa: PLR2004 - 80 mm paper has 4 mm more of it
        paper = Image.new("1", (self.dots + 2 * margin, self._height + _TEAR), 1)
        top = 0
        for piece in self._pieces:
            paper.paste(piece.point(lambda ink: 0 if ink else 255), (margin, top))
            top += piece.height
        pen = ImageDraw.Draw(paper)
        for left in range(0, paper.width, 16):
            pen.line([(left, paper.height - 2), (left + 8, paper.height - 2)], fill=0)
        part = path.with_suffix(".part")
        paper.save(part, format="PNG")
        part.replace(path)

    def _add(self, piece: Image.Image) -> None:
        if self._height + piece.height <= _TALLEST and piece.height:
            self._pieces.append(piece)
            self._height += piece.height


def _cell(sign: str, *, bold: bool) -> Image.Image:
    return cell_of(sign, 1, bold)


def _box() -> Image.Image:
    box = Image.new("1", (FULL, FULL))
    ImageDraw.Draw(box).rectangle((3, 3, FULL - 4, FULL - 4), outline=1)
    return box
