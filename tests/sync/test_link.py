"""Nobody who is not the platform is taken for it, and every way to be disappointed has its own name."""

import socket
import threading
import time

import pytest

from kiosk.failure import Failure, KioskError
from sync.body import BLOCK_BYTES, BlockBody, Body
from sync.link import Link, LinkOptions, Question
from sync.sockets import LEAST_USER_TIMEOUT
from sync.wire.coding import MAX_BODY_BYTES, encode
from sync.wire.messages import Refusal
from tests.sync.strangers import drip, http, ours, silence, stranger

QUICK = LinkOptions(connect=1.0, answer=0.4)
SENT = b"x" * 40_000
ASKED = Question("/v1/exchange", Body(SENT))
NESTED = b"\x82\xa1x" + b"\x91" * 20_000 + b"\x00" + b"\xa7failure\xa1x"


def failure_at(url: str, options: LinkOptions = QUICK) -> KioskError:
    link = Link(url, options)
    try:
        with pytest.raises(KioskError) as caught:
            link.ask(ASKED)
    finally:
        link.close()
    return caught.value


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (http("200 OK", b"<html>welcome, please log in</html>"), Failure.LINK_NOT_PLATFORM),
        (http("200 OK", b"{}", media="application/json"), Failure.LINK_NOT_PLATFORM),
        (http("200 OK", b"", media=""), Failure.LINK_NOT_PLATFORM),
        (http("302 Found", b"", "Location: http://127.0.0.1:1/login"), Failure.LINK_NOT_PLATFORM),
        (http("511 Network Authentication Required", b"<html>"), Failure.LINK_NOT_PLATFORM),
        (http("401 Unauthorized", b"<html>"), Failure.LINK_NOT_PLATFORM),
        (http("403 Forbidden", b"<html>"), Failure.LINK_NOT_PLATFORM),
        (http("404 Not Found", b"<html>"), Failure.LINK_NOT_PLATFORM),
        (http("407 Proxy Authentication Required", b"<html>"), Failure.LINK_NOT_PLATFORM),
        (http("408 Request Timeout", b"<html>"), Failure.LINK_STALLED),
        (http("413 Content Too Large", b"<html>"), Failure.LINK_REFUSED),
        (http("429 Too Many Requests", b"<html>"), Failure.LINK_BUSY),
        (http("500 Internal Server Error", b"<html>"), Failure.LINK_BUSY),
        (http("502 Bad Gateway", b"<html>"), Failure.LINK_BUSY),
        (http("503 Service Unavailable", b"<html>"), Failure.LINK_BUSY),
        (ours("401 Unauthorized", encode(Refusal("link.refused"))), Failure.LINK_REFUSED),
        (ours("403 Forbidden", encode(Refusal("link.terminal_revoked"))), Failure.TERMINAL_REVOKED),
        (ours("403 Forbidden", encode(Refusal("a.newer.reason"))), Failure.LINK_REFUSED),
        (ours("403 Forbidden", b"\xff\xff"), Failure.LINK_NOT_PLATFORM),
        (ours("200 OK", b"0123456789").replace(b"Length: 10", b"Length: 99"), Failure.LINK_DOWN),
        (ours("400 Bad Request", encode(Refusal("store.full"))), Failure.LINK_REFUSED),
        (ours("400 Bad Request", NESTED), Failure.LINK_NOT_PLATFORM),
        (http("302 Found", b"", "Location: http://[::1"), Failure.LINK_NOT_PLATFORM),
        (http("302 Found", b"", "Location: /x").replace(b"/x", b"/\xff\xfe"), Failure.LINK_NOT_PLATFORM),
        (b"", Failure.LINK_DOWN),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Failure.LINK_NOT_PLATFORM),
    ],
)
def test_whoever_answers_wrongly_is_named(reply: bytes, failure: Failure) -> None:
    with stranger(reply) as server:
        assert failure_at(server.url).failure is failure


def test_a_redirect_is_never_followed() -> None:
    with (
        stranger(ours("200 OK", b"stolen")) as thief,
        stranger(http("307 Temporary Redirect", b"", f"Location: {thief.url}/v1/exchange")) as portal,
    ):
        assert failure_at(portal.url).failure is Failure.LINK_NOT_PLATFORM
        assert thief.requests == []


@pytest.mark.parametrize(
    ("reply", "wait"),
    [
        (http("429 Too Many Requests", b"", "Retry-After: 7"), 7),
        (http("503 Service Unavailable", b"", "Retry-After: 999999"), 900),
        (
            http(
                "503 Service Unavailable",
                b"",
                "Date: Tue, 24 Nov 2026 10:00:00 GMT",
                "Retry-After: Tue, 24 Nov 2026 10:00:40 GMT",
            ),
            40,
        ),
        (ours("503 Service Unavailable", encode(Refusal("link.busy", 12)), "Retry-After: 90"), 12),
        (http("503 Service Unavailable", b"", "Retry-After: soon"), None),
        (http("503 Service Unavailable", b"", f"Retry-After: {'9' * 5000}"), 900),
        (http("503 Service Unavailable", b"", f"Retry-After: Mon, 01 Jan {'9' * 20} 00:00:00 GMT"), None),
        (http("503 Service Unavailable", b"", f"Retry-After: Mon, 01 Jan 2024 00:00:00 +{'9' * 14}"), None),
    ],
)
def test_a_busy_platform_says_how_long_to_wait_whatever_our_clock_says(reply: bytes, wait: int | None) -> None:
    with stranger(reply) as server:
        error = failure_at(server.url)
    assert error.failure is Failure.LINK_BUSY
    assert error.info.get("wait") == wait


def test_nobody_there_is_a_link_that_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert failure_at(f"http://127.0.0.1:{port}").failure is Failure.LINK_DOWN
    assert failure_at("http://platform.invalid").failure is Failure.LINK_DOWN


def test_an_address_that_is_none_is_the_technicians_mistake() -> None:
    assert failure_at("platform").failure is Failure.CONFIG_INVALID


def test_silence_is_a_stalled_link() -> None:
    with stranger(silence(3)) as server:
        started = time.monotonic()
        assert failure_at(server.url).failure is Failure.LINK_STALLED
        assert time.monotonic() - started < 2


def test_an_answer_that_only_drips_does_not_hold_the_agent() -> None:
    with stranger(drip(5)) as server:
        started = time.monotonic()
        assert failure_at(server.url).failure is Failure.LINK_STALLED
        assert time.monotonic() - started < 2


def test_an_endless_redirect_is_not_read() -> None:
    sent: list[int] = []

    def endless(line: socket.socket, _request: bytes) -> None:
        line.sendall(http("302 Found", b"", "Location: http://portal.invalid/").replace(b"Content-Length: 0\r\n", b""))
        for _ in range(256):
            line.sendall(bytes(1024 * 1024))
            sent.append(1)

    with stranger(endless) as server:
        assert failure_at(server.url, LinkOptions(connect=2, answer=5)).failure is Failure.LINK_NOT_PLATFORM
    assert len(sent) < 64


def test_nobody_leaves_a_cookie_here() -> None:
    with stranger(ours("200 OK", b"answer", "Set-Cookie: who=portal; Path=/")) as server:
        link = Link(server.url, QUICK)
        for _ in range(2):
            assert link.ask(ASKED) == b"answer"
        link.close()
    assert not any(b"cookie" in request.partition(b"\r\n\r\n")[0].lower() for request in server.requests)


def test_an_endless_answer_is_cut_off() -> None:
    def endless(line: socket.socket, _request: bytes) -> None:
        line.sendall(ours("200 OK", b"").replace(b"Content-Length: 0", b"Content-Length: 99999999999"))
        block = bytes(1024 * 1024)
        for _ in range(MAX_BODY_BYTES // len(block) + 50):
            line.sendall(block)

    with stranger(endless) as server:
        assert failure_at(server.url, LinkOptions(connect=2, answer=5)).failure is Failure.LINK_NOT_PLATFORM


def test_a_long_body_leaves_in_blocks_so_that_a_slow_line_needs_no_long_timeout() -> None:
    sent: list[int] = []
    body = BlockBody(Body(bytes(10), bytes(99_990)), sent.append)
    assert len(body) == 100_000
    assert len(body.read(10**9)) == BLOCK_BYTES
    assert b"".join(body) == bytes(100_000 - BLOCK_BYTES)
    assert sum(sent) == 100_000


def test_the_whole_question_arrives_and_is_counted() -> None:
    with stranger(ours("200 OK", b"answer")) as server:
        link = Link(server.url, QUICK)
        assert link.ask(ASKED) == b"answer"
        link.close()
    (request,) = server.requests
    head, _, body = request.partition(b"\r\n\r\n")
    assert body == SENT
    lines = [line.partition(b":")[0] for line in head.split(b"\r\n")[1:]]
    assert lines == [b"Host", b"Content-Type", b"Content-Length"], "what the platform does not read is not sent"
    assert link.traffic.turns == 1
    assert link.traffic.sent == len(request)
    assert link.traffic.received >= 6


def test_an_answer_need_not_name_its_kind_where_the_question_did_not() -> None:
    unnamed = Question("/v1/changes", Body(b"x"), media="")
    for media in ("", "application/octet-stream"):
        with stranger(http("200 OK", b"answer", media=media)) as server:
            link = Link(server.url, QUICK)
            assert link.ask(unnamed) == b"answer"
            with pytest.raises(KioskError):
                link.ask(ASKED)
            link.close()
    for reply in (http("200 OK", b"<html>"), http("401 Unauthorized", b"", media="")):
        with stranger(reply) as server:
            link = Link(server.url, QUICK)
            with pytest.raises(KioskError) as caught:
                link.ask(unnamed)
            link.close()
        assert caught.value.failure is Failure.LINK_NOT_PLATFORM


def test_the_environment_brings_no_proxy_and_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with stranger(ours("200 OK", b"answer")) as server:
        link = Link(server.url, QUICK)
        assert link.ask(ASKED) == b"answer"
        link.close()


def test_stopping_does_not_wait_for_an_answer() -> None:
    with stranger(silence(20)) as server:
        link = Link(server.url, LinkOptions(connect=5, answer=20))
        found: list[Failure] = []

        def ask() -> None:
            try:
                link.ask(ASKED)
            except KioskError as error:
                found.append(error.failure)

        thread = threading.Thread(target=ask)
        started = time.monotonic()
        thread.start()
        while not server.requests:
            time.sleep(0.01)
        link.abort()
        thread.join(5)
        link.close()
    assert found == [Failure.LINK_DOWN]
    assert time.monotonic() - started < 5


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="the kernel offers no such option")
def test_a_dead_connection_is_given_up_after_eight_round_trips_but_not_before_five_seconds() -> None:
    link = Link("http://127.0.0.1:1", QUICK)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as line:
        link.sockets.watch(line)
        rtt = link.sockets.rtt_seconds
        assert rtt is not None
        assert 0 < rtt < 1
        option = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
        assert option == int(max(LEAST_USER_TIMEOUT, 8 * rtt) * 1000)
    link.close()
