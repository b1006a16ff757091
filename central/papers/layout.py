"""What the three papers share: head, seal and date, service block, foot.

The seal is drawn as an empty dashed circle with the words 电子签名: proof is the platform's signature over these bytes,
which every terminal checks before it prints, never a picture of a stamp.
"""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from central.decisions import LegalPaper, PaperMaterial
from kiosk.calendar import shanghai_day
from kiosk.papers.fonts import BOLD, REGULAR
from kiosk.papers.parts import facts, grid
from kiosk.papers.sheet import A4_WIDTH, Foot, a4, shanghai
from kiosk.papers.type import paragraph, style

_SEAL: Final = 40 * mm


class Seal(Flowable):  # type: ignore[misc] # reportlab publishes no types
    """The place of the seal: who signed, and that the signature is electronic."""

    def __init__(self, department: str) -> None:
        super().__init__()
        self._department = department

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """A square."""
        return _SEAL, _SEAL

    def draw(self) -> None:
        """A dashed circle and three short lines."""
        canvas, centre = self.canv, _SEAL / 2
        canvas.setStrokeGray(0.55)
        canvas.setDash(2, 2)
        canvas.circle(centre, centre, centre - 1 * mm)
        canvas.setDash()
        canvas.setFillGray(0.35)
        canvas.setFont(BOLD, 10)
        canvas.drawCentredString(centre, centre + 3 * mm, "电子签名")
        canvas.setFont(REGULAR, 8)
        canvas.drawCentredString(centre, centre - 2 * mm, self._department[:12])
        canvas.drawCentredString(centre, centre - 7 * mm, "终端打印前验签")


def legal_paper(paper: LegalPaper, title: str, body: Sequence[Flowable]) -> bytes:
    """The whole paper: head, body, signature and foot."""
    story: list[Flowable] = [
        paragraph(paper.department, style(14, centre=True)),
        Spacer(0, 2 * mm),
        paragraph(title, style(22, bold=True, centre=True, lead=1.3)),
    ]
    if paper.demo:
        story.append(paragraph("演示数据，不具法律效力", style(11, bold=True, centre=True)))
    story += [
        Spacer(0, 3 * mm),
        paragraph(f"文书编号：{paper.document_no}", style(10.5, grey=0.25, centre=True)),
        Spacer(0, 6 * mm),
        *body,
        Spacer(0, 8 * mm),
        KeepTogether(_signature(paper)),
    ]
    foot = Foot(
        left=f"申报编号 {paper.submission_no}　{paper.point_name}　"
        f"咨询 {paper.consult_phone}　监督 {paper.complaint_phone}",
        right=f"政务服务热线 {paper.hotline}　本文书由平台电子签名，任何改动都会使签名失效",
        demo=paper.demo,
    )
    return a4(story, foot, title=f"{title} {paper.document_no}")


def addressed(paper: LegalPaper, text: str) -> list[Flowable]:
    """The person addressed, and the sentence that says what was decided."""
    agent = f"（{paper.agent_relation or '代办人'}：{paper.agent_name}）" if paper.agent_name else ""
    return [
        paragraph(f"{paper.applicant_name}{agent}：", style(13, bold=True)),
        Spacer(0, 2 * mm),
        paragraph(f"　　{text}", style(12.5, lead=1.8)),
        Spacer(0, 4 * mm),
    ]


def particulars(paper: LegalPaper, rows: Sequence[tuple[str, str]]) -> Flowable:
    """Item, person and what the particular paper adds."""
    return facts(
        [
            ("办理事项", f"{paper.item_name}（{paper.item_code}）"),
            ("申请人", paper.applicant_name),
            ("证件号码", paper.applicant_id_masked),
            ("申报编号", paper.submission_no),
            ("申报时间", shanghai(paper.submitted_at)),
            *rows,
        ]
    )


def materials_table(materials: Sequence[PaperMaterial]) -> Flowable:
    """Every material as it was taken."""
    rows = [
        [
            str(place),
            f"{one.name}（{one.member}）" if one.member else one.name,
            one.form,
            f"{one.files} 页" if one.files else "—",
        ]
        for place, one in enumerate(materials, start=1)
    ]
    return grid(
        ["序号", "材料", "形式", "页数"], rows or [["", "无", "", ""]], [14 * mm, A4_WIDTH - 80 * mm, 46 * mm, 20 * mm]
    )


def heading(text: str) -> list[Flowable]:
    """A small heading with air above."""
    return [Spacer(0, 4 * mm), paragraph(text, style(12.5, bold=True)), Spacer(0, 1.5 * mm)]


def _signature(paper: LegalPaper) -> list[Flowable]:
    day = shanghai_day(paper.signed_at)
    entrusted = f"（受{paper.entrusted_by}委托）" if paper.entrusted_by else ""
    words = [
        paragraph(f"{paper.department}{entrusted}", style(12.5)),
        paragraph(f"经办：{paper.officer}", style(11, grey=0.25)),
        paragraph(f"{day.year}年{day.month}月{day.day}日", style(12.5)),
        Spacer(0, 4 * mm),
        paragraph("申请人（代办人）签收：____________　　日期：____________", style(10.5, grey=0.25)),
    ]
    table = Table([[words, Seal(paper.department)]], colWidths=[A4_WIDTH - _SEAL, _SEAL])
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), REGULAR),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return [table]
