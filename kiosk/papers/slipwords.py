"""What stands on the slip of a report, a complaint or a suggestion, the same on A4 and on rolls."""

from typing import Final

from kiosk.model.feedback import FeedbackKind
from kiosk.papers import words
from kiosk.papers.content import SlipPaper

TITLE: Final = "意见登记单"
KINDS: Final = {
    FeedbackKind.GUIDE: "指南报错",
    FeedbackKind.COMPLAINT: "投诉",
    FeedbackKind.SUGGESTION: "建议",
}


def code(paper: SlipPaper) -> str:
    """The query code, in two groups that are read out and typed easily."""
    return f"查询码 {paper.code[:3]} {paper.code[3:]}"


def slip_facts(paper: SlipPaper) -> list[tuple[str, str]]:
    """Label and value; a value may be empty."""
    taken = words.shanghai(paper.made_at)
    return [
        ("关于", paper.item_name),
        ("登记时间", taken if paper.clock_trusted else f"{taken}（本机时间未核对）"),
        ("登记地点", f"{paper.head.point_name}，终端 {paper.head.terminal}"),
    ]


def how_to_ask(paper: SlipPaper) -> str:
    """How the answer is heard."""
    return (
        f"答复会送到这台机器。在首页点“提意见、报差错”，再点“查答复”，输入编号和查询码就能看。有网络时，在别的自助终端上也能看。"
        f"也可以拨打 {paper.head.hotline}，报编号询问。请不要让别人看到查询码。"
    )
