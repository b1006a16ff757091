"""What a picture is in this package, and how it is read from bytes and brought to another size."""

from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.failure import Failure, KioskError

Picture: TypeAlias = npt.NDArray[np.uint8]
"""Rows, columns, three bytes blue green red; a grey picture has no third axis."""

Points: TypeAlias = npt.NDArray[np.float64]
"""Rows of x and y in pixels; the middle of the first pixel is 0, 0."""

LARGEST_PIXELS = 120_000_000
MM_PER_INCH = 25.4


def read(data: bytes) -> Picture:
    """Decode a picture, turned as its own tag says.

    Raises:
        KioskError: `SCANNER_SHORT_PAGE` with a reason when it is broken, cut off or beyond 120 million pixels.
    """
    try:
        picture: Any = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    except cv2.error:
        picture = None
    if picture is None:
        raise KioskError(Failure.SCANNER_SHORT_PAGE, reason="broken")
    if picture.shape[0] * picture.shape[1] > LARGEST_PIXELS:
        raise KioskError(Failure.SCANNER_SHORT_PAGE, reason="size")
    return as_picture(picture)


def as_picture(array: Any) -> Picture:
    """An array OpenCV made, under its own name."""
    return np.asarray(array, dtype=np.uint8)


def grey_of(picture: Picture) -> Picture:
    """Brightness alone."""
    return picture if picture.ndim == 2 else as_picture(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))  # noqa: PLR2004 - axes


def shrunk(picture: Picture, longest: int) -> tuple[Picture, float]:
    """The picture with no side beyond `longest`, and what its coordinates were multiplied with."""
    height, width = picture.shape[:2]
    factor = min(1.0, longest / max(height, width))
    if factor == 1.0:
        return picture, 1.0
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return as_picture(cv2.resize(picture, size, interpolation=cv2.INTER_AREA)), factor


def cell(dpi: float) -> int:
    """Side in pixels of the half millimetre that the page is looked at in where letters do not matter."""
    return max(1, round(dpi / 50))


def pixels(millimetres: float, dpi: float) -> int:
    """That length in pixels."""
    return round(millimetres / MM_PER_INCH * dpi)
