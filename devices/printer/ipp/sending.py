"""Handing a paper to a printer exactly once, over a line that may break at any byte.

A job carries a name nobody else uses. When a Print-Job is not answered, the printer is asked whether it knows that
name: it does (follow that job), it does not (nothing arrived, send again), or it cannot be said (`PRINT_UNCERTAIN`).
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from devices.printer.ipp.client import Client, IppRefusedError
from devices.printer.ipp.codec import Attribute
from devices.printer.ipp.document import Document
from devices.printer.ipp.patience import Clockwork, Patience
from devices.printer.ipp.printer import JobInfo, Printer, PrinterState
from devices.printer.ipp.reasons import DOUBTFUL, http_refused, refused
from devices.printer.ipp.transport import HttpRefusedError, LostError, Reach
from kiosk.failure import Failure, KioskError

_BUSY: Final = 0x0507
_RETRY = 0.3
_FIRST_SERVER_ERROR = 500
_REBOOT_SLACK = 2
_ASKING = 1.0
_WHEN_CANCELLED = 0.6
_SLOWEST_BYTES_A_SECOND = 50_000


@dataclass(frozen=True, slots=True)
class Errand:
    """One paper for one printer. `key` begins the job's name and is unique; `before` is the printer as it was.

    `remembers` says that a job it does not know never came, as long as it knows other ended ones.
    """

    key: str
    name: str
    document: Document = field(repr=False)
    template: Sequence[Attribute]
    before: Printer
    remembers: bool = True


def send(client: Client, errand: Errand, clock: Clockwork, patience: Patience) -> int:
    """The job's number at the printer, once it is certain that it has this paper once.

    Raises:
        KioskError: with anything but `PRINT_UNCERTAIN` the printer has not got it.
    """
    started = time.monotonic()
    while True:
        outcome = _attempt(client, errand, patience)
        if isinstance(outcome, int):
            return outcome
        if outcome.reach is not Reach.NOTHING:
            found = look_up(client, errand, outcome.reach, clock, patience)
            if found is not None:
                return found.number
        if time.monotonic() - started >= outcome.patience:
            raise outcome.failure
        clock.wait(_RETRY)


@dataclass(frozen=True, slots=True)
class _Miss:
    """An attempt without a job's number: how much may have arrived, and how long it is worth while to try again."""

    reach: Reach
    failure: KioskError
    patience: float = 0.0


def _attempt(client: Client, errand: Errand, patience: Patience) -> int | _Miss:
    document = errand.document
    # The longest that bytes on their way are waited for; the printer's own thinking is in `lost`.
    seconds = patience.lost + len(document.data) / _SLOWEST_BYTES_A_SECOND
    try:
        return client.print_job(errand.name, document.format, errand.template, document.data, seconds)
    except LostError as error:
        offline = KioskError(Failure.PRINTER_OFFLINE, why=error.why)
        return _Miss(error.reach, offline, patience.reach + patience.lost)
    except IppRefusedError as error:
        reach = Reach.WHOLE if error.status in DOUBTFUL else Reach.NOTHING
        return _Miss(reach, refused(error.status), patience.busy if error.status == _BUSY else 0.0)
    except HttpRefusedError as error:
        reach = Reach.WHOLE if error.status >= _FIRST_SERVER_ERROR else Reach.NOTHING
        return _Miss(reach, http_refused(error.status))


def look_up(client: Client, errand: Errand, reach: Reach, clock: Clockwork, patience: Patience) -> JobInfo | None:
    """Find this paper's job at the printer; None when the printer can be believed that it never came.

    Raises:
        KioskError: `PRINT_UNCERTAIN` when that cannot be known.
    """
    until = min(time.monotonic() + patience.lost, clock.until)
    client.tick = lambda: clock.given_up and False
    missed_since: float | None = None
    while time.monotonic() < until:
        if clock.given_up:
            until = min(until, time.monotonic() + _WHEN_CANCELLED)
        try:
            printer = client.printer(_ASKING)
            listed = _listed(client)
        except (LostError, HttpRefusedError, IppRefusedError):
            missed_since = None
        else:
            found = next((job for job in listed if job.name.startswith(errand.key)), None)
            if found is not None:
                return found
            if not _believable(printer, errand, reach, listed):
                break
            now = time.monotonic()
            missed_since = now if missed_since is None or printer.state == PrinterState.PROCESSING else missed_since
            if now - missed_since >= patience.settle:
                return None
        time.sleep(_RETRY)
    raise KioskError(Failure.PRINT_UNCERTAIN, cause="unanswered")


def _listed(client: Client) -> list[JobInfo]:
    """Jobs of ours the printer knows; some printers do not list what they have finished."""
    waiting = client.jobs("not-completed", seconds=_ASKING)
    try:
        return waiting + client.jobs("completed", seconds=_ASKING)
    except IppRefusedError:
        return waiting


def _believable(printer: Printer, errand: Errand, reach: Reach, listed: list[JobInfo]) -> bool:
    """Whether a printer that does not know a paper proves that the paper never came.

    Of a document cut off in the middle it could have printed nothing, unless it prints while it listens. One that left
    whole may have been printed and forgotten: only a printer that still remembers earlier jobs is believed then, and
    never one that was switched off meanwhile.
    """
    if _rebooted(errand.before, printer):
        return False
    if reach is Reach.PART and not errand.document.streams:
        return True
    return errand.remembers and any(job.ended for job in listed)


def _rebooted(before: Printer, now: Printer) -> bool:
    return before.up is not None and now.up is not None and now.up + _REBOOT_SLACK < before.up
