"""Connections opened a round trip before they are needed, beside the question that will tell what to send over them."""

import errno
import select
import socket
import threading
import time
from collections import deque
from contextlib import suppress
from typing import Final

_FRESH_SECONDS: Final = 4.0
"""Older than that, the other end or a translator between may have forgotten a connection nobody used."""

_UNDER_WAY: Final = frozenset({0, errno.EINPROGRESS})


class Spare:
    """Connections to one address on their way up; nobody waits for them before they are taken."""

    def __init__(self) -> None:
        self._opened: deque[tuple[float, socket.socket]] = deque()
        self._lock = threading.Lock()

    def open_like(self, connection: socket.socket, count: int) -> None:
        """Begin `count` connections to where this one leads. One that cannot begin is not missed."""
        for _ in range(count):
            spare = socket.socket(connection.family, socket.SOCK_STREAM)
            spare.setblocking(False)
            try:
                spare.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                begun = spare.connect_ex(connection.getpeername()) in _UNDER_WAY
            except OSError:
                begun = False
            if not begun:
                spare.close()
                return
            with self._lock:
                self._opened.append((time.monotonic(), spare))

    def take(self, patience: float) -> socket.socket | None:
        """One that the other end has answered, waited for at most `patience` seconds; None: there is none."""
        while True:
            with self._lock:
                if not self._opened:
                    return None
                begun, spare = self._opened.popleft()
            if time.monotonic() - begun < _FRESH_SECONDS and _is_up(spare, begun + patience - time.monotonic()):
                return spare
            spare.close()

    def drop(self) -> None:
        """Let go of all of them."""
        with self._lock:
            opened, self._opened = list(self._opened), deque()
        for _, spare in opened:
            spare.close()


def _is_up(spare: socket.socket, seconds: float) -> bool:
    poll = select.poll()
    poll.register(spare, select.POLLOUT | select.POLLIN)
    with suppress(OSError):
        # A platform speaks only when asked: what can be read already is its farewell.
        said = [happened for _, happened in poll.poll(max(0.0, seconds) * 1000)]
        return said == [select.POLLOUT] and spare.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
    return False
