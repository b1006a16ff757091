"""The driver: asks how the printer stands, sends a paper, and says "printed" only when the printer has said so."""

import time
from typing import Final

from devices.contract import Condition, Job, Paper, Setup
from devices.printer.escpos.encode import encode
from devices.printer.escpos.settings import settings_of
from devices.printer.escpos.talk import Talk
from devices.printer.escpos.wire import WireError
from kiosk.failure import Failure, KioskError

_CHECK: Final = 0.25
_ASKING: Final = 0.6
_AGAIN: Final = 0.4
# What may pass by itself within seconds: waited for before anything is sent.
_PASSING: Final = frozenset({Failure.PRINTER_OFFLINE, Failure.PRINTER_BUSY})


class EscPosPrinter:
    """Implements `devices.contract.PrinterDriver`; the package's docstring lists its options.

    The way to the printer is kept open between papers and opened again whenever it is lost: a printer that is away is
    a state this driver reports (`PRINTER_OFFLINE`), not one it gives up over.
    """

    simulated = False

    def __init__(self, setup: Setup) -> None:
        self._settings = settings_of(setup.options)
        self._talk = Talk(self._settings)

    def open(self) -> None:
        """Nothing yet: `check` connects, and again whenever the printer comes back."""

    def check(self) -> Condition:
        """How the printer stands, or why it does not print; within a second."""
        try:
            standing = self._talk.standing(_CHECK)
        except WireError as error:
            self._talk.hang_up()
            raise error.told() from error
        if standing is None:
            return Condition("ESC/POS, answers nothing")
        if standing.trouble is not None:
            failure, cause = standing.trouble
            raise KioskError(failure, cause=cause)
        return Condition("ESC/POS", Failure.PRINTER_PAPER_LOW if standing.near_end else None)

    def close(self) -> None:
        """Let the way go."""
        self._talk.hang_up()

    def print_paper(self, paper: Paper, job: Job) -> int:
        """Print a roll: one page, once the printer said that it has worked through all of it.

        Before the first byte of the paper any trouble is told as it is; after it every end that was not confirmed is
        `PRINT_UNCERTAIN` with its cause.
        """
        data = self._encoded(paper)
        self._get_ready(job)
        try:
            self._talk.send(data, job)
            cause = self._talk.confirm(job)
        except WireError as error:
            cause = error.cause
            self._talk.hang_up()
        if cause is None:
            return 1
        self._talk.forget()
        raise KioskError(Failure.PRINT_UNCERTAIN, cause=cause)

    def _encoded(self, paper: Paper) -> bytes:
        if not paper.roll:
            raise KioskError(Failure.PRINT_REFUSED, reason="no_lines")
        try:
            return encode(paper.roll, self._settings)
        except ValueError:
            # segno: nothing to code, or more than a code holds.
            raise KioskError(Failure.PRINT_REFUSED, reason="code") from None

    def _get_ready(self, job: Job) -> None:
        """Wait, as long as patience lasts, for a printer that is away or busy; raise what only people can mend."""
        until = time.monotonic() + self._settings.patience
        while True:
            if job.cancelled:
                raise KioskError(Failure.DEVICE_CANCELLED)
            trouble = self._trouble()
            if trouble is None:
                return
            if trouble.failure not in _PASSING or time.monotonic() >= until:
                raise trouble
            job.wait(_AGAIN)

    def _trouble(self) -> KioskError | None:
        try:
            standing = self._talk.standing(_ASKING)
        except WireError as error:
            self._talk.hang_up()
            return error.told()
        if standing is None or standing.trouble is None:
            return None
        failure, cause = standing.trouble
        return KioskError(failure, cause=cause)
