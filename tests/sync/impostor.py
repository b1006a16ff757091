"""Somebody who speaks the protocol fluently and lies, or a platform with a fault: answers made by the test."""

import http.client
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timezone
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sync.wire.coding import decode, encode, pack, unpack
from sync.wire.messages import (
    Ack,
    Answer,
    CatalogueHead,
    ChangesAnswer,
    ChangesRequest,
    EnrolAnswer,
    EventAnswer,
    FramesAnswer,
    FrameState,
    Manifest,
    ManifestAnswer,
    Message,
    SignedRecord,
)
from sync.wire.records import make_record
from tests.sync.strangers import Reply, ours


@dataclass
class Impostor:
    """Replies to signed questions. `record` is the key it signs with: the platform's own, or another."""

    record: bytes
    answer_manifest: Callable[[Manifest], tuple[EventAnswer, ...]] = lambda _: ()
    answer_frames: Callable[[bytes], tuple[FrameState, ...]] = lambda _: ()
    records: tuple[SignedRecord, ...] = ()
    cursor: int = 0
    head: SignedRecord | None = None
    package: bytes | None = None
    postings: tuple[SignedRecord, ...] = ()
    posted: int = 0
    nonce: int | None = None
    zone: timezone | None = UTC
    manifests: list[Manifest] = field(default_factory=list)
    changes: list[ChangesRequest] = field(default_factory=list)

    def reply(self, line: socket.socket, request: bytes) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        at, nonce = datetime.now(self.zone), self.nonce or nonce_of(head)
        if head.startswith(b"POST /v1/exchange "):
            manifest = unpack(body, Manifest)
            self.manifests.append(manifest)
            answer = pack(self.signed("exchange", ManifestAnswer(at, nonce, self.answer_manifest(manifest))))
        elif head.startswith(b"POST /v1/frames "):
            answer = encode(self.signed("frames", FramesAnswer(at, nonce, self.answer_frames(body))))
        else:
            self.changes.append(unpack(body, ChangesRequest))
            changes = ChangesAnswer(at, nonce, self.records, self.cursor, head=self.head, package=self.package)
            changes = msgspec.structs.replace(changes, postings=self.postings, posted=self.posted)
            answer = pack(self.signed("changes", changes))
        line.sendall(ours("200 OK", answer))

    def signed(self, kind: str, answer: Answer) -> SignedRecord:
        return make_record(kind, answer, self.record)

    def ack(self, manifest: Manifest, **other: object) -> SignedRecord:
        """An acknowledgement of the first event, with whatever the test makes wrong about it."""
        event = manifest.events[0]
        right: dict[str, object] = {
            "terminal": manifest.terminal,
            "event": event.event,
            "number": event.number,
            "digest": event.payload_digest(),
            "at": datetime.now(UTC),
            "complete": True,
        }
        return make_record("ack", Ack(**(right | other)), self.record)  # type: ignore[arg-type] # made wrong on purpose

    def catalogue(self, version: int, digest: bytes, package: bytes) -> None:
        self.head = make_record("catalogue", CatalogueHead(version, digest, datetime.now(UTC), 1), self.record)
        self.package = package


def nonce_of(head: bytes) -> int:
    """The nonce a question was signed with."""
    found = re.search(rb'nonce="(\d+)"', head)
    assert found
    return int(found[1])


_KINDS: dict[str, type[Message]] = {
    "exchange": ManifestAnswer,
    "frames": FramesAnswer,
    "changes": ChangesAnswer,
    "enrol": EnrolAnswer,
}


def meddler(upstream: str, change: Callable[[Any], Message]) -> Reply:
    """Sits between terminal and platform and alters what the platform's answers say; it has no key."""

    def reply(line: socket.socket, request: bytes) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        method, path, _ = head.decode("latin-1").split("\r\n")[0].split(" ")
        headers = dict(row.split(": ", 1) for row in head.decode("latin-1").split("\r\n")[1:])
        connection = http.client.HTTPConnection(urlsplit(upstream).netloc, timeout=20)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        kind = path.rpartition("/")[2]
        if response.status == HTTPStatus.OK and kind in _KINDS:
            plain = kind in {"frames", "enrol"}
            record = decode(answer, SignedRecord) if plain else unpack(answer, SignedRecord)
            changed = change(decode(record.body, _KINDS[kind]))
            forged = msgspec.structs.replace(record, body=encode(changed))
            answer = encode(forged) if plain else pack(forged)
        line.sendall(ours(f"{response.status} {response.reason}", answer))

    return reply
