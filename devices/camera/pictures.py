"""Pictures of a camera in the two sizes they are needed in: small enough to show and watch, and whole."""

from typing import Any, TypeAlias

import cv2
import numpy as np

from devices.contract import Frame
from kiosk.failure import Failure, KioskError

Pixels: TypeAlias = np.ndarray[Any, np.dtype[np.uint8]]

_QUALITY = 95
_REDUCED = ((8, cv2.IMREAD_REDUCED_COLOR_8), (4, cv2.IMREAD_REDUCED_COLOR_4), (2, cv2.IMREAD_REDUCED_COLOR_2))
_LARGEST_PIXELS = 40_000_000


def whole(frame: Frame) -> Pixels:
    """The picture in full size.

    Raises:
        KioskError: `DEVICE_DISTURBED` for what is no picture.
    """
    if not frame.jpeg:
        return _checked(frame.pixels)
    return _decoded(frame.jpeg, cv2.IMREAD_COLOR)


def as_jpeg(frame: Frame) -> tuple[bytes, int, int]:
    """The picture as JPEG with its width and height; one that came as JPEG passes byte for byte."""
    pixels = whole(frame)
    height, width = pixels.shape[:2]
    if frame.jpeg:
        return frame.jpeg, width, height
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise KioskError(Failure.DEVICE_DISTURBED, reason="picture")
    return data.tobytes(), width, height


def smaller(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """A picture brought down to this width and height.

    By whole numbers first, which is six times faster than any other way that averages, and then by what is left.
    """
    height, width = pixels.shape[:2]
    by = min(width // size[0], height // size[1])
    if by > 1:
        whole_cells = pixels[: height // by * by, : width // by * by]
        pixels = np.asarray(
            cv2.resize(whole_cells, (width // by, height // by), interpolation=cv2.INTER_AREA), np.uint8
        )
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)


class Shrinker:
    """Makes pictures fit a box of `width` x `height` pixels; smaller ones stay as they are.

    Of a JPEG only the fraction that is needed is decoded, as soon as the size of the first one is known.
    """

    def __init__(self, width: int, height: int) -> None:
        self._box = (width, height)
        self._whole = (0, 0)

    def shrunk(self, frame: Frame) -> Pixels:
        """The picture in the size to show.

        Raises:
            KioskError: `DEVICE_DISTURBED` for what is no picture.
        """
        pixels = self._opened(frame)
        height, width = pixels.shape[:2]
        share = min(self._box[0] / width, self._box[1] / height)
        if share >= 1.0:
            return pixels
        size = (max(1, round(width * share)), max(1, round(height * share)))
        return smaller(pixels, size)

    def _opened(self, frame: Frame) -> Pixels:
        if not frame.jpeg:
            return _checked(frame.pixels)
        if self._whole == (0, 0):
            pixels = whole(frame)
            self._whole = (pixels.shape[1], pixels.shape[0])
            return pixels
        how = next((flag for by, flag in _REDUCED if self._enough(by)), cv2.IMREAD_COLOR)
        return _decoded(frame.jpeg, how)

    def _enough(self, by: int) -> bool:
        """Whether the picture divided by `by` still fills the box in one direction."""
        return self._whole[0] // by >= self._box[0] or self._whole[1] // by >= self._box[1]


def _decoded(data: bytes, how: int) -> Pixels:
    try:
        return _checked(cv2.imdecode(np.frombuffer(data, np.uint8), how))
    except cv2.error:
        # Larger by its own word than this process takes in (OPENCV_IO_MAX_IMAGE_PIXELS, see `devices.settled`).
        raise KioskError(Failure.DEVICE_DISTURBED, reason="picture") from None


def _checked(pixels: object) -> Pixels:
    sound = isinstance(pixels, np.ndarray) and pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 3  # noqa: PLR2004 - rows, columns, three colours
    if not sound or not isinstance(pixels, np.ndarray) or not 0 < pixels.size // 3 <= _LARGEST_PIXELS:
        raise KioskError(Failure.DEVICE_DISTURBED, reason="picture")
    return pixels
