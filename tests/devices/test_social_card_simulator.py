"""The shipped card process, with a listener in place of the virtual reader."""

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.idcard.simulated.social_card import ATR
from devices.simulators import SIMULATORS

SELECT = bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")


class Reader:
    """As vpcd: listens, powers the card, says commands."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(5.0)
        self.port: int = self._server.getsockname()[1]
        self._card: socket.socket | None = None

    def take(self) -> bytes:
        """A card comes; its answer to reset."""
        self._card, _ = self._server.accept()
        self._card.settimeout(5.0)
        self.send(b"\x01")
        return self.ask(b"\x04")

    def send(self, data: bytes) -> None:
        assert self._card is not None
        self._card.sendall(struct.pack(">H", len(data)) + data)

    def ask(self, data: bytes) -> bytes:
        """The answer to a command; nothing once the card is out."""
        self.send(data)
        head = self._receive(2)
        return self._receive(struct.unpack(">H", head)[0]) if len(head) == 2 else b""

    def _receive(self, count: int) -> bytes:
        assert self._card is not None
        data = b""
        while len(data) < count and (part := self._card.recv(count - len(data))):
            data += part
        return data

    def close(self) -> None:
        self._server.close()
        if self._card is not None:
            self._card.close()


@pytest.fixture
def reader() -> Iterator[Reader]:
    opened = Reader()
    yield opened
    opened.close()


def start(port: int, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", SIMULATORS["social-card"], "--port", str(port), *words]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )


def say(process: "subprocess.Popen[str]", line: str | dict[str, Any]) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write((line if isinstance(line, str) else json.dumps(line)) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def test_a_card_named_on_the_command_line_lies_in_the_reader_at_once(reader: Reader) -> None:
    with start(reader.port, "--card", "li-xiaofang") as process:
        assert reader.take() == ATR
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        assert first == {
            "address": f"127.0.0.1:{reader.port}",
            "settings": {"idcard": {"driver": "pcsc"}},
            "ok": True,
            "powered": True,
        }
        assert reader.ask(SELECT).endswith(b"\x90\x00")
        assert say(process, {"do": "state"})["commands"] == ["A40400"]
        assert say(process, {"do": "remove"}) == {"ok": True}
        assert reader.ask(SELECT) == b""
        assert say(process, {"do": "state"})["card"] is None


def test_what_makes_no_sense_is_answered_and_harms_nothing(reader: Reader) -> None:
    with start(reader.port) as process:
        assert process.stdout is not None
        process.stdout.readline()
        for nonsense in (
            "no json",
            "[1]",
            {"do": "fly"},
            {"do": "insert", "card": "../../x"},
            {"do": "insert", "card": "li-xiaofang", "numbering": 3},
            {"do": "insert", "card": "foreigner-2017", "nothing": "known"},
            {"do": "at", "command": 1, "how": "pull"},
        ):
            assert say(process, nonsense)["ok"] is False, nonsense


@pytest.mark.parametrize("end", ["input", "SIGTERM"])
def test_it_ends_with_its_input_or_when_told_to(reader: Reader, end: str) -> None:
    with start(reader.port, "--card", "li-xiaofang") as process:
        reader.take()
        assert process.stdout is not None
        process.stdout.readline()
        if end == "input":
            assert process.stdin is not None
            process.stdin.close()
        else:
            process.send_signal(signal.SIGTERM)
        process.wait(3.0)


def test_it_ends_with_its_parent(reader: Reader) -> None:
    code = (
        "import subprocess, sys, time\n"
        f"p = subprocess.Popen([sys.executable, '-m', {SIMULATORS['social-card']!r}, '--port', '{reader.port}'],"
        " stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "p.stdout.readline(); print(p.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 3.0
    while _lives(child):
        assert time.monotonic() < until
        time.sleep(0.02)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
