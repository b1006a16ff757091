"""Driver `ipp`: an A4 printer that speaks IPP itself, over the network or through ipp-usb on localhost.

Options beside those of `devices.printer.ipp.patience`:

uri
    `ipp://192.168.1.20:631/ipp/print`, or `ipps://…`. An address rather than a name: looking a name up can take longer
    than the printer.
certificate
    With `ipps`: the SHA-256 of the printer's certificate in hex. Without it any certificate is taken.
user
    What this terminal calls itself there; made from the machine when left out. Two terminals at one printer must not
    share it: each cancels what an earlier life of its own has left behind.
format
    `auto` (the default: PDF where the printer takes it, else PWG Raster), `pdf` or `raster`.
sides
    `one-sided` (the default), `two-sided-long-edge`, `two-sided-short-edge`.

Papers left behind by an earlier life of this driver are cancelled at the printer before anything else, and `check`
says how many there were.
"""

import contextlib
import hashlib
import platform
import secrets
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from devices.contract import Condition, Job, Paper, Setup
from devices.printer.ipp.client import Client, IppRefusedError
from devices.printer.ipp.codec import Attribute, Tag, attribute
from devices.printer.ipp.document import Document, document_for
from devices.printer.ipp.following import Follower
from devices.printer.ipp.patience import Clockwork, patience_of
from devices.printer.ipp.printer import Operation, Printer
from devices.printer.ipp.reasons import http_refused, low, refused, standing_blocker
from devices.printer.ipp.sending import Errand, send
from devices.printer.ipp.transport import HttpRefusedError, Line, LostError, endpoint_of
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import PageSize

FEELING: Final = 0.8
"""Seconds a check may take: the contract gives it one."""
_RETRY = 0.3
_PREFIX: Final = "jinban-"
_LONGEST_TITLE = 100
_SIDES: Final = ("one-sided", "two-sided-long-edge", "two-sided-short-edge")
_FORMATS: Final = ("auto", "pdf", "raster")
# Statuses, of IPP and of HTTP, with which a printer puts off what it could answer another time.
_NOT_NOW: Final = frozenset({0x0502, 0x0505, 0x0506, 0x0507, 429, 503})


class IppPrinter:
    """Implements `devices.contract.PrinterDriver`."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        self._options = setup.options
        self._user = setup.options.get("user") or _own_name(setup)
        self._mark = f"{self._user}-"
        self._swept = False
        self._left_over = 0

    def open(self) -> None:
        """Read the options. A printer that is switched off is no reason to fail: `check` says so until it is back.

        Raises:
            KioskError: `CONFIG_INVALID` with the option's name.
        """
        self._patience = patience_of(self._options)
        self._format = _one_of(self._options, "format", _FORMATS)
        self._sides = _one_of(self._options, "sides", _SIDES)
        self._client = self._connect()
        self._try_to_sweep()

    def _connect(self) -> Client:
        uri = self._options.get("uri", "")
        return Client(Line(endpoint_of(uri, self._options.get("certificate", ""))), uri, self._user)

    def check(self) -> Condition:
        """The model, what is nearly used up, and what was left behind; raises what keeps it from printing."""
        self._client.tick = lambda: False
        try:
            printer = self._ask_printer(self._client, FEELING)
            self._try_to_sweep()
        finally:
            self._hang_up()
        return self._condition(printer)

    def _condition(self, printer: Printer) -> Condition:
        found = standing_blocker(printer)
        if found is not None:
            raise KioskError(found[0], reason=found[1])
        scarce = low(printer)
        return Condition(self._words(printer, *(word for word, _ in scarce)), scarce[0][1] if scarce else None)

    def _words(self, printer: Printer, *more: str) -> str:
        words = [printer.model, *more, *([f"cancelled={self._left_over}"] if self._left_over else [])]
        return ", ".join(word for word in words if word)

    def close(self) -> None:
        """Hang up."""
        if hasattr(self, "_client"):
            self._hang_up()

    def _hang_up(self) -> None:
        """Many a printer has room for one talk only, and others want to print, too."""
        self._client.line.close()

    def print_paper(self, paper: Paper, job: Job) -> int:
        """Print one paper and follow it to its end; see `devices.printer.ipp.sending` and `.following`."""
        clock = Clockwork(job, self._patience.whole)
        self._client.tick = lambda: job.cancelled
        if paper.size is not PageSize.A4:
            raise KioskError(Failure.PRINT_REFUSED, reason="size")
        printer = self._reach(clock)
        self._sweep()
        document = document_for(paper.pdf, printer, self._format)
        errand = self._errand_of(self._errand(paper, document, printer))
        self._validate(errand)
        job.progress(0.02)
        try:
            return self._deliver(errand, job, clock)
        except KioskError as error:
            if error.failure is Failure.PRINT_UNCERTAIN:
                self._swept = False
            raise
        finally:
            self._hang_up()

    def _deliver(self, errand: Errand, job: Job, clock: Clockwork) -> int:
        number = send(self._client, errand, clock, self._patience)
        return self._follow(errand, number, job, clock)

    def _follow(self, errand: Errand, number: int, job: Job, clock: Clockwork) -> int:
        follower = Follower(
            self._client,
            errand.key,
            errand.document.pages,
            job,
            clock,
            self._patience,
            self._client.printer,
            errand.before.reasons,
        )
        return follower.follow(number)

    def _errand_of(self, errand: Errand) -> Errand:
        """Where a subclass knows how far its server can be trusted."""
        return errand

    def _errand(self, paper: Paper, document: Document, printer: Printer) -> Errand:
        key = self._new_key()
        return Errand(key, key + paper.title[:_LONGEST_TITLE], document, self._template(printer), printer)

    def _new_key(self) -> str:
        return f"{self._mark}{secrets.token_hex(5)} "

    def _template(self, printer: Printer) -> list[Attribute]:
        """Only what the printer knows: many refuse a job for a word they have never heard."""
        wanted = []
        if printer.copies:
            wanted.append(attribute("copies", Tag.INTEGER, 1))
        if printer.a4 is not None:
            wanted.append(attribute("media", Tag.KEYWORD, printer.a4))
        if self._sides in printer.sides:
            wanted.append(attribute("sides", Tag.KEYWORD, self._sides))
        return wanted

    def _validate(self, errand: Errand) -> None:
        if Operation.VALIDATE_JOB not in errand.before.operations:
            return
        try:
            passed_over = self._client.validate(errand.name, errand.document.format, errand.template)
        except IppRefusedError as error:
            # Busy is no answer to the question; sending finds out, and waits.
            if refused(error.status).failure is not Failure.PRINTER_BUSY:
                raise refused(error.status) from None
        except HttpRefusedError as error:
            raise http_refused(error.status) from None
        except LostError:
            # Sending waits for a lost printer, too.
            return
        else:
            if "media" in passed_over:
                raise KioskError(Failure.PRINT_REFUSED, reason="media")

    def _reach(self, clock: Clockwork) -> Printer:
        return self._reach_at(self._client, clock)

    def _reach_at(self, client: Client, clock: Clockwork) -> Printer:
        """The printer, once it answers and nothing stands in its way.

        Raises:
            KioskError: nothing was printed.
        """
        printer = self._patiently(lambda: self._ask_printer(client, self._asking), clock)
        found = standing_blocker(printer)
        if found is not None:
            raise KioskError(found[0], reason=found[1])
        if printer.a4 is None:
            raise KioskError(Failure.PRINT_REFUSED, reason="no_a4")
        return printer

    @property
    def _asking(self) -> float:
        return min(2.0, self._patience.reach)

    def _patiently(self, ask: Callable[[], Printer], clock: Clockwork) -> Printer:
        """Ask again for a while when nobody answers: a printer wakes up, a cable is put back."""
        until = time.monotonic() + self._patience.reach
        while True:
            try:
                return ask()
            except KioskError as error:
                if error.failure is not Failure.PRINTER_OFFLINE or time.monotonic() >= until:
                    raise
            clock.wait(_RETRY)

    def _ask_printer(self, client: Client, seconds: float) -> Printer:
        try:
            return client.printer(seconds)
        except LostError as error:
            raise KioskError(Failure.PRINTER_OFFLINE, why=error.why) from None
        except HttpRefusedError as error:
            raise http_refused(error.status) from None
        except IppRefusedError as error:
            raise refused(error.status) from None

    def _try_to_sweep(self) -> None:
        try:
            self._sweep()
        except KioskError:
            return

    def _sweep(self) -> None:
        """Cancel what an earlier life has left: it must not print unasked.

        Raises:
            KioskError: `PRINTER_OFFLINE`: it could not be done.
        """
        if self._swept:
            return
        try:
            self._sweep_all()
        except LostError as error:
            raise KioskError(Failure.PRINTER_OFFLINE, why=error.why) from None
        except (HttpRefusedError, IppRefusedError) as error:
            # It lists no jobs: then there is nothing to be found either. One that is only busy is asked again.
            if error.status in _NOT_NOW:
                return
        self._swept = True

    def _sweep_all(self) -> None:
        self._sweep_one(self._client)

    def _sweep_one(self, client: Client) -> None:
        for job in client.jobs("not-completed", seconds=FEELING):
            if job.name.startswith(self._mark):
                # One that can be cancelled no more must not stand before the next.
                with contextlib.suppress(IppRefusedError):
                    client.cancel(job.number, FEELING)
                    self._left_over += 1


def _own_name(setup: Setup) -> str:
    """Different for every data directory on every machine, the same after a restart, and about nobody."""
    try:
        machine = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        machine = platform.node()
    where = f"{machine}/{setup.data}/{setup.name}"
    return _PREFIX + hashlib.sha256(where.encode()).hexdigest()[:10]


def _one_of(options: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    word = options.get(name, words[0])
    if word not in words:
        raise KioskError(Failure.CONFIG_INVALID, option=name)
    return word
