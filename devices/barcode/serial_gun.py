"""A bar-code or QR gun on a serial port, or on USB set to virtual serial port (CDC-ACM).

Options:

port
    `/dev/ttyACM0`, `/dev/serial/by-id/…` (stays the same whatever is plugged in beside it), or `socket://host:port`.
baud
    9600. A gun on USB takes any.
end
    What ends a code: `line` (CR, LF or both, the default), `cr`, `lf`, `crlf`, `gap` (nothing: a pause does).
prefix, suffix
    What the gun puts around a code; taken off, and what comes without them is dropped as torn.
encoding
    `auto` (UTF-8 where that makes sense, otherwise GB18030, the default), `utf-8`, `gb18030`.
gap
    Seconds of quiet after which what has no end is dropped, or is a code (`end = "gap"`): 0.5, for `gap` 0.1.

A gun that types like a keyboard (HID) needs no driver and no entry here.
"""

import errno
import re
import termios
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import serial

from devices.barcode.lines import ENCODINGS, ENDS, Lines, Shape
from devices.contract import Setup
from kiosk.failure import Failure, KioskError

_BAUDS = ("1200", "2400", "4800", "9600", "19200", "38400", "57600", "115200")
_KNOWN = frozenset({"port", "baud", "end", "prefix", "suffix", "encoding", "gap"})
_SOCKET = re.compile(r"socket://[^/?#\s]+:[0-9]{1,5}")
_AT_ONCE = 4096
_SHORTEST_GAP, _LONGEST_GAP = 0.02, 5.0
_MEANING = {
    errno.EACCES: Failure.DEVICE_FORBIDDEN,
    errno.EPERM: Failure.DEVICE_FORBIDDEN,
    errno.EAGAIN: Failure.DEVICE_BUSY,
    errno.EBUSY: Failure.DEVICE_BUSY,
}
# pyserial lets plain OSError and termios.error through beside its own SerialException, which is an OSError.
_ERRORS = (OSError, termios.error, ValueError)


class SerialGun:
    """Implements `devices.contract.BarcodeDriver`."""

    simulated = False

    def __init__(self, setup: Setup) -> None:
        self._options = setup.options
        # pyserial's types know only what a port on this system has, and a socket:// is a port too.
        self._port: Any = None
        self._lines = Lines(Shape())

    def open(self) -> None:
        """Open the port for itself alone; what was read before is dropped."""
        address, baud, shape = _parsed(self._options)
        self._lines = Lines(shape)
        try:
            if "://" in address:
                self._port = serial.serial_for_url(address, timeout=0)
            else:
                self._port = serial.Serial(address, baud, timeout=0, exclusive=True)
            self._port.reset_input_buffer()
        except _ERRORS as error:
            raise _failure(error, "no_port") from None

    def check(self) -> str:
        """Feel whether the port is still there. A gun itself answers nothing."""
        self._hear()
        return "serial code reader"

    def close(self) -> None:
        """Let go of the port."""
        port, self._port = self._port, None
        self._lines.clear()
        if port is not None:
            with suppress(*_ERRORS):
                port.close()

    def next_code(self) -> str | None:
        """The oldest whole code."""
        self._hear()
        return self._lines.next()

    def _hear(self) -> None:
        if self._port is None:
            raise KioskError(Failure.DEVICE_ABSENT, reason="closed")
        try:
            # `in_waiting` notices a port that has gone; a read without waiting alone would just bring nothing.
            waiting = min(self._port.in_waiting, _AT_ONCE)
            data = bytes(self._port.read(waiting)) if waiting else b""
        except _ERRORS as error:
            self._lines.clear()
            raise _failure(error, "gone") from None
        self._lines.feed(data, time.monotonic())


def _parsed(options: Mapping[str, str]) -> tuple[str, int, Shape]:
    """Port, speed and shape.

    Raises:
        KioskError: `CONFIG_INVALID` with the option that makes no sense.
    """
    for name in options:
        if name not in _KNOWN:
            raise _wrong(name[:20])
    port = options.get("port", "")
    if not port or ("://" in port and not _SOCKET.fullmatch(port)):
        raise _wrong("port")
    end, encoding = options.get("end", "line"), options.get("encoding", "auto")
    for name, value, known in (("baud", options.get("baud", "9600"), _BAUDS), ("end", end, ENDS)):
        if value not in known:
            raise _wrong(name)
    if encoding not in ENCODINGS:
        raise _wrong("encoding")
    around = [options.get(name, "").encode("gb18030" if encoding == "gb18030" else "utf-8") for name in _AROUND]
    shape = Shape(end, around[0], around[1], encoding, _gap(options.get("gap", "0.1" if end == "gap" else "0.5")))
    return port, int(options.get("baud", "9600")), shape


_AROUND = ("prefix", "suffix")


def _gap(word: str) -> float:
    try:
        seconds = float(word)
    except ValueError:
        raise _wrong("gap") from None
    if not _SHORTEST_GAP <= seconds <= _LONGEST_GAP:
        raise _wrong("gap")
    return seconds


def _wrong(option: str) -> KioskError:
    return KioskError(Failure.CONFIG_INVALID, option=option)


def _failure(error: Exception, otherwise: str) -> KioskError:
    """What an error of the line means. Its text is left out: it names the port."""
    number = error.errno if isinstance(error, OSError) else None
    meaning = _MEANING.get(number or 0, Failure.DEVICE_ABSENT)
    return KioskError(meaning, reason=otherwise) if meaning is Failure.DEVICE_ABSENT else KioskError(meaning)
