"""Files handed in for one material as one PDF, each picture embedded as it is where that can be.

JPEGs go in byte for byte and PDFs page by page; nothing of them gets worse. PNG and TIFF are packed anew without loss.
Loaded on use: pikepdf and Pillow are large.
"""

import io
import warnings
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

import pikepdf
from PIL import Image, ImageSequence

from kiosk.failure import Failure, KioskError

File = tuple[bytes, str]
"""The bytes and the extension: `pdf`, `jpg`, `png` or `tif`."""

_UNTOLD_DPI: Final = 200.0
_LEAST_DPI, _MOST_DPI = 50.0, 2400.0
_POINTS_PER_INCH: Final = 72.0
_LARGEST_PIXELS: Final = 120_000_000
_MOST_PAGES: Final = 1000
_SPACES: Final = {"L": "/DeviceGray", "1": "/DeviceGray", "RGB": "/DeviceRGB"}
_FORMATS: Final = ("JPEG", "PNG", "TIFF")
_JPEGS: Final = frozenset({"JPEG", "MPO"})
_TURNS: Final = {3: 180, 6: 90, 8: 270}
_ORIENTATION: Final = 0x0112


def bind(files: Sequence[File]) -> bytes:
    """The pages of all files in their order. The same files give the same bytes; no date and no program stands inside.

    Raises:
        ValueError: there are no files.
        KioskError: `FILE_UNSAFE` when one of them cannot be opened, is locked, or has more in it than any paper.
    """
    if not files:
        raise ValueError("no files")
    out = io.BytesIO()
    try:
        with warnings.catch_warnings(action="ignore"), pikepdf.new() as book:
            for data, extension in files:
                if extension == "pdf":
                    _add_pages(book, data)
                else:
                    _add_pictures(book, data)
            book.save(out, deterministic_id=True)
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise KioskError(Failure.FILE_UNSAFE, reason="unreadable") from None
    return out.getvalue()


def _add_pages(book: pikepdf.Pdf, data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as one:
        if len(one.pages) > _MOST_PAGES:
            raise KioskError(Failure.FILE_UNSAFE, reason="pages")
        book.pages.extend(one.pages)


def _add_pictures(book: pikepdf.Pdf, data: bytes) -> None:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        if image.width * image.height > _LARGEST_PIXELS:
            raise KioskError(Failure.FILE_UNSAFE, reason="pixels")
        turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1), 0)
        dpi = _told_dpi(image)
        for picture in _pictures(book, image, data):
            _add_page(book, picture, dpi, turn)


def _pictures(book: pikepdf.Pdf, image: Image.Image, data: bytes) -> Iterator[pikepdf.Stream]:
    if image.format in _JPEGS:  # a telephone's may hold a second, smaller picture, which is no page
        yield _jpeg(book, image, data) if image.mode in _SPACES else _packed(book, image)
        return
    for number, frame in enumerate(ImageSequence.Iterator(image)):
        if number >= _MOST_PAGES or frame.width * frame.height > _LARGEST_PIXELS:
            raise KioskError(Failure.FILE_UNSAFE, reason="pixels")
        yield _packed(book, frame)


def _jpeg(book: pikepdf.Pdf, image: Image.Image, data: bytes) -> pikepdf.Stream:
    picture = _stream(book, data, image, bits=8)
    picture.Filter = pikepdf.Name("/DCTDecode")
    return picture


def _packed(book: pikepdf.Pdf, frame: Image.Image) -> pikepdf.Stream:
    """A picture on white paper where it lets light through, without loss."""
    if frame.mode == "1":
        image = frame
    elif frame.mode in {"L", "I;16"}:
        image = frame.convert("L")
    else:
        solid = frame.convert("RGBA")
        image = Image.new("RGB", solid.size, "white")
        image.paste(solid, mask=solid.getchannel("A"))
    picture = _stream(book, zlib.compress(image.tobytes(), 6), image, bits=1 if image.mode == "1" else 8)
    picture.Filter = pikepdf.Name("/FlateDecode")
    return picture


def _stream(book: pikepdf.Pdf, data: bytes, image: Image.Image, *, bits: int) -> pikepdf.Stream:
    picture = pikepdf.Stream(book, data)
    picture.Type, picture.Subtype = pikepdf.Name("/XObject"), pikepdf.Name("/Image")
    picture.Width, picture.Height, picture.BitsPerComponent = image.width, image.height, bits
    picture.ColorSpace = pikepdf.Name(_SPACES[image.mode])
    return picture


def _add_page(book: pikepdf.Pdf, picture: pikepdf.Stream, dpi: float, turn: int) -> None:
    width, height = (side / dpi * _POINTS_PER_INCH for side in (int(picture.Width), int(picture.Height)))
    page = book.add_blank_page(page_size=(round(width, 2), round(height, 2)))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
    page.Contents = pikepdf.Stream(book, f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do Q".encode())
    if turn:
        page.Rotate = turn


def _told_dpi(image: Image.Image) -> float:
    """What the picture says, where that can be a scan; a telephone's 72 would make a wall poster of a page."""
    dpi = float(image.info.get("dpi", (_UNTOLD_DPI, _UNTOLD_DPI))[0])
    if _LEAST_DPI <= dpi <= _MOST_DPI and dpi != _POINTS_PER_INCH:
        return dpi
    return _UNTOLD_DPI
