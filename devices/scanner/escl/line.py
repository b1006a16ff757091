"""One HTTP exchange with a scanner at a time, bounded in time and bytes, and left at once when the job is cancelled.

`requests` can wait long for a first byte and drip for ever after it, so every exchange runs on a thread of its own
while the driver's thread keeps the deadline. What is given up loses its socket, which ends the thread.

Scanners answer HTTPS with a certificate they made themselves: any is taken, because the same device answers plain HTTP
to anybody, unless one is named by its fingerprint (docs/decisions/0011). Redirects are followed on the same host only.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
import requests.adapters
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from kiosk.failure import Failure, KioskError

_LOOK = 0.05
_CONNECTING = 3.0
# Small, because a block is not told of before it is full.
_BLOCK = 8 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 3
_HEADERS = {"Accept-Encoding": "identity", "Connection": "close", "User-Agent": "Jinban"}
_XML = {"Content-Type": "text/xml; charset=utf-8"}
_SCHEMES = ("http", "https")

Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `seconds` for the whole of it, `quiet` between two bytes, `largest` bytes in the answer."""

    method: str
    url: str
    body: bytes = field(default=b"", repr=False)
    seconds: float = 5.0
    quiet: float = 5.0
    largest: int = 512 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers (names in any case) and the whole body."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def unwatched(_received: int, _announced: int) -> None:
    """For exchanges nobody can cancel."""


class Line:
    """The way to one scanner. `fingerprint` is the SHA-256 of its certificate, hexadecimal, or empty for any."""

    def __init__(self, base: str, fingerprint: str = "") -> None:
        self._base = base.rstrip("/") + "/"
        parts = _split(self._base)
        self._host = parts[1]
        self._fingerprint = fingerprint.replace(":", "").lower()
        if self._fingerprint and parts[0] != "https":
            raise KioskError(Failure.CONFIG_INVALID, reason="fingerprint_without_https")

    def at(self, path: str) -> str:
        """The address of a resource of this scanner; of a foreign absolute address only its path is taken."""
        parts = urlsplit(path)
        inside = parts.path + (f"?{parts.query}" if parts.query else "")
        return urljoin(self._base, inside if inside.startswith("/") else inside.lstrip("./"))

    def ask(self, call: Call, watch: Watch = unwatched) -> Answer:
        """Do one call, following redirects. `watch` is called about 20 times a second and may raise to give up.

        Raises:
            KioskError: `DEVICE_ABSENT` (nobody there), `DEVICE_HUNG` (`silent`), `DEVICE_DISTURBED` (`reason` says how:
                `cut` with the bytes `received`, `too_large`, `redirect`, `garbage`, `tls`), `DEVICE_FORBIDDEN`
                (`certificate`).
        """
        until = time.monotonic() + call.seconds
        url = call.url
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._once(call, url, until, watch)
            target = answer.headers.get("Location", "") if answer.status in _REDIRECTS else ""
            if not target:
                return answer
            url = self._follow(url, target)
        raise KioskError(Failure.DEVICE_DISTURBED, reason="redirect")

    def _follow(self, url: str, target: str) -> str:
        try:
            scheme, host = _split(urljoin(url, target))
        except KioskError:
            host = scheme = ""
        if host != self._host or (urlsplit(url).scheme == "https" and scheme != "https"):
            raise KioskError(Failure.DEVICE_DISTURBED, reason="redirect")
        return urljoin(url, target)

    def _once(self, call: Call, url: str, until: float, watch: Watch) -> Answer:
        exchange = _Exchange(call, url, self._fingerprint)
        exchange.start()
        try:
            while not exchange.done.wait(_LOOK):
                watch(exchange.received, exchange.announced)
                now = time.monotonic()
                if now >= until or now - exchange.moved >= call.quiet:
                    raise exchange.late()
        finally:
            exchange.leave()
        return exchange.result()


class _Exchange(threading.Thread):
    """One request on its own thread; `moved` is when a byte last came."""

    def __init__(self, call: Call, url: str, fingerprint: str) -> None:
        super().__init__(name="escl", daemon=True)
        self.done = threading.Event()
        self.received = self.announced = 0
        self.moved = time.monotonic()
        self._call, self._url, self._fingerprint = call, url, fingerprint
        self._left = False
        self._sockets: list[socket.socket] = []
        self._connected = False
        self._answer: Answer | None = None
        self._error: KioskError | None = None

    def run(self) -> None:
        """Send and read; whatever happens becomes an answer or a failure."""
        try:
            self._answer = self._talk()
        except KioskError as error:
            self._error = error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            # No chain: the text of the error names the address.
            self._error = self._named(error)
        except BaseException:  # noqa: BLE001 - raised where it is heard, not on a thread nobody watches
            self._error = KioskError(Failure.DEVICE_DISTURBED, reason="garbage")
        self.done.set()

    def leave(self) -> None:
        """Give it up, if it is not over: without its socket the thread ends."""
        self._left = True
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def late(self) -> KioskError:
        """The failure of an exchange that took too long."""
        if not self._connected:
            return KioskError(Failure.DEVICE_ABSENT, reason="no_answer")
        return KioskError(Failure.DEVICE_HUNG, reason="silent")

    def result(self) -> Answer:
        """The answer, once `done`.

        Raises:
            KioskError: see `Line.ask`.
        """
        if self._answer is None:
            raise self._error or KioskError(Failure.DEVICE_DISTURBED, reason="garbage")
        return self._answer

    def keep(self, sock: socket.socket) -> None:
        """Called by the connection as soon as it stands."""
        self._connected = True
        self.moved = time.monotonic()
        # A second handle: shutting it down ends the connection without touching the TLS object another thread reads.
        self._sockets.append(sock.dup())
        if self._left:
            self.leave()

    def _talk(self) -> Answer:
        call = self._call
        with requests.Session() as session:
            session.trust_env = False
            adapter = _Adapter(self.keep, self._fingerprint)
            for scheme in _SCHEMES:
                session.mount(f"{scheme}://", adapter)
            with session.request(
                call.method,
                self._url,
                data=call.body or None,
                headers={**_HEADERS, **(_XML if call.body else {})},
                timeout=(min(_CONNECTING, call.seconds), call.quiet),
                allow_redirects=False,
                stream=True,
                verify=False,  # see the top of this file
            ) as response:
                self.moved = time.monotonic()
                return Answer(response.status_code, response.headers, self._body(response))

    def _body(self, response: requests.Response) -> bytes:
        length = response.headers.get("Content-Length", "")
        self.announced = int(length) if length.isascii() and length.isdigit() and len(length) <= len("999999999") else 0
        body = bytearray()
        if self.announced > self._call.largest:
            raise KioskError(Failure.DEVICE_DISTURBED, reason="too_large")
        for block in response.raw.stream(_BLOCK, decode_content=False):
            body += block
            self.received, self.moved = len(body), time.monotonic()
            if len(body) > self._call.largest:
                raise KioskError(Failure.DEVICE_DISTURBED, reason="too_large")
        return bytes(body)

    def _named(self, error: Exception) -> KioskError:
        chain = _causes(error)
        if any(isinstance(cause, urllib3.exceptions.SSLError | ssl.SSLError) for cause in chain):
            if self._fingerprint and any("ingerprint" in str(cause) for cause in chain):
                return KioskError(Failure.DEVICE_FORBIDDEN, reason="certificate")
            return KioskError(Failure.DEVICE_DISTURBED, reason="tls")
        if not self._connected:
            return KioskError(Failure.DEVICE_ABSENT, reason=type(error).__name__)
        if any(isinstance(cause, TimeoutError | urllib3.exceptions.ReadTimeoutError) for cause in chain):
            return KioskError(Failure.DEVICE_HUNG, reason="silent")
        return KioskError(Failure.DEVICE_DISTURBED, reason="cut", received=self.received)


class _Adapter(requests.adapters.HTTPAdapter):
    """Shows every socket to `keep`, and knows the one certificate that counts, if there is one."""

    def __init__(self, keep: Callable[[socket.socket], None], fingerprint: str) -> None:
        self._keep, self._fingerprint = keep, fingerprint
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make pools whose connections are seen."""
        if self._fingerprint:
            kwargs["assert_fingerprint"] = self._fingerprint
        super().init_poolmanager(*args, ssl_context=_lenient(), **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._keep)


def _pools(keep: Callable[[socket.socket], None]) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            keep(self.sock)

    class Secured(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            sock = super()._new_conn()
            keep(sock)
            return sock

        def connect(self) -> None:
            super().connect()
            self.is_verified = True  # as far as it is meant to be: see the top of this file

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecuredPool(HTTPSConnectionPool):
        ConnectionCls = Secured

    return {"http": PlainPool, "https": SecuredPool}


def _lenient() -> ssl.SSLContext:
    """TLS as printers of ten years speak it: their own certificates, RSA keys of 1024 bits."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    return context


def _causes(error: BaseException) -> list[BaseException]:
    """An error and what it wraps: by cause, by context or as its argument, which is how urllib3 and requests nest."""
    found: list[BaseException] = []
    waiting: list[Any] = [error]
    while waiting and len(found) < len("a dozen of them"):
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return found


def _split(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in _SCHEMES or parts.username:
        raise KioskError(Failure.CONFIG_INVALID, reason="url")
    return parts.scheme, host
