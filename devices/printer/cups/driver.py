"""Driver `cups`: a queue of cupsd.

Options beside those of `devices.printer.ipp.patience` (and `user`, `sides` of `devices.printer.ipp.driver`):

queue
    The queue's name, as `lpstat -p` shows it. Without one, the default destination is not guessed: it is required.
server
    `localhost:631`, or the path of cupsd's socket. Left out: `CUPS_SERVER` from the environment, then
    `/run/cups/cups.sock`, then `localhost:631`.
printer
    Where the printer behind the queue answers, `ipp://…`. Left out, the queue's own `ipp://` or `ipps://` address is
    asked. A queue over USB, JetDirect or LPD has none: then only cupsd itself can be believed, and a paper that it had
    begun to send and gave up is always uncertain.

cupsd keeps a printed document on its disk for a day; the driver has it deleted as soon as its end is known.

Set the queue up for one try (`lpadmin -p QUEUE -o printer-error-policy=abort-job`): cupsd repeats nothing by itself
then. Papers of ours left in the queue, or at the printer behind it, are cancelled when the driver starts.
"""

import os
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from devices.contract import Condition, Job, Paper, Setup
from devices.printer.cups.following import GAVE_UP, QueueFollower
from devices.printer.ipp.client import Client, IppRefusedError
from devices.printer.ipp.driver import FEELING, IppPrinter
from devices.printer.ipp.patience import Clockwork
from devices.printer.ipp.printer import Printer, PrinterState
from devices.printer.ipp.sending import Errand
from devices.printer.ipp.transport import IPP_PORT, Endpoint, HttpRefusedError, Line, LostError, endpoint_of
from kiosk.failure import Failure, KioskError

_TRIES: Final = 3
_PAUSE = 0.5
_SOCKET: Final = "/run/cups/cups.sock"


class CupsPrinter(IppPrinter):
    """Implements `devices.contract.PrinterDriver`."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self._behind: Client | None = None

    def _connect(self) -> Client:
        queue = self._options.get("queue", "")
        if not queue:
            raise KioskError(Failure.CONFIG_INVALID, option="queue")
        path = f"/printers/{quote(queue)}"
        at = _server(self._options.get("server") or os.environ.get("CUPS_SERVER", ""), path)
        named = self._options.get("printer", "")
        if named:
            self._behind = self._printer_at(named)
        return Client(Line(at), f"ipp://localhost{path}", self._user)

    def _printer_at(self, uri: str) -> Client:
        return Client(Line(endpoint_of(uri, self._options.get("certificate", ""))), uri, self._user)

    def _hang_up(self) -> None:
        super()._hang_up()
        if self._behind is not None:
            self._behind.line.close()

    def check(self) -> Condition:
        """The queue, and the printer behind it, which knows better what is wrong."""
        self._client.tick = lambda: False
        try:
            self._try_to_sweep()
            queue = self._look_at_queue(FEELING)
            if self._behind is None:
                return Condition(self._words(queue))
            self._behind.tick = lambda: False
            printer = self._ask_printer(self._behind, FEELING)
        finally:
            self._hang_up()
        return self._condition(printer)

    def print_paper(self, paper: Paper, job: Job) -> int:
        """Print one paper; see `devices.printer.cups.following`."""
        if self._behind is not None:
            self._behind.tick = lambda: job.cancelled
        return super().print_paper(paper, job)

    def _reach(self, clock: Clockwork) -> Printer:
        """The queue and the printer behind it, once both answer and nothing stands in the way."""
        queue = self._patiently(lambda: self._look_at_queue(self._asking), clock)
        if self._behind is not None:
            self._before = self._reach_at(self._behind, clock)
        else:
            self._before = queue
        if queue.a4 is None:
            raise KioskError(Failure.PRINT_REFUSED, reason="no_a4")
        # What a queue says of paper and troubles is what it heard during its last job.
        return replace(queue, reasons=frozenset(), ready=None, up=None)

    def _deliver(self, errand: Errand, job: Job, clock: Clockwork) -> int:
        """Once more when cupsd dropped the paper because its line broke, and the printer says nothing came out."""
        for _ in range(_TRIES - 1):
            try:
                return super()._deliver(errand, job, clock)
            except KioskError as error:
                if error.info.get("reason") != GAVE_UP or error.failure is not Failure.PRINTER_OFFLINE:
                    raise
            clock.wait(_PAUSE)
            self._reach(clock)
            key = self._new_key()
            errand = replace(errand, key=key, name=key + errand.name.removeprefix(errand.key))
        return super()._deliver(errand, job, clock)

    def _follow(self, errand: Errand, number: int, job: Job, clock: Clockwork) -> int:
        follower = QueueFollower(
            self._client,
            self._behind,
            errand.key,
            errand.document.pages,
            job,
            clock,
            self._patience,
            self._before,
        )
        try:
            return follower.follow(number)
        finally:
            self._leave_nothing(number)

    def _errand_of(self, errand: Errand) -> Errand:
        """A cupsd that was killed has forgotten its newest jobs, not its older ones: it proves nothing."""
        return replace(errand, remembers=False)

    def _leave_nothing(self, number: int) -> None:
        """A paper that has ended is nobody's business any more; where cupsd cannot be told now, the next sweep does."""
        try:
            if self._client.job(number, FEELING).ended:
                self._client.purge(number, FEELING)
        except (LostError, HttpRefusedError, IppRefusedError):
            self._swept = False

    def _sweep_all(self) -> None:
        super()._sweep_all()
        for job in self._client.jobs("completed", seconds=FEELING):
            if job.name.startswith(self._mark):
                self._client.purge(job.number, FEELING)
        if self._behind is not None:
            self._sweep_one(self._behind)

    def _look_at_queue(self, seconds: float) -> Printer:
        queue = self._ask_printer(self._client, seconds)
        if self._behind is None and urlsplit(queue.device_uri).scheme in {"ipp", "ipps"}:
            self._behind = self._printer_at(queue.device_uri)
        if not queue.accepting or queue.state == PrinterState.STOPPED:
            raise KioskError(Failure.PRINTER_STOPPED, reason="queue_stopped")
        return queue


def _server(word: str, path: str) -> Endpoint:
    """Where cupsd listens, as its own clients say it: `host`, `host:port`, `/a/socket`, `/version=…` behind."""
    if not word and Path(_SOCKET).exists():
        word = _SOCKET
    word = word.split("/version=")[0]
    if word.startswith("/"):
        return Endpoint("localhost", IPP_PORT, path, unix=word)
    return replace(endpoint_of(f"ipp://{word or 'localhost'}"), path=path)
