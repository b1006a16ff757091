"""Blank forms, filled samples and samples of results, on A4 and on rolls. A sample says 样表 before anything else."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.papers import words
from kiosk.papers.content import SpecimenPaper
from kiosk.papers.parts import foot_of, grid, notice_box, title_block
from kiosk.papers.rolls import roll_of
from kiosk.papers.sheet import A4_WIDTH, a4
from kiosk.papers.strip import draw_strip
from kiosk.papers.type import paragraph, style

_ROOM = "\u00a0\n\u00a0"
"""Room to write by hand."""


def draw_specimen(paper: SpecimenPaper) -> bytes:
    """The paper as PDF bytes."""
    title = f"{words.SPECIMEN_MARKS[paper.kind][0]} {paper.title}"
    if paper.size.on_roll:
        return draw_strip(roll_of(paper), paper.size, title=title, demo=paper.head.demo)
    mark, meaning = words.SPECIMEN_MARKS[paper.kind]
    story: list[Flowable] = [
        *title_block(paper.title, paper.item_name, demo=paper.head.demo),
        notice_box(f"{mark}：{meaning}"),
        Spacer(0, 5 * mm),
    ]
    if paper.lines:
        rows = [[label, value or _ROOM] for label, value in paper.lines]
        story.append(grid(["项目", "内容"], rows, [55 * mm, A4_WIDTH - 55 * mm], 11))
    story += [
        paragraph(line, style(12, lead=1.7)) if line.strip() else Spacer(0, 4 * mm) for line in paper.text.split("\n")
    ]
    return a4(story, foot_of(paper.head), title=title)
