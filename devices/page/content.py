"""What is on a page: black text alone, or colour (a seal, a pen, a photograph) or shades of grey worth keeping."""

from enum import StrEnum

import cv2
import numpy as np

from devices.page.picture import Picture, cell, grey_of, pixels

_COLOURED = 24
_COLOUR_SHARE = 0.0005
_SHADES = (60, 228)
_SHADE_SHARE = 0.004
_STROKE_MM = 0.9
_SPECK = 8


class Content(StrEnum):
    """How much of a page must be kept."""

    TEXT = "text"
    GREY = "grey"
    COLOUR = "colour"


def content_of(page: Picture, dpi: float) -> Content:
    """Look at a page in even light."""
    if page.ndim == 3 and _coloured(page, dpi):  # noqa: PLR2004 - axes
        return Content.COLOUR
    return Content.GREY if _shaded(page, dpi) else Content.TEXT


def _coloured(page: Picture, dpi: float) -> bool:
    """Colour that is more than the fringe of a letter: fringes of opposite colours average out."""
    size = (max(1, page.shape[1] // cell(dpi)), max(1, page.shape[0] // cell(dpi)))
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    chroma = small.max(axis=2).astype(np.int16) - small.min(axis=2)
    found = (chroma > _COLOURED).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    large = stats[1:count, cv2.CC_STAT_AREA]
    return int(large[large >= _SPECK].sum()) > _COLOUR_SHARE * int(found.size)


def _shaded(page: Picture, dpi: float) -> bool:
    """Shades that are no edge of a stroke."""
    grey = grey_of(page)
    low, high = _SHADES
    between = cv2.inRange(grey, np.array(low), np.array(high))
    stroke = max(3, pixels(_STROKE_MM, dpi))
    solid = cv2.erode(between, np.ones((stroke, stroke), np.uint8))
    return int(np.count_nonzero(solid)) > _SHADE_SHARE * solid.size
