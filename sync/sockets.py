"""Connections that notice a dead link, tell the round-trip time they see and can be cut from another thread."""

import socket
import struct
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

LEAST_USER_TIMEOUT: Final = 5.0
_USER_TIMEOUT_RTTS: Final = 8
_FIRST_GUESS_SECONDS: Final = 1.0
_NOTSENT_LOWAT: Final = 25  # TCP_NOTSENT_LOWAT (linux/tcp.h), which `socket` does not name
_UNSENT_BYTES: Final = 16 * 1024
_FIRST_WINDOW: Final = 48 * 1024
_LEAST_CONNECT: Final = 1.5
_CONNECT_RTTS: Final = 3
_RTT: Final = 68  # tcpi_rtt in struct tcp_info (linux/tcp.h), microseconds
_MIN_RTT: Final = 148  # tcpi_min_rtt, microseconds
_ACKED: Final = 120  # tcpi_bytes_acked
_INFO_BYTES: Final = 160
_TCP_USER_TIMEOUT: Final[int | None] = getattr(socket, "TCP_USER_TIMEOUT", None)
_NO_CHECK_TIME: Final = 0x200000  # X509_V_FLAG_NO_CHECK_TIME (openssl/x509_vfy.h), which `ssl` does not name
_TCP_INFO: Final[int | None] = getattr(socket, "TCP_INFO", None)


class Sockets:
    """The live sockets of one link.

    Bytes unacknowledged for max(5 s, 8 × smoothed RTT) end a connection: soon enough to notice a dead link, patient
    enough for a slow one.
    """

    def __init__(self) -> None:
        self._live: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._rtt: float | None = None
        self._least_rtt: float | None = None
        self._window = _FIRST_WINDOW
        self._acked: weakref.WeakKeyDictionary[socket.socket, int] = weakref.WeakKeyDictionary()
        self._looked = 0.0

    @property
    def rtt_seconds(self) -> float | None:
        """Smoothed round-trip time as the kernel last saw it; None before the first contact."""
        return self._rtt

    @property
    def connect_seconds(self) -> float | None:
        """How long to wait for a connection before another try is worth more; None before the first contact.

        A lost SYN is repeated after one second; past a second and a few round trips nobody is there, and a new try
        meets a line that has just come back sooner than the kernel's ever rarer repeats.
        """
        if self._least_rtt is None:
            return None
        return max(_LEAST_CONNECT, 1.0 + _CONNECT_RTTS * self._least_rtt)

    def user_timeout_seconds(self) -> float:
        """How long sent bytes may stay unacknowledged."""
        return max(LEAST_USER_TIMEOUT, _USER_TIMEOUT_RTTS * (self._rtt or _FIRST_GUESS_SECONDS))

    def watch(self, connection: socket.socket) -> None:
        """Take a freshly connected socket under watch."""
        with suppress(OSError):
            # what waits unsent in the kernel is neither on its way nor ours to give to another connection
            connection.setsockopt(socket.IPPROTO_TCP, _NOTSENT_LOWAT, _UNSENT_BYTES)
        with self._lock:
            self._live.add(connection)
        self.hold_to(self._window)
        self.measure()

    def measure(self) -> tuple[float | None, float | None]:
        """Read round trips off the live sockets and let their patience follow.

        What arrived over all of them since the last look, in bytes a second, and the shortest round trip in seconds;
        None where nothing is known.
        """
        now, before = time.monotonic(), self._looked
        seen, arrived = [], 0
        for connection in self._each():
            if info := _info_of(connection):
                seen.append(info)
                arrived += info.acked - self._acked.get(connection, 0)
                self._acked[connection] = info.acked
        self._looked = now
        trips = [info.rtt for info in seen if info.rtt]
        if trips:
            self._rtt = max(trips)
            self._least_rtt = min(info.min_rtt for info in seen if info.min_rtt)
        milliseconds = int(self.user_timeout_seconds() * 1000)
        for connection in self._each():
            with suppress(OSError):
                if _TCP_USER_TIMEOUT is not None:
                    connection.setsockopt(socket.IPPROTO_TCP, _TCP_USER_TIMEOUT, milliseconds)
                    _probe_silence(connection, milliseconds // 1000)
        return (arrived / max(now - before, 0.001) if before else None), self._least_rtt

    def hold_to(self, window: int) -> None:
        """Let no connection have more than about `window` bytes under way, acknowledged by nobody yet.

        The kernel doubles what is asked for, and counts its own keeping with it.
        """
        self._window = window
        for connection in self._each():
            with suppress(OSError):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, window * 5 // 8)

    def abort(self) -> None:
        """Cut every connection now; whoever waits on one gets an error at once."""
        for connection in self._each():
            with suppress(OSError):
                # the plain method: TLS would first say goodbye on a line that may be dead
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def _each(self) -> Iterator[socket.socket]:
        with self._lock:
            live = list(self._live)
        return (connection for connection in live if connection.fileno() >= 0)


@dataclass(frozen=True, slots=True)
class _Info:
    """One connection as the kernel sees it: seconds, and bytes that arrived."""

    rtt: float
    min_rtt: float
    acked: int


def _probe_silence(connection: socket.socket, seconds: int) -> None:
    """Notice a dead line while nothing but an answer is under way, which on a dead line never comes."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, max(1, seconds // 2))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, max(1, seconds // 4))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)


def _info_of(connection: socket.socket) -> _Info | None:
    if _TCP_INFO is None:
        return None
    try:
        info = connection.getsockopt(socket.IPPROTO_TCP, _TCP_INFO, _INFO_BYTES)
    except OSError:
        return None
    if len(info) < _INFO_BYTES:
        return None
    return _Info(
        rtt=_whole(info, _RTT) / 1e6,
        min_rtt=_whole(info, _MIN_RTT) / 1e6,
        acked=struct.unpack_from("=Q", info, _ACKED)[0],
    )


def _whole(info: bytes, place: int) -> int:
    number: int = struct.unpack_from("=I", info, place)[0]
    return number


class WatchedAdapter(HTTPAdapter):
    """Requests' adapter over watched sockets; it repeats nothing by itself, because a signed request is used once."""

    def __init__(self, sockets: Sockets, connections: int) -> None:
        self._classes = _pool_classes(sockets)
        super().__init__(pool_connections=1, pool_maxsize=connections, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pool with our connection classes.

        Of a certificate its issuer and name are checked, its dates are not: a clock at 1970 or 2099 would lock the
        terminal out, and the platform's own signed time, which could tell, comes through this very door.
        """
        context = create_urllib3_context()
        context.verify_flags |= _NO_CHECK_TIME
        super().init_poolmanager(*args, **kwargs, ssl_context=context)
        self.poolmanager.pool_classes_by_scheme = self._classes


def _pool_classes(sockets: Sockets) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            sockets.watch(self.sock)

        def _new_conn(self) -> socket.socket:
            return _soon(self, sockets.connect_seconds, super()._new_conn)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            sockets.watch(self.sock)

        def _new_conn(self) -> socket.socket:
            return _soon(self, sockets.connect_seconds, super()._new_conn)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _soon(connection: HTTPConnection, seconds: float | None, reach: Callable[[], socket.socket]) -> socket.socket:
    """Reach the platform within `seconds`; what follows on the connection keeps the patience it was given."""
    patience = connection.timeout
    if seconds is not None and isinstance(patience, int | float):
        connection.timeout = min(patience, seconds)
    try:
        reached = reach()
    finally:
        connection.timeout = patience
    reached.settimeout(patience if isinstance(patience, int | float) else None)
    return reached
