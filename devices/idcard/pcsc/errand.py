"""One card being read, on a thread of its own: pcscd has no deadline for a command, so whoever waits must have one.

A thread that hangs in pcscd cannot be stopped, only left: it ends by itself once the card is pulled, the reader
unplugged or pcscd restarted. Until then nothing else is said to that reader.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from devices.contract import Job
from devices.idcard.pcsc import codes
from devices.idcard.pcsc.dialogue import read_elements
from devices.idcard.pcsc.records import card_of
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard

_CONNECTING = 6.0
_SHARING = 1.0
_SHARING_PAUSE = 0.05
_STEPS = 9.0
_GLANCE = 0.1
_FIRST_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Patience:
    """How long in seconds: for one command, and for the whole card."""

    apdu: float
    whole: float


class Errand:
    """Reads the card in one reader. Made and waited for by the driver's thread."""

    def __init__(self, scard: Any, reader: str, patience: Patience) -> None:
        self._scard = scard
        self._reader = reader
        self._patience = patience
        self._left = threading.Event()
        self._answered = threading.Event()
        self._until = time.monotonic() + patience.whole
        self._step_until = time.monotonic() + _CONNECTING
        self._steps = 0
        self._card: IdCard | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="card-errand", daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether its thread has ended, and with it all that it held."""
        return not self._thread.is_alive()

    @property
    def stuck(self) -> bool:
        """Whether it was left and still hangs in pcscd."""
        return self._left.is_set() and not self.over

    def card(self, job: Job) -> IdCard:
        """The card, waited for as long as patience lasts.

        Raises:
            KioskError: what stood in the way; `DEVICE_DISTURBED` when patience is at its end; `DEVICE_CANCELLED`.
        """
        job.progress(_FIRST_STEP)
        while not self._answered.wait(_GLANCE):
            if job.cancelled:
                self._left.set()
                raise KioskError(Failure.DEVICE_CANCELLED)
            if time.monotonic() > min(self._until, self._step_until):
                self._left.set()
                raise KioskError(Failure.DEVICE_DISTURBED, reason="time_up", command=self._steps)
            job.progress(min(1.0, self._steps / _STEPS))
        # Nothing of the card stays here: an errand is kept until the next one, to see whether it hangs.
        card, error, self._card, self._error = self._card, self._error, None, None
        if card is not None:
            return card
        raise error or KioskError(Failure.DEVICE_DISTURBED)

    # the errand's thread

    def _run(self) -> None:
        try:
            with suppress(_LeftError):
                self._visit()
        except BaseException as error:  # noqa: BLE001 - raised again on the driver's thread
            self._error = error
        finally:
            self._answered.set()

    def _visit(self) -> None:
        code, context = self._scard.SCardEstablishContext(self._scard.SCARD_SCOPE_SYSTEM)
        codes.demand(code)
        try:
            handle, protocol = self._connect(context)
            try:
                card = card_of(read_elements(self._speaking(handle, protocol)))
                if not self._left.is_set():
                    self._card = card
                self._answered.set()
            finally:
                self._scard.SCardDisconnect(handle, self._scard.SCARD_LEAVE_CARD)
        finally:
            self._scard.SCardReleaseContext(context)

    def _connect(self, context: Any) -> tuple[Any, Any]:
        """Take the card for this driver alone; whoever had it may need a moment to let go."""
        protocols = self._scard.SCARD_PROTOCOL_T0 | self._scard.SCARD_PROTOCOL_T1
        until = time.monotonic() + _SHARING
        while True:
            code, handle, protocol = self._scard.SCardConnect(
                context, self._reader, self._scard.SCARD_SHARE_EXCLUSIVE, protocols
            )
            if codes.plain(code) != codes.SHARING_VIOLATION or time.monotonic() > until:
                codes.demand(code)
                return handle, protocol
            time.sleep(_SHARING_PAUSE)

    def _speaking(self, handle: Any, protocol: Any) -> Callable[[bytes], bytes]:
        pci = self._scard.SCARD_PCI_T0 if protocol == self._scard.SCARD_PROTOCOL_T0 else self._scard.SCARD_PCI_T1

        def transmit(command: bytes) -> bytes:
            if self._left.is_set():
                raise _LeftError
            self._steps += 1
            self._step_until = time.monotonic() + self._patience.apdu
            try:
                code, answer = self._scard.SCardTransmit(handle, pci, list(command))
            except SystemError:
                # pyscard 2.3 raises this for a connection that is gone, where others get a code.
                raise KioskError(Failure.DEVICE_DISTURBED, reason="no_answer") from None
            codes.demand(code)
            return bytes(answer)

        return transmit


class _LeftError(Exception):
    """Nobody waits any more."""
