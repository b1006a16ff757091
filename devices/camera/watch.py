"""Watches the sheet below the camera from picture to picture: is one there, does it lie still, was it taken already?

A sheet is taken once. The next may be taken when it looks different, or when the one before was seen to leave: a hand
that passes over it, or a sheet that is only pushed straight, is neither.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from devices.camera.outline import Quad, outline
from devices.camera.pictures import Pixels, smaller
from kiosk.frames import Corners, Sight

STILL_SECONDS = 0.7
_WIDTH = 320
_DARK = 36
_DARK_PERCENTILE = 99.0
_STEP = 22
_MOVED_SHARE = 0.004
_MOVED_CORNER = 0.012
_GONE_STEP = 30
_GONE_SHARE = 0.6
_GONE_PICTURES = 3
_LOOKS = 48
_SAME = 0.86
_LEAST_CONTRAST = 6.0
_PARTS, _SAME_PART, _SAME_PARTS, _PRINTED = 7, 0.8, 0.45, 0.35


@dataclass(slots=True)
class _Sheet:
    """A sheet that was taken: the picture around it, where it lay, and how it looks laid flat."""

    grey: Pixels
    quad: Quad
    place: np.ndarray[Any, Any]
    looks: np.ndarray[Any, Any]
    blank: bool
    leaving: int = 0


class Watch:
    """One request's view of the mat. `card` looks for cards instead of sheets; `now` is in seconds."""

    def __init__(self, *, card: bool) -> None:
        self._card = card
        self._before: Pixels | None = None
        self._quad: Quad | None = None
        self._still_since: float | None = None
        self._last: _Sheet | None = None
        self.sight = Sight.NOTHING

    @property
    def corners(self) -> Corners:
        """Where the sheet lies, as fractions of width and height; empty where none is seen."""
        return () if self._quad is None else tuple((float(x), float(y)) for x, y in self._quad)

    def look(self, pixels: Pixels, now: float) -> bool:
        """Take the next picture in; True when a new sheet has lain still long enough to be taken."""
        grey = _grey(pixels)
        quad = outline(grey, card=self._card)
        moved = self._moved(grey, quad)
        self._forget_if_gone(grey)
        self._before, self._quad = grey, quad
        if quad is None or moved:
            self._still_since = None
        elif self._still_since is None:
            self._still_since = now
        self.sight = self._judge(grey, quad)
        return self.sight is Sight.STILL and now - (self._still_since or now) >= STILL_SECONDS

    def took(self, *, blank: bool = False) -> None:
        """The sheet as it lies now has been taken, or looked at and found blank."""
        self._still_since = None
        if self._before is None or self._quad is None:
            return
        grey, quad = self._before, self._quad
        self._last = _Sheet(grey, quad, _inside(grey, quad), _looks(grey, quad), blank)

    def _judge(self, grey: Pixels, quad: Quad | None) -> Sight:
        if quad is None:
            dark = float(np.percentile(grey, _DARK_PERCENTILE)) < _DARK
            return Sight.DARK if dark else Sight.NOTHING
        if self._still_since is None:
            return Sight.MOVING
        last = self._last
        if last is None or not self._same(last, grey, quad):
            return Sight.STILL
        return Sight.BLANK if last.blank else Sight.TAKEN

    def _same(self, last: _Sheet, grey: Pixels, quad: Quad) -> bool:
        """The sheet taken last: it looks the same, or what no hand covers does and it lies where it lay."""
        if _alike(last.looks, _looks(grey, quad)) >= _SAME:
            return True
        return _uncovered(last.looks, _looks(grey, last.quad)) >= _SAME_PARTS

    def _moved(self, grey: Pixels, quad: Quad | None) -> bool:
        if self._before is None or self._before.shape != grey.shape or quad is None or self._quad is None:
            return True
        if float(np.abs(quad - self._quad).max()) > _MOVED_CORNER:
            return True
        changed = cv2.absdiff(grey, self._before) > _STEP
        return float(np.mean(changed)) > _MOVED_SHARE

    def _forget_if_gone(self, grey: Pixels) -> None:
        """Another picture almost everywhere it lay: the sheet has left, even one just like it would be a new one."""
        last = self._last
        if last is None or last.grey.shape != grey.shape:
            return
        changed = cv2.absdiff(grey, last.grey)[last.place] > _GONE_STEP
        last.leaving = last.leaving + 1 if float(np.mean(changed)) > _GONE_SHARE else 0
        if last.leaving >= _GONE_PICTURES:
            self._last = None


def _grey(pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    small = smaller(pixels, (_WIDTH, max(1, round(height * _WIDTH / width))))
    return np.asarray(cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (3, 3), 0), np.uint8)


def _inside(grey: Pixels, quad: Quad) -> np.ndarray[Any, Any]:
    mask = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(mask, np.asarray(quad * (grey.shape[1], grey.shape[0]), np.int32), 1)
    return mask.astype(bool)


def _looks(grey: Pixels, quad: Quad) -> np.ndarray[Any, Any]:
    """The sheet laid flat, small and without its brightness."""
    corners = np.asarray(quad * (grey.shape[1], grey.shape[0]), np.float32)
    square = np.array([[0, 0], [_LOOKS, 0], [_LOOKS, _LOOKS], [0, _LOOKS]], np.float32)
    flat = cv2.warpPerspective(grey, cv2.getPerspectiveTransform(corners, square), (_LOOKS, _LOOKS))
    inner = cv2.GaussianBlur(flat, (3, 3), 0)[3:-3, 3:-3].astype(np.float32)
    return np.asarray((inner - inner.mean()) / max(_LEAST_CONTRAST, float(inner.std())))


def _alike(one: np.ndarray[Any, Any], other: "np.ndarray[Any, Any]") -> float:
    """How much two sheets look the same, at most 1.0, whichever way round they lie. Two blank ones do."""
    return max(1.0 - float(np.mean((one - np.rot90(other, turn)) ** 2)) / 2.0 for turn in range(4))


def _uncovered(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    """The share of a sheet's printed parts that are the same in both; bare paper is left out: it always is."""
    parts = [
        (a.ravel() - a.mean(), b.ravel() - b.mean())
        for rows, others in zip(np.array_split(one, _PARTS), np.array_split(other, _PARTS), strict=True)
        for a, b in zip(np.array_split(rows, _PARTS, axis=1), np.array_split(others, _PARTS, axis=1), strict=True)
        if a.std() > _PRINTED
    ]
    if not parts:
        return 0.0
    same = [float(a @ b) >= _SAME_PART * float(np.sqrt((a @ a) * (b @ b) + 1e-9)) for a, b in parts]
    return sum(same) / len(same)
