"""The words of 日终核对单, the same on A4 and on a roll. Light: loads neither fonts nor reportlab."""

from typing import Final

from kiosk.model.dayreport import DayReport
from kiosk.papers.content import DayPaper
from kiosk.papers.words import shanghai
from kiosk.words.causes import cause_words

TITLE: Final = "日终核对单"
NOTHING: Final = "没有差异。"
SIGN: Final = "核对人：＿＿＿＿＿＿＿＿　　复核人：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿年＿＿月＿＿日"
SIGN_ROLL: Final = ("核对人：", "复核人：", "日　期：")
KINDS: Final = {
    "receipt": "回执",
    "decision": "部门文书",
    "notice": "一次性告知单",
    "signature": "按手印签字页",
    "list": "材料清单",
    "specimen": "空白表或样表",
    "day": "日终核对单",
}


def conclusion(report: DayReport) -> str:
    """The one sentence a supervisor looks for."""
    waiting = report.submitted - report.acknowledged
    left = len(report.earlier) + len(report.open_undated)
    if report.agrees:
        return "三个数一致，没有留下的" if report.submitted else "当天没有收件，没有留下的"
    said = f"县里已收到 {report.acknowledged} 件，还有 {waiting} 件在本机" if waiting else "县里都已收到"
    unprinted = report.submitted - report.printed
    return "；".join(
        part
        for part in (
            said,
            f"{unprinted} 件没有回执" if unprinted else "",
            f"另有以前的 {left} 件还没送到" if left else "",
        )
        if part
    )


def day_facts(paper: DayPaper) -> list[tuple[str, str]]:
    """Label and value; a value may be empty."""
    report = paper.report
    at = shanghai(report.at)
    return [
        ("核对日期", f"{report.day:%Y年%m月%d日}"),
        ("服务点", report.point_name),
        ("终端编号", report.terminal),
        ("核对时间", at if report.clock_trusted else f"{at}（本机时间未核对）"),
        ("结论", conclusion(report)),
    ]


def figures(report: DayReport) -> list[tuple[str, str]]:
    """The three figures that must be one, and what else came out of the printers."""
    sheets = "，".join(
        f"{KINDS.get(one.kind, one.kind)} {one.printed} 张" + (f"（其中补打 {one.reprints}）" if one.reprints else "")
        for one in report.papers
    )
    return [
        ("收件", f"{report.submitted} 件"),
        ("已出回执", f"{report.printed} 张" + (f"，另补打 {report.reprints} 张" if report.reprints else "")),
        ("县里收到", f"{report.acknowledged} 件"),
        ("当天用纸", sheets),
    ]


def difference_rows(report: DayReport) -> list[tuple[str, str]]:
    """Number and reason of every difference, case by case."""
    return [(one.number, cause_words(one)) for one in report.differences]


def left_rows(report: DayReport) -> list[tuple[str, str]]:
    """Number and reason of what is still open from other days."""
    undated = [(one.number, f"收件时本机时间未核对；{cause_words(one.waits)}") for one in report.open_undated]
    return [(one.number, f"{shanghai(one.made)} 收件；{cause_words(one.waits)}") for one in report.earlier] + undated
