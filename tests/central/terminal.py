"""A terminal as the wire describes it, and nothing more: what another implementation would have to do."""

import hashlib
import http.client
import itertools
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from kiosk import enrolment, numbers
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.case import BlobRef, Channel, Draft, Material, MaterialSource
from kiosk.model.payload import CasePayload, pack_payload
from kiosk.model.people import Applicant, Assurance, Member, Relation
from kiosk.seal import content, keys, records, signing, wraps
from kiosk.seal.statements import PlatformStatement, read_platform_statement
from sync.wire.coding import FRAMES_TYPE, MEDIA_TYPE, decode, encode, pack, unpack
from sync.wire.frames import frames_of
from sync.wire.messages import (
    Answer,
    Begun,
    BlobEntry,
    ChangesAnswer,
    ChangesRequest,
    DecisionBody,
    EnrolAnswer,
    EnrolRequest,
    Event,
    FramesAnswer,
    Manifest,
    ManifestAnswer,
    Refusal,
    RootAnswer,
    SignedRecord,
)
from sync.wire.records import read_record, read_sealed_record
from sync.wire.requests import sign_request
from tests.central.catalogue import ITEM

_A = TypeVar("_A", bound=Answer)

DAY = date(2026, 7, 2)
MADE = datetime(2026, 7, 2, 1, 30, tzinfo=UTC)


class RefusedError(Exception):
    """The platform refused."""

    def __init__(self, status: int, refusal: Refusal) -> None:
        super().__init__(status, refusal.failure)
        self.status = status
        self.refusal = refusal


def ask(url: str, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """One HTTP turn."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        assert response.headers["Content-Type"] == MEDIA_TYPE
        return response.status, response.read()
    finally:
        connection.close()


def answered(status: int, body: bytes) -> bytes:
    """A good answer's body."""
    if status != 200:
        raise RefusedError(status, decode(body, Refusal))
    return body


@dataclass(frozen=True)
class Page:
    """One page as captured: plain and sealed, with its entry."""

    plain: bytes
    sealed: bytes
    entry: BlobEntry


@dataclass(frozen=True)
class Filed:
    """An event with the pages it names."""

    event: Event
    pages: tuple[Page, ...]


@dataclass
class Terminal:
    """One enrolled terminal."""

    url: str
    device: bytes
    sealing: bytes
    answer: EnrolAnswer
    statement: PlatformStatement
    nonces: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    counters: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    journal: tuple[int, str] = (0, "")
    asked: int = 0
    """The newest nonce."""

    @classmethod
    def enrol(cls, url: str, code: str, device: bytes | None = None, sealing: bytes | None = None) -> "Terminal":
        """Enrol as a careful terminal does: the root must be the code's before the secret leaves."""
        parsed = enrolment.parse(code)
        root = decode(answered(*ask(url, "GET", "/v1/root", b"", {})), RootAnswer)
        assert enrolment.fingerprint_of(root.root) == parsed.fingerprint
        device, sealing = device or signing.new_signing_key(), sealing or keys.new_sealing_key()
        request = EnrolRequest(parsed.secret, signing.public_of(device), keys.sealing_public(sealing))
        statement = read_platform_statement(root.root, root.statement)
        record = decode(
            answered(*ask(url, "POST", "/v1/enrol", encode(request), {"Content-Type": MEDIA_TYPE})), SignedRecord
        )
        answer = read_record(record, "enrol", EnrolAnswer, statement.record_key)
        assert (answer.root, answer.platform_statement) == (root.root, root.statement)
        return cls(url, device, sealing, answer, statement)

    @property
    def name(self) -> str:
        return self.answer.terminal

    def signed(self, path: str, body: bytes, nonce: int | None = None) -> dict[str, str]:
        """The headers of a signed request."""
        self.asked = next(self.nonces) if nonce is None else nonce
        return sign_request(
            "POST",
            path,
            hashlib.sha256(body).digest(),
            terminal=self.name,
            nonce=self.asked,
            platform=self.answer.platform,
            private=self.device,
        )

    def post(self, path: str, body: bytes, media: str = MEDIA_TYPE) -> bytes:
        """One signed turn."""
        return answered(*ask(self.url, "POST", path, body, {"Content-Type": media, **self.signed(path, body)}))

    def manifest(self, events: Iterable[Event], begun: Iterable[Begun] = ()) -> Manifest:
        position, head = self.journal
        return Manifest(self.name, self.answer.epoch, position, head, tuple(events), tuple(begun))

    def proven(self, record: SignedRecord, kind: str, answer: type[_A]) -> _A:
        """An answer the platform signed."""
        return read_record(record, kind, answer, self.statement.record_key)

    def exchange(self, *events: Event, begun: Iterable[Begun] = ()) -> ManifestAnswer:
        return self.exchanged(self.post("/v1/exchange", pack(self.manifest(events, begun))))

    def exchanged(self, body: bytes) -> ManifestAnswer:
        return self.proven(unpack(body, SignedRecord), "exchange", ManifestAnswer)

    def frames(self, body: bytes) -> FramesAnswer:
        return self.framed(self.post("/v1/frames", body, FRAMES_TYPE))

    def framed(self, body: bytes) -> FramesAnswer:
        return self.proven(decode(body, SignedRecord), "frames", FramesAnswer)

    def upload(self, *pages: Page) -> FramesAnswer:
        return self.frames(b"".join(piece for page in pages for piece in frames_of(page.entry.digest, page.sealed, 0)))

    def changes(self, cursor: int = 0, catalogue: int = 999, held: bytes = b"") -> ChangesAnswer:
        body = self.post("/v1/changes", pack(ChangesRequest(self.name, cursor, catalogue, held=held)))
        return self.proven(unpack(body, SignedRecord), "changes", ChangesAnswer)

    def decisions(self, cursor: int = 0) -> list[DecisionBody]:
        """Every decision after a cursor, verified and opened."""
        return [
            read_sealed_record(record, "decision", DecisionBody, self.statement.record_key, self.name, self.sealing)
            for record in self.changes(cursor).records
        ]

    def number(self) -> str:
        return numbers.submission_no(self.name, self.answer.epoch, DAY, next(self.counters))

    def page(self, plain: bytes, material: str = "idcard", member: str | None = None, index: int = 0) -> Page:
        """Seal one page as at capture."""
        key = content.new_key()
        sealed = content.encrypt(plain, key, content.PAGE)
        wrap = wraps.wrap_for_platform(key, self.statement.platform_key)
        digest = hashlib.sha256(sealed).digest()
        return Page(plain, sealed, BlobEntry(material, index, digest, len(sealed), "jpg", wrap, member))

    def draft(self, pages: Iterable[Page] = (), **changes: Any) -> Draft:
        """A draft that would be accepted."""
        materials: dict[tuple[str, str | None], list[BlobRef]] = {}
        for page in pages:
            entry = page.entry
            ref = BlobRef(entry.digest.hex(), entry.size, entry.ext)
            materials.setdefault((entry.material, entry.member), []).append(ref)
        person = synthetic_person(1, Wanted(DAY))
        made = Draft(
            case_id=secrets.token_hex(8),
            item_code=ITEM,
            catalogue_version=1,
            channel=Channel.TERMINAL,
            created_at=MADE,
            applicant=Applicant(person, Assurance.CHIP),
            answers={"phone": "15400000001", "income": 900, "reason": "家人住院"},
            materials=tuple(
                Material(name, MaterialSource.SCAN, tuple(files), member) for (name, member), files in materials.items()
            ),
        )
        return replace(made, **changes)

    def file(
        self,
        pages: Iterable[Page] = (),
        *,
        draft: Draft | None = None,
        number: str | None = None,
        event_id: str | None = None,
        kind: str = "case",
        **outside: Any,
    ) -> Filed:
        """An event, sealed."""
        pages = tuple(pages)
        draft = draft or self.draft(pages)
        number, event_id = number or self.number(), event_id or secrets.token_hex(16)
        payload = CasePayload(number, event_id, self.name, "临时救助金给付(测试)", draft, MADE, clock_trusted=True)
        sealed = records.seal_record(pack_payload(payload), self.statement.platform_key, f"form/{event_id}")
        fields: dict[str, Any] = {
            "event": event_id,
            "kind": kind,
            "number": number,
            "item": draft.item_code,
            "item_version": 1,
            "payload": sealed,
            "made": MADE,
            "blobs": tuple(page.entry for page in pages),
            "replaces": draft.replaces,
        }
        return Filed(Event(**{**fields, **outside}), pages)


def child(school: str = "演示小学") -> Member:
    """A household member."""
    return Member("m1", synthetic_person(2, Wanted(DAY, age=9)), Relation.CHILD, {"school": school})
