"""Connections that notice a dead link, tell what the kernel sees of it and can be cut from another thread."""

import math
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

from sync.spare import Spare

LEAST_USER_TIMEOUT: Final = 5.0
_USER_TIMEOUT_RTTS: Final = 8
_USER_TIMEOUT_REPEATS: Final = 4
_BLOCK_RTTS: Final = 50
_FIRST_GUESS_SECONDS: Final = 1.0
_NOTSENT_LOWAT: Final = 25  # TCP_NOTSENT_LOWAT (linux/tcp.h), which `socket` does not name
_UNSENT_BYTES: Final = 16 * 1024
_FIRST_WINDOW: Final = 128 * 1024
"""For the first question, which holds only forms."""

_LEAST_CONNECT: Final = 1.5
_CONNECT_RTTS: Final = 3
_SEGMENT: Final = 16  # tcpi_snd_mss in struct tcp_info (linux/tcp.h)
_RTT: Final = 68  # tcpi_rtt, microseconds
_ACKED: Final = 120  # tcpi_bytes_acked
_VARIATION: Final = 72  # tcpi_rttvar, microseconds
_REPEATED: Final = 100  # tcpi_total_retrans, segments
_MIN_RTT: Final = 148  # tcpi_min_rtt, microseconds
_BUSY: Final = 168  # tcpi_busy_time, microseconds with something under way
_DELIVERED: Final = 192  # tcpi_delivered, segments, those behind a gap among them
_INFO_BYTES: Final = 196
_TELLING_BYTES: Final = 2_000
_FIRST_BURST: Final = 10 * 1460  # RFC 6928
_LEAST_BUSY: Final = 0.004  # the kernel counts in steps of this size
_TCP_USER_TIMEOUT: Final[int | None] = getattr(socket, "TCP_USER_TIMEOUT", None)
_NO_CHECK_TIME: Final = 0x200000  # X509_V_FLAG_NO_CHECK_TIME (openssl/x509_vfy.h), which `ssl` does not name
_TCP_INFO: Final[int | None] = getattr(socket, "TCP_INFO", None)


class Sockets:
    """The live sockets of one link.

    Bytes unacknowledged for max(5 s, 8 × smoothed RTT) end a connection, or for four times what the kernel waits before
    it repeats something: soon enough to notice a dead link, patient enough for a slow one that lost a thing twice.
    """

    def __init__(self) -> None:
        self._live: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._rtt: float | None = None
        self._least_rtt: float | None = None
        self._patience = 0.0
        self._window = _FIRST_WINDOW
        self._arrived: weakref.WeakKeyDictionary[socket.socket, int] = weakref.WeakKeyDictionary()
        self._looked = 0.0
        self._expected = 0
        self.spare = Spare()

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

    @property
    def block_seconds(self) -> float:
        """How long one block of a body may take at least; 0 before the first contact.

        A connection that lost the same segment twice rests for many round trips on a line that lives.
        """
        return _BLOCK_RTTS * (self._least_rtt or 0.0)

    def user_timeout_seconds(self) -> float:
        """How long sent bytes may stay unacknowledged."""
        trips = _USER_TIMEOUT_RTTS * (self._rtt or _FIRST_GUESS_SECONDS)
        return max(LEAST_USER_TIMEOUT, trips, _USER_TIMEOUT_REPEATS * self._patience)

    def watch(self, connection: socket.socket) -> None:
        """Take a freshly connected socket under watch."""
        with suppress(OSError):
            # what waits unsent in the kernel is neither on its way nor ours to give to another connection
            connection.setsockopt(socket.IPPROTO_TCP, _NOTSENT_LOWAT, _UNSENT_BYTES)
        with self._lock:
            self._live.add(connection)
        self.hold_to(self._window)
        self.measure()
        wanted, self._expected = self._expected, 0
        self.spare.open_like(connection, wanted)

    def expect(self, count: int) -> None:
        """So many more connections will be wanted soon: begin them with the next one that is made."""
        self._expected = count

    def first_rate(self) -> float | None:
        """What the first question on a connection shows, in bytes a second; None where it was too short to show any.

        What it took beyond the round trips of the kernel's bursts, each twice the last, is what its bytes took on the
        narrowest stretch; where a segment was lost, it is not.
        """
        known = [info for one in self._each() if (info := _info_of(one)) and info.acked > _TELLING_BYTES]
        if not known:
            return None
        most = max(known, key=lambda info: info.acked)
        if most.repeated:
            return None
        bursts = math.ceil(math.log2(most.acked / _FIRST_BURST + 1))
        rate = most.acked / max(_LEAST_BUSY, most.busy - bursts * most.min_rtt)
        return rate if bursts == 1 else min(rate, most.acked / max(_LEAST_BUSY, most.min_rtt))

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
                arrived += info.arrived - self._arrived.get(connection, 0)
                self._arrived[connection] = info.arrived
        self._looked = now
        trips = [info.rtt for info in seen if info.rtt]
        if trips:
            self._rtt = max(trips)
            self._patience = max(info.patience for info in seen if info.rtt)
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
    """One connection as the kernel sees it: seconds and bytes.

    `acked` have arrived without a gap; `arrived` counts whole segments, those behind a gap too, so that it does not
    leap when a gap is closed. `rtt` is smoothed, `patience` what the kernel waits before it repeats something;
    `repeated` segments were.
    """

    rtt: float
    patience: float
    repeated: int
    min_rtt: float
    busy: float
    acked: int
    arrived: int


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
        patience=(_whole(info, _RTT) + 4 * _whole(info, _VARIATION)) / 1e6,
        repeated=_whole(info, _REPEATED),
        min_rtt=_whole(info, _MIN_RTT) / 1e6,
        busy=struct.unpack_from("=Q", info, _BUSY)[0] / 1e6,
        acked=struct.unpack_from("=Q", info, _ACKED)[0],
        arrived=_whole(info, _DELIVERED) * _whole(info, _SEGMENT),
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


class _Together:
    """The head of a request leaves with the first block of its body.

    By themselves http.client's head and body are two segments at least; the one more is often the one too many for the
    kernel's first burst, which on a long line costs a whole round trip.
    """

    _holds = False
    _head = b""

    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **how: Any) -> None:
        """As urllib3."""
        self._holds, self._head = body is not None, b""
        super().request(method, url, body, headers, **how)  # type: ignore[misc]

    def send(self, data: Any) -> None:
        """As http.client, but the head waits."""
        if self._holds:
            self._holds, self._head = False, data
            return
        head, self._head = self._head, b""
        super().send(head + data if head else data)  # type: ignore[misc]

    def getresponse(self) -> Any:
        """As urllib3; the head of an empty body goes now."""
        if self._head:
            self.send(b"")
        return super().getresponse()  # type: ignore[misc]


def _pool_classes(sockets: Sockets) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(_Together, HTTPConnection):
        def connect(self) -> None:
            super().connect()
            sockets.watch(self.sock)

        def _new_conn(self) -> socket.socket:
            return _soon(self, sockets, super()._new_conn)

    class Secure(_Together, HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            sockets.watch(self.sock)

        def _new_conn(self) -> socket.socket:
            return _soon(self, sockets, super()._new_conn)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _soon(connection: HTTPConnection, sockets: Sockets, reach: Callable[[], socket.socket]) -> socket.socket:
    """Reach the platform soon or not at all; what follows on the connection keeps the patience it was given."""
    seconds, patience = sockets.connect_seconds, connection.timeout
    reached = sockets.spare.take(seconds) if seconds is not None else None
    if reached is None:
        if seconds is not None and isinstance(patience, int | float):
            connection.timeout = min(patience, seconds)
        try:
            reached = reach()
        finally:
            connection.timeout = patience
    reached.settimeout(max(patience, sockets.block_seconds) if isinstance(patience, int | float) else None)
    return reached
