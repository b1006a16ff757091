"""The way to the printer: bytes out and in over one descriptor, each with a deadline, whatever it leads to."""

import errno
import fcntl
import os
import select
import socket
import stat
import struct
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

from devices.printer.escpos.address import Address, DeviceFile, Network, SerialLine
from kiosk.failure import Failure, KioskError

_CONNECT: Final = 0.7
_PIECE: Final = 4096
_PAUSE: Final = 0.01
_USER_TIMEOUT_MS: Final = 5000
_AT_ONCE: Final = struct.pack("ii", 1, 0)
# pyserial lets termios.error through, which is no OSError.
_ERRORS: Final = (OSError, termios.error)
_GONE: Final = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO})


class WireError(Exception):
    """The way is gone or blocked. `failure` says how: offline, forbidden, busy."""

    def __init__(self, failure: Failure, cause: str) -> None:
        super().__init__(cause)
        self.failure = failure
        self.cause = cause

    def told(self) -> KioskError:
        """The same for the world outside."""
        return KioskError(self.failure, cause=self.cause)


class Wire:
    """One open way. Not shared between threads. `ends` where reading nothing means that the other side has closed.

    `drop` makes the system forget what it still holds for the printer.
    """

    def __init__(
        self,
        descriptor: int,
        close: Callable[[], object],
        *,
        drop: Callable[[], object] = lambda: None,
        answers: bool = True,
        ends: bool = False,
    ) -> None:
        self._fd = descriptor
        self._close = close
        self._drop = drop
        self._answers = answers
        self._ends = ends

    def write(self, data: bytes | memoryview, seconds: float) -> int:
        """Send as much as goes within `seconds`, at most one piece; 0 when nothing went.

        Raises:
            WireError: nobody is there any more.
        """
        try:
            if not _ready(self._fd, select.POLLOUT, seconds):
                return 0
            return os.write(self._fd, data[:_PIECE])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise _broken(error) from error

    def read(self, seconds: float) -> bytes:
        """What has arrived, waiting at most `seconds` for the first byte; empty when nothing came.

        Raises:
            WireError: the other side has closed or is gone.
        """
        if not self._answers:
            return b""
        until = time.monotonic() + seconds
        while True:
            try:
                found = _ready(self._fd, select.POLLIN, max(0.0, until - time.monotonic()))
                if not found:
                    return b""
                hung = bool(found & (select.POLLHUP | select.POLLERR))
                data = os.read(self._fd, _PIECE)
            except BlockingIOError:
                data, hung = b"", False
            except OSError as error:
                raise _broken(error) from error
            if data:
                return data
            if self._ends or hung:
                raise WireError(Failure.PRINTER_OFFLINE, "closed" if self._ends else "gone")
            # A printer class device is always "readable" and says nothing while it has nothing to say.
            if time.monotonic() >= until:
                return b""
            time.sleep(_PAUSE)

    @property
    def holds_back(self) -> bool:
        """Whether something written has not reached the printer yet, as far as the system tells."""
        try:
            (held,) = struct.unpack("i", fcntl.ioctl(self._fd, termios.TIOCOUTQ, bytes(4)))
        except OSError:
            return False
        return bool(held)

    def close(self) -> None:
        """Let it go; never raises. What was written still goes out."""
        with suppress(*_ERRORS):
            self._close()

    def abandon(self) -> None:
        """Let it go with what has not reached the printer; never raises.

        The system would send that for as long as it takes, tomorrow's first paper in front of it; and closing a serial
        line whose other end does not listen waits half a minute for it.
        """
        with suppress(*_ERRORS):
            self._drop()
        self.close()


def connect(address: Address) -> Wire:
    """Open the way, within a second.

    Raises:
        WireError: `PRINTER_OFFLINE`, or `DEVICE_FORBIDDEN` where this user may not.
    """
    try:
        match address:
            case Network():
                return _to_network(address)
            case SerialLine():
                return _to_serial(address)
            case DeviceFile():
                return _to_file(address)
    except _ERRORS as error:
        raise _broken(error) from error


def _to_network(address: Network) -> Wire:
    sock = socket.create_connection((address.host, address.port), timeout=_CONNECT)
    sock.setblocking(False)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _USER_TIMEOUT_MS)
    drop = partial(sock.setsockopt, socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    return Wire(sock.fileno(), sock.close, drop=drop, ends=True)


def _to_serial(address: SerialLine) -> Wire:
    import serial  # noqa: PLC0415 - only a printer on a serial line needs it

    line = serial.Serial(
        address.path,
        address.baud,
        timeout=0,
        rtscts=address.flow == "rtscts",
        dsrdtr=address.flow == "dsrdtr",
        xonxoff=address.flow == "xonxoff",
        exclusive=True,
    )
    line.reset_input_buffer()
    return Wire(line.fileno(), line.close, drop=line.reset_output_buffer)


def _to_file(address: DeviceFile) -> Wire:
    flags = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC | os.O_APPEND
    try:
        descriptor = os.open(address.path, os.O_RDWR | flags)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP}:
            raise
        descriptor = os.open(address.path, os.O_WRONLY | flags)
        return Wire(descriptor, lambda: os.close(descriptor), answers=False)
    # What is written to a plain file would come back as if the printer had said it.
    return Wire(descriptor, lambda: os.close(descriptor), answers=not stat.S_ISREG(os.fstat(descriptor).st_mode))


def _ready(descriptor: int, event: int, seconds: float) -> int:
    poll = select.poll()
    poll.register(descriptor, event)
    found = poll.poll(seconds * 1000.0)
    if found and found[0][1] & select.POLLNVAL:
        raise OSError(errno.ENODEV, "gone")
    return found[0][1] if found else 0


def _broken(error: Exception) -> WireError:
    """Which of our failures an error of the system means; pyserial's own are OSErrors too and may hold no number."""
    if isinstance(error, ConnectionRefusedError):
        return WireError(Failure.PRINTER_OFFLINE, "refused")
    if isinstance(error, ConnectionError):
        return WireError(Failure.PRINTER_OFFLINE, "closed")
    if isinstance(error, TimeoutError):
        return WireError(Failure.PRINTER_OFFLINE, "unreachable")
    number = error.errno if isinstance(error, OSError) else errno.EIO
    if number in {errno.EACCES, errno.EPERM}:
        return WireError(Failure.DEVICE_FORBIDDEN, "permission")
    if number in {errno.EBUSY, errno.EAGAIN}:
        return WireError(Failure.PRINTER_BUSY, "taken")
    return WireError(Failure.PRINTER_OFFLINE, "gone" if number in _GONE else "unreachable")
