"""The paper as this printer takes it: the PDF itself, or its pages drawn as PWG Raster."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pypdfium2

from devices.printer.ipp.printer import Printer
from devices.printer.ipp.raster import Bitmap, encode
from kiosk.failure import Failure, KioskError

PDF: Final = "application/pdf"
RASTER: Final = "image/pwg-raster"
_WANTED_DPI = 300
_POINTS = 72
_PER_INCH = 3
_A4_POINTS: Final = (595.276, 841.89)
_SLACK = 3.0


@dataclass(frozen=True, slots=True)
class Document:
    """What is sent. `streams` says that a printer may print its first page before the last byte has come."""

    format: str
    data: bytes = field(repr=False)
    pages: int
    streams: bool


def document_for(pdf: bytes, printer: Printer, wanted: str = "auto") -> Document:
    """Choose and make. `wanted` is `auto`, `pdf` or `raster`.

    Raises:
        KioskError: `PRINT_REFUSED` with a reason: `no_pdf` (or not A4), `no_common_format`.
    """
    try:
        opened = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise KioskError(Failure.PRINT_REFUSED, reason="no_pdf") from None
    try:
        pages = len(opened)
        if pages < 1 or b"%%EOF" not in pdf[-1024:] or not all(_is_a4(opened.get_page_size(at)) for at in range(pages)):
            raise KioskError(Failure.PRINT_REFUSED, reason="no_a4_pdf")
        if wanted != "raster" and PDF in printer.formats:
            return Document(PDF, pdf, pages, streams=False)
        if wanted != "pdf" and RASTER in printer.formats:
            return Document(RASTER, _raster(opened, printer), pages, streams=True)
    finally:
        opened.close()
    raise KioskError(Failure.PRINT_REFUSED, reason="no_common_format")


def _is_a4(size: tuple[float, float]) -> bool:
    return all(abs(side - a4) <= _SLACK for side, a4 in zip(sorted(size), _A4_POINTS, strict=True))


def _raster(opened: pypdfium2.PdfDocument, printer: Printer) -> bytes:
    dpi = _dpi(printer)
    colour = "srgb_8" in printer.raster_types
    if not colour and "sgray_8" not in printer.raster_types:
        raise KioskError(Failure.PRINT_REFUSED, reason="no_common_format")
    return b"".join(encode(_bitmaps(opened, dpi, colour=colour), len(opened)))


def _bitmaps(opened: pypdfium2.PdfDocument, dpi: int, *, colour: bool) -> Iterator[Bitmap]:
    for number in range(len(opened)):
        page = opened[number]
        bitmap = page.render(scale=dpi / _POINTS, grayscale=not colour, rev_byteorder=True, prefer_bgrx=False)
        try:
            image = bitmap.to_pil()
            depth = 3 if colour else 1
            pixels = image.convert("RGB" if colour else "L").tobytes()
            yield Bitmap(image.width, image.height, depth, dpi, pixels)
        finally:
            bitmap.close()
            page.close()


def _dpi(printer: Printer) -> int:
    """The finest square resolution up to 300 dpi, else the coarsest there is."""
    square = sorted({one[0] for one in printer.resolutions if one[0] == one[1] and one[2] == _PER_INCH})
    fitting = [dpi for dpi in square if dpi <= _WANTED_DPI]
    if not square:
        raise KioskError(Failure.PRINT_REFUSED, reason="no_common_format")
    return fitting[-1] if fitting else square[0]
