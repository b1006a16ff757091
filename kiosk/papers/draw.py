"""One way in: a paper as data becomes PDF bytes."""

from kiosk.papers.content import MaterialListPaper, NoticePaper, Paper, SignPaper
from kiosk.papers.list import draw_list
from kiosk.papers.notice import draw_notice
from kiosk.papers.receipt import draw_receipt
from kiosk.papers.sign import draw_sign


def draw(paper: Paper) -> bytes:
    """The paper as PDF bytes."""
    if isinstance(paper, NoticePaper):
        return draw_notice(paper)
    if isinstance(paper, MaterialListPaper):
        return draw_list(paper)
    if isinstance(paper, SignPaper):
        return draw_sign(paper)
    return draw_receipt(paper)
