"""Whoever answers on the platform's port without being the platform."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sync.wire.coding import MEDIA_TYPE

Reply = Callable[[socket.socket, bytes], None]
"""Answers on the line to the request that came."""


def http(status: str, body: bytes = b"", *headers: str, media: str = "text/html") -> bytes:
    head = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {media}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


def ours(status: str, body: bytes, *headers: str) -> bytes:
    return http(status, body, *headers, media=MEDIA_TYPE)


class Stranger:
    """A loopback server that gives every request the same bytes, however wrong they are, and hangs up."""

    def __init__(self, reply: bytes | Reply, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.requests: list[bytes] = []
        self._reply = reply if callable(reply) else lambda line, _request: line.sendall(reply)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, plain: socket.socket) -> None:
        with plain, suppress(OSError), self._tls.wrap_socket(plain, server_side=True) if self._tls else plain as line:
            self.requests.append(read_request(line))
            self._reply(line, self.requests[-1])


@contextmanager
def stranger(reply: bytes | Reply) -> Iterator[Stranger]:
    server = Stranger(reply)
    try:
        yield server
    finally:
        server.close()


def read_request(line: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(row.split(b":")[1]) for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        piece = line.recv(65536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


def drip(seconds: float) -> Reply:
    """A good head, then one byte of the body now and then."""

    def reply(line: socket.socket, _request: bytes) -> None:
        line.sendall(http("200 OK", media=MEDIA_TYPE).replace(b"Content-Length: 0", b"Content-Length: 100000"))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            line.sendall(b"x")
            time.sleep(0.05)

    return reply


def silence(seconds: float) -> Reply:
    return lambda _line, _request: time.sleep(seconds)
