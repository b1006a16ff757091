"""From lines of a roll to lines of type: wrapped to the paper, every character on the printer's grid.

A receipt printer's type stands on a grid: Latin 12 dots, Chinese 24. So a width is counted in cells of 12 dots.
"""

import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from devices.printer.escpos.glyphs import drawable
from devices.printer.escpos.settings import Charset
from kiosk import linebreak
from kiosk.model.roll import Align, Pair, Text

CELL: Final = 12
_ASCII: Final = 0x80
_TWO_BYTES: Final = 2
_LABEL: Final = 9
_NO_SIGNS: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_FIRST_GBK5: Final = 0xFE50


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line of type: runs of text and the cell each begins in; `drawn` when the printer's own type lacks something.

    Cells count at the line's own size, which is 1 or 2; a `tall` line is twice as high all the same.
    """

    runs: tuple[tuple[int, str], ...]
    size: int = 1
    bold: bool = False
    drawn: bool = False
    tall: bool = False


def cells(text: str) -> int:
    """How many cells a text takes: one for ASCII, two for anything else, as printers do it."""
    return sum(1 if ord(sign) < _ASCII else 2 for sign in text)


@cache
def printable(sign: str, charset: Charset) -> bool:
    """Whether the printer's own type has a character. The last area of GBK is newer than most printers."""
    if " " <= sign <= "~":
        return charset is not Charset.RASTER
    if charset is Charset.RASTER:
        return False
    try:
        coded = sign.encode("gb18030" if charset is Charset.GB18030 else "gbk")
    except UnicodeEncodeError:
        return False
    if charset is Charset.GB18030:
        return len(coded) >= _TWO_BYTES
    return len(coded) == _TWO_BYTES and not _in_gbk5(coded)


def clean(text: str, charset: Charset) -> str:
    """A text without anything a printer could take for a command, and with what nobody can show named.

    A character that neither the printer nor the shipped fonts have is written 〔U+30EDE〕, as on the A4 papers.
    """
    signs = (" " if unicodedata.category(sign) in _NO_SIGNS else sign for sign in text)
    return "".join(
        sign if printable(sign, charset) or drawable(sign) or sign == " " else f"〔U+{ord(sign):X}〕" for sign in signs
    )


def wrap(text: str, width: int, then: int | None = None) -> list[str]:
    """A text in lines of at most `width` cells, `then` after the first. Words and numbers stay whole if they can."""
    return linebreak.wrap(text, width, cells, then)


def set_text(text: Text, width: int, charset: Charset) -> list[SetLine]:
    """A paragraph; `width` in cells at size 1."""
    words = clean(text.text, charset)
    size = text.size if not text.keep or cells(words) * text.size <= width else 1
    indent, hang = text.indent // size, text.hang // size
    room = max(4, width // size - indent)
    if text.align is Align.CENTRE:
        lines = _balanced(words, room)
        starts = [(width // size - cells(line)) // 2 for line in lines]
    else:
        lines = wrap(words, room, room - hang)
        starts = [indent, *[indent + hang] * (len(lines) - 1)]
    found = [_set(((start, line),), size, text.bold, charset) for start, line in zip(starts, lines, strict=True)]
    return [replace(line, tall=size < text.size) for line in found]


def set_pair(pair: Pair, width: int, charset: Charset) -> list[SetLine]:
    """A label and its value beside it; a label too long for its column stands on a line of its own."""
    label, value = clean(pair.label, charset), clean(pair.value, charset)
    lines = [_set(((_LABEL, line),), 1, bold=False, charset=charset) for line in wrap(value, width - _LABEL)]
    if cells(label) >= _LABEL:
        return [_set(((0, line),), 1, bold=False, charset=charset) for line in wrap(label, width)] + lines
    first = lines[0]
    return [_set(((0, label), *first.runs), 1, bold=False, charset=charset), *lines[1:]]


def _set(runs: tuple[tuple[int, str], ...], size: int, bold: bool, charset: Charset) -> SetLine:  # noqa: FBT001 - facts of a line
    drawn = not all(printable(sign, charset) for _, text in runs for sign in text)
    return SetLine(runs, size, bold, drawn)


def _in_gbk5(coded: bytes) -> bool:
    return int.from_bytes(coded, "big") >= _FIRST_GBK5


def _balanced(text: str, width: int) -> list[str]:
    """Lines that end where a clause does, if that takes no more of them, else about as long as each other.

    A last line of one character under full ones looks like a mistake.
    """
    clauses = linebreak.by_clauses(text, width, cells)
    if clauses:
        return clauses
    lines = wrap(text, width)
    for narrower in range(width - 1, width // 2, -1):
        tried = wrap(text, narrower)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines
