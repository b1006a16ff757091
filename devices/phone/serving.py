"""The small web server of one hand-over: three files for the phone to read, one address for it to send to.

It lives as long as the code stands on the screen, knows one path nobody can guess, holds what came in memory and takes
little at a time. Everything else, whoever asks, is 404.
"""

import contextlib
import hashlib
import hmac
import queue
import re
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from devices.contract import ForeignFile
from devices.phone.sealing import Invitation
from kiosk.failure import KioskError

_WEB: Final = Path(__file__).parent / "web"
_PAGES: Final[Mapping[str, tuple[str, str]]] = {
    "": ("page.html", "text/html; charset=utf-8"),
    "seal.js": ("seal.js", "text/javascript; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src blob: data:; connect-src 'self'"
)
_FILE: Final = re.compile(r"file/(0|[1-9][0-9]{0,3})")
_SILENCE_SECONDS: Final = 15.0
_UPLOAD_SECONDS: Final = 120.0
_ROOM_SECONDS: Final = 45.0
_LOOK_SECONDS: Final = 0.05
_AT_ONCE: Final = 4
_WAITING: Final = 2
_PIECE: Final = 64 * 1024
_SEAL_BYTES: Final = 64
_DRAINED: Final = 64 * 1024 * 1024
_DRAIN_SILENCE: Final = 2.0
_MOST_GUESTS: Final = 24
_STAY_SECONDS: Final = _UPLOAD_SECONDS + _ROOM_SECONDS + 30.0
_HTTP: Final = 80


class Counter(ThreadingHTTPServer):
    """Listens from the moment it is made. `arrived` holds opened files until somebody takes them.

    Raises:
        OSError: the address or port cannot be had.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 8

    def __init__(self, host: str, port: int, invitation: Invitation, largest: int) -> None:
        super().__init__((host, port), _Guest)
        self.invitation = invitation
        self.largest = largest
        self.arrived: queue.Queue[ForeignFile] = queue.Queue(_WAITING)
        self.seen: set[bytes] = set()
        self.taken: set[bytes] = set()
        self.places = threading.BoundedSemaphore(_AT_ONCE)
        self.closed = threading.Event()
        self._gate = threading.Lock()
        self._guests: dict[socket.socket, float] = {}
        threading.Thread(target=self.serve_forever, args=(0.1,), name="phone", daemon=True).start()

    @property
    def url(self) -> str:
        """What the code on the screen says."""
        host, port = self.server_address[:2]
        return self.invitation.url(str(host), int(port))

    def end(self) -> None:
        """Stop listening, hang up on everybody and forget what nobody took."""
        with self._gate:
            self.closed.set()
            guests = list(self._guests)
        for guest in guests:
            _hang_up(guest)
        self.shutdown()
        self.server_close()
        self.forget()

    def forget(self) -> None:
        """Drop what arrived and nobody took."""
        with contextlib.suppress(queue.Empty):
            while True:
                self.arrived.get_nowait()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Let a guest in, while there are few: a thread each is all a small terminal can give."""
        with self._gate:
            welcome = not self.closed.is_set() and len(self._guests) < _MOST_GUESTS
            if welcome:
                self._guests[request] = time.monotonic() + _STAY_SECONDS
        if welcome:
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def shutdown_request(self, request: Any) -> None:
        """A guest has gone."""
        with self._gate:
            self._guests.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Called several times a second: whoever has stayed too long is shown out, whatever little they still say."""
        now = time.monotonic()
        with self._gate:
            late = [guest for guest, until in self._guests.items() if now > until]
        for guest in late:
            _hang_up(guest)

    def keep(self, file: ForeignFile) -> HTTPStatus:
        """Hand a file on, and say that it was sent once it has become pages or was refused on the screen.

        The same content twice is a phone that did not hear that it had arrived, or somebody playing it again.
        """
        mark = hashlib.sha256(file.data).digest()
        with self._gate:
            if self.closed.is_set():
                return HTTPStatus.NOT_FOUND
            if mark in self.seen:
                return HTTPStatus.OK if mark in self.taken else HTTPStatus.SERVICE_UNAVAILABLE
            self.seen.add(mark)
        settled = threading.Event()

        def settle() -> None:
            self.taken.add(mark)
            settled.set()

        try:
            self.arrived.put(replace(file, settled=settle), timeout=_ROOM_SECONDS)
        except queue.Full:
            self.seen.discard(mark)
            return HTTPStatus.SERVICE_UNAVAILABLE
        until = time.monotonic() + _ROOM_SECONDS
        while not settled.wait(_LOOK_SECONDS) and not self.closed.is_set() and time.monotonic() < until:
            continue
        if self.closed.is_set():
            self.forget()
        return HTTPStatus.OK if settled.is_set() else HTTPStatus.SERVICE_UNAVAILABLE

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A guest that breaks off is no news, and nothing of theirs belongs into a log."""


def _hang_up(guest: socket.socket) -> None:
    with contextlib.suppress(OSError):
        guest.shutdown(socket.SHUT_RDWR)


class _Guest(BaseHTTPRequestHandler):
    server: Counter
    protocol_version = "HTTP/1.1"
    timeout = _SILENCE_SECONDS

    def do_GET(self) -> None:
        found = _PAGES.get(self._path() or "") if self._path() is not None else None
        if found is None:
            self._answer(HTTPStatus.NOT_FOUND)
            return
        name, kind = found
        self._answer(HTTPStatus.OK, (_WEB / name).read_bytes(), kind)

    def do_POST(self) -> None:
        place = _FILE.fullmatch(self._path() or "")
        if place is None:
            self._answer(HTTPStatus.NOT_FOUND)
        elif not self.server.places.acquire(blocking=False):
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            try:
                self._answer(self._take(int(place[1])))
            finally:
                self.server.places.release()

    def _path(self) -> str | None:
        """What is asked for behind the name that admits; None for who does not know it or means another host."""
        host, port = self.server.server_address[:2]
        if self.headers.get("Host") not in {f"{host!s}:{port}", f"{host!s}" if port == _HTTP else None} - {None}:
            return None
        _, name, rest = [*self.path.split("/", 2), "", ""][:3]
        known = hmac.compare_digest(name.encode(), self.server.invitation.name.encode())
        return rest if known and self.path.count("/") > 1 else None

    def _take(self, number: int) -> HTTPStatus:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdecimal():
            return HTTPStatus.LENGTH_REQUIRED
        if int(length) > self.server.largest + _SEAL_BYTES:
            self._drain(int(length))
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        body = self._body(int(length))
        return HTTPStatus.REQUEST_TIMEOUT if body is None else self._keep(number, body)

    def _keep(self, number: int, body: bytes) -> HTTPStatus:
        try:
            data, extension = self.server.invitation.opened(number, body)
        except KioskError:
            return HTTPStatus.FORBIDDEN
        return self.server.keep(ForeignFile(data, extension, photo=extension == "jpg"))

    def _drain(self, length: int) -> None:
        """Read on for a while what is too large: a browser hears an answer only when it has sent everything."""
        until = time.monotonic() + _UPLOAD_SECONDS
        left = min(length, _DRAINED)
        self.connection.settimeout(_DRAIN_SILENCE)
        with contextlib.suppress(OSError):
            while left > 0 and time.monotonic() < until and (piece := self.rfile.read1(min(_PIECE, left))):
                left -= len(piece)

    def _body(self, length: int) -> bytes | None:
        until = time.monotonic() + _UPLOAD_SECONDS
        body = bytearray()
        while len(body) < length:
            if time.monotonic() > until:
                return None
            piece = self.rfile.read1(min(_PIECE, length - len(body)))
            if not piece:
                return None
            body += piece
        return bytes(body)

    def _answer(self, status: HTTPStatus, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        if status is not HTTPStatus.OK:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name http.server gives
        """Nothing: paths here admit, and addresses are somebody's."""
