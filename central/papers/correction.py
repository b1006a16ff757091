"""一次性补正告知书."""

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from central.decisions import LegalPaper
from central.papers.layout import addressed, heading, legal_paper, particulars
from kiosk.papers.parts import grid
from kiosk.papers.sheet import A4_WIDTH
from kiosk.papers.type import paragraph, style


def correction_notice(paper: LegalPaper) -> bytes:
    """The notice of everything to supply or change, told once, as PDF bytes."""
    due = paper.due
    until = f"请在 {due.year}年{due.month}月{due.day}日 前补齐；" if due else "请尽快补齐；"
    body = [
        *addressed(
            paper,
            f"您提出的“{paper.item_name}”申请，有以下内容需要补正。这里一次说全，{until}补正后按原编号继续办理。",
        ),
        particulars(paper, [("联系电话", paper.applicant_phone_masked), ("说明", paper.note)]),
        *heading("需要补正的内容"),
        grid(
            ["序号", "内容", "原因和要求", "依据"],
            [
                [str(place), point.subject, "\n".join(part for part in (point.text, point.advice) if part), point.basis]
                for place, point in enumerate(paper.points, start=1)
            ],
            [14 * mm, 42 * mm, A4_WIDTH - 104 * mm, 48 * mm],
        ),
        Spacer(0, 3 * mm),
        paragraph(
            "怎么补：到提交申请的那台终端刷身份证，在“我的办件”里点“去补正”；"
            f"或到{paper.place or '便民服务点'}办理。{paper.hours}",
            style(11.5),
        ),
        paragraph("补正材料全部收到之日，即为收到申请之日。", style(11.5)),
    ]
    return legal_paper(paper, "一次性补正告知书", body)
