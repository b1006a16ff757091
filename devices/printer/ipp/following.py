"""What becomes of a job that the printer has: printed, not printed, or not known. Nothing else is said.

Printed is what the printer completed. Not printed is what it gave up without a single page out, by its own count.
Everything between is `PRINT_UNCERTAIN`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from devices.contract import Job
from devices.printer.ipp.client import Client, IppRefusedError
from devices.printer.ipp.patience import Clockwork, Patience
from devices.printer.ipp.printer import JobInfo, JobState, Printer
from devices.printer.ipp.reasons import blocker, ended_badly
from devices.printer.ipp.transport import HttpRefusedError, LostError
from kiosk.failure import Failure, KioskError

_POLL: Final = 0.25
_CANCEL_POLL = 0.1
_WHEN_CANCELLED = 1.4
_ASKING = 1.0
Trouble = tuple[Failure, str]


@dataclass(slots=True)
class _Watch:
    """What was seen while following. `moved` is when the job last got somewhere, `heard` when anybody answered."""

    moved: float
    heard: float
    impressions: int = 0
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Follower:
    """Follows one job. `look` tells how the printer itself is; it raises `LostError` while that does not answer.

    `untouched` decides whether an ended job left no page: the printer's own count, unless somebody knows better.
    """

    client: Client
    key: str
    pages: int
    job: Job
    clock: Clockwork
    patience: Patience
    look: Callable[[], Printer]
    familiar: frozenset[str] = frozenset()
    untouched: Callable[[JobInfo], bool] = field(default=lambda job: job.untouched)

    def follow(self, number: int) -> int:
        """Pages printed.

        Raises:
            KioskError: `PRINT_UNCERTAIN`, or what kept the printer from printing anything.
        """
        now = time.monotonic()
        watch = _Watch(now, now)
        while True:
            job = self._ask(number, watch)
            if job is not None and job.ended:
                return self._conclude(job)
            if self.clock.given_up:
                return self.withdraw(number, (Failure.DEVICE_CANCELLED, "given_up"), _WHEN_CANCELLED)
            ended = self._patience_ended(job, watch)
            if ended is not None:
                return self.withdraw(number, ended, self.patience.confirm)
            self.clock.pause(_POLL)

    def _ask(self, number: int, watch: _Watch) -> JobInfo | None:
        """The job as it is now, None while the printer is lost."""
        try:
            job = self._known(number)
        except LostError:
            return None
        now = time.monotonic()
        watch.heard = now
        if (job.impressions or 0) > watch.impressions:
            watch.impressions, watch.moved = job.impressions or 0, now
            self.job.progress(min(0.95, watch.impressions / max(1, self.pages)))
        if job.ended:
            return job
        try:
            watch.trouble = blocker(self.look(), self.familiar)
        except (LostError, HttpRefusedError, IppRefusedError):
            watch.trouble = Failure.PRINTER_OFFLINE, "unreachable"
        if watch.trouble is None and job.state not in {JobState.STOPPED, JobState.HELD}:
            watch.moved = now
        return job

    def _known(self, number: int) -> JobInfo:
        try:
            job = self.client.job(number)
        except IppRefusedError as error:
            raise KioskError(Failure.PRINT_UNCERTAIN, cause="forgotten", ipp=str(error)) from None
        except HttpRefusedError as error:
            raise KioskError(Failure.PRINT_UNCERTAIN, cause="refused", http=error.status) from None
        if not job.name.startswith(self.key):
            # Switched off and on: it counts its jobs from the beginning again.
            raise KioskError(Failure.PRINT_UNCERTAIN, cause="forgotten")
        return job

    def _patience_ended(self, job: JobInfo | None, watch: _Watch) -> Trouble | None:
        now = time.monotonic()
        if now - watch.heard >= self.patience.lost:
            raise KioskError(Failure.PRINT_UNCERTAIN, cause=Failure.PRINTER_OFFLINE.code)
        if job is None and not self.clock.over:
            return None
        trouble = watch.trouble or (Failure.PRINTER_BUSY, "too_slow")
        offline = trouble[0] is Failure.PRINTER_OFFLINE
        if now - watch.moved >= (self.patience.lost if offline else self.patience.hold) or self.clock.over:
            return trouble
        return None

    def withdraw(self, number: int, cause: Trouble, seconds: float) -> int:
        """Cancel, and see what became of it: printed after all, nothing came out (raises `cause`), or not known."""
        until, asked = time.monotonic() + seconds, False
        self.client.tick = lambda: self.clock.given_up and False
        while time.monotonic() < until:
            left = min(_ASKING, max(0.1, until - time.monotonic()))
            try:
                if not asked:
                    self._cancel(number, left)
                    asked = True
                job = self.client.job(number, left)
            except (LostError, HttpRefusedError, IppRefusedError):
                asked = False
            else:
                if job.ended:
                    return self._after_cancel(job, cause)
            # Not `clock.pause`: a job that was given up no longer waits.
            time.sleep(_CANCEL_POLL)
        raise KioskError(Failure.PRINT_UNCERTAIN, cause=cause[0].code)

    def _cancel(self, number: int, seconds: float) -> None:
        try:
            self.client.cancel(number, seconds)
        except IppRefusedError:
            # Too late to be cancelled: its state tells how it ended.
            return

    def _after_cancel(self, job: JobInfo, cause: Trouble) -> int:
        if job.state == JobState.COMPLETED:
            return self._conclude(job)
        if self.untouched(job):
            raise KioskError(cause[0], reason=cause[1])
        raise KioskError(Failure.PRINT_UNCERTAIN, cause=cause[0].code)

    def _conclude(self, job: JobInfo) -> int:
        if job.state == JobState.COMPLETED:
            return self._completed(job)
        try:
            printer: Printer | None = self.look()
        except (LostError, HttpRefusedError, IppRefusedError):
            printer = None
        why = ended_badly(job, printer)
        if self.untouched(job):
            raise why
        raise KioskError(Failure.PRINT_UNCERTAIN, cause=why.failure.code)

    def _completed(self, job: JobInfo) -> int:
        """A count of nothing is a printer that does not count; one that does must have come to the last page."""
        if "job-completed-with-errors" in job.reasons or 0 < (job.impressions or 0) < self.pages:
            raise KioskError(Failure.PRINT_UNCERTAIN, cause="incomplete")
        self.job.progress(1.0)
        return self.pages
