"""What a guide (办事指南) says in plain words, section by section, for the screen and for paper."""

from kiosk.guide.rows import SECTIONS, GuideRow, section
from kiosk.guide.wording import Translate, as_written

__all__ = ["SECTIONS", "GuideRow", "Translate", "as_written", "section"]
