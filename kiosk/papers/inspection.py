"""设备巡检表: what the doctor found, and what only a person can look at, with room to sign."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from kiosk.papers.content import InspectionLine, InspectionPaper
from kiosk.papers.parts import facts, grid, title_block
from kiosk.papers.sheet import A4_WIDTH, Foot, a4, shanghai
from kiosk.papers.type import paragraph, style

_TITLE: Final = "设备巡检表"
_STATES: Final = {"well": "正常", "amber": "留意", "bad": "异常"}
_WIDTHS: Final = [11 * mm, 24 * mm, 14 * mm, 52 * mm, A4_WIDTH - 101 * mm]
_BY_HAND: Final = (
    ("外观和固定", "外壳无破损，摆放稳固，线缆收好"),
    ("电源和接地", "插头插紧，不发热，雷雨天有防护"),
    ("屏幕", "触摸准，亮度合适，无裂纹"),
    ("读卡区、扫描玻璃、镜头", "擦净，无贴纸遮挡"),
    ("纸张", "打印纸和卷纸够用，出纸口无积纸"),
    ("便民用品", "老花镜、印泥、签字笔、一次性告知单在位"),
    ("隐私", "没有遗落的证件和纸张，摄像头不对着屏幕"),
)
_HAND_WIDTHS: Final = [40 * mm, A4_WIDTH - 110 * mm, 30 * mm, 40 * mm]


def draw_inspection(paper: InspectionPaper) -> bytes:
    """The sheet as PDF bytes."""
    story: list[Flowable] = [
        *title_block(_TITLE, paper.point_name, demo=paper.demo),
        facts(
            [
                ("终端编号", paper.terminal),
                ("检查时间", shanghai(paper.checked_at)),
                ("结论", _conclusion([*paper.lines, *paper.tested])),
            ]
        ),
        Spacer(0, 4 * mm),
        paragraph("一、自动检查", style(12, bold=True)),
        Spacer(0, 1.5 * mm),
        _table(paper.lines),
    ]
    title = "二、设备实测（读一次卡、扫一页、打一张）"
    if paper.tested:
        tested = [paragraph(title, style(12, bold=True)), Spacer(0, 1.5 * mm), _table(paper.tested)]
        story += [Spacer(0, 4 * mm), KeepTogether(tested)]
    story += [Spacer(0, 4 * mm), KeepTogether(_by_hand("三" if paper.tested else "二"))]
    return a4(story, Foot(left=f"{paper.point_name}　终端 {paper.terminal}", demo=paper.demo), title=_TITLE)


def _table(lines: Sequence[InspectionLine]) -> Flowable:
    rows = [
        [str(place), line.name, _STATES[line.health], line.state, line.remark]
        for place, line in enumerate(lines, start=1)
    ]
    return grid(["序号", "项目", "结果", "情况", "原因和处理"], rows, _WIDTHS, 9)


def _conclusion(lines: Sequence[InspectionLine]) -> str:
    bad = sum(line.health == "bad" for line in lines)
    amber = sum(line.health == "amber" for line in lines)
    if bad:
        return f"{bad} 项异常，{amber} 项留意，请按右栏处理"
    return f"没有异常，{amber} 项留意" if amber else "全部正常"


def _by_hand(number: str) -> list[Flowable]:
    rows = [[name, look, "□ 正常　□ 异常", ""] for name, look in _BY_HAND]
    return [
        paragraph(f"{number}、人工检查", style(12, bold=True)),
        Spacer(0, 1.5 * mm),
        grid(["项目", "看什么", "结果", "备注"], rows, _HAND_WIDTHS, 9),
        Spacer(0, 8 * mm),
        paragraph("巡检人：＿＿＿＿＿＿＿＿　　复核人：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日", style(11)),
    ]
