"""Several pages in one file, for whoever wants them so."""

import io

import pikepdf
import pypdfium2
import pytest

from devices.page.binding import bind
from devices.page.finished import FinishedPage, Wish
from devices.page.pipeline import finish_picture
from tests.devices.page_pictures import bgr, form, photo_page


def finished(wish: Wish, *, seal: bool = False, code: bool = True) -> FinishedPage:
    page = finish_picture(bgr(form(seal=seal, code=code)), wish)
    assert page is not None
    return page


def test_pages_of_every_kind_are_bound_without_touching_their_pictures() -> None:
    photograph = finish_picture(bgr(photo_page()), Wish())
    assert photograph is not None
    pages = [finished(Wish()), finished(Wish(), seal=True), photograph, finished(Wish(), code=False)]
    book = bind(pages)
    assert len(book) < sum(len(page.image) for page in pages) + 8_000
    with pikepdf.open(io.BytesIO(book)) as read:
        pictures = [page.Resources.XObject.Im0 for page in read.pages]
        filters = [str(picture.get("/Filter")) for picture in pictures]
        for page, picture in zip(pages, pictures, strict=True):
            assert page.extension != "jpg" or picture.read_raw_bytes() == page.image
    assert ["CCITT" in name for name in filters] == [True, False, False, True]
    document = pypdfium2.PdfDocument(book)
    assert len(document) == 4
    assert all(abs(size[0] - 595) < 2 and abs(size[1] - 842) < 2 for size in (page.get_size() for page in document))
    document.close()


def test_the_same_pages_bound_twice_are_the_same_bytes() -> None:
    pages = [finished(Wish()), finished(Wish(), seal=True)]
    assert bind(pages) == bind(pages)


def test_no_pages_make_no_book() -> None:
    with pytest.raises(ValueError, match="no pages"):
        bind([])
