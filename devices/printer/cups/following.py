"""What becomes of a job in a queue of cupsd. The printer behind the queue is believed, cupsd only where there is none.

Measured with cupsd 2.4: it counts pages before they are printed, it calls a job completed when the printer came back
from a power cut and has forgotten it, it stays `processing` for ever while the printer is gone, and when it is started
again itself it sends an unfinished job a second time or has forgotten it. The name of a job travels on to an IPP
printer, so that can be asked what really came out.
"""

import time
from dataclasses import dataclass, field
from typing import Final

from devices.contract import Job
from devices.printer.ipp.client import Client, IppRefusedError
from devices.printer.ipp.patience import Clockwork, Patience
from devices.printer.ipp.printer import JobInfo, JobState, Printer, PrinterState
from devices.printer.ipp.reasons import NOT_FOUND, blocker, ended_badly
from devices.printer.ipp.transport import HttpRefusedError, LostError
from kiosk.failure import Failure, KioskError

_POLL: Final = 0.2
_POLL_LOST: Final = 0.05
_ASKING: Final = 1.0
_WHEN_CANCELLED: Final = 1.4
GAVE_UP: Final = "queue_gave_up"
"""The reason of a paper that cupsd dropped because its line to the printer broke: nothing came out."""
_RESTARTED: Final = "cups_restarted"
_HISTORY_GONE: Final = "cups-ipp-missing-job-history"
_SILENT = (LostError, HttpRefusedError, IppRefusedError)
Trouble = tuple[Failure, str]


@dataclass(slots=True)
class _Seen:
    """What was seen last. `queued` is None while cupsd does not answer or has forgotten the job.

    `moved` is when the job last got somewhere, `heard` when anybody last knew of it. `printed` are its jobs at the
    printer: two, when cupsd has sent it twice.
    """

    moved: float
    heard: float
    queued: JobInfo | None = None
    forgotten: bool = False
    lost_queue: bool = False
    begun: bool = False
    silent: bool = False
    known: bool = False
    lists: bool = True
    dropped_at: float | None = None
    printed: list[JobInfo] = field(default_factory=list)
    trouble: Trouble | None = None
    impressions: int = 0


@dataclass(frozen=True, slots=True)
class QueueFollower:
    """Follows a job of `queue` whose name begins with `key`; `printer` is what stands behind it, if it can be asked.

    `before` is how that printer, or else the queue, was before the job.
    """

    queue: Client
    printer: Client | None
    key: str
    pages: int
    job: Job
    clock: Clockwork
    patience: Patience
    before: Printer

    def follow(self, number: int) -> int:
        """Pages printed.

        Raises:
            KioskError: `PRINT_UNCERTAIN`, or what kept the printer from printing anything.
        """
        now = time.monotonic()
        seen = _Seen(now, now)
        while True:
            self._look(number, seen)
            if self._over(seen):
                return self._conclude(number, seen, None)
            cause = self._reason_to_stop(seen)
            if cause is not None:
                return self._withdraw(number, seen, cause)
            self.clock.pause(_POLL_LOST if seen.queued is None else _POLL)

    # looking

    def _look(self, number: int, seen: _Seen) -> None:
        self._look_at_queue(number, seen)
        if self.printer is None:
            seen.printed = [seen.queued] if seen.queued is not None and not seen.forgotten else []
            return
        try:
            found, seen.lists = self._at_printer(self.printer)
        except _SILENT:
            seen.silent = True
            seen.trouble = Failure.PRINTER_OFFLINE, "unreachable"
            return
        seen.silent, seen.printed = False, found
        if found:
            seen.known, seen.heard = True, time.monotonic()
        seen.dropped_at = (seen.dropped_at or time.monotonic()) if _dropped(seen) else None
        impressions = sum(job.impressions or 0 for job in found)
        if impressions > seen.impressions:
            seen.impressions, seen.moved = impressions, time.monotonic()
            self.job.progress(min(0.95, impressions / max(1, self.pages)))

    def _look_at_queue(self, number: int, seen: _Seen) -> None:
        try:
            seen.queued = self.queue.job(number, _ASKING)
            seen.forgotten = not seen.queued.name.startswith(self.key)
        except IppRefusedError as error:
            seen.forgotten = error.status in NOT_FOUND
            seen.queued = None
        except (LostError, HttpRefusedError) as error:
            # Slow is not gone.
            seen.lost_queue = seen.lost_queue or "too_late" not in error.args
            seen.queued = None
            return
        seen.heard = time.monotonic()
        if seen.queued is not None:
            seen.begun = seen.begun or seen.queued.state not in {JobState.PENDING, JobState.HELD}
        self._look_for_trouble(seen)

    def _look_for_trouble(self, seen: _Seen) -> None:
        seen.trouble = self._queue_trouble(seen)
        if seen.trouble is not None:
            return
        try:
            printer = (self.printer or self.queue).printer(_ASKING)
        except _SILENT:
            seen.trouble = Failure.PRINTER_OFFLINE, "unreachable"
            return
        if self.printer is None and _history_gone(printer):
            raise KioskError(Failure.PRINT_UNCERTAIN, cause="forgotten")
        seen.trouble = blocker(printer, self.before.reasons)
        if seen.trouble is None:
            seen.moved = time.monotonic()

    def _queue_trouble(self, seen: _Seen) -> Trouble | None:
        """A job that does not get out of the queue: somebody has stopped that, or cupsd waits before another try."""
        state = seen.queued.state if seen.queued is not None else JobState.PROCESSING
        if state == JobState.HELD:
            return Failure.PRINTER_OFFLINE, "held"
        if state not in {JobState.PENDING, JobState.STOPPED}:
            return None
        try:
            stopped = self.queue.printer(_ASKING).state == PrinterState.STOPPED
        except _SILENT:
            return None
        return (Failure.PRINTER_STOPPED, "queue_stopped") if stopped else None

    def _at_printer(self, printer: Client) -> tuple[list[JobInfo], bool]:
        """Jobs with our name, and whether the printer lists ended ones at all."""
        jobs, lists = printer.jobs("not-completed", seconds=_ASKING), True
        try:
            jobs += printer.jobs("completed", seconds=_ASKING)
        except IppRefusedError:
            lists = False
        return [job for job in jobs if job.name.startswith(self.key)], lists

    # deciding

    def _over(self, seen: _Seen) -> bool:
        if self.printer is None or not seen.printed:
            # What cupsd says of a printer that does not answer now is not believed until that does.
            return seen.queued is not None and seen.queued.ended and not seen.silent
        return not seen.silent and all(job.ended for job in seen.printed)

    def _reason_to_stop(self, seen: _Seen) -> Trouble | None:
        if self.clock.given_up:
            return Failure.DEVICE_CANCELLED, "given_up"
        return self._broken(seen) or self._too_long(seen)

    def _broken(self, seen: _Seen) -> Trouble | None:
        """What will not mend by waiting."""
        if seen.lost_queue and seen.queued is not None and not seen.queued.ended:
            # Started again, and about to send the paper a second time.
            return Failure.PRINTER_OFFLINE, _RESTARTED
        if seen.forgotten and not seen.printed and not seen.silent:
            return Failure.PRINTER_OFFLINE, _RESTARTED
        if seen.dropped_at is not None and time.monotonic() - seen.dropped_at >= self.patience.settle:
            return Failure.PRINTER_OFFLINE, GAVE_UP
        return None

    def _too_long(self, seen: _Seen) -> Trouble | None:
        now = time.monotonic()
        if now - seen.heard >= self.patience.lost or self.clock.over:
            return seen.trouble or (Failure.PRINTER_BUSY, "too_slow")
        if seen.trouble is None:
            return None
        offline = seen.trouble[0] is Failure.PRINTER_OFFLINE
        return seen.trouble if now - seen.moved >= (self.patience.lost if offline else self.patience.hold) else None

    # ending

    def _withdraw(self, number: int, seen: _Seen, cause: Trouble) -> int:
        """Cancel in the queue, then at the printer what is still there, and see what became of it."""
        restarted = cause[1] == _RESTARTED
        until = time.monotonic() + (_WHEN_CANCELLED if self.clock.given_up else self.patience.confirm)
        for client in (self.queue, self.printer):
            if client is not None:
                client.tick = lambda: self.clock.given_up and False
        gone_since: float | None = None
        while time.monotonic() < until:
            # A job that cupsd has begun to send again is the printer's to finish, if it was there already.
            quiet = self._cancel_in_queue(number) and (restarted or self._cancel_at_printer())
            self._look(number, seen)
            if quiet and not seen.silent and all(job.ended for job in seen.printed):
                gone_since = gone_since or time.monotonic()
                if seen.printed or self.printer is None or time.monotonic() - gone_since >= self._settle():
                    return self._conclude(number, seen, cause)
            else:
                gone_since = None
            until = self._longer(until, seen) if restarted else until
            time.sleep(_POLL_LOST)
        raise KioskError(Failure.PRINT_UNCERTAIN, cause=cause[0].code)

    def _settle(self) -> float:
        return 0.3 if self.clock.given_up else self.patience.settle

    def _longer(self, until: float, seen: _Seen) -> float:
        """A printer that goes on printing is waited for."""
        at_work = not self.clock.given_up and any(not job.ended for job in seen.printed)
        return min(self.clock.until, time.monotonic() + self.patience.confirm) if at_work else until

    def _cancel_in_queue(self, number: int) -> bool:
        try:
            self.queue.cancel(number, _ASKING)
        except IppRefusedError:
            return True
        except (LostError, HttpRefusedError):
            return False
        return True

    def _cancel_at_printer(self) -> bool:
        if self.printer is None:
            return True
        try:
            for job in self._at_printer(self.printer)[0]:
                if not job.ended:
                    self.printer.cancel(job.number, _ASKING)
        except IppRefusedError:
            return True
        except (LostError, HttpRefusedError):
            return False
        return True

    def _conclude(self, number: int, seen: _Seen, cause: Trouble | None) -> int:
        """All of it has ended. `cause` is why it was withdrawn, None when it ended by itself."""
        if any(self._whole(job) for job in seen.printed) or self._taken_on_trust(seen):
            self._tidy(number)
            self.job.progress(1.0)
            return self.pages
        why = KioskError(cause[0], reason=cause[1]) if cause else self._why(seen)
        # Whatever its error policy says: nothing of it is tried again unasked.
        self._cancel_in_queue(number)
        if self._untouched(seen, cause):
            raise why
        raise KioskError(Failure.PRINT_UNCERTAIN, cause=why.failure.code)

    def _whole(self, job: JobInfo) -> bool:
        counted = job.impressions or 0
        return job.state == JobState.COMPLETED and not (
            "job-completed-with-errors" in job.reasons or 0 < counted < self.pages
        )

    def _taken_on_trust(self, seen: _Seen) -> bool:
        """The printer lists nothing it has done: then cupsd saw the job's end, if nobody was lost on the way."""
        if self.printer is None or seen.queued is None or seen.queued.state != JobState.COMPLETED:
            return False
        if seen.known and seen.lists:
            return False
        try:
            queue, printer = self.queue.printer(_ASKING), self.printer.printer(_ASKING)
        except _SILENT:
            return False
        rebooted = self.before.up is not None and printer.up is not None and printer.up < self.before.up
        return not rebooted and not seen.lost_queue and not _history_gone(queue)

    def _untouched(self, seen: _Seen, cause: Trouble | None) -> bool:
        if self.printer is None:
            return not seen.begun and seen.queued is not None
        if seen.printed:
            return all(job.untouched for job in seen.printed)
        if seen.silent or seen.forgotten or seen.known or (cause is not None and cause[1] == _RESTARTED):
            return False
        return seen.queued is not None and seen.queued.state != JobState.COMPLETED

    def _why(self, seen: _Seen) -> KioskError:
        if seen.trouble is not None:
            return KioskError(seen.trouble[0], reason=seen.trouble[1])
        if seen.printed:
            return ended_badly(seen.printed[0], None)
        if seen.queued is not None and self.printer is None:
            return ended_badly(seen.queued, None)
        return KioskError(Failure.PRINTER_OFFLINE, reason=GAVE_UP)

    def _tidy(self, number: int) -> None:
        """The paper is out; cupsd learns of it a moment later, and must not send it again if it was started anew."""
        until = time.monotonic() + _WHEN_CANCELLED
        while time.monotonic() < until and not self.clock.given_up:
            try:
                if self.queue.job(number, _ASKING).ended:
                    return
            except (LostError, HttpRefusedError):
                break
            except IppRefusedError:
                return
            self.clock.pause(_POLL)
        self._cancel_in_queue(number)


def _history_gone(queue: Printer) -> bool:
    return any(reason.startswith(_HISTORY_GONE) for reason in queue.reasons)


def _dropped(seen: _Seen) -> bool:
    """Whether cupsd is through with a job whose document the printer still waits for: the line broke under it."""
    if seen.queued is None or not seen.queued.ended or not seen.printed:
        return False
    return all(job.state == JobState.HELD or "job-incoming" in job.reasons for job in seen.printed if not job.ended)
