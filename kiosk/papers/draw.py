"""One way in: a paper as data becomes PDF bytes."""

from collections.abc import Callable
from typing import Any, Final

from kiosk.papers.content import (
    DayPaper,
    GuidePaper,
    InspectionPaper,
    MaterialListPaper,
    NoticePaper,
    Paper,
    ReceiptPaper,
    SignPaper,
    SlipPaper,
    SpecimenPaper,
    TrialPaper,
)
from kiosk.papers.day import draw_day
from kiosk.papers.guide import draw_guide
from kiosk.papers.inspection import draw_inspection
from kiosk.papers.list import draw_list
from kiosk.papers.notice import draw_notice
from kiosk.papers.receipt import draw_receipt
from kiosk.papers.sign import draw_sign
from kiosk.papers.slip import draw_slip
from kiosk.papers.specimen import draw_specimen
from kiosk.papers.trial import draw_trial

_DRAWN_BY: Final[dict[type, Callable[[Any], bytes]]] = {
    ReceiptPaper: draw_receipt,
    SlipPaper: draw_slip,
    NoticePaper: draw_notice,
    MaterialListPaper: draw_list,
    GuidePaper: draw_guide,
    SpecimenPaper: draw_specimen,
    SignPaper: draw_sign,
    InspectionPaper: draw_inspection,
    TrialPaper: draw_trial,
    DayPaper: draw_day,
}


def draw(paper: Paper) -> bytes:
    """The paper as PDF bytes."""
    return _DRAWN_BY[type(paper)](paper)
