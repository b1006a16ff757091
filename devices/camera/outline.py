"""Where the sheet lies in a live picture: quick and rough, many times a second, to draw a frame round it.

The page that is kept is found anew in full size by `devices.page`.
"""

from typing import Any, TypeAlias

import cv2
import numpy as np

from devices.camera.pictures import Pixels

Quad: TypeAlias = np.ndarray[Any, np.dtype[np.float32]]
"""Four corners clockwise from the top left, as fractions of width and height."""

SMALLEST_SHARE = 0.025
_LARGEST_SHARE = 0.985
_FULLNESS, _HOLLOW = 0.82, 0.6
_STRAIGHTEN = (0.02, 0.035, 0.05)
_EDGE_LOW, _EDGE_HIGH = 40, 120
_SAMPLES, _BESIDE, _STEP, _SIDES = 24, 4.0, 14.0, 3
_CARD_RATIO = (1.32, 1.9)


def outline(grey: Pixels, *, card: bool = False) -> Quad | None:
    """The corners of the largest sheet on the mat, or of the largest card; None where there is none.

    `grey` is the picture in grey, some 320 pixels wide.
    """
    calm = cv2.GaussianBlur(grey, (5, 5), 0)
    _, bright = cv2.threshold(calm, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    edges = cv2.morphologyEx(cv2.Canny(calm, _EDGE_LOW, _EDGE_HIGH), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    found = [quad for mask in (bright, edges) for quad in _quads(np.asarray(mask, np.uint8))]
    fitting = [quad for quad in found if (not card or _like_a_card(quad)) and _stands_out(quad, calm)]
    if not fitting:
        return None
    best = max(fitting, key=lambda quad: float(cv2.contourArea(quad)))
    height, width = grey.shape
    return np.asarray(_clockwise(best) / np.array([width, height], np.float32), np.float32)


def _quads(mask: Pixels) -> list[Quad]:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    whole = mask.shape[0] * mask.shape[1]
    large = [one for one in contours if SMALLEST_SHARE * whole <= cv2.contourArea(cv2.convexHull(one))]
    quads = (_quad(cv2.convexHull(one), float(cv2.contourArea(one))) for one in large)
    return [quad for quad in quads if quad is not None and cv2.contourArea(quad) <= _LARGEST_SHARE * whole]


def _quad(hull: Any, filled: float) -> Quad | None:
    """The four corners of a hull, None where it is no sheet: too hollow, or of another shape."""
    around = cv2.arcLength(hull, closed=True)
    for share in _STRAIGHTEN:
        shape = cv2.approxPolyDP(hull, share * around, closed=True)
        if len(shape) == 4:  # noqa: PLR2004 - a sheet has four corners
            break
    else:
        shape = cv2.boxPoints(cv2.minAreaRect(hull))
    quad = np.asarray(shape, np.float32).reshape(-1, 2)
    area, convex = float(cv2.contourArea(quad)), float(cv2.contourArea(hull))
    return quad if convex >= _FULLNESS * area and filled >= _HOLLOW * convex else None


def _stands_out(quad: Quad, grey: Any) -> bool:
    """Whether three of the sides at least are steps from one tone to another: the light of a lamp has no such edge."""
    middle = quad.mean(axis=0)
    steps = 0
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        points = start + np.linspace(0.1, 0.9, _SAMPLES)[:, None] * (end - start)
        inward = (middle - points) / np.maximum(1.0, np.linalg.norm(middle - points, axis=1))[:, None]
        steps += (
            abs(float(np.median(_tones(grey, points + _BESIDE * inward) - _tones(grey, points - _BESIDE * inward))))
            >= _STEP
        )
    return steps >= _SIDES


def _tones(grey: Any, points: Any) -> Any:
    columns, rows = np.rint(points).astype(int).T
    return grey[np.clip(rows, 0, grey.shape[0] - 1), np.clip(columns, 0, grey.shape[1] - 1)].astype(np.float32)


def _clockwise(quad: Quad) -> Quad:
    middle = quad.mean(axis=0)
    angles = np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0])
    turned = quad[np.argsort(angles)]
    return np.asarray(np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0), np.float32)


def _like_a_card(quad: Quad) -> bool:
    """Whether the sides are those of a card, 85.6 x 54 mm, seen from above."""
    (_, _), (one, other), _ = cv2.minAreaRect(quad)
    low, high = _CARD_RATIO
    return low <= max(one, other) / max(1.0, min(one, other)) <= high
