"""日终核对单: what was taken, printed and acknowledged on a day, a name for every difference, room to sign."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from kiosk.papers import dayline
from kiosk.papers.content import DayPaper
from kiosk.papers.parts import facts, grid, title_block
from kiosk.papers.rolls import roll_of
from kiosk.papers.sheet import A4_WIDTH, Foot, a4, shanghai
from kiosk.papers.strip import draw_strip
from kiosk.papers.type import paragraph, style

_WIDTHS: Final = [13 * mm, 58 * mm, A4_WIDTH - 71 * mm]


def draw_day(paper: DayPaper) -> bytes:
    """The sheet as PDF bytes."""
    report = paper.report
    title = f"{dayline.TITLE} {report.day:%Y-%m-%d}"
    if paper.size.on_roll:
        return draw_strip(roll_of(paper), paper.size, title=title, demo=paper.demo)
    story: list[Flowable] = [
        *title_block(dayline.TITLE, copy=paper.copy, demo=paper.demo),
        facts(dayline.day_facts(paper)),
        Spacer(0, 4 * mm),
        *_section("一、核对的数", facts(dayline.figures(report))),
        *_table("二、当天的差异", dayline.difference_rows(report)),
        *_table("三、其他日子留下的", dayline.left_rows(report)),
        Spacer(0, 10 * mm),
        KeepTogether([paragraph(dayline.SIGN, style(11))]),
    ]
    operator = f"　打印人 {paper.operator}" if paper.operator else ""
    left = f"{report.point_name}　终端 {report.terminal}{operator}　打印 {shanghai(paper.printed_at)}"
    return a4(story, Foot(left=left, demo=paper.demo), title=title)


def _section(title: str, body: Flowable) -> list[Flowable]:
    return [paragraph(title, style(12, bold=True)), Spacer(0, 1.5 * mm), body, Spacer(0, 4 * mm)]


def _table(title: str, rows: Sequence[tuple[str, str]]) -> list[Flowable]:
    if not rows:
        return _section(title, paragraph(dayline.NOTHING, style(11)))
    numbered = [[str(place), number, why] for place, (number, why) in enumerate(rows, start=1)]
    return _section(f"{title}（{len(rows)} 条）", grid(["序号", "编号", "情况和下一步"], numbered, _WIDTHS, 9.5))
