"""Is a scanned page there at all? Looked at whatever the driver claims: by the page pipeline, or alone without it.

A scanner that is cancelled or cut off may hand over a shortened picture without an error (seen with SANE), and a page
put in face down is white. Both would only be noticed in an office days later, so they are refused here.
"""

import io

from PIL import Image, ImageChops, ImageFilter, ImageStat, UnidentifiedImageError

from devices.contract import Page
from kiosk.failure import Failure, KioskError

BLANK_BELOW = 0.0004
"""Share of inked area below which a page is blank: a signature covers 0.001 to 0.002, forty specks of dust 0.00025."""

_LOOKED_AT_WIDTH = 600
_PAPER_REACH = 24
_INK_STEP = 28
_MARGIN = 0.03
_SHORT_BY = 0.95
_LARGEST_PIXELS = 120_000_000


def inspect(page: Page, number: int) -> None:
    """Let a page pass, or refuse it. `number` counts from 1.

    Raises:
        KioskError: `SCANNER_SHORT_PAGE` (cut off or broken), `SCANNER_BLANK`.
    """
    if page.extension == "pdf":
        return
    try:
        with Image.open(io.BytesIO(page.image)) as image:
            width, height = image.size
            if width * height > _LARGEST_PIXELS:
                raise KioskError(Failure.SCANNER_SHORT_PAGE, page=number, reason="size")
            # A JPEG is decoded at a fraction of its size: nothing smaller than the measuring grid is asked for.
            image.draft("L", (_LOOKED_AT_WIDTH, _LOOKED_AT_WIDTH))
            image.load()
            grey = image.convert("L")
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        raise KioskError(Failure.SCANNER_SHORT_PAGE, page=number, reason="broken") from None
    whole((width, height), (page.width, page.height), number)
    if ink(grey) < BLANK_BELOW:
        raise KioskError(Failure.SCANNER_BLANK, page=number)


def whole(size: tuple[int, int], asked: tuple[int, int], number: int) -> None:
    """Refuse a page that has not the width and height that were asked for.

    Raises:
        KioskError: `SCANNER_SHORT_PAGE`.
    """
    if size[0] < asked[0] * _SHORT_BY or size[1] < asked[1] * _SHORT_BY:
        raise KioskError(Failure.SCANNER_SHORT_PAGE, page=number, reason="cut")


def ink(image: Image.Image) -> float:
    """Share of the page, 0.0 to 1.0, that is clearly darker than the paper around it.

    The paper's own tone is taken from the neighbourhood, so that yellowed paper, shadows of a fold and an uneven lamp
    are not ink; the outer 3 % are left out, where scanners see the edge of the sheet.
    """
    grey = image.convert("L")
    left, top = int(grey.width * _MARGIN), int(grey.height * _MARGIN)
    grey = grey.crop((left, top, grey.width - left, grey.height - top))
    grey = grey.reduce(max(1, grey.width // _LOOKED_AT_WIDTH))
    paper = grey.filter(ImageFilter.BoxBlur(_PAPER_REACH))
    darker = ImageChops.subtract(paper, grey).point([0] * _INK_STEP + [255] * (256 - _INK_STEP))
    return ImageStat.Stat(darker).mean[0] / 255.0
