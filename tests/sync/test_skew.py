"""A terminal one version newer than its platform, and a platform one version newer than its terminal, still deliver."""

import hashlib
import http.client
import json
import socket
from contextlib import closing
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest

import central.courier.giving
import sync.changes
import sync.courier.giving
import sync.exchange
import sync.proof
import tests.sync.taking
from central.export import export_cases
from kiosk.model.payload import CasePayload, encode_payload
from sync.simlink import LinkSimulator
from sync.wire.coding import decode, encode, pack, unpack
from sync.wire.messages import BlobEntry, CatalogueHead, Event, Manifest, Message, SignedRecord
from sync.wire.records import make_record
from sync.wire.stick.messages import Delivery, Feed, Parcel, Part
from tests.sync.conftest import Opener
from tests.sync.courier import Courier
from tests.sync.platform import Platform
from tests.sync.strangers import Stranger, ours
from tests.sync.taking import take
from tests.sync.terminal import Terminal

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


class OlderBlobEntry(Message, frozen=True):
    material: str
    index: int
    digest: bytes
    size: int
    ext: str
    wrap: bytes


class OlderEvent(Message, frozen=True):
    event: str
    kind: str
    number: str
    item: str
    item_version: int
    payload: bytes
    made: datetime
    blobs: tuple[OlderBlobEntry, ...] = ()

    def payload_digest(self) -> bytes:
        digest = hashlib.sha256(self.payload)
        for blob in self.blobs:
            digest.update(blob.digest)
        return digest.digest()


class OlderManifest(Message, frozen=True):
    terminal: str
    epoch: str
    journal: int
    journal_head: str
    events: tuple[OlderEvent, ...]


class OlderChangesRequest(Message, frozen=True):
    terminal: str
    cursor: int
    catalogue: int


def knowing(kind: type[Any]) -> Any:
    """Makes a message of an older version: what it does not know is left unsaid."""
    known = kind.__struct_fields__
    return lambda *values, **named: kind(*values[: len(known)], **{one: named[one] for one in named if one in known})


def test_a_terminal_one_version_older_delivers_goes_on_after_a_cut_and_hears_its_decisions(
    opened: Opener, platform: Platform, simlink: LinkSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = sync.exchange.Exchange.turn
    monkeypatch.setattr(sync.exchange, "Manifest", knowing(OlderManifest))
    monkeypatch.setattr(sync.proof, "Event", knowing(OlderEvent))
    monkeypatch.setattr(sync.proof, "BlobEntry", knowing(OlderBlobEntry))
    monkeypatch.setattr(sync.changes, "ChangesRequest", knowing(OlderChangesRequest))
    # it asks for nothing by its name alone
    monkeypatch.setattr(sync.exchange.Exchange, "turn", lambda one, fresh, begun: turn(one, [*fresh, *begun], []))
    terminal = opened()
    case = take(terminal.store, 400_000)
    simlink.cut_after(200_000)
    assert terminal.agent.run_once().pending == 1
    simlink.restore()
    before = simlink.bytes_up
    report = terminal.agent.run_once()
    assert (report.pending, report.parked, report.failure) == (0, 0, None)
    assert simlink.bytes_up - before < 350_000, "what had arrived was not sent again"
    assert platform.numbers(terminal.name) == [case.number]
    platform.decide(case.number, 1, "received")
    platform.publish(terminal.store.shelf.version() + 1)
    terminal.agent.run_once()
    assert str(terminal.store.cases.show(case.number).state) == "received"
    with platform.office() as office:
        assert terminal.store.shelf.version() == office.catalogues.version()


class OlderPlatform(NewerPlatform):
    """The real platform as one was that knew of no versions, refusals' fields, differences or hashes held."""

    def __init__(self, platform: Platform) -> None:
        super().__init__(platform)
        self._platform = platform

    def _newer(self, kind: str, answer: bytes) -> bytes:
        plain = kind == "frames"
        record = decode(answer, SignedRecord) if plain else unpack(answer, SignedRecord)
        told: dict[str, Any] = msgspec.msgpack.decode(record.body)
        for name in ("protocol", "difference", "more"):
            told.pop(name, None)
        for part in told.get("answers", ()):
            part.pop("field", None)
            part.pop("reason", None)
        if kind == "changes":
            with self._platform.office() as office:
                published = office.catalogues.in_force()
                assert published is not None
                head = CatalogueHead(published.version, published.digest, published.issued_at, published.items)
                made = make_record("catalogue", head, self._key)
                told["head"] = {"kind": made.kind, "body": made.body, "signature": made.signature}
                told["package"] = office.catalogues.package(published.version)
        self.told.add(kind)
        body = msgspec.msgpack.encode(told)
        signed = SignedRecord(record.kind, body, make_signature(record.kind, body, self._key))
        return encode(signed) if plain else pack(signed)


def test_a_platform_one_version_older_takes_cases_parks_and_gives_its_catalogue_whole(
    opened: Opener, platform: Platform
) -> None:
    older = OlderPlatform(platform)
    with closing(Stranger(older.reply)) as stranger:
        terminal = opened(stranger.url)
        poisoned = take(terminal.store, 1_000, answers={"nonsense": 1})
        case = take(terminal.store, 30_000, index=2)
        platform.publish(terminal.store.shelf.version() + 1)
        report = terminal.agent.run_once()
        assert (report.settled, report.pending, report.parked) == (1, 1, 1)
        assert terminal.store.cases.show(poisoned.number).parked
        assert terminal.store.shelf.version() == terminal.store.shelf.head().version > 1
        platform.decide(case.number, 1, "received")
        assert terminal.agent.run_once().failure is None
        assert str(terminal.store.cases.show(case.number).state) == "received"
        assert older.told == {"exchange", "frames", "changes"}


def newer_parcel(*values: Any, **named: Any) -> Parcel:
    unknown = Part("weather", bytes(32), 7)
    return NewerParcel(*values, **{**named, "parts": (unknown, *named["parts"])})


class NewerParcel(Parcel, frozen=True):
    protocol: int = msgspec.field(default_factory=lambda: NEWER)
    route: str = msgspec.field(default_factory=lambda: "over the pass")


class NewerDelivery(Delivery, frozen=True):
    protocol: int = msgspec.field(default_factory=lambda: NEWER)
    route: str = msgspec.field(default_factory=lambda: "by bus")


class NewerFeed(Feed, frozen=True):
    mood: str = msgspec.field(default_factory=lambda: "calm")


def newer_payload(payload: CasePayload) -> bytes:
    told = json.loads(encode_payload(payload))
    told["draft"]["applicant"]["person"]["signs"] = ["left hand"]
    return json.dumps(told | {"version": NEWER, "weather": {"rain": True}}).encode()


def test_by_stick_a_newer_terminal_and_a_newer_platform_understand_each_other_and_nothing_unknown_is_lost(
    terminal: Terminal, platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tests.sync.taking, "pack_payload", newer_payload)
    monkeypatch.setattr(sync.courier.giving, "Parcel", newer_parcel)
    monkeypatch.setattr(sync.courier.giving, "Manifest", NewerManifest)
    monkeypatch.setattr(sync.proof, "Event", NewerEvent)
    monkeypatch.setattr(sync.proof, "BlobEntry", NewerBlobEntry)
    monkeypatch.setattr(central.courier.giving, "Feed", NewerFeed)

    def newer_delivery(*values: Any, **named: Any) -> Delivery:
        return NewerDelivery(*values, **{**named, "parts": (Part("songs", bytes(32), 3), *named["parts"])})

    monkeypatch.setattr(central.courier.giving, "Delivery", newer_delivery)
    courier = Courier(platform, tmp_path)
    case, stick = take(terminal.store, 9_000), courier.stick()
    courier.export(terminal.data, stick)
    (brought,) = courier.central("import", stick)["terminals"]
    assert (brought["complete"], brought["refused"], brought["torn"]) == (1, 0, 0)
    platform.decide(case.number, 1, "received")
    courier.central("export", stick)
    back = courier.take(terminal.data, stick)
    assert (back["settled"], back["decisions"], back["pending"], back["failure"]) == (1, 1, 0, None)
    with platform.office() as office:
        list(export_cases(office, tmp_path / "out"))
    form = json.loads((tmp_path / "out" / case.number / "form.json").read_text(encoding="utf-8"))
    assert form["weather"] == {"rain": True}
    assert form["draft"]["applicant"]["person"]["signs"] == ["left hand"]
    assert form["draft"]["members"] == [], "what it left unsaid stands there all the same"
    assert form["version"] == NEWER


def test_by_stick_an_older_terminal_and_an_older_platform_are_understood(
    terminal: Terminal, platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ("platform", "terminal", "epoch", "counter", "made", "journal", "journal_head", "parts")
    told = ("platform", "terminal", "epoch", "counter", "at", "parts")
    monkeypatch.setattr(sync.courier.giving, "Parcel", lambda **named: Parcel(**{name: named[name] for name in said}))
    monkeypatch.setattr(
        central.courier.giving, "Delivery", lambda **named: Delivery(**{name: named[name] for name in told})
    )
    monkeypatch.setattr(sync.courier.giving, "Manifest", knowing(OlderManifest))
    monkeypatch.setattr(sync.proof, "Event", knowing(OlderEvent))
    monkeypatch.setattr(sync.proof, "BlobEntry", knowing(OlderBlobEntry))
    courier = Courier(platform, tmp_path)
    case, stick = take(terminal.store, 9_000), courier.stick()
    courier.export(terminal.data, stick)
    (brought,) = courier.central("import", stick)["terminals"]
    assert (brought["complete"], brought["refused"], brought["torn"]) == (1, 0, 0)
    platform.decide(case.number, 1, "received")
    courier.central("export", stick)
    back = courier.take(terminal.data, stick)
    assert (back["settled"], back["decisions"], back["pending"], back["failure"]) == (1, 1, 0, None)
