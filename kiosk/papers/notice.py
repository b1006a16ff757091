"""一次性告知单(自助预检) on A4: everything missing, told once, with reason, substitutes, where to get it and basis."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from kiosk.model.notice import Answer, NoticeLine
from kiosk.papers import words
from kiosk.papers.content import NoticePaper
from kiosk.papers.parts import facts, foot_of, notice_box, rule, title_block
from kiosk.papers.rolls import roll_of
from kiosk.papers.sheet import A4_WIDTH, a4
from kiosk.papers.strip import draw_strip
from kiosk.papers.type import paragraph, style

_SIZE: Final = 11.0


def draw_notice(paper: NoticePaper) -> bytes:
    """The sheet as PDF bytes."""
    title = f"{words.NOTICE_TITLE} {paper.item_name}"
    if paper.size.on_roll:
        return draw_strip(roll_of(paper), paper.size, title=title, demo=paper.head.demo)
    story: list[Flowable] = [
        *title_block(words.NOTICE_TITLE, words.NOTICE_IS, copy=paper.head.copy, demo=paper.head.demo),
        facts(words.notice_facts(paper), A4_WIDTH, 26 * mm, _SIZE),
        Spacer(0, 3 * mm),
    ]
    for answer, section in words.SECTIONS:
        lines = [line for line in paper.notice.lines if line.answer is answer]
        if lines:
            story += _section(paper, section, lines)
    story += [Spacer(0, 3 * mm), notice_box(words.notice_in_short(paper), _SIZE, A4_WIDTH)]
    story += [Spacer(0, 2 * mm), paragraph("　".join(words.notice_where(paper)), style(_SIZE - 1, grey=0.25))]
    return a4(story, foot_of(paper.head), title=title)


def _section(paper: NoticePaper, title: str, lines: list[NoticeLine]) -> list[Flowable]:
    parts: list[Flowable] = [
        CondPageBreak(30 * mm),
        Spacer(0, 2 * mm),
        paragraph(f"{title}（{len(lines)} 项）", style(_SIZE + 2, bold=True)),
        rule(A4_WIDTH),
        Spacer(0, 1.5 * mm),
    ]
    members = dict(paper.members)
    for place, line in enumerate(lines, start=1):
        parts += _line(place, line, members.get(line.member or "", ""))
    return parts


def _line(place: int, line: NoticeLine, member: str) -> list[Flowable]:
    title, details = words.notice_line(place, line, member)
    if line.answer is Answer.SATISFIED:
        return [paragraph(title, style(_SIZE))]
    below = [paragraph(detail, style(_SIZE - 1, grey=0.2, indent=_SIZE)) for detail in details]
    return [paragraph(title, style(_SIZE, bold=True)), *below, Spacer(0, 2 * mm)]
