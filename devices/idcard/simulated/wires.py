"""The simulator's ends of a line: a pseudo-terminal or a TCP port on loopback. `usb_wire` has the third."""

import os
import select
import shutil
import socket
import tempfile
import termios
import time
import tty
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path

_CHUNK = 4096
_BLOCKED = 1.0
_BITS_PER_BYTE = 10
_STEP = 16
_SPEEDS = {getattr(termios, f"B{baud}"): baud for baud in (9600, 19200, 38400, 57600, 115200)}


class Wire(ABC):
    """One end that can be lost (`close`) and found again (`open`) at the same address."""

    address: str

    @abstractmethod
    def open(self) -> None:
        """Be there."""

    @abstractmethod
    def close(self) -> None:
        """Be gone: whoever is connected sees the line vanish."""

    @abstractmethod
    def read(self, seconds: float) -> bytes:
        """What has come from the other end within `seconds`."""

    @abstractmethod
    def put(self, data: bytes) -> None:
        """Send it. What nobody takes for a second is lost."""

    def speed(self) -> int | None:
        """The baud rate the other end has set; None where there is none."""
        return None

    def end(self) -> None:
        """Be gone for good."""
        self.close()

    def write(self, data: bytes, baud: int | None) -> None:
        """Send it, no faster than that baud rate."""
        if baud is None:
            self.put(data)
            return
        begun = time.monotonic()
        for start in range(0, len(data), _STEP):
            piece = data[start : start + _STEP]
            due = begun + (start + len(piece)) * _BITS_PER_BYTE / baud
            time.sleep(max(0.0, due - time.monotonic()))
            self.put(piece)


class PtyWire(Wire):
    """A pseudo-terminal behind a link that stays where it is when the terminal is lost and found again."""

    def __init__(self, link: Path | None = None) -> None:
        self._own = Path(tempfile.mkdtemp(prefix="jinban-reader-")) if link is None else None
        self._link = link if link is not None else Path(self._own or "") / "tty"
        self.address = str(self._link)
        self._ends: tuple[int, int] | None = None

    def open(self) -> None:
        """Make a terminal in raw mode and point the link to it."""
        if self._ends is not None:
            return
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        part = self._link.with_name(f".{self._link.name}.{os.getpid()}")
        part.unlink(missing_ok=True)
        part.symlink_to(os.ttyname(theirs))
        part.replace(self._link)
        self._ends = ours, theirs

    def close(self) -> None:
        """Hang up."""
        ends, self._ends = self._ends, None
        if ends is not None:
            self._link.unlink(missing_ok=True)
            for end in ends:
                os.close(end)

    def end(self) -> None:
        """Hang up and leave no link behind."""
        self.close()
        if self._own is not None:
            shutil.rmtree(self._own, ignore_errors=True)

    def read(self, seconds: float) -> bytes:
        """What was written to the terminal."""
        if self._ends is None:
            time.sleep(seconds)
            return b""
        ready, _, _ = select.select([self._ends[0]], [], [], seconds)
        with suppress(BlockingIOError):
            return os.read(self._ends[0], _CHUNK) if ready else b""
        return b""

    def put(self, data: bytes) -> None:
        """Let it come out of the terminal."""
        until = time.monotonic() + _BLOCKED
        while data and self._ends is not None and time.monotonic() < until:
            select.select([], [self._ends[0]], [], _BLOCKED)
            with suppress(BlockingIOError):
                data = data[os.write(self._ends[0], data) :]

    def speed(self) -> int | None:
        """The speed set on the terminal: both of its ends share it."""
        if self._ends is None:
            return None
        return _SPEEDS.get(termios.tcgetattr(self._ends[0])[4])


class TcpWire(Wire):
    """A serial device server on 127.0.0.1 with one port; a new connection takes the place of the one before."""

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self._listener: socket.socket | None = None
        self._peer: socket.socket | None = None
        self.open()
        self.address = f"socket://127.0.0.1:{self._port}"

    def open(self) -> None:
        """Listen, after the first time on the same port."""
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self._port))
            self._port = self._listener.getsockname()[1]

    def close(self) -> None:
        """Drop the connection and listen no more."""
        for end in (self._peer, self._listener):
            if end is not None:
                end.close()
        self._peer = self._listener = None

    def read(self, seconds: float) -> bytes:
        """What came over the newest connection."""
        ends = [end for end in (self._listener, self._peer) if end is not None]
        if not ends:
            time.sleep(seconds)
            return b""
        ready, _, _ = select.select(ends, [], [], seconds)
        if self._listener in ready and self._listener is not None:
            if self._peer is not None:
                self._peer.close()
            self._peer, _ = self._listener.accept()
            self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._peer.settimeout(_BLOCKED)
            return b""
        return self._receive() if self._peer in ready else b""

    def _receive(self) -> bytes:
        if self._peer is None:
            return b""
        data = b""
        with suppress(OSError):
            data = self._peer.recv(_CHUNK)
        if not data:
            self._peer.close()
            self._peer = None
        return data

    def put(self, data: bytes) -> None:
        """Send it to the newest connection."""
        if self._peer is not None:
            with suppress(OSError):
                self._peer.sendall(data)
