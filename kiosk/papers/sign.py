"""按手印签字页: for whoever cannot write. A fingerprint and a witness in place of a signature, then scanned."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from kiosk.papers.content import SignPaper
from kiosk.papers.fonts import REGULAR
from kiosk.papers.parts import QrCode, beside, facts, foot_of, notice_box, title_block
from kiosk.papers.sheet import A4_WIDTH, a4
from kiosk.papers.type import paragraph, style

_TITLE: Final = "按手印签字页"
_CODE: Final = 30 * mm
_STATEMENT: Final = (
    "本人不便写字。见证人已把屏幕上的申请内容逐条念给本人听，本人听明白了，确认填的内容是真的、"
    "交的材料是真的，并以按手印代替签名。"
)
_WITNESS: Final = "见证人在场念完全部内容并看着本人按手印，以上属实。"
_RED: Final = (0.72, 0.1, 0.1)


def draw_sign(paper: SignPaper) -> bytes:
    """The sheet as PDF bytes, one page."""
    about = facts(
        [
            ("办理事项", paper.item_name),
            ("事项编码", paper.item_code),
            ("核对号", paper.case_mark),
        ],
        A4_WIDTH - _CODE,
        24 * mm,
    )
    who = "代办人或监护人" if paper.agent else "申请人"
    story: list[Flowable] = [
        *title_block(_TITLE, "不会写字或不便写字的人用", copy=paper.head.copy, demo=paper.head.demo),
        beside([about], QrCode(paper.code_text, _CODE), _CODE),
        Spacer(0, 5 * mm),
        notice_box(_STATEMENT, 13),
        Spacer(0, 5 * mm),
        _boxes(who),
        Spacer(0, 6 * mm),
        paragraph(_WITNESS, style(12)),
        Spacer(0, 3 * mm),
        _lines([("见证人姓名", "与本人关系"), ("见证人签名", "联系电话"), ("日期", "")]),
        Spacer(0, 6 * mm),
        paragraph("写好、按好后，请把这张纸放进扫描仪。扫完纸还给您。", style(12, bold=True)),
        paragraph("见证人可以是同来的人或工作人员，不能是本事项的另一方。", style(10, grey=0.35)),
    ]
    return a4(story, foot_of(paper.head), title=f"{_TITLE} {paper.case_mark}")


def _boxes(who: str) -> Table:
    """Where the name is written for the person and where the finger goes."""
    print_box = Table([[""]], colWidths=[46 * mm], rowHeights=[42 * mm])
    print_box.setStyle([("BOX", (0, 0), (-1, -1), 1.0, _RED), ("FONT", (0, 0), (-1, -1), REGULAR)])
    name = [
        paragraph(f"{who}姓名（由见证人代写）", style(11, grey=0.3)),
        Spacer(0, 15 * mm),
        _rule(A4_WIDTH - 66 * mm),
        Spacer(0, 4 * mm),
        paragraph("请用右手食指蘸印泥，按在右边红框里。右手不便时用左手，并请见证人在这里写明是哪个手指：", style(11)),
        Spacer(0, 8 * mm),
        _rule(A4_WIDTH - 66 * mm),
    ]
    table = Table([[name, print_box]], colWidths=[A4_WIDTH - 52 * mm, 52 * mm])
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), REGULAR),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("ALIGN", (1, 0), (1, 0), "RIGHT"),
            *[(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")],
        ]
    )
    return table


def _lines(rows: list[tuple[str, str]]) -> Table:
    half = A4_WIDTH / 2
    cells = [[paragraph(text, style(11, grey=0.3)) if text else "" for text in row] for row in rows]
    table = Table(cells, colWidths=[half, half], rowHeights=[16 * mm] * len(rows))
    line = ("LINEBELOW", (0, 0), (0, -1), 0.6, (0.3, 0.3, 0.3))
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), REGULAR),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            line,
            ("LINEBELOW", (1, 0), (1, -2), 0.6, (0.3, 0.3, 0.3)),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return table


def _rule(width: float) -> Table:
    table = Table([[""]], colWidths=[width], rowHeights=[1], hAlign="LEFT")
    table.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.6, (0.3, 0.3, 0.3)), ("FONT", (0, 0), (-1, -1), REGULAR)])
    return table
