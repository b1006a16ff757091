"""The channel between processes: short, private, and never waits for whoever hangs."""

import socket
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.channel import Channel, ChannelServer
from kiosk.failure import Failure, KioskError
from kiosk.model.values import JsonObject


@pytest.fixture
def channel(tmp_path: Path) -> Channel:
    return Channel(tmp_path, "echo")


def echo(question: JsonObject) -> JsonObject:
    if question.get("do") == "fail":
        raise KioskError(Failure.STORE_BUSY, role="database")
    return {"ok": True, "heard": question}


@pytest.fixture
def server(channel: Channel) -> Iterator[ChannelServer]:
    running = channel.serve(echo)
    yield running
    running.close()


def test_a_question_is_answered(channel: Channel, server: ChannelServer) -> None:
    del server
    assert channel.ask({"text": "还有 3 件"}) == {"ok": True, "heard": {"text": "还有 3 件"}}


def test_an_expected_failure_travels_as_its_code(channel: Channel, server: ChannelServer) -> None:
    del server
    assert channel.ask({"do": "fail"}) == {"ok": False, "failure": "store.busy"}


def test_nobody_there_is_none(channel: Channel) -> None:
    assert channel.ask({}) is None


def test_after_closing_nobody_is_there_and_nothing_is_left(tmp_path: Path, channel: Channel) -> None:
    channel.serve(echo).close()
    assert channel.ask({}) is None
    assert list((tmp_path / "run").iterdir()) == []


def test_only_the_service_user_may_ask(tmp_path: Path, server: ChannelServer) -> None:
    del server
    assert stat.S_IMODE((tmp_path / "run" / "echo").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700


def test_a_socket_left_by_a_killed_process_is_taken_over(tmp_path: Path, channel: Channel) -> None:
    (tmp_path / "run").mkdir()
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "run" / "echo"))
    server = channel.serve(echo)
    assert channel.ask({}) is not None
    server.close()


def test_a_living_server_is_not_pushed_aside(channel: Channel, server: ChannelServer) -> None:
    del server
    with pytest.raises(KioskError) as caught:
        channel.serve(echo)
    assert caught.value.failure is Failure.CHANNEL_TAKEN
    assert channel.ask({}) is not None


def test_a_closing_server_leaves_its_successors_socket_alone(tmp_path: Path, channel: Channel) -> None:
    first = channel.serve(echo)
    (tmp_path / "run" / "echo").unlink()
    second = channel.serve(echo)
    first.close()
    assert channel.ask({}) is not None
    second.close()


def test_a_data_directory_with_a_very_long_path_works(tmp_path: Path) -> None:
    deep = tmp_path / ("目录" * 30) / ("x" * 100)
    channel = Channel(deep, "echo")
    server = channel.serve(echo)
    assert channel.ask({"n": 1}) == {"ok": True, "heard": {"n": 1}}
    server.close()


def test_whoever_connects_and_says_nothing_holds_up_nobody(
    tmp_path: Path, channel: Channel, server: ChannelServer
) -> None:
    del server
    mutes = [socket.socket(socket.AF_UNIX) for _ in range(5)]
    for mute in mutes:
        mute.connect(str(tmp_path / "run" / "echo"))
    assert channel.ask({}) is not None
    for mute in mutes:
        mute.close()


def test_a_slow_answer_is_not_waited_for(channel: Channel) -> None:
    over = threading.Event()

    def slowly(_question: JsonObject) -> JsonObject:
        over.wait(5)
        return {"ok": True}

    server = channel.serve(slowly)
    started = time.monotonic()
    assert channel.ask({}, 0.1) is None
    assert time.monotonic() - started < 0.3
    over.set()
    server.close()


@pytest.mark.parametrize("noise", [b"not json\n", b"[1]\n", b"\xff\xfe\n", b"x" * 100_000, b""])
def test_noise_ends_that_conversation_only(
    tmp_path: Path, channel: Channel, server: ChannelServer, noise: bytes
) -> None:
    del server
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(tmp_path / "run" / "echo"))
        line.sendall(noise)
        line.shutdown(socket.SHUT_WR)
        line.settimeout(3)
        assert line.recv(100) == b""
    assert channel.ask({}) is not None
