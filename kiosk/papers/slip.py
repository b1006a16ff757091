"""The slip of somebody who said that a guide is wrong, complained or suggested: number, query code, whom to call."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.papers import slipwords
from kiosk.papers.content import SlipPaper
from kiosk.papers.parts import facts, foot_of, notice_box, title_block
from kiosk.papers.rolls import roll_of
from kiosk.papers.sheet import a4
from kiosk.papers.strip import draw_strip
from kiosk.papers.type import paragraph, style


def draw_slip(paper: SlipPaper) -> bytes:
    """The slip as PDF bytes."""
    title = f"{slipwords.TITLE} {paper.number}"
    if paper.size.on_roll:
        return draw_strip(roll_of(paper), paper.size, title=title, demo=paper.head.demo)
    story: list[Flowable] = [
        *title_block(slipwords.TITLE, slipwords.KINDS[paper.kind], copy=paper.head.copy, demo=paper.head.demo),
        Spacer(0, 4 * mm),
        paragraph(paper.number, style(20, bold=True, centre=True, lead=1.4)),
        paragraph(slipwords.code(paper), style(20, bold=True, centre=True, lead=1.6)),
        Spacer(0, 4 * mm),
        facts(slipwords.slip_facts(paper)),
        Spacer(0, 5 * mm),
        notice_box(slipwords.how_to_ask(paper)),
    ]
    return a4(story, foot_of(paper.head), title=title)
