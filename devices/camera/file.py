"""A camera that plays pictures or a video from disk: for tests, for demonstrations, and to repeat what a customer saw.

Options: `path` of a picture (jpg, png), a video, or a folder of pictures shown one after the other; `second` the same
for the camera at the face; `rate` pictures a second (25); `hold` seconds each picture of a folder is shown (2).
"""

import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from devices.camera.settings import number
from devices.contract import Frame, Setup
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CameraView, UseCamera

_PICTURES = frozenset({".jpg", ".jpeg", ".png"})


class FileCamera:
    """Implements `devices.contract.CameraDriver`. A relative path is taken from the data directory."""

    simulated = True

    def __init__(self, setup: Setup) -> None:
        self._data = setup.data
        self._paths = {
            CameraView.OVERHEAD: setup.options.get("path", ""),
            CameraView.FACE: setup.options.get("second", ""),
        }
        self._rate = number(setup.options, "rate", "25", 0.1, 120.0)
        self._hold = number(setup.options, "hold", "2", 0.0, 3600.0)
        self._frames: Iterator[Frame] | None = None
        self._next = 0.0

    def open(self) -> None:
        """See whether the file is there."""
        self.check()

    def check(self) -> str:
        """Raises `DEVICE_ABSENT` when the file is not there."""
        self._path(CameraView.OVERHEAD)
        return "pictures from disk"

    def close(self) -> None:
        """Let go."""
        self.end()

    def begin(self, request: UseCamera) -> None:
        """Begin at the beginning."""
        path = self._path(request.view)
        pictures = sorted(one for one in path.iterdir() if one.suffix.lower() in _PICTURES) if path.is_dir() else [path]
        if not pictures:
            raise KioskError(Failure.DEVICE_ABSENT, reason="empty")
        if pictures[0].suffix.lower() in _PICTURES:
            self._frames = self._stills(pictures)
        else:
            self._frames = _film(path)
        self._next = time.monotonic()

    def frame(self, seconds: float) -> Frame | None:
        """The next picture in its time."""
        if self._frames is None:
            raise KioskError(Failure.DEVICE_ABSENT, reason="not_begun")
        wait = self._next - time.monotonic()
        if wait > seconds:
            time.sleep(seconds)
            return None
        time.sleep(max(0.0, wait))
        self._next = max(self._next + 1.0 / self._rate, time.monotonic())
        frame = next(self._frames, None)
        if frame is None:
            raise KioskError(Failure.DEVICE_ABSENT, reason="ended")
        return frame

    def end(self) -> None:
        """Drop the pictures."""
        frames, self._frames = self._frames, None
        getattr(frames, "close", lambda: None)()

    def _stills(self, pictures: list[Path]) -> Iterator[Frame]:
        for picture in cycle(pictures):
            try:
                data = picture.read_bytes()
            except OSError:
                return
            for _ in range(max(1, round(self._hold * self._rate))):
                yield Frame(jpeg=data)

    def _path(self, view: CameraView) -> Path:
        name = self._paths[view]
        if not name:
            raise KioskError(Failure.CONFIG_INVALID, reason="path" if view is CameraView.OVERHEAD else "second")
        path = self._data / name
        if not path.exists():
            raise KioskError(Failure.DEVICE_ABSENT, reason="path")
        return path


def _film(path: Path) -> Iterator[Frame]:
    """The pictures of a video, and from the start again."""
    import cv2  # noqa: PLC0415 - OpenCV, which an idle camera need not hold in memory

    while True:
        film: Any = cv2.VideoCapture(str(path))
        shown = 0
        try:
            while True:
                there, pixels = film.read()
                if not there:
                    break
                shown += 1
                yield Frame(pixels=pixels)
        finally:
            film.release()
        if not shown:
            return
