"""Parts that papers share: title block, facts, tables, QR codes."""

from collections.abc import Sequence
from typing import Any, Final

import segno
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from kiosk.papers.content import PaperHead
from kiosk.papers.fonts import REGULAR
from kiosk.papers.sheet import A4_WIDTH, Foot, shanghai
from kiosk.papers.type import broken, paragraph, paragraphs, style

BOX_INSIDE: Final = 3 * mm
"""Between the lines of a box and its text."""
_ASIDE: Final = 2 * mm
"""What a cell of a table keeps free on either side of its text."""
_LINE: Final = 0.4
_GREY: Final = (0.62, 0.62, 0.62)
_PALE: Final = (0.955, 0.955, 0.955)


class QrCode(Flowable):  # type: ignore[misc] # reportlab publishes no types
    """A QR code of a given side length in points, drawn as runs of modules; quiet zone of 4 modules included."""

    def __init__(self, text: str, side: float, *, centre_in: float | None = None) -> None:
        super().__init__()
        self._matrix = [list(row) for row in segno.make(text, error="l", micro=False).matrix_iter(border=4)]
        self._side = side
        self._width = centre_in or side

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its own size."""
        return self._width, self._side

    def draw(self) -> None:
        """Every dark run of a row as one rectangle."""
        module = self._side / len(self._matrix)
        left = (self._width - self._side) / 2
        self.canv.setFillGray(0)
        for row, modules in enumerate(self._matrix):
            start = None
            for place, dark in enumerate([*modules, 0]):
                if dark and start is None:
                    start = place
                elif not dark and start is not None:
                    bottom = self._side - (row + 1) * module
                    self.canv.rect(left + start * module, bottom, (place - start) * module, module, stroke=0, fill=1)
                    start = None


def title_block(
    title: str, subtitle: str = "", *, copy: int = 0, demo: bool = False, size: float = 20
) -> list[Flowable]:
    """Title, what it is not, and the marks 补打 and 演示数据."""
    parts: list[Flowable] = [paragraph(title, style(size, bold=True, centre=True, lead=1.3))]
    if subtitle:
        parts.append(Spacer(0, 1.5 * mm))
        parts.append(paragraph(subtitle, style(size * 0.52, centre=True, grey=0.25)))
    marks = [f"补打 {copy}" if copy else "", "演示数据，不作办事依据" if demo else ""]
    if any(marks):
        parts.append(Spacer(0, 1 * mm))
        parts.append(paragraph("　".join(mark for mark in marks if mark), style(size * 0.5, bold=True, centre=True)))
    parts.append(Spacer(0, 4 * mm))
    return parts


def facts(rows: Sequence[tuple[str, str]], width: float = A4_WIDTH, label: float = 30 * mm, size: float = 11) -> Table:
    """Label and value, one fact a row; empty values are left out."""
    cells = [[paragraph(name, style(size, grey=0.35)), paragraphs(value, style(size))] for name, value in rows if value]
    table = Table(cells, colWidths=[label, width - label])
    table.setStyle([*_BASE, ("LINEBELOW", (0, 0), (-1, -1), 0.25, (0.85, 0.85, 0.85))])
    return table


def grid(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], size: float = 10) -> Table:
    """A table with a head that repeats on every page."""
    cells: list[list[Any]] = [[paragraph(name, style(size, bold=True)) for name in head]]
    cells += [[_cell(value, size, width) for value, width in zip(row, widths, strict=True)] for row in rows]
    table = Table(cells, colWidths=list(widths), repeatRows=1)
    table.setStyle(
        [
            *_BASE,
            ("GRID", (0, 0), (-1, -1), _LINE, _GREY),
            ("BACKGROUND", (0, 0), (-1, 0), _PALE),
            ("LEFTPADDING", (0, 0), (-1, -1), _ASIDE),
            ("RIGHTPADDING", (0, 0), (-1, -1), _ASIDE),
        ]
    )
    return table


def _cell(value: str, size: float, width: float) -> list[Flowable]:
    look = style(size)
    lines = [part for line in value.split("\n") for part in broken(line, look, width - 2 * _ASIDE)]
    return [paragraph(line, look) for line in lines]


def beside(left: Sequence[Flowable], right: Flowable, right_width: float, width: float = A4_WIDTH) -> Table:
    """Two columns, the right one for a code."""
    table = Table([[list(left), right]], colWidths=[width - right_width, right_width])
    table.setStyle([*_BASE, ("ALIGN", (1, 0), (1, 0), "RIGHT")])
    return table


def notice_box(text: str, size: float = 11, width: float = A4_WIDTH) -> Table:
    """The one sentence nobody may miss."""
    table = Table([[paragraphs(text, style(size, bold=True))]], colWidths=[width])
    table.setStyle([*_BASE, ("BOX", (0, 0), (-1, -1), 0.8, (0, 0, 0)), *_inner(BOX_INSIDE)])
    return table


def rule(width: float, *, dashed: bool = False) -> Flowable:
    """A thin line with air around it."""
    table = Table([[""]], colWidths=[width], rowHeights=[2 * mm])
    line: tuple[Any, ...] = ("LINEBELOW", (0, 0), (-1, -1), _LINE, (0.3, 0.3, 0.3))
    table.setStyle([*_BASE, (*line, None, (1, 2)) if dashed else line])
    return table


def foot_of(head: PaperHead) -> Foot:
    """Terminal, catalogue and time at the bottom of the page."""
    operator = f"　经办 {head.operator}" if head.operator else ""
    return Foot(
        left=f"{head.point_name}　终端 {head.terminal}{operator}　打印 {shanghai(head.printed_at)}",
        right=f"事项目录第 {head.catalogue_version} 版，截至 {head.catalogue_as_of}　政务服务热线 {head.hotline}",
        demo=head.demo,
    )


def _inner(space: float) -> list[tuple[Any, ...]]:
    return [(f"{side}PADDING", (0, 0), (-1, -1), space) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]


# The first row names an embedded font: reportlab's own default for tables is not embedded.
_BASE: Final[list[tuple[Any, ...]]] = [
    ("FONT", (0, 0), (-1, -1), REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1.2 * mm),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2 * mm),
]
