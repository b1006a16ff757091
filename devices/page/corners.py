"""Where a sheet lies in a picture taken from above, whatever lies under it.

Several guesses at what is sheet and what is mat each give a four-sided outline; the one whose sides really are edges in
the picture wins, and its sides are then fitted to the full picture, which makes corners exact to a pixel or so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from devices.page.picture import Picture, Points, as_picture, shrunk

_LOOKED_AT = 640
_SMALLEST_SHARE = 0.06
_LARGEST_SHARE = 0.985
_FILLED = 0.80
_SUPPORTED = 0.55
_EDGE = 4.0
_TOUCHING = 3.0
_ANGLES = (50.0, 130.0)
_SAMPLES = 64
_REACH = 5.0
_BESIDE = 6.0
_DIFFERENT = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet in a picture: its corners clockwise from the top left, and whether all of it is inside the picture."""

    corners: Points
    whole: bool


def find_sheet(picture: Picture) -> Sheet | None:
    """The sheet in a picture; None where no four-sided thing stands out from what lies under it."""
    small, factor = shrunk(picture, _LOOKED_AT)
    slopes = _slopes(small)
    best, best_score = None, 0.0
    for quad in _guesses(small):
        score = _score(quad, slopes)
        if score > best_score and _stands_out(quad, small):
            best, best_score = quad, score
    if best is None:
        return None
    # Pixel centres: a shrunken picture's first pixel lies over the middle of several.
    rough = (best + 0.5) / factor - 0.5
    corners = _fitted(picture, rough, _REACH / factor)
    return Sheet(corners, _inside(corners, picture, _TOUCHING / factor))


def _guesses(small: Picture) -> Iterator[Points]:
    area = small.shape[0] * small.shape[1]
    close = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9))
    for mask in _masks(small):
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, close)
        contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:3]:
            hull = cv2.convexHull(contour)
            if _SMALLEST_SHARE * area <= cv2.contourArea(hull) <= _LARGEST_SHARE * area:
                quad = _four_sided(hull)
                if quad is not None and cv2.contourArea(contour) >= _FILLED * cv2.contourArea(quad.astype(np.float32)):
                    yield quad


def _masks(small: Picture) -> Iterator[Picture]:
    """What may be sheet: what differs from the mat, from faint to plain, what is bright, what edges enclose."""
    lab = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2LAB), (5, 5), 0).astype(np.float32)
    apart = np.sqrt(((lab - _mat(lab)) ** 2).sum(axis=2))
    far, _ = cv2.threshold(as_picture(np.clip(apart, 0, 255).astype(np.uint8)), 0, 255, cv2.THRESH_OTSU)
    for threshold in (max(far, 10.0), max(far * 0.6, 8.0), 14.0, 8.0):
        yield as_picture((apart > threshold).astype(np.uint8) * 255)
    brightness = as_picture(lab[:, :, 0].astype(np.uint8))
    yield as_picture(cv2.threshold(brightness, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1])
    for low, high in ((12, 36), (30, 90)):
        edges = cv2.dilate(cv2.Canny(brightness, low, high), np.ones((3, 3), np.uint8))
        outlines, _ = cv2.findContours(edges, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        filled = np.zeros_like(edges)
        cv2.drawContours(filled, outlines, -1, 255, cv2.FILLED)
        yield as_picture(cv2.erode(filled, np.ones((3, 3), np.uint8)))


def _mat(lab: Points | np.ndarray) -> np.ndarray:
    """The mat's colour everywhere, from the picture's rim: a plane for each channel, so that a lamp may be uneven."""
    height, width = lab.shape[:2]
    rim = np.zeros((height, width), bool)
    depth = max(3, min(height, width) // 40)
    rim[:depth] = rim[-depth:] = True
    rim[:, :depth] = rim[:, -depth:] = True
    rows, columns = np.nonzero(rim)
    terms = np.stack([np.ones(len(rows)), columns / width, rows / height], axis=1)
    values = lab[rows, columns]
    kept = np.ones(len(rows), bool)
    for _ in range(4):
        plane, *_ = np.linalg.lstsq(terms[kept], values[kept], rcond=None)
        away = np.abs(values - terms @ plane).sum(axis=1)
        kept = away <= max(6.0, 2.0 * float(np.median(away)))
    across, down = np.meshgrid(np.arange(width) / width, np.arange(height) / height)
    ground: np.ndarray = plane[0] + across[..., None] * plane[1] + down[..., None] * plane[2]
    return ground


def _four_sided(hull: np.ndarray) -> Points | None:
    around = cv2.arcLength(hull, closed=True)
    for coarse in np.arange(0.008, 0.09, 0.004):
        shape = cv2.approxPolyDP(hull, coarse * around, closed=True)
        if len(shape) == 4:  # noqa: PLR2004 - corners of a sheet
            return clockwise(shape.reshape(4, 2).astype(np.float64))
        if len(shape) < 4:  # noqa: PLR2004 - as above
            break
    return None


def frame_of(picture: Picture) -> Points:
    """The corners of the picture itself."""
    right, bottom = picture.shape[1] - 0.5, picture.shape[0] - 0.5
    return np.array([[-0.5, -0.5], [right, -0.5], [right, bottom], [-0.5, bottom]])


def clockwise(quad: Points) -> Points:
    """Four corners in order, beginning at the top left."""
    middle = quad.mean(axis=0)
    turned = quad[np.argsort(np.arctan2(*(quad - middle).T[::-1]))]
    return np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0)


def _slopes(small: Picture) -> np.ndarray:
    smooth = cv2.GaussianBlur(small, (3, 3), 0).astype(np.float32)
    across, down = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    strongest: np.ndarray = np.sqrt(across**2 + down**2).max(axis=2) / 8
    return cv2.dilate(strongest, np.ones((5, 5), np.uint8))


def _score(quad: Points, slopes: np.ndarray) -> float:
    """0 for what no sheet looks like; else higher the more of its sides are edges and the larger it is."""
    sides = np.roll(quad, -1, axis=0) - quad
    lengths = np.linalg.norm(sides, axis=1)
    if lengths.min() < 20 or max(lengths[0] / lengths[2], lengths[2] / lengths[0]) > 1.8 or _crooked(sides, lengths):  # noqa: PLR2004 - pixels of the small picture; how unlike two sides may be
        return 0.0
    height, width = slopes.shape
    supports = []
    for start, side in zip(quad, sides, strict=True):
        points = start + np.linspace(0.05, 0.95, _SAMPLES)[:, None] * side
        columns, rows = np.clip(np.rint(points), 0, (width - 1, height - 1)).astype(int).T
        at_rim = (columns <= 2) | (rows <= 2) | (columns >= width - 3) | (rows >= height - 3)  # noqa: PLR2004 - pixels
        supports.append(float(((slopes[rows, columns] > _EDGE) | at_rim).mean()))
    if min(supports) < _SUPPORTED:
        return 0.0
    share = float(cv2.contourArea(quad.astype(np.float32))) / (height * width)
    return float(np.mean(supports)) ** 2 * float(share**0.5)


def _stands_out(quad: Points, small: Picture) -> bool:
    """Whether it differs inside from outside along every side: the frame of a table has the same paper around it."""
    height, width = small.shape[:2]
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        side = end - start
        outwards = np.array([side[1], -side[0]]) / np.linalg.norm(side) * _BESIDE
        points = start + np.linspace(0.05, 0.95, _SAMPLES)[:, None] * side
        outer = np.rint(points + outwards).astype(int)
        there = (outer >= 0).all(axis=1) & (outer[:, 0] < width) & (outer[:, 1] < height)
        inner = np.clip(np.rint(points - outwards).astype(int), 0, (width - 1, height - 1))
        if there.sum() < _SAMPLES // 2:
            continue
        beside = small[outer[there, 1], outer[there, 0]].astype(np.float32)
        within = small[inner[there, 1], inner[there, 0]].astype(np.float32)
        if np.abs(np.median(within, axis=0) - np.median(beside, axis=0)).max() < _DIFFERENT:
            return False
    return True


def _crooked(sides: np.ndarray, lengths: np.ndarray) -> bool:
    units = sides / lengths[:, None]
    cosines = [float(-before @ after) for before, after in pairwise([*units, units[0]])]
    angles = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    return bool(angles.min() < _ANGLES[0] or angles.max() > _ANGLES[1])


def _fitted(picture: Picture, rough: Points, reach: float) -> Points:
    """The corners again, from lines through the steepest places across each side of the full picture."""
    lines = [_line(picture, start, end, reach) for start, end in zip(rough, np.roll(rough, -1, axis=0), strict=True)]
    corners = np.array([_crossing(lines[place - 1], lines[place]) for place in range(4)])
    moved = np.linalg.norm(corners - rough, axis=1)
    return np.where((moved <= 4 * reach)[:, None], corners, rough)


def _line(picture: Picture, start: Points, end: Points, reach: float) -> tuple[Points, Points]:
    """A point and a direction."""
    side = end - start
    along = side / np.linalg.norm(side)
    across = np.array([along[1], -along[0]])
    places = start + np.linspace(0.06, 0.94, _SAMPLES)[:, None] * side
    steps = np.arange(-reach - 2, reach + 2.5, 0.5)
    grid = places[:, None, :] + steps[None, :, None] * across
    profile = cv2.remap(
        picture,
        grid[..., 0].astype(np.float32),
        grid[..., 1].astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    ).reshape(_SAMPLES, len(steps), -1)
    smooth = cv2.GaussianBlur(profile.astype(np.float32), (7, 1), 1.6)
    steep = np.abs(np.gradient(smooth, axis=1)).max(axis=2)[:, 4:-4]
    steepest = steep.argmax(axis=1)
    found = places + steps[4:-4][steepest][:, None] * across
    strong = steep.max(axis=1) >= max(0.6, 0.35 * float(np.median(steep.max(axis=1))))
    return _through(found[strong], start, along)


def _through(points: Points, start: Points, along: Points) -> tuple[Points, Points]:
    """A line through most of the points."""
    for limit in (8.0, 3.0, 1.5):
        if len(points) < _SAMPLES // 4:
            return start, along
        dx, dy, x, y = cv2.fitLine(points.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().astype(np.float64)
        start, along = np.array([x, y]), np.array([dx, dy])
        away = np.abs((points - start) @ np.array([-dy, dx]))
        points = points[away <= max(limit, float(np.median(away)))]
    return start, along


def _crossing(one: tuple[Points, Points], other: tuple[Points, Points]) -> Points:
    (p, u), (q, v) = one, other
    bend = u[0] * v[1] - u[1] * v[0]
    if abs(bend) < 1e-6:  # noqa: PLR2004 - parallel: no sheet, and nothing to divide by
        return q
    along = ((q[0] - p[0]) * v[1] - (q[1] - p[1]) * v[0]) / bend
    return np.asarray(p + along * u)


def _inside(corners: Points, picture: Picture, margin: float) -> bool:
    height, width = picture.shape[:2]
    low, high = corners.min(axis=0), corners.max(axis=0)
    return bool(low.min() >= margin and high[0] <= width - 1 - margin and high[1] <= height - 1 - margin)
