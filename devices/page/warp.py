"""From a sheet in a picture to a page of a fixed resolution: one resampling, whatever is turned and stretched."""

from dataclasses import dataclass

import cv2
import numpy as np

from devices.page.corners import Sheet
from devices.page.picture import MM_PER_INCH, Picture, Points, as_picture, pixels

LONG_SIDE_MM = 297.0
_A4 = 2**0.5
_LIKE_A4 = 0.07
_SHAVED_MM = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Placing:
    """Where a page's pixels come from: `matrix` leads from the picture to the page, `dpi` is what the page has."""

    matrix: Points
    width: int
    height: int
    dpi: float


def of_sheet(sheet: Sheet, dpi: int, size_mm: tuple[float, float] | None = None) -> Placing:
    """A page holding the whole sheet; without a size it is A4 or, where it is not shaped so, 297 mm long.

    Never finer than the camera saw it: pixels that are made up weigh as much as real ones.
    """
    across, down = _sides(sheet.corners)
    width_mm, height_mm = size_mm or _millimetres(across, down)
    seen = max(across / width_mm, down / height_mm) * MM_PER_INCH
    real = min(float(dpi), seen)
    width, height = pixels(width_mm, real), pixels(height_mm, real)
    shaved = _SHAVED_MM / MM_PER_INCH * real
    # A sliver of every side stays outside: the fit is good to a pixel or so, and the mat must not show.
    target = np.array(
        [[-shaved, -shaved], [width + shaved, -shaved], [width + shaved, height + shaved], [-shaved, height + shaved]]
    )
    matrix = cv2.getPerspectiveTransform(sheet.corners.astype(np.float32), (target - 0.5).astype(np.float32))
    return Placing(np.asarray(matrix, np.float64), width, height, real)


def true_size(sheet: Sheet, dpi: float) -> tuple[float, float]:
    """Width and height in millimetres of a sheet in a picture whose resolution is known."""
    across, down = _sides(sheet.corners)
    return across / dpi * MM_PER_INCH, down / dpi * MM_PER_INCH


def turned(placing: Placing, degrees: float) -> Placing:
    """The same page turned about its middle; positive turns clockwise."""
    middle = ((placing.width - 1) / 2, (placing.height - 1) / 2)
    turn = np.vstack([cv2.getRotationMatrix2D(middle, -degrees, 1.0), [0, 0, 1]])
    return Placing(turn @ placing.matrix, placing.width, placing.height, placing.dpi)


def as_it_lies(picture: Picture, dpi: float) -> Placing:
    """The whole picture, untouched."""
    return Placing(np.eye(3), picture.shape[1], picture.shape[0], dpi)


def draft(picture: Picture, placing: Placing, factor: float) -> Picture:
    """A small version of the page, to measure on."""
    scale = np.diag([factor, factor, 1.0]) @ placing.matrix
    return _warped(picture, scale, max(1, round(placing.width * factor)), max(1, round(placing.height * factor)))


def laid_flat(picture: Picture, placing: Placing) -> Picture:
    """The page itself. The picture comes back as it is where there is nothing to do."""
    size = (placing.width, placing.height)
    if size == (picture.shape[1], picture.shape[0]) and np.array_equal(placing.matrix, np.eye(3)):
        return picture
    return _warped(picture, placing.matrix, *size)


def _warped(picture: Picture, matrix: Points, width: int, height: int) -> Picture:
    return as_picture(
        cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )


def _sides(corners: Points) -> tuple[float, float]:
    """Mean width and height in the picture's pixels."""
    top, right, bottom, left = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return float(top + bottom) / 2, float(right + left) / 2


def _millimetres(across: float, down: float) -> tuple[float, float]:
    ratio = max(across, down) / min(across, down)
    short = LONG_SIDE_MM / (_A4 if abs(ratio / _A4 - 1) <= _LIKE_A4 else ratio)
    return (short, LONG_SIDE_MM) if down >= across else (LONG_SIDE_MM, short)
