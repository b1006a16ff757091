"""One request to a camera, from its first live picture to its last page. Runs in the driver's process.

The live picture is shown as it comes; the sheet is judged in every one of them. A page leaves here as the whole picture
it was seen in, for `devices.page` to cut out; the two sides of an ID card leave as one finished page.
"""

import itertools
import time
from collections.abc import Callable

import cv2
import numpy as np

from devices import messages as m
from devices.camera.cards import CardSheet
from devices.camera.pictures import Pixels, Shrinker, as_jpeg, whole
from devices.camera.watch import Watch
from devices.contract import CameraDriver, Frame, Page
from devices.job import RunningJob
from devices.page.passage import through
from devices.page.workshop import Workshop
from kiosk.failure import Failure, KioskError
from kiosk.frames import LARGEST_PIXELS, FrameWriter, Picture, Sight
from kiosk.model.devices import CameraMode, CameraView, ScanPages, UseCamera

FIRST_PICTURE = 6.0
NEXT_PICTURE = 3.0
_SLICE = 0.25
_SMALLEST_SIDE = 160
_NOTHING_THERE = frozenset({Failure.PAGE_NOT_FOUND, Failure.SCANNER_BLANK})


def use(driver: CameraDriver, task: m.Use, job: RunningJob, workshop: Workshop) -> int:
    """Show what the camera sees and take pages until `max_pages` are kept or nobody lays anything down any more.

    Returns how many were kept. One with nothing on it ends nothing: another sheet may follow.

    Raises:
        KioskError: `DEVICE_HUNG` when the camera stops bringing pictures, `PAGE_NOT_FOUND` when nothing was laid down
            at all, `DEVICE_CANCELLED`, and what the driver raises.
    """
    request = UseCamera(**{name: getattr(task, name) for name in task.__struct_fields__ if name != "job"})
    showing = _Showing(request, job)
    try:
        driver.begin(request)
        return _Use(driver, request, job, showing).pages(_keeping(request, job, workshop))
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
        self._taken = self._kept = 0

    def pages(self, keep: Callable[[Page], bool]) -> int:
        """Take every page; how many were kept."""
        until = time.monotonic() + self._request.seconds
        patience = FIRST_PICTURE
        while time.monotonic() < until and self._kept < self._request.max_pages:
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
                self._take(frame, keep)
                until = time.monotonic() + self._request.seconds
        if self._kept == 0 and self._request.view is not CameraView.FACE:
            raise KioskError(Failure.PAGE_NOT_FOUND)
        return self._kept

    def _take(self, frame: Frame, keep: Callable[[Page], bool]) -> None:
        """Keep the page that lies there; an ID card gives one with its second side only."""
        if self._card is None:
            image, width, height = as_jpeg(frame)
            kept = keep(Page(image, "jpg", width, height, photo=True))
            self._watch.took(blank=not kept)
            self._taken += kept
            self._kept += kept
        elif self._watch.corners:
            # Over an empty mat a shutter takes nothing: without its edges the size of a card could not be true.
            self._card.add(whole(frame), self._watch.corners)
            self._watch.took()
            self._taken += 1
            if self._card.complete:
                self._kept += keep(self._card.page())

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


def _keeping(request: UseCamera, job: RunningJob, workshop: Workshop) -> Callable[[Page], bool]:
    """How a page is finished and handed over; False when there was nothing on it."""
    wanted = ScanPages(request.dpi, request.colour, request.max_pages)
    numbers = itertools.count(1)
    workshop.warm()

    def keep(page: Page) -> bool:
        try:
            finished = through(page, wanted, next(numbers), workshop, lambda: job.wait(0))
        except KioskError as error:
            if error.failure in _NOTHING_THERE:
                return False
            raise
        if finished is not None:
            job.deliver(finished)
        return finished is not None

    return keep


def _box(request: UseCamera) -> tuple[int, int]:
    """The size asked for, within what a ring may hold."""
    width, height = max(_SMALLEST_SIDE, request.width), max(_SMALLEST_SIDE, request.height)
    share = min(1.0, (LARGEST_PIXELS / (width * height)) ** 0.5)
    return int(width * share), int(height * share)
