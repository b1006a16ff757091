"""受理通知书."""

from central.decisions import LegalPaper
from central.papers.layout import addressed, heading, legal_paper, materials_table, particulars


def acceptance_notice(paper: LegalPaper) -> bytes:
    """The notice that the authority has accepted the application, as PDF bytes."""
    due = paper.due
    until = f"，最迟于 {due.year}年{due.month}月{due.day}日 作出决定" if due else ""
    body = [
        *addressed(paper, f"您提出的“{paper.item_name}”申请，材料齐全、符合要求，现予受理{until}。"),
        particulars(
            paper,
            [
                ("受理编号", paper.acceptance_no or ""),
                ("法定时限", paper.statutory),
                ("承诺时限", paper.promise),
                ("说明", paper.note),
            ],
        ),
        *heading("收到的材料"),
        materials_table(paper.materials),
    ]
    return legal_paper(paper, "受理通知书", body)
