"""The `Job` a driver gets in a trial: as patient as the host's, and it remembers how long the driver kept still."""

import threading
import time

from kiosk.failure import Failure, KioskError

TIMER = "trial-cancel"
"""The name of the thread that calls a trial off."""


class TrialJob:
    """Implements `devices.contract.Job`. `cancel_after` and `seconds` count from now."""

    def __init__(self, seconds: float, cancel_after: float | None = None) -> None:
        self._until = time.monotonic() + seconds
        self._cancelled = threading.Event()
        self._touched = time.monotonic()
        self.longest_silence = 0.0
        self.steps: list[float] = []
        if cancel_after is not None:
            timer = threading.Timer(cancel_after, self._cancelled.set)
            timer.daemon, timer.name = True, TIMER
            timer.start()

    @property
    def cancelled(self) -> bool:
        """As `Job.cancelled`."""
        self._touch()
        return self._cancelled.is_set()

    @property
    def seconds_left(self) -> float:
        """As `Job.seconds_left`."""
        self._touch()
        return max(0.0, self._until - time.monotonic())

    def wait(self, seconds: float) -> None:
        """As `Job.wait`."""
        until = time.monotonic() + seconds
        while True:
            self._touch()
            if self._cancelled.is_set():
                raise KioskError(Failure.DEVICE_CANCELLED)
            if time.monotonic() >= self._until:
                raise KioskError(Failure.CARD_ABSENT)
            rest = until - time.monotonic()
            if rest <= 0:
                return
            self._cancelled.wait(max(0.0, min(rest, 0.25, self._until - time.monotonic())))

    def progress(self, fraction: float) -> None:
        """As `Job.progress`."""
        self._touch()
        self.steps.append(float(fraction))

    def over(self) -> None:
        """The request has ended: silence is counted up to here."""
        self._touch()

    def _touch(self) -> None:
        now = time.monotonic()
        self.longest_silence = max(self.longest_silence, now - self._touched)
        self._touched = now
