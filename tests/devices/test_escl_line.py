"""Whatever comes back on the line to a scanner is an answer or a named failure, soon and bounded."""

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from devices.scanner.escl.line import Answer, Call, Line
from kiosk.failure import Failure, KioskError

NAMED = {Failure.DEVICE_ABSENT, Failure.DEVICE_DISTURBED, Failure.DEVICE_HUNG}
WELL = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 4\r\n\r\n<a/>"
ODD = [
    b"",
    b"\r\n\r\n",
    b"HTTP/1.1",
    b"HTTP/1.1 abc\r\n\r\n",
    b"HTTP/9.9 200 OK\r\n\r\n",
    b"HTTP/1.1 99999 OK\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.2\r\n",
    b"\x16\x03\x01\x02\x00\x01",
    b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
    b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n<a/>",
    b"HTTP/1.1 200 OK\r\nContent-Length: 4, 5\r\n\r\n<a/>",
    b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n<a/>",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\n<a/>",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<a/>\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n<a/>\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n<a/>",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00",
    b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe/\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: \\\\evil\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:99999/\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n" * 50 + WELL,
    b"HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n",
    b"HTTP/1.0 200 OK\r\n\r\n<a/>",
]


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A scanner that says these bytes to everybody and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer, args=(server, answer))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/eSCL"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _answer(server: socket.socket, answer: bytes) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            try:
                connection.settimeout(1)
                connection.recv(4096)
                connection.sendall(answer)
            except OSError:
                continue


def asked(url: str) -> Answer | KioskError:
    line = Line(url)
    begun = time.monotonic()
    try:
        return line.ask(Call("GET", line.at("ScannerStatus"), seconds=2.0, largest=100_000))
    except KioskError as error:
        return error
    finally:
        assert time.monotonic() - begun < 3.0


def test_a_plain_answer_comes_as_it_was_sent() -> None:
    with answering(WELL) as url:
        answer = asked(url)
    assert isinstance(answer, Answer)
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"<a/>", "text/xml")


@pytest.mark.parametrize("answer", ODD, ids=range(len(ODD)))
def test_odd_answers_are_bounded_answers_or_named_failures(answer: bytes) -> None:
    with answering(answer) as url:
        found = asked(url)
    if isinstance(found, KioskError):
        assert found.failure in NAMED
        assert "127.0.0.1" not in str(found)
    else:
        assert len(found.body) <= 100_000


@pytest.mark.expects_logs  # of urllib3, about broken headers; a driver's log leads nowhere
def test_any_bytes_at_all_are_answers_or_named_failures() -> None:
    dice = random.Random(20260101)
    for _ in range(60):
        data = bytearray(dice.choice([WELL, *ODD[:-1]])[:2000])
        for _ in range(dice.randint(1, 6)):
            place = dice.randrange(len(data) + 1)
            data[place:place] = dice.choice([b"\r\n", b":", b" ", b"\0", b"\xff", dice.randbytes(3)])
        with answering(bytes(data)) as url:
            found = asked(url)
        assert isinstance(found, Answer) or found.failure in NAMED


def test_a_body_longer_than_allowed_is_left_early() -> None:
    with answering(b"HTTP/1.0 200 OK\r\n\r\n" + b"a" * 3_000_000) as url:
        found = asked(url)
    assert isinstance(found, KioskError)
    assert found.info == {"reason": "too_large"}


def test_nobody_there_is_absent_and_a_name_nobody_knows_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}/eSCL", "http://no-such-scanner.invalid/eSCL"):
        found = asked(url)
        assert isinstance(found, KioskError)
        assert found.failure is Failure.DEVICE_ABSENT
