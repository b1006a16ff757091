"""Pages of black text are kept as a PDF; the screen shows them without a PDF library."""

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from devices.page.finished import Wish
from devices.page.pipeline import finish_picture
from tests.devices.foreign_files import pdf
from tests.devices.page_pictures import bgr, form, jpeg
from ui.items.fax import tiff_of
from ui.items.pages import LONGEST_SIDE, PageProvider

pytestmark = pytest.mark.usefixtures("app")


def on_screen(data: bytes) -> np.ndarray:
    """The preview in grey, as QML gets it."""
    provider = PageProvider()
    assert provider.show(data).startswith("image://page/")
    image = provider.requestImage("1", QSize(), QSize()).convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


@pytest.mark.parametrize("turn", [False, True])
def test_a_page_of_text_is_shown_as_it_lies(turn: bool) -> None:  # noqa: FBT001 - a case
    picture = np.ascontiguousarray(np.rot90(bgr(form()))) if turn else bgr(form())
    page = finish_picture(picture, Wish())
    assert page is not None
    assert page.extension == "pdf"
    shown = on_screen(page.image)
    assert max(shown.shape) == LONGEST_SIDE
    expected = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), shown.shape[::-1], interpolation=cv2.INTER_AREA)
    assert np.corrcoef(shown.ravel(), expected.ravel())[0, 1] > 0.95


def test_pictures_are_shown_as_before() -> None:
    shown = on_screen(jpeg(form(seal=True)))
    assert max(shown.shape) == LONGEST_SIDE
    assert shown.mean() > 200


def test_any_other_pdf_shows_nothing_and_breaks_nothing() -> None:
    for data in (pdf(), b"%PDF-1.7", b""):
        assert on_screen(data).shape == (1, 1)
    page = finish_picture(bgr(form()), Wish())
    assert page is not None
    assert tiff_of(page.image[: len(page.image) // 2]) is None
