"""办事指南 on A4 and on rolls: the whole guide of an item, to take home and read in peace."""

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from kiosk.papers import words
from kiosk.papers.content import GuideLine, GuidePaper, GuideSection
from kiosk.papers.parts import facts, foot_of, notice_box, rule, title_block
from kiosk.papers.rolls import roll_of
from kiosk.papers.sheet import A4_WIDTH, a4
from kiosk.papers.strip import draw_strip
from kiosk.papers.type import paragraph, paragraphs, style

_INDENT = 5 * mm
_HEADING_WITH_TEXT = 32 * mm
"""A heading goes onto the next page rather than stand at the foot of this one alone."""


def draw_guide(paper: GuidePaper) -> bytes:
    """The guide as PDF bytes."""
    title = f"{words.GUIDE_TITLE} {paper.item_name}"
    if paper.size.on_roll:
        return draw_strip(roll_of(paper), paper.size, title=title, demo=paper.head.demo)
    story: list[Flowable] = [*title_block(paper.item_name, words.GUIDE_TITLE, demo=paper.head.demo)]
    if paper.summary:
        story += [paragraph(paper.summary, style(12)), Spacer(0, 4 * mm)]
    story.append(facts(paper.facts))
    for section in paper.sections:
        story += _section(section)
    story += [Spacer(0, 6 * mm), notice_box(words.guide_dated(paper))]
    return a4(story, foot_of(paper.head), title=title)


def _section(section: GuideSection) -> Iterator[Flowable]:
    yield Spacer(0, 5 * mm)
    yield CondPageBreak(_HEADING_WITH_TEXT)
    yield paragraph(section.title, style(14, bold=True))
    yield rule(A4_WIDTH)
    for line in section.lines:
        yield Spacer(0, 2 * mm)
        yield KeepTogether(_line(line))


def _line(line: GuideLine) -> list[Flowable]:
    return [
        *paragraphs(words.guide_line(line), style(11, bold=bool(line.body or line.tags))),
        *(paragraphs(line.body, style(10.5, indent=_INDENT)) if line.body else ()),
        *(paragraphs(line.note, style(9, grey=0.3, indent=_INDENT)) if line.note else ()),
    ]
