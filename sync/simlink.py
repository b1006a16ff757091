"""A simulated line to the platform, on loopback: cut it, restore it, make it lose answers, stall, crawl or lie.

It forwards TCP bytes, so everything above it is the real thing. It shows no packet loss and no slow start.
"""

import socket
import struct
import threading
import time
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

_PIECE_BYTES: Final = 16 * 1024
_LOOK_SECONDS: Final = 0.02
_CONNECT_SECONDS: Final = 5.0
_RESET: Final = struct.pack("ii", 1, 0)


class LinkSimulator:
    """Listens on a loopback port of its own and forwards to `upstream`, a platform's URL, while the line is up."""

    def __init__(self, upstream: str) -> None:
        parts = urlsplit(upstream)
        self._upstream = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._lock = threading.Lock()
        self._live: set[socket.socket] = set()
        self._up = True
        self._stalled = False
        self._answers_to_pass = self._answers_to_drop = 0
        self._cut_after: int | None = None
        self._bytes_per_second: float | None = None
        self._stranger: bytes | None = None
        self.bytes_up = 0
        """Bytes forwarded to the platform so far."""
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, name="simlink", daemon=True).start()

    @property
    def up(self) -> bool:
        """Whether the line carries anything."""
        return self._up

    def cut(self) -> None:
        """Break every connection and refuse new ones."""
        with self._lock:
            self._up = False
            broken, self._live = self._live, set()
        for line in broken:
            _break(line)

    def restore(self) -> None:
        """Carry again, with no trouble left."""
        with self._lock:
            self._up, self._stalled = True, False
            self._answers_to_pass = self._answers_to_drop = 0
            self._cut_after = self._bytes_per_second = self._stranger = None

    def cut_after(self, size: int) -> None:
        """Cut the line once `size` more bytes have gone up."""
        self._cut_after = self.bytes_up + size

    def drop_answers(self, count: int = 1, after: int = 0) -> None:
        """Break `count` connections just when the platform's answer comes, `after` answers from now.

        What was asked is then done there and unknown here.
        """
        with self._lock:
            self._answers_to_pass, self._answers_to_drop = after, count

    def answer_instead(self, status: str, page: str) -> None:
        """Let somebody between here and there answer every request: a proxy with `503 …`, a log-in page with `200 OK`.

        Nothing reaches the platform until `restore`.
        """
        body = page.encode()
        head = (
            f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        with self._lock:
            self._stranger = head.encode() + body
            broken, self._live = self._live, set()
        for line in broken:
            _break(line)

    def lead_to(self, upstream: str) -> None:
        """The platform has moved to this URL."""
        parts = urlsplit(upstream)
        self._upstream = (parts.hostname or "127.0.0.1", parts.port or 80)

    def stall(self, *, stalled: bool = True) -> None:
        """Keep connections open but carry nothing, as a dead radio link does."""
        self._stalled = stalled

    def limit(self, bytes_per_second: float | None) -> None:
        """Carry at most so much on each connection and direction; None: as fast as it goes."""
        self._bytes_per_second = bytes_per_second

    def close(self) -> None:
        """Break everything and stop listening."""
        self.cut()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near,), name="simlink", daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        stranger = self._stranger
        if stranger is not None and self._up:
            _say(near, stranger)
            return
        try:
            far = self._reach()
        except OSError:
            _break(near)
            near.close()
            return
        far.settimeout(None)
        with self._lock:
            self._live |= {near, far}
        asked = threading.Event()
        down = threading.Thread(target=self._carry_down, args=(far, near, asked), name="simlink", daemon=True)
        down.start()
        self._carry_up(near, far, asked)
        down.join()
        with self._lock:
            self._live -= {near, far}
        near.close()
        far.close()

    def _reach(self) -> socket.socket:
        if not self._up:
            raise ConnectionRefusedError
        return socket.create_connection(self._upstream, timeout=_CONNECT_SECONDS)

    def _carry_up(self, near: socket.socket, far: socket.socket, asked: threading.Event) -> None:
        with suppress(OSError):
            while piece := near.recv(_PIECE_BYTES):
                self._delay(piece)
                asked.set()
                far.sendall(piece)
                self._count(len(piece))
            far.shutdown(socket.SHUT_WR)
            return
        _break(near)
        _break(far)

    def _carry_down(self, far: socket.socket, near: socket.socket, asked: threading.Event) -> None:
        with suppress(OSError):
            while piece := far.recv(_PIECE_BYTES):
                if asked.is_set():
                    asked.clear()
                    if self._drops_this():
                        break
                self._delay(piece)
                near.sendall(piece)
            else:
                near.shutdown(socket.SHUT_WR)
                return
        _break(near)
        _break(far)

    def _delay(self, piece: bytes) -> None:
        while self._stalled and self._up:
            time.sleep(_LOOK_SECONDS)
        if self._bytes_per_second:
            time.sleep(len(piece) / self._bytes_per_second)

    def _drops_this(self) -> bool:
        with self._lock:
            if self._answers_to_drop == 0:
                return False
            if self._answers_to_pass > 0:
                self._answers_to_pass -= 1
                return False
            self._answers_to_drop -= 1
            return True

    def _count(self, size: int) -> None:
        self.bytes_up += size
        if self._cut_after is not None and self.bytes_up >= self._cut_after:
            self._cut_after = None
            self.cut()


def _say(near: socket.socket, answer: bytes) -> None:
    """Answer one request without having read more of it than its beginning, and hang up."""
    with near, suppress(OSError):
        near.settimeout(_CONNECT_SECONDS)
        near.recv(_PIECE_BYTES)
        near.sendall(answer)
        near.shutdown(socket.SHUT_WR)
        while near.recv(_PIECE_BYTES):
            pass


def _break(line: socket.socket) -> None:
    """End a connection as a broken line does; whoever waits on it wakes up, and whoever owns it closes it."""
    with suppress(OSError):
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
