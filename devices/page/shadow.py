"""The shadow of a head or a hand on a page, told from a photograph printed there.

A shadow is grey where the paper is white, it changes slowly, nothing in it is bright, and it is even or has print in
it. A photograph has colour, or detail, or neither evenness nor print. Small dark fields are left alone: whatever they
are, the page can be read without knowing.
"""

import cv2
import numpy as np

from devices.page.picture import Picture, as_picture, grey_of

_FROM, _TO = 0.33, 0.80
_SMALLEST_SHARE = 0.025
_STEEP = 0.014
_SMOOTH = 0.80
_COLOURED = 0.07
_EVEN = 0.18
_INK = 0.22
_PRINTED = (0.008, 0.35)
_RIM = 9
_CAST = 11
_HOLES = 0.004


def shadows(small: Picture, ground: np.ndarray, ratio: np.ndarray, tint: np.ndarray) -> np.ndarray:
    """1 where a shadow lies, 0 elsewhere.

    Everything is in cells of half a millimetre: `small` the page, `ground` the same without its strokes, `ratio` its
    brightness over that of lit paper, `tint` the colour of white paper.
    """
    dark = ((ratio > _FROM) & (ratio < _TO)).astype(np.uint8)
    dark = as_picture(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)))
    found = np.zeros(dark.shape, np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    if not any(stats[label, cv2.CC_STAT_AREA] >= _SMALLEST_SHARE * dark.size for label in range(1, count)):
        return found
    slope = _slope(ratio)
    colour = np.abs(ground / np.maximum(1.0, ground.max(axis=2, keepdims=True)) - tint / tint.max()).max(axis=2)
    print_ = ((ground.max(axis=2) - grey_of(small)) / np.maximum(1.0, ground.max(axis=2))) > _INK
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] < _SMALLEST_SHARE * dark.size:
            continue
        field = (labels == label).astype(np.uint8)
        inside = cv2.erode(field, np.ones((_RIM, _RIM), np.uint8), borderType=cv2.BORDER_REPLICATE) > 0
        large = inside.sum() >= _SMALLEST_SHARE * dark.size / 2
        if large and not _bright_inside(field) and _shadow(slope, colour, ratio, print_, inside):
            found |= as_picture(cv2.dilate(field, np.ones((_CAST, _CAST), np.uint8)))
    return found & (ratio > _FROM).astype(np.uint8)


def _bright_inside(field: np.ndarray) -> bool:
    """Whether bright things lie in it, as white letters do in a dark box: in a shadow nothing is bright."""
    outlines, _ = cv2.findContours(field, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros_like(field)
    cv2.drawContours(filled, outlines, -1, 1, cv2.FILLED)
    return int(filled.sum() - field.sum()) > _HOLES * int(filled.sum())


def _shadow(slope: np.ndarray, colour: np.ndarray, ratio: np.ndarray, print_: np.ndarray, inside: np.ndarray) -> bool:
    if (slope[inside] < _STEEP).mean() < _SMOOTH or np.median(colour[inside]) > _COLOURED:
        return False
    low, high = np.percentile(ratio[inside], (5, 95))
    return bool(high - low <= _EVEN or _PRINTED[0] <= print_[inside].mean() <= _PRINTED[1])


def _slope(ratio: np.ndarray) -> np.ndarray:
    """How much the brightness changes from one cell to the next."""
    smooth = cv2.GaussianBlur(ratio.astype(np.float32), (0, 0), 2.0)
    across, down = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(np.sqrt(across**2 + down**2))
