"""A terminal made of nothing but what the page says, for asking questions no real terminal would ask."""

import hashlib
import http.client
import itertools
import secrets
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from kiosk import enrolment, numbers
from kiosk.catalogue.item import ServiceItem
from kiosk.catalogue.package import Catalogue
from kiosk.enrolment import EnrolmentCode
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.case import BlobRef, Channel, Draft, Material, MaterialSource
from kiosk.model.payload import CasePayload, pack_payload
from kiosk.model.people import Applicant, Assurance
from kiosk.seal import content, keys, records, signing, wraps
from kiosk.seal.statements import PlatformStatement
from sync.wire.coding import FRAMES_TYPE, MEDIA_TYPE, decode, pack, unpack
from sync.wire.frames import Frame
from sync.wire.messages import (
    Ack,
    Answer,
    Begun,
    BlobEntry,
    ChangesAnswer,
    ChangesRequest,
    EnrolAnswer,
    Event,
    EventAnswer,
    FramesAnswer,
    FrameState,
    Manifest,
    ManifestAnswer,
    Message,
    Refusal,
    RootAnswer,
    SignedRecord,
)
from sync.wire.records import read_record
from sync.wire.requests import sign_request

PATIENCE_SECONDS: Final = 30.0
_A = TypeVar("_A", bound=Answer)


class FailsError(Exception):
    """The platform does not do what the page says; the text says what it does."""


def demand(holds: object, otherwise: str) -> None:
    """Go on only where it holds.

    Raises:
        FailsError: with `otherwise`.
    """
    if not holds:
        raise FailsError(otherwise)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back on HTTP."""

    status: int
    media: str
    body: bytes = field(repr=False)

    def good(self, *, unnamed: bool = False) -> bytes:
        """The body of a good answer; `unnamed`: it need not name its media type.

        Raises:
            FailsError: it is none.
        """
        if not (unnamed and self.status == HTTPStatus.OK and self.media == ""):
            self._demand_media()
        if self.status != HTTPStatus.OK:
            refusal = decode(self.body, Refusal)
            raise FailsError(f"refused with {self.status} {refusal.failure}")
        return self.body

    def refused(self, status: HTTPStatus, failure: str) -> None:
        """Make sure that it is this refusal.

        Raises:
            FailsError: it is another, or none.
        """
        demand(self.status == status, f"status {self.status} instead of {int(status)}")
        self._demand_media()
        told = decode(self.body, Refusal).failure
        demand(told == failure, f"says {told} instead of {failure}")

    def _demand_media(self) -> None:
        media = self.media.partition(";")[0].strip().lower()
        demand(media == MEDIA_TYPE, f"status {self.status} with media type “{media}”")


@dataclass(frozen=True, slots=True)
class Page:
    """A sealed page and how an event names it."""

    sealed: bytes = field(repr=False)
    entry: BlobEntry

    def frames(self, start: int = 0, end: int | None = None, size: int = 4096) -> bytes:
        """Frames of `size` bytes from one offset to another."""
        data = self.sealed[:end]
        pieces = range(start, len(data), size)
        return b"".join(Frame(self.entry.digest, at, data[at : at + size]).encode() for at in pieces)


@dataclass(slots=True)
class Probe:
    """One platform under test, and the terminal enrolled at it once the checks have come so far."""

    url: str
    code: EnrolmentCode
    second: EnrolmentCode | None = None
    trusted: ssl.SSLContext | None = None
    wanted_item: str = ""
    earlier: bytes = field(default=b"", repr=False)
    device: bytes = field(default_factory=signing.new_signing_key, repr=False)
    sealing: bytes = field(default_factory=keys.new_sealing_key, repr=False)
    root: RootAnswer | None = None
    statement: PlatformStatement | None = None
    enrolled: EnrolAnswer | None = None
    catalogue: Catalogue | None = None
    package: bytes = field(default=b"", repr=False)
    filed: tuple[Event, Page] | None = None
    nonces: Iterator[int] = field(default_factory=lambda: itertools.count(5000), repr=False)
    counters: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        """One HTTP turn on a connection of its own."""
        connection = self.connection()
        try:
            connection.request(method, self.prefix + path, body or None, headers or {})
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers.get("Content-Type", ""), answer.read())
        except http.client.HTTPException as error:
            raise FailsError(f"no HTTP: {type(error).__name__}") from error
        finally:
            connection.close()

    def connection(self) -> http.client.HTTPConnection:
        """A connection to the platform."""
        parts = urlsplit(self.url)
        if parts.scheme == "https":
            return http.client.HTTPSConnection(parts.netloc, timeout=PATIENCE_SECONDS, context=self.trusted)
        return http.client.HTTPConnection(parts.netloc, timeout=PATIENCE_SECONDS)

    @property
    def prefix(self) -> str:
        """What a proxy puts before the protocol's own paths."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def me(self) -> EnrolAnswer:
        """Who this terminal is."""
        demand(self.enrolled, "not enrolled")
        return self.enrolled  # type: ignore[return-value] # demanded

    @property
    def platform(self) -> PlatformStatement:
        """The platform's keys, as its root states them."""
        demand(self.statement, "the platform's keys are not known")
        return self.statement  # type: ignore[return-value] # demanded

    @property
    def item(self) -> ServiceItem:
        """The item that cases are made of: the one named on the command line, else the first with a form."""
        demand(self.catalogue, "no catalogue was fetched")
        catalogue: Catalogue = self.catalogue  # type: ignore[assignment] # demanded
        codes = [self.wanted_item] if self.wanted_item else [entry.code for entry in catalogue.entries]
        items = (catalogue.item(code) for code in codes)
        found = next((one for one in items if one.forms and one.materials and one.members is None), None)
        found = found or next((catalogue.item(code) for code in codes), None)
        demand(found, "the catalogue holds no item")
        return found  # type: ignore[return-value] # demanded

    def head(self, path: str, body: bytes, **other: Any) -> dict[str, str]:
        """The headers of a signed question; `other` makes something about them wrong."""
        said: dict[str, Any] = {
            "terminal": self.me.terminal,
            "nonce": next(self.nonces),
            "platform": self.me.platform,
            "private": self.device,
        }
        media = FRAMES_TYPE if path.endswith("/frames") else MEDIA_TYPE
        digest = other.pop("digest", hashlib.sha256(body).digest())
        return {"Content-Type": media, **sign_request("POST", path, digest, **(said | other))}

    def post(self, path: str, body: bytes, **other: Any) -> Reply:
        """One signed turn."""
        return self.ask("POST", path, body, self.head(path, body, **other))

    def proven(self, body: bytes, kind: str, answer: type[_A], nonce: int) -> _A:
        """The whole answer, signed by the platform and given to this very question."""
        record = decode(body, SignedRecord) if kind == "frames" else unpack(body, SignedRecord)
        told = read_record(record, kind, answer, self.platform.record_key)
        demand(told.nonce == nonce, f"answers question {told.nonce} instead of {nonce}")
        return told

    def turn(self, kind: str, message: Message | bytes, answer: type[_A]) -> _A:
        """Ask a question of this kind and prove its answer."""
        body = message if isinstance(message, bytes) else pack(message)
        nonce = next(self.nonces)
        return self.proven(self.post(f"/v1/{kind}", body, nonce=nonce).good(), kind, answer, nonce)

    def manifest(self, *events: Event, begun: Iterable[Begun] = ()) -> Manifest:
        """A manifest of this terminal, whose journal has not begun."""
        return Manifest(self.me.terminal, self.me.epoch, 0, "", events, tuple(begun))

    def exchange(self, *events: Event, begun: Iterable[Begun] = ()) -> tuple[EventAnswer, ...]:
        """What became of each event."""
        answers = self.turn("exchange", self.manifest(*events, begun=begun), ManifestAnswer).answers
        count = len(events) + len(tuple(begun))
        demand(len(answers) == count, f"{len(answers)} answers to {count} events")
        return answers

    def frames(self, body: bytes) -> FramesAnswer:
        """What became of these frames."""
        return self.turn("frames", body, FramesAnswer)

    def state(self, body: bytes, page: Page) -> FrameState:
        """What became of the frames of one page."""
        found = [one for one in self.frames(body).blobs if one.digest == page.entry.digest]
        demand(len(found) == 1, f"names the file {len(found)} times")
        return found[0]

    def changes(self, cursor: int = 0, catalogue: int = 0, held: bytes = b"") -> ChangesAnswer:
        """What came about."""
        return self.turn("changes", ChangesRequest(self.me.terminal, cursor, catalogue, held=held), ChangesAnswer)

    def ack(self, answer: EventAnswer, event: Event) -> Ack:
        """The acknowledgement of an event, held against it."""
        demand(answer.outcome == "taken", f"{answer.outcome} {answer.field} {answer.reason}".rstrip())
        demand(answer.ack, "taken without an acknowledgement")
        return self.read_ack(answer.ack, event)  # type: ignore[arg-type] # demanded

    def read_ack(self, record: SignedRecord, event: Event) -> Ack:
        """The same of a record that came alone."""
        ack = read_record(record, "ack", Ack, self.platform.record_key)
        demand(ack.terminal == self.me.terminal, "the acknowledgement is another terminal's")
        demand((ack.event, ack.number) == (event.event, event.number), "the acknowledgement is of another event")
        demand(ack.digest == event.payload_digest(), "the acknowledgement is of other bytes")
        return ack

    def begun(self, event: Event) -> EventAnswer:
        """What the platform lacks of an event taken earlier."""
        (answer,) = self.exchange(begun=[Begun(event.event, event.payload_digest())])
        return answer

    def page(self, size: int) -> Page:
        """A sealed page of random bytes."""
        key = content.new_key()
        sealed = content.encrypt(secrets.token_bytes(size), key, content.PAGE)
        wrap = wraps.wrap_for_platform(key, self.platform.platform_key)
        material = self.item.materials[0].id if self.item.materials else ""
        return Page(sealed, BlobEntry(material, 0, hashlib.sha256(sealed).digest(), len(sealed), "jpg", wrap))

    def event(self, *pages: Page, answers: dict[str, Any] | None = None, **other: Any) -> Event:
        """A case that should be taken; `other` makes something about its outside different."""
        item, now, name = self.item, datetime.now(UTC), secrets.token_hex(16)
        number = str(other.get("number") or self.number())
        files = tuple(BlobRef(page.entry.digest.hex(), page.entry.size, page.entry.ext) for page in pages)
        material = (Material(item.materials[0].id, MaterialSource.FILE, files),) if files else ()
        form = next((dict(form.sample) for form in item.forms if form.sample), {})
        draft = Draft(
            case_id=secrets.token_hex(8),
            item_code=item.code,
            catalogue_version=self.catalogue.head.version if self.catalogue else 0,
            channel=Channel.APPLY,
            created_at=now,
            applicant=Applicant(synthetic_person(1, Wanted(now.date(), 70)), Assurance.CHIP),
            answers=form if answers is None else answers,
            materials=material,
        )
        payload = CasePayload(number, name, self.me.terminal, item.name, draft, now, clock_trusted=True)
        said: dict[str, Any] = {
            "event": name,
            "kind": "case",
            "number": number,
            "item": item.code,
            "item_version": item.version,
            "payload": records.seal_record(pack_payload(payload), self.platform.platform_key, f"form/{name}"),
            "made": now,
            "blobs": tuple(page.entry for page in pages),
        }
        return Event(**(said | other))

    def number(self) -> str:
        """The next submission number."""
        return numbers.submission_no(self.me.terminal, self.me.epoch, date.today(), next(self.counters))  # noqa: DTZ011 -- any day will do

    def taken(self, size: int) -> tuple[Event, Page]:
        """A fresh case of one page, its form taken and its page still missing."""
        page = self.page(size)
        event = self.event(page)
        (answer,) = self.exchange(event)
        demand(not self.ack(answer, event).complete, "acknowledged as complete without its page")
        return event, page


def new_probe(url: str, code: str, second: str | None, **other: Any) -> Probe:
    """A probe for a platform and one or two of its enrolment codes.

    Raises:
        KioskError: `ENROLMENT_CODE_REFUSED` for text that is no code.
    """
    return Probe(url.rstrip("/"), enrolment.parse(code), enrolment.parse(second) if second else None, **other)
