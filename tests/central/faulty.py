"""A platform with one fault: the real one behind somebody who has its key and gets one thing wrong."""

import http.client
import socket
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sync.wire.coding import MEDIA_TYPE, decode, encode, pack, unpack
from sync.wire.messages import (
    Ack,
    ChangesAnswer,
    EnrolAnswer,
    EventAnswer,
    FramesAnswer,
    FrameState,
    InquiryAnswer,
    Manifest,
    ManifestAnswer,
    Message,
    Refusal,
    SignedRecord,
)
from sync.wire.records import make_record
from tests.sync.strangers import Stranger
from tests.sync.strangers import http as http_reply

KINDS: dict[str, type[Message]] = {
    "enrol": EnrolAnswer,
    "exchange": ManifestAnswer,
    "frames": FramesAnswer,
    "changes": ChangesAnswer,
    "inquiry": InquiryAnswer,
}


@dataclass
class Turn:
    """One question and the real platform's answer to it."""

    method: str
    path: str
    head: dict[str, str]
    body: bytes
    status: int = 0
    media: str = MEDIA_TYPE
    answer: bytes = b""

    @property
    def kind(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass
class Faulty:
    """`before` may answer in the platform's place or change the question, `after` changes the answer."""

    upstream: str
    record: bytes
    fault: str
    seen: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.server = Stranger(self.reply)
        self.url = self.server.url

    def reply(self, line: socket.socket, request: bytes) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        method, path, _ = head.decode("latin-1").split("\r\n")[0].split(" ")
        headers = dict(row.split(": ", 1) for row in head.decode("latin-1").split("\r\n")[1:])
        headers = {name.title(): value for name, value in headers.items()}
        turn = Turn(method, path, headers, body)
        if len(body) < int(headers.get("Content-Length", "0")):
            if self.fault != "waits for the whole":
                with socket.create_connection((urlsplit(self.upstream).hostname, urlsplit(self.upstream).port)) as far:
                    far.sendall(request)
                    time.sleep(0.5)  # it reads while the line is there
            return
        BEFORE.get(self.fault, fair)(self, turn)
        if not turn.status:
            self.ask(turn)
        change = CHANGES.get(self.fault, {}).get(turn.kind)
        if turn.status == 200 and change is not None:
            self.alter(turn, change)
        AFTER.get(self.fault, fair)(self, turn)
        line.sendall(http_reply(f"{turn.status} So", turn.answer, media=turn.media))

    def ask(self, turn: Turn) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.upstream).netloc, timeout=20)
        connection.request(turn.method, turn.path, turn.body, turn.head)
        response = connection.getresponse()
        turn.status, turn.media = response.status, response.headers.get("Content-Type", "")
        turn.answer = response.read()
        connection.close()

    def alter(self, turn: Turn, change: Callable[["Faulty", Turn, Any], Message]) -> None:
        plain = turn.kind in {"frames", "enrol"}
        record = decode(turn.answer, SignedRecord) if plain else unpack(turn.answer, SignedRecord)
        told = change(self, turn, decode(record.body, KINDS[turn.kind]))
        signed = make_record(turn.kind, told, self.record)
        turn.answer = encode(signed) if plain else pack(signed)

    def ack(self, record: SignedRecord | None, **other: Any) -> SignedRecord | None:
        return record and make_record("ack", msgspec.structs.replace(decode(record.body, Ack), **other), self.record)


def fair(_faulty: Faulty, _turn: Turn) -> None:
    """No fault here."""


def good(turn: Turn, answer: bytes) -> None:
    turn.status, turn.answer = 200, answer


def instead(faulty: Faulty, turn: Turn, status: int) -> None:
    """What was refused with this status is answered as the last good question to that door was."""
    if turn.status == 200:
        faulty.seen[turn.path] = turn.answer
    elif turn.status == status and turn.path in faulty.seen:
        good(turn, faulty.seen[turn.path])


def each(change: Callable[[Faulty, EventAnswer], EventAnswer]) -> dict[str, Callable[[Faulty, Turn, Any], Message]]:
    def changed(faulty: Faulty, _turn: Turn, told: ManifestAnswer) -> Message:
        return msgspec.structs.replace(told, answers=tuple(change(faulty, one) for one in told.answers))

    return {"exchange": changed}


def states(change: Callable[[FrameState], FrameState]) -> dict[str, Callable[[Faulty, Turn, Any], Message]]:
    def changed(_faulty: Faulty, _turn: Turn, told: FramesAnswer) -> Message:
        return msgspec.structs.replace(told, blobs=tuple(change(one) for one in told.blobs))

    return {"frames": changed}


def answer_as(**other: Any) -> Callable[[EventAnswer], EventAnswer]:
    return lambda one: msgspec.structs.replace(one, **other)


def html_refusals(_faulty: Faulty, turn: Turn) -> None:
    if turn.status != 200:
        turn.media, turn.answer = "text/html", b"<html>sorry</html>"


def enrols_anybody(faulty: Faulty, turn: Turn) -> None:
    if turn.kind == "enrol":
        instead(faulty, turn, 403)


def keeps_no_nonce(faulty: Faulty, turn: Turn) -> None:
    name = turn.path + turn.head.get("Signature", "")
    if turn.status == 200:
        faulty.seen[name] = turn.answer
    elif name in faulty.seen:
        good(turn, faulty.seen[name])


def only_rising_nonces(faulty: Faulty, turn: Turn) -> None:
    nonce = int(turn.head.get("Signature-Input", 'nonce="0"').partition('nonce="')[2].partition('"')[0] or 0)
    if nonce and nonce < faulty.seen.get("nonce", 0):
        turn.status, turn.answer = 401, encode(Refusal("link.refused"))
    faulty.seen["nonce"] = max(nonce, faulty.seen.get("nonce", 0))


def wants_a_media_type(_faulty: Faulty, turn: Turn) -> None:
    if turn.method == "POST" and "Content-Type" not in turn.head:
        turn.status, turn.answer = 400, encode(Refusal("link.refused"))


def believes_unsigned(_faulty: Faulty, turn: Turn) -> None:
    if "Signature" not in turn.head and turn.status == 401:
        good(turn, b"")


def believes_everybody(_faulty: Faulty, turn: Turn) -> None:
    if "Signature" in turn.head and turn.status == 401:
        good(turn, b"")


def strict_fields(_faulty: Faulty, turn: Turn) -> None:
    if turn.kind == "exchange":
        raw = msgspec.msgpack.decode(zlib.decompress(turn.body)) if turn.body[:1] == b"\x78" else {}
        if set(raw) - set(Manifest.__struct_fields__):
            turn.status, turn.answer = 400, encode(Refusal("link.refused"))


def follows_deflate_loosely(_faulty: Faulty, turn: Turn) -> None:
    if turn.status == 400 and turn.kind == "exchange":
        good(turn, b"")


def all_or_nothing(_faulty: Faulty, _turn: Turn, told: ManifestAnswer) -> Message:
    if all(one.outcome == "taken" for one in told.answers):
        return told
    bad = tuple(EventAnswer(one.event, "refused", field=one.field or "event", reason="bad") for one in told.answers)
    return msgspec.structs.replace(told, answers=bad)


def other_root(_faulty: Faulty, turn: Turn) -> None:
    if turn.kind == "root":
        raw = msgspec.msgpack.decode(turn.answer)
        turn.answer = msgspec.msgpack.encode(raw | {"root": bytes(32)})


def replay(faulty: Faulty, _turn: Turn, told: ManifestAnswer) -> Message:
    return msgspec.structs.replace(told, nonce=faulty.seen.setdefault("nonce", told.nonce - 1))


def sends_it_again(faulty: Faulty, _turn: Turn, told: ChangesAnswer) -> Message:
    faulty.seen.setdefault("package", told.package)
    return msgspec.structs.replace(told, package=faulty.seen["package"])


def spoiled_package(_faulty: Faulty, _turn: Turn, told: ChangesAnswer) -> Message:
    return msgspec.structs.replace(told, package=told.package and told.package[:-1] + b"!")


def cursor_stands(_faulty: Faulty, turn: Turn, told: ChangesAnswer) -> Message:
    asked = msgspec.msgpack.decode(zlib.decompress(turn.body)).get("cursor", 0)
    return msgspec.structs.replace(told, cursor=max(asked, told.cursor))


def forged_reply(_faulty: Faulty, _turn: Turn, told: InquiryAnswer) -> Message:
    return msgspec.structs.replace(told, sealed=told.sealed[:-1] + bytes((told.sealed[-1] ^ 1,)))


def fresh_acks(faulty: Faulty, one: EventAnswer) -> EventAnswer:
    count = faulty.seen["count"] = faulty.seen.get("count", 0) + 1
    at = one.ack and decode(one.ack.body, Ack).at.replace(microsecond=count)
    return msgspec.structs.replace(one, ack=faulty.ack(one.ack, at=at)) if at else one


def too_early(faulty: Faulty, one: EventAnswer) -> EventAnswer:
    return msgspec.structs.replace(one, ack=faulty.ack(one.ack, complete=True), missing=())


def other_digest(faulty: Faulty, one: EventAnswer) -> EventAnswer:
    return msgspec.structs.replace(one, ack=faulty.ack(one.ack, digest=bytes(32)))


def swallows_conflicts(_faulty: Faulty, one: EventAnswer) -> EventAnswer:
    return msgspec.structs.replace(one, outcome="taken") if one.outcome == "conflict" else one


def forgets_bytes(_faulty: Faulty, one: EventAnswer) -> EventAnswer:
    missing = tuple(msgspec.structs.replace(part, have=0) for part in one.missing)
    return msgspec.structs.replace(one, missing=missing)


def forgets_beyond(_faulty: Faulty, one: EventAnswer) -> EventAnswer:
    missing = tuple(msgspec.structs.replace(part, beyond=()) for part in one.missing)
    return msgspec.structs.replace(one, missing=missing)


def blames_nothing(_faulty: Faulty, one: EventAnswer) -> EventAnswer:
    return msgspec.structs.replace(one, field="", reason="") if one.outcome == "refused" else one


def takes_unknown(_faulty: Faulty, one: EventAnswer) -> EventAnswer:
    return msgspec.structs.replace(one, outcome="refused") if one.outcome == "unknown" else one


def silent_frames(state: FrameState) -> FrameState:
    return msgspec.structs.replace(state, error="")


def complains_of_repeats(state: FrameState) -> FrameState:
    return state if state.error else msgspec.structs.replace(state, error="offset")


Before = Callable[[Faulty, Turn], None]
BEFORE: dict[str, Before] = {
    "refuses fields of later versions": strict_fields,
    "wants a media type": wants_a_media_type,
    "wants rising nonces": only_rising_nonces,
}
AFTER: dict[str, Before] = {
    "refuses in HTML": html_refusals,
    "enrols other keys with a used secret": enrols_anybody,
    "takes the same question twice": keeps_no_nonce,
    "believes what nobody signed": believes_unsigned,
    "believes any signature": believes_everybody,
    "takes what is no message": follows_deflate_loosely,
    "shows another root": other_root,
}
CHANGES: dict[str, dict[str, Callable[[Faulty, Turn, Any], Message]]] = {
    "gives an old answer": {"exchange": replay},
    "lets one bad event spoil all": {"exchange": all_or_nothing},
    "acknowledges anew each time": each(fresh_acks),
    "acknowledges before the files are there": each(too_early),
    "acknowledges other bytes": each(other_digest),
    "takes other bytes under the same id": each(swallows_conflicts),
    "forgets from which byte to go on": each(forgets_bytes),
    "forgets what it keeps beyond a gap": each(forgets_beyond),
    "blames no field": each(blames_nothing),
    "does not say what it never saw": each(takes_unknown),
    "keeps silent about bad frames": states(silent_frames),
    "complains of frames it holds": states(complains_of_repeats),
    "sends the catalogue every time": {"changes": sends_it_again},
    "spoils the catalogue": {"changes": spoiled_package},
    "lets the cursor stand beyond its last": {"changes": cursor_stands},
    "forges the answer to a visit": {"inquiry": forged_reply},
}
