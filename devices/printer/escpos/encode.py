"""A roll as bytes for one printer."""

from typing import Final

import segno

from devices.printer.escpos import commands as c
from devices.printer.escpos.glyphs import draw_runs
from devices.printer.escpos.layout import CELL, SetLine, cells, set_pair, set_text
from devices.printer.escpos.settings import Charset, Qr, Settings
from kiosk.model.roll import Align, Boxed, Code, Cut, Feed, Pair, Roll, RollLine, Rule, Text

_QUIET: Final = 4
_LARGEST_MODULE: Final = 6
_HALF: Final = 16
_THICK: Final = 3
_DASH: Final = 8


def encode(roll: Roll, settings: Settings) -> bytes:
    """Everything to send for a roll, from the reset to the cut."""
    return c.BEGIN + b"".join(_line(line, settings) for line in roll)


def _line(line: RollLine, settings: Settings) -> bytes:
    width = settings.dots // CELL
    match line:
        case Text():
            return _typed(set_text(line, width, settings.charset), settings)
        case Pair():
            return _typed(set_pair(line, width, settings.charset), settings)
        case Boxed(text=text):
            words = set_text(Text(text, Align.CENTRE, bold=True), width, settings.charset)
            return _rule(settings.dots, _THICK) + _typed(words, settings) + _rule(settings.dots, _THICK)
        case Code(text=text):
            return _code(text, settings)
        case Rule() | Feed() | Cut():
            return _moved(line, settings)


def _moved(line: Rule | Feed | Cut, settings: Settings) -> bytes:
    """What is no type: a rule, some air, the blade."""
    if isinstance(line, Rule):
        return _rule(settings.dots, 1, dashed=line.dashed)
    if isinstance(line, Feed):
        return c.feed(line.halves * _HALF)
    return c.CUT if settings.cutter else c.TEAR


def _typed(lines: list[SetLine], settings: Settings) -> bytes:
    return b"".join(_drawn(line, settings.dots) if line.drawn else _written(line, settings.charset) for line in lines)


def _written(line: SetLine, charset: Charset) -> bytes:
    text = ""
    for start, run in line.runs:
        text += " " * (start - cells(text)) + run
    coded = text.encode("gb18030" if charset is Charset.GB18030 else "gbk")
    large = c.DOUBLE if line.size > 1 else c.TALL if line.tall else b""
    before = c.KANJI + large + (c.BOLD if line.bold else b"")
    after = (c.PLAIN if line.bold else b"") + (c.SINGLE if large else b"")
    return before + coded + c.LINE + after


def _drawn(line: SetLine, dots: int) -> bytes:
    picture = draw_runs(line.runs, dots, line.size, bold=line.bold)
    if line.tall:
        picture = picture.resize((picture.width, picture.height * 2))
    return c.raster(picture.tobytes(), (dots + 7) // 8)


def _rule(dots: int, thick: int, *, dashed: bool = False) -> bytes:
    row_bytes = dots // 8
    ink = (b"\xff\x00" * row_bytes)[:row_bytes] if dashed else b"\xff" * row_bytes
    air = bytes(row_bytes) * ((_DASH * 2 - thick) // 2)
    return c.raster(air + ink * thick + air, row_bytes)


def _code(text: str, settings: Settings) -> bytes:
    if settings.qr is Qr.NATIVE:
        coded = text.encode()
        # Printers take a code's bytes as bytes, which may need a larger code than a mixture of modes.
        modules = int(segno.make(coded, error="l", mode="byte", micro=False, boost_error=False).symbol_size(1, 0)[0])
        return c.CENTRE + c.qr(coded, _module(modules, settings.dots)) + c.LINE + c.LEFT
    code = segno.make(text, error="l", micro=False)
    module = _module(int(code.symbol_size(1, 0)[0]), settings.dots)
    rows = [list(row) for row in code.matrix_iter(scale=module, border=0)]
    margin = (settings.dots - len(rows[0])) // 2
    packed = b"".join(_packed([0] * margin + row, settings.dots) for row in rows)
    air = bytes(settings.dots // 8) * _HALF
    return c.raster(air + packed + air, settings.dots // 8)


def _module(modules: int, dots: int) -> int:
    """Dots a module: as large as fits with its quiet zone, no larger than is easily read."""
    return max(1, min(_LARGEST_MODULE, dots // (modules + 2 * _QUIET)))


def _packed(row: list[int], dots: int) -> bytes:
    bits = "".join("1" if dot else "0" for dot in row).ljust(dots, "0")
    return int(bits, 2).to_bytes(dots // 8, "big")
