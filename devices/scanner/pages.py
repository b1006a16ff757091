"""Sample pages: synthetic papers shipped in `samples` as A4 images, and whatever lies in `DATA/sim/pages`.

A file there of the same name goes first. `blank` is made up on the spot: an empty sheet with the noise of a scanner.
"""

import io
from pathlib import Path

from PIL import Image, ImageChops

from devices.contract import Page
from kiosk.failure import Failure, KioskError

BLANK = "blank"
_SHIPPED = Path(__file__).parent / "samples"
_MM_PER_INCH = 25.4
_A4_MM = (210, 297)
_QUALITY = 80
_PAPER_TONE = 244
_NOISE = 6.0


def page_names(data: Path) -> tuple[str, ...]:
    """Names of every sample page, shipped or the terminal's own, in their order."""
    return tuple(sorted({file.stem for folder in (_own(data), _SHIPPED) for file in folder.glob("*.jpg")}))


def find(data: Path, name: str) -> Path:
    """The file of a sample page.

    Raises:
        KioskError: `CONFIG_INVALID` with reason `unknown_page`.
    """
    for folder in (_own(data), _SHIPPED):
        path = folder / f"{name}.jpg"
        if path.parent == folder and path.is_file():
            return path
    raise KioskError(Failure.CONFIG_INVALID, reason="unknown_page")


def a4_pixels(dpi: int) -> tuple[int, int]:
    """Width and height of an A4 page."""
    width, height = (round(side / _MM_PER_INCH * dpi) for side in _A4_MM)
    return width, height


def scanned(path: Path | None, dpi: int, *, colour: bool, short: bool = False) -> Page:
    """The page as a scanner at `dpi` delivers it; None is the blank sheet, `short` stops the lamp at 40 %.

    A file that already has that size and colour passes byte for byte.
    """
    width, height = a4_pixels(dpi)
    mode = "RGB" if colour else "L"
    if path is None:
        return Page(_jpeg(_empty_sheet(width, height).convert(mode), dpi), "jpg", width, height)
    data = path.read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        if image.size == (width, height) and image.mode == mode and not short:
            return Page(data, "jpg", width, height)
        sheet = image.convert(mode).resize((width, height), Image.Resampling.BICUBIC)
    if short:
        sheet = sheet.crop((0, 0, width, height * 2 // 5))
    return Page(_jpeg(sheet, dpi), "jpg", width, height)


def _empty_sheet(width: int, height: int) -> Image.Image:
    noise = Image.effect_noise((width, height), _NOISE)
    return ImageChops.add(noise, Image.new("L", (width, height), _PAPER_TONE), offset=-128)


def _jpeg(image: Image.Image, dpi: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, dpi=(dpi, dpi))
    return out.getvalue()


def _own(data: Path) -> Path:
    return data / "sim" / "pages"
