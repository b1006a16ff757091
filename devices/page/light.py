"""An uneven lamp evened out: paper becomes white, ink keeps its colour, photographs keep their shades.

Paper is what follows one smooth surface of brightness over the page, or lies in somebody's shadow (`shadow`). What else
falls well below it over a wide area is a picture or a coloured field and is lit by the surface alone, so that it is not
washed out to white.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from devices.page.picture import Picture, as_picture, cell
from devices.page.shadow import shadows

WHITE = 250
_STROKE = 17
_REJECTED_BELOW, _REJECTED_ABOVE = 0.08, 0.12
_PAPER_FROM = 0.80
_TINTED = 0.10
_MOST_GAIN = 6.0
_SAMPLES = 6000
_BLEND = 3.0
_RIM = 12


@dataclass(frozen=True, slots=True)
class Light:
    """How a page was lit: the paper's brightness at its darkest and brightest place, 0 to 255."""

    darkest: float
    brightest: float


def flatten(page: Picture, dpi: float) -> tuple[Picture, Light]:
    """The page in even light, and how it was lit."""
    height, width = page.shape[:2]
    size = (max(1, width // cell(dpi)), max(1, height // cell(dpi)))
    small = as_picture(cv2.resize(page, size, interpolation=cv2.INTER_AREA))
    # Strokes up to a few millimetres vanish: what is left is paper, photographs and large fields.
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_STROKE, _STROKE)))
    ground = cv2.medianBlur(ground, 5).astype(np.float32)
    bright = ground.max(axis=2)
    surface = _surface(bright)
    paper = (bright >= surface * _PAPER_FROM).astype(np.uint8)
    tint = _tint(ground, cv2.erode(paper, np.ones((9, 9), np.uint8)))
    paper |= shadows(small, ground, bright / surface, tint)
    local = np.where(_outer(cv2.erode(paper, np.ones((9, 9), np.uint8))), bright, surface)
    lit = cv2.GaussianBlur(local, (0, 0), _BLEND)
    lamp = np.clip(lit, WHITE / _MOST_GAIN, 255)[..., None] * tint
    whole = cv2.resize(np.clip(np.rint(lamp), 1, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    return as_picture(cv2.divide(page, whole, scale=WHITE)), Light(float(surface.min()), float(surface.max()))


def _outer(paper: np.ndarray) -> np.ndarray:
    """Paper that reaches the rim of the page; what is as bright in the middle of a picture is part of the picture."""
    _, labels = cv2.connectedComponents(paper, connectivity=4)
    rim = max(_RIM, min(paper.shape) // 20)
    middle = np.zeros(paper.shape, bool)
    middle[rim:-rim, rim:-rim] = True
    reaching = np.unique(labels[(paper > 0) & ~middle])
    return (paper > 0) & np.isin(labels, reaching)


def _surface(bright: np.ndarray) -> np.ndarray:
    """A smooth surface through the paper, as far as the page goes."""
    height, width = bright.shape
    rows, columns = np.mgrid[0:height, 0:width]
    step = max(1, int((height * width / _SAMPLES) ** 0.5))
    picked = (slice(step // 2, None, step), slice(step // 2, None, step))
    values = bright[picked].ravel()
    terms = _terms(columns[picked].ravel() / width, rows[picked].ravel() / height)
    kept = values >= np.percentile(values, 60)
    solution = np.zeros(terms.shape[1])
    for _ in range(8):
        solution, *_rest = np.linalg.lstsq(terms[kept], values[kept], rcond=None)
        fitted = terms @ solution
        again = (values >= fitted * (1 - _REJECTED_BELOW)) & (values <= fitted * (1 + _REJECTED_ABOVE))
        if again.sum() < len(values) // 20 or np.array_equal(again, kept):
            break
        kept = again
    low, high = np.percentile(values[kept], (0.5, 99.5))
    surface = (_terms(columns.ravel() / width, rows.ravel() / height) @ solution).reshape(height, width)
    # Beyond the paper it was fitted to, a curved surface may go anywhere.
    return np.clip(surface, max(1.0, low * 0.9), max(1.0, high * 1.05)).astype(np.float32)


def _terms(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


def _tint(ground: np.ndarray, paper: np.ndarray) -> np.ndarray:
    """What white paper looks like in this light; neutral where the paper itself is coloured."""
    there = paper > 0
    if there.sum() < ground.shape[0] * ground.shape[1] // 50:
        return np.ones(3, np.float32)
    colour = np.median(ground[there] / np.maximum(1.0, ground[there].max(axis=1, keepdims=True)), axis=0)
    return np.ones(3, np.float32) if colour.min() < 1 - _TINTED * 2 else colour.astype(np.float32)
