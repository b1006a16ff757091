"""How far every text stands out from what it is written on, from the pixels that were drawn.

The window is drawn twice, with its texts and without. Where they differ is ink; what the second picture has there is
the ground. A pixel counts where ink covers at least nine tenths of it (of hair-thin strokes: the best covered
twentieth), and a text is worth the contrast (WCAG 2.2, relative luminance) of its fifth percentile, so that the palest
part of a ground that changes under a text decides. There is no discount for large text.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickWindow

from tests.ui.measuring.texts import Looked, Written

LEAST = 4.5
_COVERED = 0.9
_IN_VIEW = 0.7

Pixels = npt.NDArray[np.float64]


def too_pale(window: QQuickWindow, looked: Looked) -> Iterator[str]:
    """Texts below `LEAST`."""
    for one, ratio in contrasts(window, looked):
        if ratio < LEAST:
            yield f"{one} has {ratio:.2f}:1"


def contrasts(window: QQuickWindow, looked: Looked) -> Iterator[tuple[Written, float]]:
    """Every text that is in view for the most part, with its contrast."""
    written = pixels(window.grabWindow())
    before = [(one.item, one.item.opacity()) for one in looked.texts]
    for item, _ in before:
        item.setOpacity(0)
    bare = pixels(window.grabWindow())
    for item, opacity in before:
        item.setOpacity(opacity)
    for one in looked.texts:
        rect = one.seen.toAlignedRect()
        place = np.s_[max(0, rect.top()) : rect.bottom() + 1, max(0, rect.left()) : rect.right() + 1]
        if one.seen.height() > _IN_VIEW * one.ink.height() and one.seen.width() > _IN_VIEW * one.ink.width():
            yield one, _contrast(written[place], bare[place], _colour(one))


def _contrast(written: Pixels, bare: Pixels, ink: Pixels) -> float:
    difference = np.abs(written - bare).sum(axis=2)
    covered = difference / np.maximum(np.abs(ink - bare).sum(axis=2), 1)
    if difference.max(initial=0) < 3:
        return 1.0
    core = covered >= min(_COVERED, float(np.quantile(covered[difference > 0], 0.95)))
    one, other = _luminance(written[core]), _luminance(bare[core])
    ratios = (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)
    return float(np.quantile(ratios, 0.05))


def _colour(one: Written) -> Pixels:
    colour: Any = one.item.property("color")
    return np.array([colour.blue(), colour.green(), colour.red()], dtype=float)


def pixels(image: QImage) -> Pixels:
    """A picture as rows of blue, green and red."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), :3].astype(float)


def _luminance(colours: Pixels) -> Pixels:
    parts = colours / 255
    linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    result: Pixels = linear @ np.array([0.0722, 0.7152, 0.2126])
    return result
