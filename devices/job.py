"""The request a driver is working on, from inside its process: the `Job` of `devices.contract`, and the page window."""

import math
import os
import threading
import time

from devices.channel import Channel, as_memory
from devices.messages import Advanced, Alive, FileOut, Handover, Offer, PageIn, PreviewIn, ToChild
from devices.page.finished import FinishedPage
from kiosk.failure import Failure, KioskError
from kiosk.frames import FrameWriter

PAGES_IN_FLIGHT = 4
_PULSE = 0.25
_STEP = 0.02


class RunningJob:
    """One job. `cancel` and `taken` are called by the thread that listens, all else by the driver's thread."""

    def __init__(self, channel: Channel[ToChild], number: int, seconds: float = math.inf) -> None:
        self.number = number
        self._channel = channel
        self._until = time.monotonic() + seconds
        self._cancelled = threading.Event()
        self._window = threading.BoundedSemaphore(PAGES_IN_FLIGHT)
        self._shutter = threading.Event()
        self._beat = 0.0
        self._told = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the other side has given up waiting."""
        self._pulse()
        return self._cancelled.is_set()

    @property
    def seconds_left(self) -> float:
        """Time left in seconds, never below zero."""
        self._pulse()
        return max(0.0, self._until - time.monotonic())

    def wait(self, seconds: float) -> None:
        """Sleep, showing life all the while; see `Job.wait`."""
        until = time.monotonic() + seconds
        while True:
            self._raise_if_over()
            rest = until - time.monotonic()
            if rest <= 0:
                return
            self._cancelled.wait(max(0.0, min(rest, _PULSE, self._until - time.monotonic())))

    def progress(self, fraction: float) -> None:
        """Tell the host, at most every 20 ms."""
        now = time.monotonic()
        if fraction >= 1.0 or now - self._told >= _STEP:
            self._told = now
            self._channel.send(Advanced(self.number, min(1.0, max(0.0, float(fraction)))))

    def deliver(self, page: FinishedPage) -> None:
        """Hand a page over. Waits while the host still has `PAGES_IN_FLIGHT` pages to take."""
        while not self._window.acquire(timeout=_PULSE):
            self._raise_if_over()
        memory = as_memory(page.image)
        try:
            length = len(page.image)
            findings = tuple(failure.code for failure in page.findings)
            words = PageIn(
                self.number, page.extension, page.width, page.height, length, findings, page.codes, page.text
            )
            self._channel.send(words, memory)
        finally:
            os.close(memory)

    def open_preview(self, frames: FrameWriter) -> None:
        """Hand the ring of live pictures over."""
        self._channel.send(PreviewIn(self.number, frames.length), frames.memory)

    def tell(self, word: Handover | Offer | FileOut) -> None:
        """Say something of foreign files."""
        self._channel.send(word)

    def shutter(self) -> bool:
        """Whether the shutter was pressed since this was last asked."""
        self._pulse()
        pressed = self._shutter.is_set()
        self._shutter.clear()
        return pressed

    def press(self) -> None:
        """The person has pressed the shutter."""
        self._shutter.set()

    def cancel(self) -> None:
        """The host has given up."""
        self._cancelled.set()

    def taken(self) -> None:
        """The host has copied a page."""
        self._window.release()

    def _raise_if_over(self) -> None:
        self._pulse()
        if self._cancelled.is_set():
            raise KioskError(Failure.DEVICE_CANCELLED)
        if time.monotonic() >= self._until:
            raise KioskError(Failure.CARD_ABSENT)

    def _pulse(self) -> None:
        now = time.monotonic()
        if now - self._beat >= _PULSE:
            self._beat = now
            self._channel.send(Alive())
