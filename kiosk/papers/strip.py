"""A roll as PDF, for printers that take PDFs in roll sizes: the lines of `kiosk.papers.rolls`, set with our fonts."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.model.devices import PageSize
from kiosk.model.roll import Align, Boxed, Code, Feed, Pair, Roll, RollLine, Rule, Text
from kiosk.papers.parts import BOX_INSIDE, QrCode, facts, notice_box, rule
from kiosk.papers.sheet import ROLL_PAPER, ROLL_WIDTH, roll
from kiosk.papers.type import broken, in_clauses, paragraph, style, width_of

# Printers print 72 and 48 mm; a full stop or comma may hang over the end of a full line by half a character.
_PAPER: Final = {PageSize.ROLL_80: (ROLL_PAPER, ROLL_WIDTH), PageSize.ROLL_58: (58 * mm, 46 * mm)}
_TYPE: Final = 10.0
_LEAST_TITLE: Final = 14.0
_LABEL: Final = 18 * mm
_QR: Final = 50 * mm
_HALF: Final = 2 * mm
_NARROW: Final = 0.62


def draw_strip(lines: Roll, size: PageSize, *, title: str, demo: bool) -> bytes:
    """One page of a roll as PDF bytes, as long as what stands on it."""
    paper, width = _PAPER[size]
    return roll(_story(lines, width), title=title, demo=demo, paper=paper, width=width)


def _story(lines: Roll, width: float) -> list[Flowable]:
    story: list[Flowable] = []
    pairs: list[tuple[str, str]] = []
    for line in lines:
        if isinstance(line, Pair):
            pairs.append((line.label, line.value))
            continue
        story += _table(pairs, width)
        pairs = []
        story += _flowables(line, width)
    return [*story, *_table(pairs, width)]


def _table(pairs: Sequence[tuple[str, str]], width: float) -> list[Flowable]:
    look = style(_TYPE)
    rows = [(label, "\n".join(broken(value, look, width - _LABEL))) for label, value in pairs]
    return [facts(rows, width, _LABEL, _TYPE)] if pairs else []


def _flowables(line: RollLine, width: float) -> list[Flowable]:
    match line:
        case Text():
            return _text(line, width)
        case Boxed(text=text):
            inside = in_clauses(text, style(_TYPE, bold=True), width - 2 * BOX_INSIDE)
            return [notice_box("\n".join(inside), _TYPE, width)]
        case Code(text=text):
            return [QrCode(text, min(_QR, width), centre_in=width)]
        case Rule(dashed=dashed):
            return [rule(width, dashed=dashed), Spacer(0, 1.5 * mm)]
        case Feed(halves=halves):
            return [Spacer(0, halves * _HALF)]
    return []


def _text(line: Text, width: float) -> list[Flowable]:
    """A paragraph a line of it: each is as long as it may be, and a full line before a break leaves an empty one."""
    size = _TYPE * (1.7 if line.size > 1 else 1.0)
    if line.keep:
        size = min(size, width / max(1.0, len(line.text) * _NARROW))
    elif line.size > 1:
        alone = width_of(line.text, style(size, bold=line.bold))
        size = max(_LEAST_TITLE, min(size, size * width / alone)) if alone else size
    indent, hang = line.indent * _TYPE / 2, line.hang * _TYPE / 2

    def look(indent: float) -> ParagraphStyle:
        return style(size, bold=line.bold, centre=line.align is Align.CENTRE, lead=1.4, indent=indent)

    if line.align is Align.CENTRE:
        return [paragraph(part, look(0)) for part in in_clauses(line.text, look(0), width)]
    first, *others = broken(line.text, look(indent), width - indent, width - indent - hang)
    return [paragraph(first, look(indent)), *(paragraph(other, look(indent + hang)) for other in others)]
