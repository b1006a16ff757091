"""Connections that notice a dead link, tell the round-trip time they see and can be cut from another thread."""

import socket
import struct
import threading
import weakref
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

LEAST_USER_TIMEOUT: Final = 5.0
_USER_TIMEOUT_RTTS: Final = 8
_FIRST_GUESS_SECONDS: Final = 1.0
_RTT_OFFSET: Final = 68  # tcpi_rtt in struct tcp_info (linux/tcp.h), microseconds
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

    @property
    def rtt_seconds(self) -> float | None:
        """Smoothed round-trip time as the kernel last saw it; None before the first contact."""
        return self._rtt

    def user_timeout_seconds(self) -> float:
        """How long sent bytes may stay unacknowledged."""
        return max(LEAST_USER_TIMEOUT, _USER_TIMEOUT_RTTS * (self._rtt or _FIRST_GUESS_SECONDS))

    def watch(self, connection: socket.socket) -> None:
        """Take a freshly connected socket under watch."""
        with self._lock:
            self._live.add(connection)
        self.measure()

    def measure(self) -> None:
        """Read the round-trip time off the live sockets and let their patience follow it."""
        seen = [rtt for connection in self._each() if (rtt := _rtt_of(connection))]
        if seen:
            self._rtt = max(seen)
        milliseconds = int(self.user_timeout_seconds() * 1000)
        for connection in self._each():
            if _TCP_USER_TIMEOUT is not None:
                with suppress(OSError):
                    connection.setsockopt(socket.IPPROTO_TCP, _TCP_USER_TIMEOUT, milliseconds)

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


def _rtt_of(connection: socket.socket) -> float | None:
    if _TCP_INFO is None:
        return None
    try:
        info = connection.getsockopt(socket.IPPROTO_TCP, _TCP_INFO, 128)
    except OSError:
        return None
    if len(info) < _RTT_OFFSET + 4:
        return None
    microseconds: int = struct.unpack_from("=I", info, _RTT_OFFSET)[0]
    return microseconds / 1e6 or None


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

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            sockets.watch(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
