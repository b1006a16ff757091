"""A reader on a serial port, or behind a serial device server reached as `socket://host:port` (pyserial)."""

import errno
import re
import termios
from contextlib import suppress

import serial

from devices.idcard.sam.line import BAUDS, Line
from kiosk.failure import Failure, KioskError

_BITS_PER_BYTE = 10
_WRITING = 0.5
_SOCKET = re.compile(r"socket://[^/?#\s]+:[0-9]{1,5}")
_MEANING = {
    errno.EACCES: Failure.DEVICE_FORBIDDEN,
    errno.EPERM: Failure.DEVICE_FORBIDDEN,
    errno.EAGAIN: Failure.DEVICE_BUSY,
    errno.EBUSY: Failure.DEVICE_BUSY,
}
# pyserial lets plain OSError and termios.error through beside its own SerialException, which is an OSError.
_ERRORS = (OSError, termios.error, ValueError)


class SerialLine(Line):
    """Opens `port` for itself alone, 8N1.

    Raises:
        KioskError: `DEVICE_ABSENT`, `DEVICE_FORBIDDEN`, `DEVICE_BUSY` when another program holds the port,
            `CONFIG_INVALID` for an address that is none.
    """

    def __init__(self, port: str, baud: int = BAUDS[0]) -> None:
        self.settable = "://" not in port
        self.baud = baud
        if not self.settable and not _SOCKET.fullmatch(port):
            raise KioskError(Failure.CONFIG_INVALID, option="port")
        try:
            if self.settable:
                self._port = serial.Serial(port, baud, timeout=0, write_timeout=_WRITING, exclusive=True)
            else:
                self._port = serial.serial_for_url(port, timeout=0, write_timeout=_WRITING)
        except _ERRORS as error:
            raise _failure(error, "no_port") from None
        self.byte_seconds = _BITS_PER_BYTE / baud if self.settable else 0.0

    def set_baud(self, baud: int) -> None:
        """Change the speed; what has arrived at the old one is dropped."""
        try:
            self._port.baudrate = baud
            self._port.reset_input_buffer()
        except _ERRORS as error:
            raise _failure(error, "gone") from None
        self.baud = baud
        self.byte_seconds = _BITS_PER_BYTE / baud

    def send(self, data: bytes) -> None:
        """Send all of it; a line that takes nothing for half a second is as good as gone."""
        try:
            self._port.write(data)
        except _ERRORS as error:
            raise _failure(error, "gone") from None

    def receive(self, wanted: int, seconds: float) -> bytes:
        """What comes within `seconds`, at most `wanted` bytes."""
        try:
            self._port.timeout = max(0.0, seconds)
            return bytes(self._port.read(wanted))
        except _ERRORS as error:
            raise _failure(error, "gone") from None

    def close(self) -> None:
        """Let go of the port, without waiting for bytes nobody takes."""
        with suppress(*_ERRORS):
            self._port.reset_output_buffer()
        with suppress(*_ERRORS):
            self._port.close()

    def describe(self) -> str:
        """Speed for a port, nothing more for a device server."""
        return f"serial {self.baud}" if self.settable else "serial over TCP"


def _failure(error: Exception, otherwise: str) -> KioskError:
    """What an error of the line means. Its text is left out: it names the port."""
    number = error.errno if isinstance(error, OSError) else None
    meaning = _MEANING.get(number or 0, Failure.DEVICE_ABSENT)
    return KioskError(meaning, reason=otherwise) if meaning is Failure.DEVICE_ABSENT else KioskError(meaning)
