"""How far the lines of a page are turned, from how sharply its ink falls into rows or columns."""

import cv2
import numpy as np

from devices.page.picture import Picture, grey_of

FINEST = 0.05
_MOST = 8.0
_POINTS = 60_000
_CLEARER = 1.05
_LEAST_INK = 400


def skew(page: Picture) -> float:
    """Degrees the lines of text and tables are turned, clockwise positive; 0.0 where there are none to tell by.

    Give it a page of 80 to 120 dots per inch. Right to about 0.1 degree; finds up to 8 degrees.
    """
    points, weights = _ink(page)
    if len(points) < _LEAST_INK:
        return 0.0
    length = int(np.linalg.norm(page.shape[:2])) + 2
    best, level = 0.0, _sharpness(points, weights, 0.0, length)
    peak = level
    for reach, step in ((_MOST, 0.5), (0.5, 0.1), (0.1, FINEST)):
        middle = best
        for degrees in np.arange(middle - reach, middle + reach + step / 2, step):
            sharpness = _sharpness(points, weights, float(degrees), length)
            if sharpness > peak:
                best, peak = float(degrees), sharpness
    if abs(best) < FINEST or abs(best) >= _MOST or peak < level * _CLEARER:
        return 0.0
    return round(best, 2)


def _ink(page: Picture) -> tuple[np.ndarray, np.ndarray]:
    """Where something dark and thin stands, about the page's middle, and how dark it is."""
    grey = grey_of(page)
    thin = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8))
    margin = max(2, min(grey.shape) // 40)
    thin[:margin] = thin[-margin:] = 0
    thin[:, :margin] = thin[:, -margin:] = 0
    threshold = max(24, int(thin.max()) // 3)
    rows, columns = np.nonzero(thin > threshold)
    weights = thin[rows, columns].astype(np.float64)
    if len(rows) > _POINTS:
        chosen = np.random.default_rng(1).choice(len(rows), _POINTS, replace=False)
        rows, columns, weights = rows[chosen], columns[chosen], weights[chosen]
    middle = np.array([grey.shape[1] / 2, grey.shape[0] / 2])
    return np.stack([columns, rows], axis=1) - middle, weights


def _sharpness(points: np.ndarray, weights: np.ndarray, degrees: float, length: int) -> float:
    """Rows or columns, whichever is clearer: a page may lie on its side."""
    turn = np.deg2rad(degrees)
    down = points[:, 1] * np.cos(turn) - points[:, 0] * np.sin(turn)
    across = points[:, 0] * np.cos(turn) + points[:, 1] * np.sin(turn)
    return max(_contrast(down, weights, length), _contrast(across, weights, length))


def _contrast(places: np.ndarray, weights: np.ndarray, length: int) -> float:
    shifted = places + length / 2
    left = np.floor(shifted).astype(np.int64)
    part = shifted - left
    # Each point is shared between the two rows it lies between: without it the fine steps below a row are lost.
    rows = np.bincount(left, weights * (1 - part), length) + np.bincount(left + 1, weights * part, length)
    return float((np.diff(rows) ** 2).sum())
