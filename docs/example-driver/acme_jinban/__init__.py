"""Jinban driver `acme`: the Acme card reader on a serial port.

Options: `port` (needed), such as `/dev/ttyUSB0`.
"""

import errno
import termios
import time

import serial

from devices.contract import Job, Setup
from devices.idcard.record import parse
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard

_ANSWER_SECONDS = 0.4
_BLOCK_SECONDS = 4.0
_LONGEST_LINE = 4096
# pyserial lets termios.error through, which is no OSError; its own SerialException is one.
_ERRORS = (OSError, termios.error, ValueError)


class Reader:
    """Implements `devices.contract.IdCardDriver`."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        if set(setup.options) != {"port"} or not setup.options["port"]:
            raise KioskError(Failure.CONFIG_INVALID, option="port")
        self._address = setup.options["port"]
        self._port: serial.Serial | None = None
        self._heard = b""

    def open(self) -> None:
        """Open the port for ourselves alone and hear the reader answer."""
        try:
            self._port = serial.Serial(self._address, 9600, timeout=0.05, write_timeout=0.4, exclusive=True)
        except _ERRORS as error:
            raise _failure(error) from None
        self._card_lies()

    def check(self) -> str:
        """Feel for the reader."""
        self._card_lies()
        return "Acme reader"

    def close(self) -> None:
        """Let go of the port; called after `open`, also when that raised, and perhaps twice."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def present(self) -> bool | None:
        """Whether a card lies there."""
        return self._card_lies()

    def read(self, job: Job) -> IdCard:
        """Wait for a card, then read it whole or not at all."""
        while not self._card_lies():
            job.wait(0.1)
        text = self._block("R", "T", _BLOCK_SECONDS)
        job.progress(0.5)
        photo = self._block("", "P", _BLOCK_SECONDS)
        return parse(text, photo)

    def _card_lies(self) -> bool:
        answer = self._ask("?", _ANSWER_SECONDS)
        if answer not in {"CARD", "NONE"}:
            raise KioskError(Failure.DEVICE_DISTURBED)
        return answer == "CARD"

    def _block(self, question: str, mark: str, seconds: float) -> bytes:
        answer = self._ask(question, seconds)
        if answer == "GONE":
            raise KioskError(Failure.CARD_PULLED)
        try:
            block = bytes.fromhex(answer[1:])
        except ValueError:
            block = b""
        if not block or answer[:1] != mark:
            raise KioskError(Failure.DEVICE_DISTURBED)
        return block

    def _ask(self, question: str, seconds: float) -> str:
        """Send a line and take one back. Nothing here waits longer than it may, whatever the reader does."""
        port = self._port
        if port is None:
            raise KioskError(Failure.DEVICE_ABSENT)
        until = time.monotonic() + seconds
        try:
            if question:
                self._heard = b""
                port.reset_input_buffer()
                port.write(question.encode() + b"\n")
            while b"\n" not in self._heard:
                if time.monotonic() >= until or len(self._heard) > _LONGEST_LINE:
                    # A reader that says nothing at all is as good as gone; one that stops half-way is disturbed.
                    raise KioskError(Failure.DEVICE_DISTURBED if self._heard else Failure.DEVICE_ABSENT)
                self._heard += port.read(max(1, port.in_waiting))
        except _ERRORS as error:
            raise _failure(error) from None
        line, _, self._heard = self._heard.partition(b"\n")
        return line.decode("ascii", errors="replace").strip()


def _failure(error: Exception) -> KioskError:
    """What an error of the port means. Its own text is dropped: it names the port."""
    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.EACCES, errno.EPERM}:
        return KioskError(Failure.DEVICE_FORBIDDEN)
    return KioskError(Failure.DEVICE_BUSY if number in {errno.EAGAIN, errno.EBUSY} else Failure.DEVICE_ABSENT)
