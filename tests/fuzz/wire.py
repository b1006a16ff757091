"""The wire's decoders, what a stick's index files say, and a hub's questions. Each target takes any bytes."""

import hashlib
import json
import tempfile
import zlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from central.intake.frames import FrameReader
from central.intake.reading import read_manifest
from central.relay.keeping import Keeper
from kiosk import enrolment
from kiosk.catalogue.difference import read_difference
from kiosk.catalogue.package import inspect_package
from kiosk.failure import KioskError
from kiosk.model.inquiry import decode_inquiry, decode_reply
from kiosk.model.payload import decode_payload, written_payload
from kiosk.numbers import submission_no
from kiosk.receipts import receipt_qr, verify_receipt
from kiosk.seal import records, signing
from kiosk.seal.statements import (
    DeviceStatement,
    PlatformStatement,
    make_device_statement,
    make_platform_statement,
    read_device_statement,
    read_platform_statement,
)
from kiosk.seal.suite import SUITES
from sync.wire import messages as wire
from sync.wire.coding import WireError, decode, encode, unpack
from sync.wire.frames import FRAME_BYTES, Frame
from sync.wire.records import make_record, read_record
from sync.wire.requests import RequestNotSigned, claimed_terminal, sign_request, verify_head
from sync.wire.stick import distant
from sync.wire.stick import messages as stick
from sync.wire.stick.distant import StickQuestion
from tests.devices.fuzzing import Target
from tests.fuzz.catalogue import DIFFERENCE, PACKAGE

NOW = datetime(2026, 11, 24, tzinfo=UTC)
KEY = bytes(range(32))
PUBLIC = signing.public_of(KEY)
KINDS = tuple(
    kind
    for room in (wire, stick, distant)
    for kind in vars(room).values()
    if isinstance(kind, type) and issubclass(kind, wire.Message) and kind is not wire.Message
)
_BLOB = wire.BlobEntry("idcard", 0, bytes(32), 90_000, "jpg", bytes(81))
_EVENT = wire.Event("e" * 32, "case", "T00001A-20261124-00001-0", "512B", 3, bytes(200), NOW, (_BLOB,))
_RECORD = make_record("ack", wire.Ack("T00001", "e" * 32, "n", bytes(32), NOW, True), KEY)
_MANIFEST = wire.Manifest("T00001", "A", 7, "h", (_EVENT, _EVENT), (wire.Begun("e", bytes(32)),))
_ANSWERS = (wire.EventAnswer("e", "taken", _RECORD, (wire.Missing(bytes(32), 5),)),)
_PART = stick.Part("manifest", bytes(32), 9)
MESSAGES = tuple(
    encode(message)
    for message in (
        _MANIFEST,
        wire.ManifestAnswer(NOW, 5, _ANSWERS),
        wire.FramesAnswer(NOW, 5, (wire.FrameState(bytes(32), 7, "gap"),), (_RECORD,)),
        wire.ChangesRequest("T00001", 4, 2, held=bytes(32)),
        wire.ChangesAnswer(NOW, 5, (_RECORD,), 9, True, _RECORD, b"package"),
        wire.DecisionBody("T00001", "n", 3, "accepted", NOW, "SL1", "r", ("a",), b"%PDF-", bytes(64)),
        wire.CatalogueHead(3, bytes(32), NOW, 5),
        wire.RootAnswer("P-1", bytes(32), bytes(200)),
        wire.EnrolRequest("S" * 13, bytes(32), bytes(32)),
        wire.Refusal("link.busy", 30),
        wire.InquiryRequest("T00001", bytes(300)),
        stick.Label("P-1", "s", "J-1", NOW, "512022104"),
        stick.Parcel("P-1", "T00001", "A", 3, NOW, 5, "h", (_PART,), ("a", "b")),
        stick.Delivery("P-1", "T00001", "A", 3, NOW, (_PART,), 2, _RECORD),
        stick.Answers(_ANSWERS),
        stick.Feed(1, 4, (_RECORD,)),
        _RECORD,
    )
)


def plain(data: bytes) -> None:
    """Bytes are a message or none; one that is read is written and read alike."""
    for kind in KINDS:
        try:
            message = decode(data, kind)
        except WireError:
            continue
        assert decode(encode(message), kind) == message


def deflated(data: bytes) -> None:
    """Deflated bytes, never longer than agreed."""
    for body in (data, zlib.compress(data, 1)):
        for kind in (wire.SignedRecord, wire.ChangesRequest):
            try:
                unpack(body, kind, 4096)
            except WireError:
                continue


def manifests(data: bytes) -> None:
    """A manifest is read event by event, or not at all."""
    try:
        manifest = read_manifest(zlib.compress(data, 1))
    except WireError:
        return
    for event in manifest.events:
        assert isinstance(event, str) or len(event.payload_digest()) == 32


def signed(data: bytes) -> None:
    """A record proves itself or is not genuine; what is signed but no message is not genuine either."""
    for body in (data, encode(wire.SignedRecord("ack", data, signing.sign(KEY, "record", b"ack\0" + data)))):
        try:
            read_record(decode(body, wire.SignedRecord), "ack", wire.Ack, PUBLIC)
        except (WireError, KioskError):
            continue


FRAMES = tuple(
    b"".join(Frame(bytes((number,)) * 32, offset, bytes(size)).encode() for number, offset, size in parts)
    for parts in (((1, 0, 100),), ((1, 0, 50), (2, 50, 0), (1, 50, 300)), ((9, 1 << 40, 70),))
)


def frames(data: bytes) -> None:
    """Whatever arrives in whatever pieces: at most one frame is held, and what is found is what was sent."""
    reader, found = FrameReader(), b""
    cut = 1 + len(data) % 97
    try:
        for start in range(0, len(data), cut):
            for frame, check in reader.feed(data[start : start + cut]):
                assert len(frame.data) <= FRAME_BYTES
                found += frame.digest + frame.offset.to_bytes(8, "big") + len(frame.data).to_bytes(4, "big")
                found += check + frame.data
    except WireError:
        pass
    assert data.startswith(found)


_HEAD = sign_request("POST", "/v1/exchange", bytes(32), terminal="T00001", nonce=5, platform="P-1", private=KEY)
HEADS = ("\n".join(f"{name.lower()}: {value}" for name, value in _HEAD.items()).encode(),)


def heads(data: bytes) -> None:
    """A signed head is genuine or it is not."""
    rows = [row.partition(": ") for row in data.decode("latin-1").split("\n")]
    headers = {name: value for name, _, value in rows}
    try:
        assert isinstance(claimed_terminal(headers), str)
        nonce, digest = verify_head("POST", "/v1/exchange", headers, platform="P-1", public=PUBLIC)
    except RequestNotSigned:
        return
    assert (nonce, len(digest)) == (5, 32)


_STATEMENT = make_device_statement(KEY, DeviceStatement("T00001", "A", PUBLIC, NOW))
_PLATFORM = make_platform_statement(KEY, PlatformStatement("P-1", PUBLIC, PUBLIC, PUBLIC, NOW))
STATEMENTS = (_STATEMENT, _PLATFORM)


def statements(data: bytes) -> None:
    """A statement is the root's or none; what the root signed and is no statement is none either."""
    body = data[64:]
    for domain, read in (("device", read_device_statement), ("platform", read_platform_statement)):
        for whole in (data, signing.sign(KEY, domain, body) + body):
            try:
                read(PUBLIC, whole)
            except KioskError:
                continue


QR = tuple(
    receipt_qr(
        platform_url="https://p.invalid",
        number=number,
        item_code="512B0003600037",
        submitted_at=NOW,
        statement=_STATEMENT,
        device_private=KEY,
    ).encode()
    for number in (submission_no("T00001", "A", NOW.date(), 1), submission_no("T00001", "A", None, 42))
)


def codes(data: bytes) -> None:
    """The text of a receipt's code has a verdict; a typed enrolment code is one or is refused."""
    text = data.decode("latin-1")
    assert verify_receipt(text, [PUBLIC]).verdict
    try:
        enrolment.parse(text[-40:])
    except KioskError:
        return


PAYLOADS = (
    json.dumps(
        {
            "version": 1,
            "submission_no": "n",
            "event_id": "e",
            "terminal": "T00001",
            "item_name": "i",
            "sealed_at": "2026-11-24T02:00:00Z",
            "clock_trusted": True,
            "draft": {
                "case_id": "1",
                "item_code": "i",
                "catalogue_version": 1,
                "channel": "terminal",
                "created_at": "2026-11-24T01:50:00Z",
                "answers": {"a": [1, 2.5, None]},
                "materials": [{"material_id": "m", "source": "scan"}],
            },
        }
    ).encode(),
)


def payloads(data: bytes) -> None:
    """What is sealed inside: a case, a question, an answer, or unreadable by name."""
    for read in (decode_payload, written_payload, decode_inquiry, decode_reply):
        for body in (data, zlib.compress(data, 1)):
            try:
                read(body)
            except (KioskError, RecursionError):
                continue


SEALED = tuple(records.seal_record(b"plain", KEY, "form/e", suite) for suite in SUITES.values())


def sealed(data: bytes) -> None:
    """A sealed record opens whole or not at all."""
    try:
        assert records.open_record(data, KEY, "form/e") == b"plain"
    except KioskError:
        return


def catalogues(data: bytes) -> None:
    """A package and a difference are read or refused by name."""
    for read in (inspect_package, read_difference):
        try:
            read(data)
        except KioskError:
            continue


_OWN = "t00001a"
QUESTIONS = tuple(
    encode(StickQuestion("T00001", do, place, hashlib.sha256(b"x").digest(), 1, 0, b"x", ("a.jbn",)))
    for do, place in (
        ("put", (_OWN, "up.new")),
        ("publish", (_OWN, "up.jbi")),
        ("holds", (_OWN, "blobs", "2d", "2d711642b726b04401627ca9fbac32f5.jbn")),
        ("put", (_OWN, "blobs", "2d", "2d711642b726b04401627ca9fbac32f5.jbn")),
        ("index", (_OWN, "down.jbi")),
        ("keep", (_OWN, "up")),
        ("discard", (_OWN, "up.jbi")),
        ("names", (_OWN, "blobs")),
    )
)


@cache
def _keeper() -> tuple[Keeper, Path]:
    folder = Path(tempfile.mkdtemp(prefix="jinban-fuzz-"))
    return Keeper(folder / "hub"), folder


def questions(data: bytes) -> None:
    """Whatever a device asks of a hub, nothing is touched outside its own folder."""
    try:
        question = decode(data, StickQuestion)
    except WireError:
        return
    keeper, folder = _keeper()
    answer = keeper.answer(question, lambda name: name == _OWN)
    assert isinstance(answer.failure, str)
    inside = folder / "hub" / "stick" / "jinban"
    assert {path.name for path in folder.iterdir()} == {"hub"}
    assert not inside.exists() or {path.name for path in inside.iterdir()} <= {_OWN, "catalog"}


WIRE: dict[Target, tuple[bytes, ...]] = {
    plain: MESSAGES,
    deflated: tuple(zlib.compress(one) for one in MESSAGES) + MESSAGES[:3],
    manifests: (encode(_MANIFEST),),
    signed: (encode(_RECORD), _RECORD.body),
    frames: FRAMES,
    heads: HEADS,
    statements: STATEMENTS,
    codes: QR,
    payloads: PAYLOADS,
    sealed: SEALED,
    catalogues: (PACKAGE, DIFFERENCE),
    questions: QUESTIONS,
}
