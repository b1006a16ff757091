"""Strangers' files on their way in: listed or received by a driver, opened in the sandbox, delivered as pages."""

import itertools
import time
from collections.abc import Iterator

from devices import messages as m
from devices.contract import ForeignFile, PhoneDriver, StickDriver
from devices.job import RunningJob
from devices.page.finished import FileLimits
from devices.page.sandbox import decode
from devices.page.workshop import Workshop
from kiosk.failure import Failure, KioskError

# Opening ends before the host's own patience with a page does: a file that takes for ever costs itself alone.
_LIMITS = FileLimits(seconds=40)
_ONE_FILE_ONLY = frozenset(
    {Failure.FILE_UNSAFE, Failure.FILE_TOO_LARGE, Failure.FILE_KIND_UNKNOWN, Failure.FILE_MISSING}
)
# What the page pipeline says of a scan that is none says of a file that it is broken.
_NO_PAGE = frozenset({Failure.SCANNER_SHORT_PAGE, Failure.SCANNER_BLANK, Failure.PAGE_NOT_FOUND})


def take_foreign(
    driver: PhoneDriver | StickDriver, task: m.Receive | m.List | m.Fetch, job: RunningJob, workshop: Workshop
) -> int:
    """Serve one request about foreign files; how many pages were delivered. One bad file does not end the others.

    Raises:
        KioskError: what the driver raises; `DEVICE_CANCELLED`.
    """
    match task:
        case m.List():
            job.tell(m.Offer(task.job, driver.offered()))  # type: ignore[union-attr] # the kind of driver fits the task
            return 0
        case m.Fetch(chosen=chosen):
            return _deliver(_fetched(driver, chosen, job), job, workshop)  # type: ignore[arg-type] # same
        case m.Receive():
            return _deliver(_received(driver, task, job), job, workshop)  # type: ignore[arg-type] # same


def _fetched(driver: StickDriver, chosen: tuple[str, ...], job: RunningJob) -> Iterator[ForeignFile | KioskError]:
    for ident in chosen:
        job.wait(0)
        try:
            yield driver.fetch(ident)
        except KioskError as error:
            if error.failure not in _ONE_FILE_ONLY:
                raise
            yield error


def _received(driver: PhoneDriver, task: m.Receive, job: RunningJob) -> Iterator[ForeignFile | KioskError]:
    patience = _Patient(job, task.seconds)
    files = driver.receive(lambda url: job.tell(m.Handover(task.job, url)), patience)
    try:
        for file in itertools.islice(files, task.max_files):
            yield file
            patience.renew()
    finally:
        getattr(files, "close", lambda: None)()


def _deliver(files: Iterator[ForeignFile | KioskError], job: RunningJob, workshop: Workshop) -> int:
    pages = 0
    try:
        for file in files:
            try:
                if isinstance(file, KioskError):
                    raise file
                decoded = decode(
                    file.data,
                    file.extension,
                    limits=_LIMITS,
                    photo=file.photo,
                    workshop=workshop,
                    alive=lambda: job.wait(0),
                )
            except KioskError as error:
                if error.failure not in _ONE_FILE_ONLY | _NO_PAGE:
                    raise
                refused = Failure.FILE_UNSAFE if error.failure in _NO_PAGE else error.failure
                job.tell(m.FileOut(job.number, refused.code))
            else:
                for page in decoded:
                    job.deliver(page)
                    pages += 1
            if isinstance(file, ForeignFile):
                file.settled()
    finally:
        getattr(files, "close", lambda: None)()
    return pages


class _Patient:
    """A job that ends when nothing has come for a while: a phone put away must not hold a counter open."""

    def __init__(self, job: RunningJob, seconds: float) -> None:
        self._job = job
        self._seconds = seconds
        self.renew()

    def renew(self) -> None:
        """Something came: wait as long again."""
        self._until = time.monotonic() + self._seconds

    @property
    def cancelled(self) -> bool:
        """See `Job`."""
        return self._job.cancelled

    @property
    def seconds_left(self) -> float:
        """See `Job`."""
        return max(0.0, self._until - time.monotonic())

    def wait(self, seconds: float) -> None:
        """See `Job`.

        Raises:
            KioskError: `DEVICE_CANCELLED`, also when nobody has sent anything for too long.
        """
        if time.monotonic() >= self._until:
            raise KioskError(Failure.DEVICE_CANCELLED, reason="nothing_came")
        self._job.wait(seconds)

    def progress(self, fraction: float) -> None:
        """See `Job`."""
        self._job.progress(fraction)
