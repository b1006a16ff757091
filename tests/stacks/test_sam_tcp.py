"""A card reader behind a serial device server: the same driver over TCP."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from devices.idcard.sam.frames import LARGEST, PREAMBLE
from kiosk.failure import Failure
from tests.stacks.pty import ANSWER, Errand, PlayedReader, driver, failing, open_again, opened, played_reader


@pytest.fixture(scope="module")
def server() -> Iterator[PlayedReader]:
    with played_reader("--tcp", "--already-read", "free", "--card", "hong-kong") as reader:
        yield reader


def test_a_card_is_read(server: PlayedReader) -> None:
    with opened(server.port) as reader:
        assert reader.read(Errand()).name == "演示·陈嘉欣"
        assert "over TCP" in reader.check().detail


def test_a_connection_lost_at_a_byte_is_absent_and_works_when_it_is_back(server: PlayedReader) -> None:
    reader = driver(server.port)
    for place in (0, 1, 4, 5, 6, 7, 9, 10, 11, 14, 270, 700, ANSWER - 2, ANSWER - 1):
        server.do("close", at=place, on="read")
        open_again(reader)
        assert failing(lambda: reader.read(Errand())).failure is Failure.DEVICE_ABSENT
        reader.close()
    open_again(reader)
    assert reader.read(Errand()).name == "演示·陈嘉欣"
    reader.close()


def test_noise_and_damage_are_no_different(server: PlayedReader) -> None:
    with opened(server.port) as reader:
        server.do("noise", bytes=10 * LARGEST, on="find")
        server.do("flip", at=99, on="read")
        assert reader.read(Errand()).name == "演示·陈嘉欣"
        server.do("cut", at=99, on="read", times=2)
        assert failing(lambda: reader.read(Errand())).failure is Failure.DEVICE_DISTURBED


def test_a_server_whose_reader_is_silent_is_named_in_time(server: PlayedReader) -> None:
    server.do("silence", times=2)
    error = failing(driver(server.port).open)
    assert (error.failure, error.info["reason"]) == (Failure.DEVICE_ABSENT, "silent")


def test_nobody_listening_is_absent(server: PlayedReader) -> None:
    server.do("unplug")
    assert failing(driver(server.port).open).failure is Failure.DEVICE_ABSENT
    server.do("plug")
    with opened(server.port) as reader:
        assert reader.read(Errand()).name == "演示·陈嘉欣"


def test_a_line_that_never_stops_talking_is_disturbed_within_its_time() -> None:
    """Bytes as fast as they can be taken, among them ever new beginnings of frames that never end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        flood = threading.Thread(target=_talk_for_ever, args=(listener,), daemon=True)
        flood.start()
        begun = time.monotonic()
        error = failing(driver(f"socket://127.0.0.1:{listener.getsockname()[1]}").open)
        assert error.failure is Failure.DEVICE_DISTURBED
        assert time.monotonic() - begun < 5.0
    flood.join(5.0)
    assert not flood.is_alive()


def _talk_for_ever(listener: socket.socket) -> None:
    peer, _ = listener.accept()
    with peer, contextlib.suppress(OSError):
        while True:
            peer.sendall((PREAMBLE + LARGEST.to_bytes(2, "big")) * 500 + bytes(3000))
