"""A trial paper for printers that set their own type."""

from kiosk.calendar import SHANGHAI
from kiosk.model.devices import PageSize
from kiosk.model.roll import Align, Boxed, Code, Cut, Feed, Pair, Roll, Rule, Text
from kiosk.papers.content import TrialPaper

TITLE = "打印测试"
WORDS = "永和九年，岁在癸丑。"
RARE = "𠮷 䶮 㛃 喆 堃"
_HALF_CELLS = {PageSize.ROLL_80: 48, PageSize.ROLL_58: 32}


def trial_roll(paper: TrialPaper) -> Roll:
    """The lines."""
    cells = _HALF_CELLS.get(paper.size, 48)
    return (
        Text(TITLE, Align.CENTRE, size=2, bold=True),
        Feed(),
        Pair("设备", paper.device),
        Pair("时间", f"{paper.printed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
        Pair("生僻字", RARE),
        Rule(),
        Text(WORDS),
        Text(("0123456789" * 5)[:cells]),
        Rule(dashed=True),
        Code(code_text(paper)),
        Boxed("小字清楚，没有缺笔、断线，二维码能扫出来，就是好的。"),
        Cut(),
    )


def code_text(paper: TrialPaper) -> str:
    """What the code says: a trial, when, and nothing else."""
    return f"JINBAN-TRIAL {paper.printed_at:%Y%m%d%H%M%S}"
