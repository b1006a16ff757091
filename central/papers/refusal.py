"""不予受理通知书."""

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from central.decisions import LegalPaper
from central.papers.layout import addressed, heading, legal_paper, particulars
from kiosk.papers.type import paragraph, style


def refusal_notice(paper: LegalPaper) -> bytes:
    """The notice that the authority does not accept the application: reasons, bases and remedies, as PDF bytes."""
    body = [
        *addressed(paper, f"您提出的“{paper.item_name}”申请，经审查决定不予受理，理由和依据如下。"),
        particulars(paper, [("说明", paper.note)]),
        *heading("理由和依据"),
    ]
    for place, point in enumerate(paper.points, start=1):
        body.append(paragraph(f"{place}. {point.text}", style(12)))
        for label, text in (("依据", point.basis), ("建议", point.advice)):
            if text:
                body.append(paragraph(f"　　{label}：{text}", style(10.5, grey=0.2)))
        body.append(Spacer(0, 2 * mm))
    body += heading("您的权利")
    for remedy in (paper.review_remedy, paper.litigation_remedy):
        if remedy:
            body.append(paragraph(f"· {remedy}", style(11.5)))
    return legal_paper(paper, "不予受理通知书", body)
