"""Pictures and documents people bring: decoded in this process, where a crash is a crash; on a terminal in a cell."""

import io
import random
from contextlib import suppress

import pypdfium2
from PIL import Image

from devices.page import cell, picture
from kiosk.desk.filekinds import checked_extension
from kiosk.failure import KioskError
from tests.devices.fuzzing import Target

_MOST = 1 << 20
_PIXELS = 200_000
_DPI = 30


def _drawn(kind: str, mode: str = "L", **how: object) -> bytes:
    out = io.BytesIO()
    size = (40, 30)
    data = random.Random(1).randbytes(size[0] * size[1] * len(mode))
    Image.frombytes(mode, size, data).save(out, kind, **how)
    return out.getvalue()


def _document() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(80, 60)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


PICTURES = (
    _drawn("JPEG"),
    _drawn("JPEG", "RGB", progressive=True),
    _drawn("PNG", "RGB"),
    _drawn("TIFF", "RGB"),
    _drawn("WEBP", "RGB"),
    _drawn("BMP", "RGB"),
)
DOCUMENTS = (_drawn("PDF"), _drawn("PDF", "RGB"), _document())
_DECODE = cell._decoders()


def pictures(data: bytes) -> None:
    """A picture is decoded or refused by name."""
    with suppress(KioskError):
        assert picture.read(data).size <= 3 * picture.LARGEST_PIXELS
    for extension in ("jpg", "png", "tif"):
        try:
            checked_extension(data, extension, _MOST)
        except KioskError:
            continue
    _cell(data)


def documents(data: bytes) -> None:
    """A document is drawn or refused by name."""
    with suppress(KioskError):
        checked_extension(data, "pdf", _MOST)
    _cell(data)


def _cell(data: bytes) -> None:
    """As the cell does; what it does not foresee it dies of, which is what it is for, so only its death here counts."""
    try:
        for _ in _DECODE(data, 3, _PIXELS, _DPI):
            pass
    except Exception:  # noqa: BLE001 -- whatever ends a cell is told as a page that could not be read
        return


PICTURE_SEEDS: dict[Target, tuple[bytes, ...]] = {pictures: PICTURES, documents: DOCUMENTS}
