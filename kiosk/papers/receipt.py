"""自助申报回执 and 收件回执 on A4; on a roll they are drawn from their lines."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.papers import words
from kiosk.papers.afterwards import afterwards_facts
from kiosk.papers.content import ReceiptPaper
from kiosk.papers.parts import QrCode, beside, facts, foot_of, grid, notice_box, title_block
from kiosk.papers.rolls import roll_of
from kiosk.papers.sheet import A4_WIDTH, a4
from kiosk.papers.strip import draw_strip
from kiosk.papers.type import paragraph, style

_QR_A4: Final = 42 * mm


def draw_receipt(paper: ReceiptPaper) -> bytes:
    """The receipt as PDF bytes."""
    title = f"{words.receipt_title(paper)} {paper.submission_no}"
    if paper.size.on_roll:
        return draw_strip(roll_of(paper), paper.size, title=title, demo=paper.head.demo)
    return a4(_on_a4(paper), foot_of(paper.head), title=title)


def _on_a4(paper: ReceiptPaper) -> list[Flowable]:
    number = [
        paragraph("编号", style(11, grey=0.35)),
        paragraph(paper.submission_no, style(19, bold=True)),
        Spacer(0, 2 * mm),
        paragraph(words.receipt_promise(paper), style(12)),
    ]
    return [
        *title_block(words.receipt_title(paper), copy=paper.head.copy, demo=paper.head.demo),
        beside(number, QrCode(paper.qr_text, _QR_A4), _QR_A4),
        Spacer(0, 3 * mm),
        facts([*words.receipt_facts(paper), *afterwards_facts(paper)]),
        Spacer(0, 5 * mm),
        grid(
            ["序号", "材料", "形式", "数量"],
            [[str(place), *words.receipt_material(line)] for place, line in enumerate(paper.materials, start=1)]
            or [["", "无", "", ""]],
            [12 * mm, A4_WIDTH - 78 * mm, 36 * mm, 30 * mm],
        ),
        Spacer(0, 5 * mm),
        notice_box(words.NOT_ACCEPTANCE, 12),
        Spacer(0, 3 * mm),
        paragraph(words.receipt_keep(paper), style(10, grey=0.3)),
    ]
