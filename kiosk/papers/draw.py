"""One way in: a paper as data becomes PDF bytes."""

from kiosk.papers.content import InspectionPaper, MaterialListPaper, NoticePaper, Paper, SignPaper, TrialPaper
from kiosk.papers.inspection import draw_inspection
from kiosk.papers.list import draw_list
from kiosk.papers.notice import draw_notice
from kiosk.papers.receipt import draw_receipt
from kiosk.papers.sign import draw_sign
from kiosk.papers.trial import draw_trial


def draw(paper: Paper) -> bytes:
    """The paper as PDF bytes."""
    if isinstance(paper, NoticePaper):
        return draw_notice(paper)
    if isinstance(paper, MaterialListPaper):
        return draw_list(paper)
    if isinstance(paper, SignPaper):
        return draw_sign(paper)
    if isinstance(paper, InspectionPaper):
        return draw_inspection(paper)
    if isinstance(paper, TrialPaper):
        return draw_trial(paper)
    return draw_receipt(paper)
