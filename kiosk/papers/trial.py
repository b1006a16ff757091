"""A trial page: what a person sees at a glance when a printer is not right."""

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from kiosk.model.devices import PageSize
from kiosk.papers.content import TrialPaper
from kiosk.papers.fonts import REGULAR
from kiosk.papers.parts import QrCode, facts, grid, title_block
from kiosk.papers.sheet import A4_WIDTH, ROLL_WIDTH, Foot, a4, roll, shanghai
from kiosk.papers.trial_roll import RARE, TITLE, WORDS, code_text
from kiosk.papers.type import paragraph, style

_MEASURE_A4 = 100
_MEASURE_ROLL = 50
_GREYS = 8
_LOOK = (
    ("字迹", "小字也清楚，没有缺笔断线"),
    ("生僻字", f"{RARE}　五个字都在，没有方框和问号"),
    ("尺寸", "尺子量出来，上面的标尺正好 100 毫米"),
    ("灰度", "八格由浅到深，没有条纹和脏点"),
    ("二维码", "用手机能扫出来"),
)


def draw_trial(paper: TrialPaper) -> bytes:
    """The page as PDF bytes."""
    about = [("设备", paper.device), ("打印时间", shanghai(paper.printed_at)), ("生僻字", RARE)]
    if paper.size is not PageSize.A4:
        return roll(_on_roll(paper, about), title=TITLE, demo=False)
    story: list[Flowable] = [
        *title_block(TITLE, "测试用，不含任何人的信息"),
        facts(about),
        Spacer(0, 6 * mm),
        _measure(_MEASURE_A4),
        Spacer(0, 6 * mm),
        _greys(A4_WIDTH),
        Spacer(0, 6 * mm),
        *[paragraph(f"{WORDS}0123456789 ABCDEFG　{size} 磅", style(size)) for size in (6, 7, 8, 9, 10, 12, 16)],
        Spacer(0, 6 * mm),
        QrCode(code_text(paper), 35 * mm),
        Spacer(0, 6 * mm),
        grid(["看什么", "怎样算好", "结果"], [[*row, "□ 好　□ 不好"] for row in _LOOK], _WIDTHS),
    ]
    return a4(story, Foot(left=paper.device), title=TITLE)


_WIDTHS = [25 * mm, A4_WIDTH - 60 * mm, 35 * mm]


def _on_roll(paper: TrialPaper, about: list[tuple[str, str]]) -> list[Flowable]:
    return [
        *title_block(TITLE, size=15),
        facts(about, ROLL_WIDTH, 18 * mm, 9),
        Spacer(0, 3 * mm),
        _measure(_MEASURE_ROLL),
        _greys(ROLL_WIDTH),
        *[paragraph(f"{WORDS}0123456789　{size} 磅", style(size)) for size in (7, 9, 10)],
        QrCode(code_text(paper), 32 * mm, centre_in=ROLL_WIDTH),
    ]


def _measure(millimetres: int) -> Drawing:
    """A ruler: a mark each millimetre, a longer one each ten, and how long it must be."""
    drawing = Drawing((millimetres + 20) * mm, 8 * mm)
    drawing.add(String((millimetres + 2) * mm, 1 * mm, f"{millimetres} mm", fontName=REGULAR, fontSize=8))
    drawing.add(Line(0, 0, millimetres * mm, 0, strokeWidth=0.6))
    for place in range(millimetres + 1):
        height = 5 if place % 10 == 0 else 3 if place % 5 == 0 else 2
        drawing.add(Line(place * mm, 0, place * mm, height * mm, strokeWidth=0.4))
    return drawing


def _greys(width: float) -> Drawing:
    drawing = Drawing(width, 9 * mm)
    step = width / _GREYS
    for place in range(_GREYS):
        grey = 1 - (place + 1) / _GREYS
        drawing.add(Rect(place * step, 0, step, 8 * mm, fillColor=(grey, grey, grey), strokeWidth=0.2))
    return drawing
