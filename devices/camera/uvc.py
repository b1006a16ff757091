"""A document camera on USB (UVC) through V4L2, by way of OpenCV. Not yet seen on hardware: see docs/devices.md.

Options: `device` a path or number (/dev/video0); `second` the same of the camera at the face; `width`, `height` of its
pictures (2592, 1944) and `rate` (25): the camera takes the nearest it has. `format` = `MJPG` (default) or `YUYV`.

OpenCV's read cannot be interrupted. It runs on a thread of its own which keeps the newest picture, so that a camera
that hangs on the bus is noticed in time; the process that hangs with it is replaced.
"""

import contextlib
import os
import threading
import time
from pathlib import Path
from typing import Any

from devices.camera.settings import number
from devices.contract import Frame, Setup
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CameraView, UseCamera

_MISSED_READS = 5
_BETWEEN_MISSES = 0.05
_LEAVING = 1.0
_FOURCC = 4


class UvcCamera:
    """Implements `devices.contract.CameraDriver`."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        options = setup.options
        self._devices = {
            CameraView.OVERHEAD: _device(options.get("device", "/dev/video0")),
            CameraView.FACE: _device(options.get("second", "")),
        }
        self._wish = (
            number(options, "width", "2592", 1, 16_384),
            number(options, "height", "1944", 1, 16_384),
            number(options, "rate", "25", 0.1, 1000.0),
        )
        self._format = options.get("format", "MJPG")
        if len(self._format) != _FOURCC or not self._format.isascii():
            raise KioskError(Failure.CONFIG_INVALID, reason="format")
        self._reader: _Reader | None = None
        self._stuck = False

    def open(self) -> None:
        """See whether the device is there and may be used."""
        self.check()

    def check(self) -> str:
        """Feel for the device file.

        Raises:
            KioskError: `DEVICE_ABSENT`, `DEVICE_FORBIDDEN`.
            RuntimeError: a read still hangs in the library; only another process can use the camera again.
        """
        if self._stuck:
            raise RuntimeError("a read hangs")
        path = self._path(CameraView.OVERHEAD)
        if not path.exists():
            raise KioskError(Failure.DEVICE_ABSENT, reason="no_device")
        if not os.access(path, os.R_OK | os.W_OK):
            raise KioskError(Failure.DEVICE_FORBIDDEN, reason="permission")
        return _model_of(path)

    def close(self) -> None:
        """Let go."""
        self.end()

    def begin(self, request: UseCamera) -> None:
        """Open the stream."""
        self.end()
        path = self._path(request.view)
        if not path.exists():
            raise KioskError(Failure.DEVICE_ABSENT, reason="no_device")
        self._reader = _Reader(path, self._wish, self._format)

    def frame(self, seconds: float) -> Frame | None:
        """The newest picture."""
        if self._reader is None:
            raise KioskError(Failure.DEVICE_ABSENT, reason="not_begun")
        return self._reader.newest(seconds)

    def end(self) -> None:
        """Close the stream."""
        reader, self._reader = self._reader, None
        if reader is not None:
            self._stuck = not reader.close()

    def _path(self, view: CameraView) -> Path:
        path = self._devices[view]
        if path is None:
            raise KioskError(Failure.CONFIG_INVALID, reason="device" if view is CameraView.OVERHEAD else "second")
        return path


class _Reader:
    """Reads one device on its own thread and keeps the newest picture."""

    def __init__(self, path: Path, wish: tuple[float, float, float], fourcc: str) -> None:
        import cv2  # noqa: PLC0415 - OpenCV, which an idle camera need not hold in memory

        self._camera: Any = cv2.VideoCapture(str(path), cv2.CAP_V4L2)
        if not self._camera.isOpened():
            raise KioskError(Failure.DEVICE_BUSY, reason="not_opened")
        self._camera.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*fourcc))
        self._camera.set(cv2.CAP_PROP_FRAME_WIDTH, wish[0])
        self._camera.set(cv2.CAP_PROP_FRAME_HEIGHT, wish[1])
        self._camera.set(cv2.CAP_PROP_FPS, wish[2])
        self._camera.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self._changed = threading.Condition()
        self._newest: Any = None
        self._gone = False
        self._leaving = False
        self._thread = threading.Thread(target=self._run, name="uvc", daemon=True)
        self._thread.start()

    def newest(self, seconds: float) -> Frame | None:
        """The newest picture nobody has seen."""
        until = time.monotonic() + seconds
        with self._changed:
            while self._newest is None:
                if self._gone:
                    raise KioskError(Failure.DEVICE_ABSENT, reason="no_more_pictures")
                rest = until - time.monotonic()
                if rest <= 0 or not self._changed.wait(rest):
                    return None
            pixels, self._newest = self._newest, None
        return Frame(pixels=pixels)

    def close(self) -> bool:
        """End it; False when a read hangs and cannot be ended."""
        with self._changed:
            self._leaving, self._newest = True, None
        self._thread.join(_LEAVING)
        return not self._thread.is_alive()

    def _run(self) -> None:
        missed = 0
        while not self._leaving and missed < _MISSED_READS:
            there, pixels = self._camera.read()
            if not there:
                missed += 1
                time.sleep(_BETWEEN_MISSES)
                continue
            missed = 0
            with self._changed:
                self._newest = pixels
                self._changed.notify_all()
        with contextlib.suppress(Exception):
            self._camera.release()
        with self._changed:
            self._gone = True
            self._changed.notify_all()


def _device(word: str) -> Path | None:
    return Path(f"/dev/video{word}" if word.isdigit() else word) if word else None


def _model_of(path: Path) -> str:
    """What the kernel calls the camera, for technicians."""
    try:
        name = (Path("/sys/class/video4linux") / path.resolve().name / "name").read_text(encoding="utf-8")
    except OSError:
        return "V4L2"
    return f"V4L2 {name.strip()}"
