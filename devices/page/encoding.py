"""A finished page as bytes: black text as CCITT G4 in a one-page PDF, all else as JPEG; and many pages as one PDF."""

import io
from collections.abc import Sequence

import cv2
import img2pdf
import numpy as np
from PIL import Image

from devices.page.content import Content
from devices.page.light import WHITE
from devices.page.picture import MM_PER_INCH, Picture, as_picture, grey_of, pixels

_GREY_QUALITY = 62
_COLOUR_QUALITY = 72
_INK_DEPTH = 34
_NEAR_MM = 1.2
_POINTS_PER_INCH = 72.0


def encode(page: Picture, content: Content, dpi: float) -> tuple[bytes, str]:
    """Bytes and extension: `pdf` for text, `jpg` for grey and colour. The same page gives the same bytes."""
    if content is Content.TEXT:
        return wrapped(_group4(black_and_white(page, dpi), dpi), dpi, page.shape[1], page.shape[0]), "pdf"
    return _jpeg(page, content, dpi), "jpg"


def black_and_white(page: Picture, dpi: float) -> Picture:
    """Ink 0, paper 255, for a page in even light.

    The line between them runs half-way down to the darkest place near by, so that pencil is kept and black is not fat.
    """
    depth = WHITE - np.minimum(grey_of(page), WHITE).astype(np.int16)
    near = max(3, pixels(_NEAR_MM, dpi))
    deepest = cv2.dilate(depth, np.ones((near, near), np.uint8))
    ink = ((depth * 2 > deepest) & (depth > _INK_DEPTH)).astype(np.uint8)
    # A pixel without a neighbour is dust or noise; it costs as much as a letter.
    neighbours = cv2.boxFilter(ink, cv2.CV_16U, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    kept = ink & (neighbours > 2).astype(np.uint8)  # noqa: PLR2004 - itself and one more
    return as_picture(255 - 255 * kept)


def wrapped(image: bytes, dpi: float, width: int, height: int) -> bytes:
    """One encoded picture as a one-page PDF of its true size, its bytes embedded as they are."""
    return bound([(image, width / dpi * MM_PER_INCH, height / dpi * MM_PER_INCH)])


def bound(pages: Sequence[tuple[bytes, float, float]]) -> bytes:
    """Encoded pictures (JPEG, G4 TIFF) with their width and height in millimetres as one PDF, without loss or dates."""
    points = _POINTS_PER_INCH / MM_PER_INCH
    sizes = iter([(across * points, down * points) for _, across, down in pages])

    def layout(*_: object) -> tuple[float, float, float, float]:
        width, height = next(sizes)
        return width, height, width, height

    out: bytes = img2pdf.convert(
        [image for image, _, _ in pages],
        layout_fun=layout,
        engine=img2pdf.Engine.internal,
        producer="",
        nodate=True,
        rotation=img2pdf.Rotation.none,
    )
    return out


def _group4(ink: Picture, dpi: float) -> bytes:
    out = io.BytesIO()
    Image.fromarray(ink).convert("1", dither=Image.Dither.NONE).save(
        out, "TIFF", compression="group4", dpi=(round(dpi), round(dpi))
    )
    return out.getvalue()


def _jpeg(page: Picture, content: Content, dpi: float) -> bytes:
    if content is Content.GREY:
        image, quality = Image.fromarray(grey_of(page)), _GREY_QUALITY
    else:
        image, quality = Image.fromarray(cv2.cvtColor(page, cv2.COLOR_BGR2RGB)), _COLOUR_QUALITY
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, dpi=(round(dpi), round(dpi)))
    return out.getvalue()
