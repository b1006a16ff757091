"""Would somebody in an office be able to read this page? Figures for what speaks against it, and where the bars lie."""

import cv2
import numpy as np

from devices.page.picture import Picture, as_picture, grey_of, pixels

SHARP_FROM = 0.16
"""Sharpness below which a page counts as blurred. Made-up A4 pages at 200 dots per inch: clean print 0.4 to 0.7, print
resampled from 120 dots per inch 0.26, a blur of sigma 1.2 pixels 0.19, of 1.5 pixels 0.15, of 3 pixels 0.05."""

LIT_FROM = 90.0
"""Brightness of the paper at its brightest, 0 to 255, below which a page counts as too dark."""

SHADED_FROM = 38.0
"""The same at its darkest: below it the noise drowns the ink."""

_SCORED_DPI = 200.0
_LIKE_SCORED = 0.15
_STEEP = 48
_LEAST_EDGES = 300
_RIM_MM, _BAND_MM = 0.5, 3.0
_RUN_MM = (0.25, 12.0)
_LEAST_RUNS = 7
_GOING_IN = 0.6


def sharpness(page: Picture, dpi: float) -> float | None:
    """How steep the steepest edges are for their contrast, whatever stands on the page; None where it has no edges.

    The root of the mean squared Laplacian over the mean squared contrast, along clear edges alone: unlike the variance
    of the Laplacian over the whole page it is the same for a full page, a single signature and pale pencil. Measured at
    200 dots per inch on a page in even light.
    """
    grey = _at_scored_dpi(grey_of(page), dpi)
    near = np.ones((7, 7), np.uint8)
    contrast = cv2.subtract(cv2.dilate(grey, near), cv2.erode(grey, near))
    clear = max(float(_STEEP), float(np.percentile(contrast[::4, ::4], 98)) * 0.6)
    edges = contrast >= clear
    if np.count_nonzero(edges) < _LEAST_EDGES:
        return None
    bends = cv2.Laplacian(grey, cv2.CV_16S)[edges].astype(np.float64)
    return float(np.sqrt((bends**2).mean() / (contrast[edges].astype(np.float64) ** 2).mean()))


def cut_sides(ink: Picture, dpi: float) -> tuple[str, ...]:
    """Sides at which print runs out of the page (`top`, `right`, `bottom`, `left`); `ink` is 0 on paper of 255.

    Many short strokes that cross the rim are cut letters. One long dark band is the edge of the sheet or a shadow.
    """
    dark = ink < 128  # noqa: PLR2004 - it knows only two values
    views = {"top": dark, "bottom": dark[::-1], "left": dark.T, "right": dark.T[::-1]}
    return tuple(side for side in ("top", "right", "bottom", "left") if _cut(views[side], dpi))


def _cut(dark: np.ndarray, dpi: float) -> bool:
    """Whether letters cross the first row."""
    rim, band = max(1, pixels(_RIM_MM, dpi)), max(2, pixels(_BAND_MM, dpi))
    crossing = np.atleast_1d(dark[: rim // 2 + 1].all(axis=0))
    starts, ends = _runs(crossing)
    lengths = ends - starts
    shortest, longest = (pixels(length, dpi) for length in _RUN_MM)
    fitting = (lengths >= max(1, shortest)) & (lengths <= longest)
    if np.count_nonzero(fitting) < _LEAST_RUNS or lengths[~fitting].sum() > lengths[fitting].sum():
        return False
    inwards = np.atleast_1d(dark[rim:band].any(axis=0))
    going = [inwards[start:end].any() for start, end in zip(starts[fitting], ends[fitting], strict=True)]
    return bool(np.mean(going) >= _GOING_IN)


def _runs(line: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    steps = np.diff(np.concatenate([[0], line.astype(np.int8), [0]]))
    return np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)


def _at_scored_dpi(grey: Picture, dpi: float) -> Picture:
    factor = _SCORED_DPI / dpi
    if abs(factor - 1) <= _LIKE_SCORED:
        return grey
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return as_picture(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=method))
