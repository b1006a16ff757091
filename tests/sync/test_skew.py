"""A terminal one version newer than its platform, and a platform one version newer than its terminal, still deliver."""

import http.client
import socket
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest

import sync.exchange
import sync.proof
from sync.wire.coding import decode, encode, pack, unpack
from sync.wire.messages import BlobEntry, Event, Manifest, SignedRecord
from sync.wire.records import make_record
from tests.sync.conftest import Opener
from tests.sync.platform import Platform
from tests.sync.strangers import Stranger, ours
from tests.sync.taking import take

NEWER = 2


class NewerBlobEntry(BlobEntry, frozen=True):
    colour: str = msgspec.field(default_factory=lambda: "grey")


class NewerEvent(Event, frozen=True):
    mood: dict[str, int] = msgspec.field(default_factory=lambda: {"calm": 1})


class NewerManifest(Manifest, frozen=True):
    protocol: int = msgspec.field(default_factory=lambda: NEWER)
    weather: tuple[str, ...] = msgspec.field(default_factory=lambda: ("rain", "wind"))


def test_a_terminal_one_version_newer_delivers_and_hears_its_decisions(
    opened: Opener, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync.exchange, "Manifest", NewerManifest)
    monkeypatch.setattr(sync.proof, "Event", NewerEvent)
    monkeypatch.setattr(sync.proof, "BlobEntry", NewerBlobEntry)
    terminal = opened()
    case = take(terminal.store, 30_000)
    report = terminal.agent.run_once()
    assert (report.pending, report.failure) == (0, None)
    assert len(platform.files(terminal.name, case.event)) == 1
    platform.decide(case.number, 1, "received")
    terminal.agent.run_once()
    assert str(terminal.store.cases.show(case.number).state) == "received"


class NewerPlatform:
    """The real platform, whose every answer says more than this terminal's version knows; signed as it should be."""

    def __init__(self, platform: Platform) -> None:
        self._address = urlsplit(platform.url).netloc
        self._key = platform.record_key()
        self.told: set[str] = set()

    def reply(self, line: socket.socket, request: bytes) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        method, path, _ = head.decode("latin-1").split("\r\n")[0].split(" ")
        headers = dict(row.split(": ", 1) for row in head.decode("latin-1").split("\r\n")[1:])
        connection = http.client.HTTPConnection(self._address, timeout=20)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        answer, kind = response.read(), path.rpartition("/")[2]
        connection.close()
        if response.status == HTTPStatus.OK:
            answer = self._newer(kind, answer)
        line.sendall(ours(f"{response.status} {response.reason}", answer))

    def _newer(self, kind: str, answer: bytes) -> bytes:
        plain = kind == "frames"
        record = decode(answer, SignedRecord) if plain else unpack(answer, SignedRecord)
        told: dict[str, Any] = msgspec.msgpack.decode(record.body)
        told |= {"protocol": NEWER, "forecast": {"sun": True}}
        for part in (*told.get("answers", ()), *told.get("blobs", ())):
            part["mood"] = "calm"
        if kind == "changes":
            future = make_record("weather", record, self._key)
            told["records"] = [msgspec.to_builtins(future, builtin_types=(bytes,)), *told["records"]]
        self.told.add(kind)
        body = msgspec.msgpack.encode(told)
        signed = SignedRecord(record.kind, body, make_signature(record.kind, body, self._key))
        return encode(signed) if plain else pack(signed)


def make_signature(kind: str, body: bytes, key: bytes) -> bytes:
    return make_record(kind, msgspec.Raw(body), key).signature  # type: ignore[arg-type] # bytes that are a message


def test_a_platform_one_version_newer_takes_cases_and_its_news_of_an_unknown_kind_is_skipped(
    opened: Opener, platform: Platform
) -> None:
    newer = NewerPlatform(platform)
    stranger = Stranger(newer.reply)
    terminal = opened(stranger.url)
    case = take(terminal.store, 30_000)
    report = terminal.agent.run_once()
    assert (report.pending, report.failure) == (0, None)
    platform.decide(case.number, 1, "received")
    terminal.agent.run_once()
    assert str(terminal.store.cases.show(case.number).state) == "received"
    assert newer.told == {"exchange", "frames", "changes"}
    assert len(platform.files(terminal.name, case.event)) == 1
    stranger.close()
