"""Several finished pages as one PDF, each picture embedded as it is: nothing is decoded, nothing gets worse."""

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image

from devices.page.encoding import wrapped
from devices.page.finished import FinishedPage

_UNTOLD_DPI = 200.0


def bind(pages: Sequence[FinishedPage]) -> bytes:
    """The pages in their order. The same pages give the same bytes; there is no date and no name of a program inside.

    Raises:
        ValueError: there are no pages.
    """
    if not pages:
        raise ValueError("no pages")
    out = io.BytesIO()
    with pikepdf.new() as book:
        for page in pages:
            with pikepdf.open(io.BytesIO(_as_pdf(page))) as single:
                book.pages.extend(single.pages)
        book.save(out, deterministic_id=True)
    return out.getvalue()


def _as_pdf(page: FinishedPage) -> bytes:
    if page.extension == "pdf":
        return page.image
    with Image.open(io.BytesIO(page.image)) as image:
        dpi = float(image.info.get("dpi", (_UNTOLD_DPI, _UNTOLD_DPI))[0])
    return wrapped(page.image, dpi, page.width, page.height)
