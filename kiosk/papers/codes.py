"""QR codes found on a paper: a PDF's pages or a picture."""

import io

import pypdfium2
import zxingcpp
from PIL import Image

_SCALE = 3.0
_MOST_PAGES = 20


def codes_in(data: bytes) -> list[str]:
    """The texts of the QR codes on a PDF or picture, in reading order; none when it cannot be read."""
    try:
        pictures = _pages(data) if data.startswith(b"%PDF-") else [Image.open(io.BytesIO(data)).convert("L")]
    except (OSError, ValueError, pypdfium2.PdfiumError):
        return []
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture, formats=formats)]


def _pages(data: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [document[place].render(scale=_SCALE, grayscale=True).to_pil() for place in range(len(document))][
            :_MOST_PAGES
        ]
    finally:
        document.close()
