"""Somebody who speaks the protocol fluently and lies, or a platform with a fault: answers made by the test."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sync.wire.coding import MEDIA_TYPE, pack, unpack
from sync.wire.messages import (
    Ack,
    CatalogueHead,
    ChangesAnswer,
    ChangesRequest,
    EventAnswer,
    Manifest,
    ManifestAnswer,
    PlatformTime,
    SignedRecord,
)
from sync.wire.records import make_record
from tests.sync.strangers import http


@dataclass
class Impostor:
    """Replies to exchange and changes. `record` is the key it signs with: the platform's own, or another."""

    record: bytes
    answer_manifest: Callable[[Manifest], tuple[EventAnswer, ...]] = lambda _: ()
    records: tuple[SignedRecord, ...] = ()
    cursor: int = 0
    head: SignedRecord | None = None
    package: bytes | None = None
    nonce: str | None = None
    manifests: list[Manifest] = field(default_factory=list)

    def reply(self, line: socket.socket, request: bytes) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        if head.startswith(b"POST /v1/exchange "):
            manifest = unpack(body, Manifest)
            self.manifests.append(manifest)
            answer = pack(ManifestAnswer(self.time(manifest.nonce), self.answer_manifest(manifest)))
        else:
            asked = unpack(body, ChangesRequest)
            answer = pack(
                ChangesAnswer(self.time(asked.nonce), self.records, self.cursor, head=self.head, package=self.package)
            )
        line.sendall(http("200 OK", answer, media=MEDIA_TYPE))

    def time(self, nonce: str) -> SignedRecord:
        return make_record("time", PlatformTime(datetime.now(UTC), self.nonce or nonce), self.record)

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
