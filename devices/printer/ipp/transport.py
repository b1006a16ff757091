"""One HTTP request to a printer or to cupsd, with a deadline for the whole of it and exact news of how far it got.

How far matters: a paper of which no byte left may be sent again, one that left whole may lie in the tray although
nobody answered. Plain HTTP, TLS and cupsd's Unix socket.
"""

import contextlib
import hashlib
import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, cast
from urllib.parse import urlsplit

from kiosk.failure import Failure, KioskError

IPP_PORT: Final = 631
LARGEST_ANSWER: Final = 4 << 20
_STEP = 0.2
_BLOCK = 64 << 10
_LATE_ANSWER = 0.5
_LONGEST_CONNECT = 1.5
_OK = 200
Tick = Callable[[], bool]


class Reach(IntEnum):
    """How much of a request may have reached the other side."""

    NOTHING = 0
    PART = 1
    WHOLE = 2


class LostError(Exception):
    """No answer: unreachable, cut off, too late, or given up by the caller."""

    def __init__(self, reach: Reach, why: str) -> None:
        super().__init__(why)
        self.reach = reach
        self.why = why


class HttpRefusedError(Exception):
    """The other side speaks HTTP but did not take the request. `status` is 401, 403, 404, 426 and so on."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to connect: a host and port, or the path of a Unix socket; and the path to post to.

    `pin` is the SHA-256 of the printer's certificate in hex. Without one a certificate is not looked at: printers sign
    their own, and TLS then keeps out listeners, not impostors.
    """

    host: str
    port: int
    path: str
    tls: bool = False
    pin: str = ""
    unix: str = ""


def endpoint_of(uri: str, pin: str = "") -> Endpoint:
    """Parse `ipp://host:631/ipp/print` or `ipps://…`.

    Raises:
        KioskError: `CONFIG_INVALID`.
    """
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port or IPP_PORT
    except ValueError:
        host, port = None, 0
    if not host or not uri.isascii() or parts.scheme not in {"ipp", "ipps"} or parts.username:
        raise KioskError(Failure.CONFIG_INVALID, option="uri")
    return Endpoint(host, port, parts.path or "/", parts.scheme == "ipps", pin.replace(":", "").lower())


class Line:
    """A kept-alive connection. Not for two threads."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._at = endpoint
        self._socket: socket.socket | None = None

    def close(self) -> None:
        """Hang up; the next request connects anew."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def post(self, body: bytes, seconds: float, tick: Tick, *, fresh: bool = False) -> bytes:
        """Send one request and return the answer's body. `tick` is asked about every 0.2 s; True gives up.

        A request on a connection that the other side had closed meanwhile is repeated once on a new one: only with
        `fresh` it is not, because it never starts on an old one.

        Raises:
            LostError: no whole answer came.
            HttpRefusedError: an answer came that is no `200 OK`.
        """
        until = time.monotonic() + seconds
        if fresh:
            self.close()
        kept = self._socket is not None
        try:
            return self._post(body, until, tick)
        except LostError:
            self.close()
            if not kept or time.monotonic() >= until or tick():
                raise
            return self._post(body, until, tick)
        except BaseException:
            self.close()
            raise

    def _post(self, body: bytes, until: float, tick: Tick) -> bytes:
        wire = _Wire(self._connect(until, tick), until, tick)
        try:
            wire.send(self._head(len(body)) + body)
            answer, keep = _read_answer(wire)
        except LostError:
            self.close()
            raise
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise LostError(wire.reach, type(error).__name__) from error
        if not keep:
            self.close()
        return answer

    def _connect(self, until: float, tick: Tick) -> socket.socket:
        if self._socket is not None:
            return self._socket
        self._socket = _waiting(self._open, until, tick)
        return self._socket

    def _open(self, seconds: float) -> socket.socket:
        if self._at.unix:
            plain = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            plain.settimeout(seconds)
            try:
                plain.connect(self._at.unix)
            except BaseException:
                plain.close()
                raise
            return plain
        plain = socket.create_connection((self._at.host, self._at.port), timeout=seconds)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _secured(plain, self._at) if self._at.tls else plain

    def _head(self, length: int) -> bytes:
        host = "localhost" if self._at.unix else f"[{self._at.host}]" if ":" in self._at.host else self._at.host
        port = "" if self._at.unix else f":{self._at.port}"
        return (
            f"POST {self._at.path} HTTP/1.1\r\nHost: {host}{port}\r\nUser-Agent: jinban\r\n"
            f"Content-Type: application/ipp\r\nContent-Length: {length}\r\n\r\n"
        ).encode("ascii")


def _waiting(connect: Callable[[float], socket.socket], until: float, tick: Tick) -> socket.socket:
    """Connect. Nothing can look up while it does, so it is short: a printer stands in the same building."""
    left = until - time.monotonic()
    if left <= 0 or tick():
        raise LostError(Reach.NOTHING, "given_up")
    try:
        return connect(min(left, _LONGEST_CONNECT))
    except OSError as error:
        raise LostError(Reach.NOTHING, type(error).__name__) from error


def _secured(plain: socket.socket, at: Endpoint) -> socket.socket:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        secured = context.wrap_socket(plain, server_hostname=at.host)
    except BaseException:
        plain.close()
        raise
    certificate = secured.getpeercert(binary_form=True) or b""
    if at.pin and hashlib.sha256(certificate).hexdigest() != at.pin:
        secured.close()
        raise LostError(Reach.NOTHING, "certificate")
    return secured


class _Wire(io.RawIOBase):
    """A socket that keeps the deadline and asks `tick` while it waits."""

    def __init__(self, plain: socket.socket, until: float, tick: Tick) -> None:
        super().__init__()
        self._plain = plain
        self._until = until
        self._tick = tick
        self.reach = Reach.NOTHING

    def send(self, data: bytes) -> None:
        """Hand everything to the kernel; a side that stops listening early may still have answered."""
        view = memoryview(data)
        while view:
            self._prepare()
            try:
                sent = self._plain.send(view[:_BLOCK])
            except TimeoutError:
                continue
            except OSError:
                # Refused before it had listened to the end: the answer may lie in our buffer already.
                self._until = min(self._until, time.monotonic() + _LATE_ANSWER)
                return
            view = view[sent:]
            self.reach = Reach.PART
        self.reach = Reach.WHOLE

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            self._prepare()
            try:
                return self._plain.recv_into(buffer)
            except TimeoutError:
                continue

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What `http.client` asks of a socket."""
        return io.BufferedReader(self)

    def _prepare(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise LostError(self.reach, "too_late")
        if self._tick():
            raise LostError(self.reach, "given_up")
        self._plain.settimeout(min(_STEP, left))


def _read_answer(wire: _Wire) -> tuple[bytes, bool]:
    """The body, and whether the connection may be kept."""
    answer = http.client.HTTPResponse(cast("socket.socket", wire), method="POST")
    # Closed here, which leaves the socket open: the collector may otherwise take its parts in the wrong order.
    with contextlib.closing(answer):
        answer.begin()
        body = answer.read(LARGEST_ANSWER + 1)
        if len(body) > LARGEST_ANSWER or answer.length:
            raise LostError(wire.reach, "endless")
        if answer.status != _OK:
            raise HttpRefusedError(answer.status)
        return body, not answer.will_close
