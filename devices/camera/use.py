"""One request to a camera, from its first live picture to its last page. Runs in the driver's process.

The live picture is shown as it comes; the sheet is judged in every one of them. A page leaves here as the whole picture
it was seen in, for `devices.page` to cut out; the two sides of an ID card leave as one finished page.
"""

import time
from collections.abc import Iterator

import cv2
import numpy as np

from devices import messages as m
from devices.camera.cards import CardSheet
from devices.camera.pictures import Pixels, Shrinker, as_jpeg, whole
from devices.camera.watch import Watch
from devices.contract import CameraDriver, Frame, Page
from devices.job import RunningJob
from kiosk.failure import Failure, KioskError
from kiosk.frames import LARGEST_PIXELS, FrameWriter, Picture, Sight
from kiosk.model.devices import CameraMode, CameraView, UseCamera

FIRST_PICTURE = 6.0
NEXT_PICTURE = 3.0
_SLICE = 0.25
_SMALLEST_SIDE = 160


def use(driver: CameraDriver, task: m.Use, job: RunningJob) -> Iterator[Page]:
    """Show what the camera sees and yield pages until `max_pages` have come or nobody lays anything down any more.

    Raises:
        KioskError: `DEVICE_HUNG` when the camera stops bringing pictures, `PAGE_NOT_FOUND` when nothing was laid down
            at all, `DEVICE_CANCELLED`, and what the driver raises.
    """
    request = UseCamera(**{name: getattr(task, name) for name in task.__struct_fields__ if name != "job"})
    showing = _Showing(request, job)
    try:
        driver.begin(request)
        yield from _Use(driver, request, job, showing).pages()
    finally:
        showing.close()
        driver.end()


class _Showing:
    """The live picture: a ring of frames that the screen reads, and what is written beside each."""

    def __init__(self, request: UseCamera, job: RunningJob) -> None:
        self._size = _box(request)
        self.shrinker = Shrinker(*self._size)
        self._frames = FrameWriter(self._size[0] * self._size[1])
        self._job = job
        self._opened = False

    def show(self, pixels: Pixels, sight: Sight, watch: Watch, taken: int) -> None:
        """Make this the newest picture."""
        height, width = pixels.shape[:2]
        rows = np.ascontiguousarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA))
        self._frames.show(rows.data, Picture(0, width, height, sight, taken, watch.corners))
        if not self._opened:
            self._opened = True
            self._job.open_preview(self._frames)

    def close(self) -> None:
        """Wipe the pictures."""
        self._frames.close()


class _Use:
    """The loop of one request."""

    def __init__(self, driver: CameraDriver, request: UseCamera, job: RunningJob, showing: _Showing) -> None:
        self._driver = driver
        self._request = request
        self._job = job
        self._showing = showing
        self._watch = Watch(card=request.mode is CameraMode.ID_CARD)
        self._card = CardSheet(request.purpose, request.dpi) if request.mode is CameraMode.ID_CARD else None
        self._taken = 0

    def pages(self) -> Iterator[Page]:
        """Every page taken."""
        until = time.monotonic() + self._request.seconds
        patience = FIRST_PICTURE
        while time.monotonic() < until:
            frame, patience = self._newest(patience), NEXT_PICTURE
            pixels = self._showing.shrinker.shrunk(frame)
            if self._request.view is CameraView.FACE:
                self._showing.show(pixels, Sight.LIVE, self._watch, 0)
                continue
            ready = self._watch.look(pixels, time.monotonic())
            pressed = self._job.shutter()
            taking = pressed or (ready and self._request.automatic)
            self._showing.show(pixels, Sight.TAKING if taking else self._watch.sight, self._watch, self._taken)
            if taking:
                yield from self._take(frame)
                until = time.monotonic() + self._request.seconds
        if self._taken == 0 and self._request.view is not CameraView.FACE:
            raise KioskError(Failure.PAGE_NOT_FOUND)

    def _take(self, frame: Frame) -> Iterator[Page]:
        """The page that lies there, or what completes it: an ID card gives a page with its second side only."""
        if self._card is None:
            image, width, height = as_jpeg(frame)
            self._seen()
            yield Page(image, "jpg", width, height, photo=True)
            return
        if not self._watch.corners:
            # A shutter pressed over an empty mat: of a card there must be the edges, or its size could not be true.
            return
        self._card.add(whole(frame), self._watch.corners)
        self._seen()
        if self._card.complete:
            yield self._card.page()

    def _seen(self) -> None:
        self._watch.took()
        self._taken += 1

    def _newest(self, seconds: float) -> Frame:
        """The next picture, with a look at the job four times a second."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._job.cancelled:
                raise KioskError(Failure.DEVICE_CANCELLED)
            frame = self._driver.frame(_SLICE)
            if frame is not None:
                return frame
        raise KioskError(Failure.DEVICE_HUNG, reason="no_picture")


def _box(request: UseCamera) -> tuple[int, int]:
    """The size asked for, within what a ring may hold."""
    width, height = max(_SMALLEST_SIDE, request.width), max(_SMALLEST_SIDE, request.height)
    share = min(1.0, (LARGEST_PIXELS / (width * height)) ** 0.5)
    return int(width * share), int(height * share)
