"""The code reader's driver over a real terminal device (pty), from its own process to whoever watches."""

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from devices.host import DeviceHost
from kiosk.failure import Failure
from kiosk.model.devices import CodeRead
from tests.devices.device_bench import running, until
from tests.stacks import need
from tests.stacks.simulators import Simulator, simulator

Codes = queue.SimpleQueue[CodeRead]


@contextmanager
def gun(tmp_path: Path, *words: str, **options: str) -> Iterator[tuple[Simulator, DeviceHost, Codes]]:
    """A gun, its driver, and what arrives."""
    need("pty")
    codes: Codes = queue.SimpleQueue()
    with simulator("barcode", *words) as played:
        table: dict[str, Any] = {"barcode": {**played.first["settings"]["barcode"], **options}}
        with running(tmp_path, table) as host:
            until(lambda: host.status()[0].ready)
            host.watch_codes(codes.put)
            yield played, host, codes


def arrives(played: Simulator, codes: Codes, text: str) -> None:
    """Watching begins a moment after it was asked for: scan until the first one comes."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        played.do("scan", text=text)
        try:
            code = codes.get(timeout=0.3)
        except queue.Empty:
            continue
        assert code.text == text
        assert text not in repr(code)
        return
    raise AssertionError("no code came")


def drained(codes: Codes) -> None:
    while True:
        try:
            codes.get(timeout=0.3)
        except queue.Empty:
            return


def test_a_code_arrives_whole_and_soon(tmp_path: Path) -> None:
    # Its end is what ends a code, not the quiet after it.
    with gun(tmp_path, gap="5") as (played, _, codes):
        arrives(played, codes, "first")
        drained(codes)
        began = time.monotonic()
        played.do("scan", text="T00001A-20261124-00001-7")
        assert codes.get(timeout=2).text == "T00001A-20261124-00001-7"
        assert time.monotonic() - began < 2
        played.do("scan", text="twice", times=2)
        assert [codes.get(timeout=2).text for _ in range(2)] == ["twice", "twice"]


def test_a_slow_line_in_chinese_encoding_with_prefix_and_suffix(tmp_path: Path) -> None:
    words = ("--encoding", "gb18030", "--prefix", "\x02", "--suffix", "\x03", "--end", "crlf")
    with gun(tmp_path, *words, prefix="\x02", suffix="\x03") as (played, _, codes):
        arrives(played, codes, "演示·𠮷小凤")
        drained(codes)
        played.do("slow", seconds=0.002)
        played.do("scan", text="养老资格认证")
        assert codes.get(timeout=2).text == "养老资格认证"


def test_a_torn_code_is_dropped_and_the_next_one_is_whole(tmp_path: Path) -> None:
    with gun(tmp_path) as (played, _, codes):
        arrives(played, codes, "first")
        drained(codes)
        played.do("torn", text="0123456789", bytes=4)
        time.sleep(0.8)
        played.do("scan", text="whole")
        assert codes.get(timeout=2).text == "whole"


def test_a_gun_pulled_out_is_absent_and_back_within_three_seconds(tmp_path: Path) -> None:
    with gun(tmp_path) as (played, host, codes):
        arrives(played, codes, "before")
        drained(codes)
        played.do("torn", text="half a code", bytes=6)
        played.do("unplug")
        until(lambda: host.status()[0].failure == Failure.DEVICE_ABSENT.code, 3)
        time.sleep(3)
        played.do("plug")
        began = time.monotonic()
        until(lambda: host.status()[0].ready, 3)
        assert time.monotonic() - began < 3
        played.do("scan", text="after")
        assert codes.get(timeout=2).text == "after"


def test_what_was_read_before_anybody_watched_never_turns_up(tmp_path: Path) -> None:
    need("pty")
    codes: Codes = queue.SimpleQueue()
    with simulator("barcode") as played, running(tmp_path, {"barcode": played.first["settings"]["barcode"]}) as host:
        until(lambda: host.status()[0].ready)
        played.do("scan", text="stale")
        time.sleep(0.8)
        host.watch_codes(codes.put)
        arrives(played, codes, "fresh")


def test_a_flood_of_bytes_neither_hangs_nor_fills_the_driver(tmp_path: Path) -> None:
    with gun(tmp_path) as (played, host, codes):
        arrives(played, codes, "first")
        drained(codes)
        for _ in range(40):
            played.do("raw", hex="78" * 2000)
        played.do("raw", hex="0d")
        played.do("scan", text="still here")
        assert codes.get(timeout=5).text == "still here"
        assert host.status()[0].ready


@pytest.mark.parametrize(
    ("options", "failure"),
    [
        ({"port": "/dev/no-such-port"}, Failure.DEVICE_ABSENT),
        ({}, Failure.CONFIG_INVALID),
        ({"port": "/dev/null", "speed": "1"}, Failure.CONFIG_INVALID),
        ({"port": "/dev/null", "baud": "14"}, Failure.CONFIG_INVALID),
        ({"port": "socket://127.0.0.1:1"}, Failure.DEVICE_ABSENT),
    ],
)
def test_what_cannot_be_opened_says_why(tmp_path: Path, options: dict[str, str], failure: Failure) -> None:
    with running(tmp_path, {"barcode": {"driver": "serial", **options}}) as host:
        until(lambda: host.status()[0].failure == failure.code, 5)


def test_two_programs_do_not_share_one_gun(tmp_path: Path) -> None:
    (tmp_path / "2").mkdir()
    with (
        gun(tmp_path) as (played, _, _),
        running(tmp_path / "2", {"barcode": played.first["settings"]["barcode"]}) as host,
    ):
        until(lambda: host.status()[0].failure == Failure.DEVICE_BUSY.code, 5)
