"""Several pages in one file, for whoever wants them so."""

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from devices.page.finished import Wish
from devices.page.pipeline import finish_picture
from kiosk.failure import Failure, KioskError
from kiosk.papers.binding import File, bind
from tests.devices.page_pictures import bgr, form, photo_page


def finished(wish: Wish, *, seal: bool = False, code: bool = True) -> File:
    page = finish_picture(bgr(form(seal=seal, code=code)), wish)
    assert page is not None
    return page.image, page.extension


def drawn(book: bytes, page: int, scale: float = 1.0) -> Image.Image:
    document = pypdfium2.PdfDocument(book)
    try:
        image: Image.Image = document[page].render(scale=scale).to_pil()
        return image.convert("RGB")
    finally:
        document.close()


def encoded(image: Image.Image, kind: str, **words: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **words)
    return out.getvalue()


def colours(mode: str) -> Image.Image:
    """Four quarters of different colour, so that a turned or negative picture is seen."""
    image = Image.new("RGB", (200, 100), "white")
    for place, colour in {(0, 0): "red", (100, 0): "lime", (0, 50): "blue"}.items():
        image.paste(colour, (*place, place[0] + 100, place[1] + 50))
    return image.convert(mode)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, 0 to 255."""
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB").resize(one.size))
    histogram = difference.convert("L").histogram()
    return sum(value * count for value, count in enumerate(histogram)) / sum(histogram)


def test_pages_of_every_kind_are_bound_without_touching_their_pictures() -> None:
    photograph = finish_picture(bgr(photo_page()), Wish())
    assert photograph is not None
    taken = (photograph.image, photograph.extension)
    pages = [finished(Wish()), finished(Wish(), seal=True), taken, finished(Wish(), code=False)]
    book = bind(pages)
    assert len(book) < sum(len(image) for image, _ in pages) + 8_000
    with pikepdf.open(io.BytesIO(book)) as read:
        pictures = [page.Resources.XObject.Im0 for page in read.pages]
        filters = [str(picture.get("/Filter")) for picture in pictures]
        for (image, extension), picture in zip(pages, pictures, strict=True):
            assert extension != "jpg" or picture.read_raw_bytes() == image
    assert ["CCITT" in name for name in filters] == [True, False, False, True]
    document = pypdfium2.PdfDocument(book)
    assert len(document) == 4
    assert all(abs(size[0] - 595) < 2 and abs(size[1] - 842) < 2 for size in (page.get_size() for page in document))
    document.close()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "L"),
        ("PNG", "1"),
        ("TIFF", "RGB"),
        ("TIFF", "1"),
        ("TIFF", "CMYK"),
    ],
)
def test_every_kind_of_picture_that_may_be_handed_in_looks_in_the_book_as_it_did(kind: str, mode: str) -> None:
    image = colours(mode)
    book = bind([(encoded(image, kind, dpi=(100, 100)), kind.lower().replace("jpeg", "jpg").replace("tiff", "tif"))])
    page = drawn(book, 0)

    assert page.size == (144, 72)
    assert unlike(page, image) < 6


def test_a_fax_of_several_pages_keeps_them_all() -> None:
    first, second = colours("1"), Image.new("1", (200, 100), 1)
    fax = encoded(first, "TIFF", save_all=True, append_images=[second], compression="group4")
    book = bind([(fax, "tif"), (encoded(second, "PNG"), "png")])
    document = pypdfium2.PdfDocument(book)
    assert len(document) == 3
    document.close()


def test_a_photograph_held_upright_stands_upright_and_is_no_poster() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    book = bind([(encoded(colours("RGB"), "JPEG", exif=exif, dpi=(72, 72)), "jpg")])
    page = drawn(book, 0)

    assert page.size == (36, 72)
    assert unlike(page, colours("RGB").rotate(-90, expand=True)) < 8


def test_the_same_pages_bound_twice_are_the_same_bytes() -> None:
    pages = [finished(Wish()), finished(Wish(), seal=True)]
    assert bind(pages) == bind(pages)


def test_no_pages_make_no_book() -> None:
    with pytest.raises(ValueError, match="no files"):
        bind([])


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["pdf", "jpg", "png", "tif"]),
    st.binary(max_size=200),
    st.sampled_from([b"", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\x00"]),
)
def test_whatever_is_no_file_of_its_kind_is_named_and_never_bound(extension: str, data: bytes, start: bytes) -> None:
    with pytest.raises(KioskError) as refused:
        bind([(start + data, extension)])
    assert refused.value.failure is Failure.FILE_UNSAFE


def test_a_picture_that_says_it_is_larger_than_any_paper_is_not_unpacked() -> None:
    bomb = bytearray(encoded(Image.new("1", (8, 8)), "PNG"))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(KioskError) as refused:
        bind([(bytes(bomb), "png")])
    assert refused.value.failure is Failure.FILE_UNSAFE


def test_a_locked_document_is_named() -> None:
    out = io.BytesIO()
    with pikepdf.new() as locked:
        locked.add_blank_page()
        locked.save(out, encryption=pikepdf.Encryption(user="1234", owner="1234"))
    with pytest.raises(KioskError) as refused:
        bind([(out.getvalue(), "pdf")])
    assert refused.value.failure is Failure.FILE_UNSAFE
