"""The two kinds of sheet: A4 with page x/y, and a roll as long as its contents."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from kiosk.papers.fonts import REGULAR
from kiosk.papers.type import load_fonts, paragraph, style
from kiosk.papers.words import month_day, shanghai

__all__ = ["A4_WIDTH", "FOOT", "MARGIN", "ROLL_PAPER", "ROLL_WIDTH", "Foot", "a4", "month_day", "roll", "shanghai"]

MARGIN: Final = 20 * mm
FOOT: Final = 22 * mm
A4_WIDTH: Final = A4[0] - 2 * MARGIN
ROLL_PAPER: Final = 80 * mm
# Printers print 72 mm of the roll; a full stop or comma may hang over the end of a full line by half a character.
ROLL_WIDTH: Final = 69 * mm
_ROLL_EDGE: Final = 4 * mm
_TALLEST: Final = 5000 * mm
_FOOT_SIZE: Final = 8
# How far the top of a paragraph lies over its first line of writing, in sizes of the font.
_FOOT_RISE: Final = 0.95
_NUMBER_WIDTH: Final = 26 * mm


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the bottom of every A4 page, and over it when it is a demonstration."""

    left: str
    right: str = ""
    demo: bool = False


def a4(story: Sequence[Flowable], foot: Foot, *, title: str) -> bytes:
    """A4 pages as PDF bytes, each numbered x/y."""
    load_fonts()
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, title=title, author="Jinban 近办", lang="zh-CN", initialFontName=REGULAR
    )
    frame = Frame(MARGIN, FOOT, A4_WIDTH, A4[1] - FOOT - 16 * mm, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame])])
    document.build(list(story), canvasmaker=lambda *args, **kwargs: _NumberedCanvas(foot, *args, **kwargs))
    return out.getvalue()


def roll(
    story: Sequence[Flowable], *, title: str, demo: bool, paper: float = ROLL_PAPER, width: float = ROLL_WIDTH
) -> bytes:
    """One page of a roll, 80 mm wide unless told otherwise, as long as what stands on it."""
    load_fonts()
    heights = [flowable.wrap(width, _TALLEST)[1] + flowable.getSpaceBefore() for flowable in story]
    height = sum(heights) + sum(flowable.getSpaceAfter() for flowable in story) + 12 * mm
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(paper, height), initialFontName=REGULAR, lang="zh-CN")
    canvas.setTitle(title)
    if demo:
        _demo_mark(canvas, paper, height)
    frame = Frame(_ROLL_EDGE, 4 * mm, width, height - 6 * mm, 0, 0, 0, 0)
    frame.addFromList(list(story), canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


class _NumberedCanvas(Canvas):  # type: ignore[misc] # reportlab publishes no types
    """Draws the foot when the number of pages is known."""

    def __init__(self, foot: Foot, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._foot = foot
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 -- reportlab's name
        """Keep the page until the last one is known."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Draw every page's foot and write the file."""
        for place, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._draw_foot(place, len(self._pages))
            super().showPage()
        super().save()

    def _draw_foot(self, place: int, pages: int) -> None:
        if self._foot.demo:
            _demo_mark(self, *A4)
        self.setStrokeGray(0.6)
        self.setLineWidth(0.4)
        self.line(MARGIN, FOOT - 5 * mm, A4[0] - MARGIN, FOOT - 5 * mm)
        self.setFillGray(0.3)
        self.setFont(REGULAR, _FOOT_SIZE)
        self.drawRightString(A4[0] - MARGIN, FOOT - 9.5 * mm, f"第 {place} 页 / 共 {pages} 页")
        # Paragraphs: the longest names of places take two lines, and rare characters of a name another font.
        top = FOOT - 9.5 * mm + _FOOT_SIZE * _FOOT_RISE
        for text in filter(None, (self._foot.left, self._foot.right)):
            line = paragraph(text, style(_FOOT_SIZE, grey=0.3, lead=1.42))
            _, height = line.wrap(A4_WIDTH - _NUMBER_WIDTH, FOOT)
            line.drawOn(self, MARGIN, top - height)
            top -= height


def _demo_mark(canvas: Canvas, width: float, height: float) -> None:
    """演示数据 across the page, pale enough to read through."""
    canvas.saveState()
    canvas.setFillGray(0.0, alpha=0.07)
    size = min(width, height) / 6
    canvas.setFont(REGULAR, size)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(35)
    canvas.drawCentredString(0, -size / 3, "演示数据")
    canvas.restoreState()
