"""Synthetic cases for the storage tests and benchmarks: real seals, no real person."""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from kiosk import numbers
from kiosk.model.case import BlobRef, CaseSummary, Channel, DraftSummary, Receipt
from kiosk.model.state import CaseState
from kiosk.model.terminal import TerminalIdentity
from kiosk.ports import SealedBlob, SealedMaterial, StoredDraft, Submission
from kiosk.seal import content, keys, records, signing, wraps
from kiosk.seal.statements import DeviceStatement, make_device_statement
from local_db.store import Store

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
RECORD_PRIVATE = signing.new_signing_key()
DEVICE_PRIVATE = signing.new_signing_key()
PLATFORM_PRIVATE = keys.new_sealing_key()
PLATFORM_KEY = keys.sealing_public(PLATFORM_PRIVATE)
DRAFT_KEY = secrets.token_bytes(32)
ITEM = "000000-0001"


@dataclass
class SetClock:
    """A clock the test moves."""

    at: datetime = NOON
    believed: bool = True
    step: timedelta = field(default_factory=lambda: timedelta(microseconds=1))

    def now(self) -> datetime:
        self.at += self.step
        return self.at

    def trusted(self) -> bool:
        return self.believed


def identity(epoch: str = "A", device_key: bytes = DEVICE_PRIVATE) -> TerminalIdentity:
    stated = DeviceStatement("T00001", epoch, signing.public_of(device_key), NOON)
    return TerminalIdentity(
        terminal="T00001",
        epoch=epoch,
        point_name="演示·便民服务点",
        region12="000000000000",
        platform_url="https://platform.invalid",
        platform_id="demo",
        root_key=signing.public_of(RECORD_PRIVATE),
        record_key=signing.public_of(RECORD_PRIVATE),
        platform_key=PLATFORM_KEY,
        statement=make_device_statement(RECORD_PRIVATE, stated),
        demo=True,
    )


def enrol(store: Store) -> None:
    store.settings.enrol(identity(), DEVICE_PRIVATE, keys.new_sealing_key())


def page(size: int = 3000, extension: str = "jpg") -> SealedBlob:
    """One sealed page as the desk makes it."""
    return sealed_page(secrets.token_bytes(size), extension)


def sealed_page(plain: bytes, extension: str = "jpg") -> SealedBlob:
    key = content.new_key()
    sealed = content.encrypt(plain, key, content.PAGE)
    return SealedBlob(sealed, extension, wraps.wrap_for_platform(key, PLATFORM_KEY), wraps.wrap_under(key, DRAFT_KEY))


def digest_of(blob: SealedBlob) -> str:
    return hashlib.sha256(blob.data).hexdigest()


def draft(
    case_id: str,
    blobs: tuple[str, ...] = (),
    keep_until: datetime | None = None,
    owner: bytes = b"o",
    plain: bytes = "演示·张小凤".encode(),
) -> StoredDraft:
    summary = DraftSummary(case_id, ITEM, "演示事项", Channel.TERMINAL, NOON, keep_until)
    key = content.new_key()
    sealed = content.encrypt(plain, key, content.DRAFT)
    return StoredDraft(summary, sealed, owner, wraps.wrap_under(key, DRAFT_KEY), blobs)


def material(store: Store, ref: BlobRef, material_id: str = "m1", index: int = 0) -> SealedMaterial:
    wrap = store.blobs.platform_wrap(ref.digest)
    return SealedMaterial(material_id, None, index, ref.digest, ref.size, ref.extension, wrap)


@dataclass
class Application:
    """One application to be submitted; every field may be set by the test."""

    materials: tuple[SealedMaterial, ...] = ()
    event_id: str = field(default_factory=lambda: secrets.token_hex(16))
    at: datetime = NOON
    masked: str = "演*凤"
    owners: tuple[bytes, ...] = (b"owner-1",)
    draft_id: str | None = None
    replaces: str | None = None
    ref: str | None = None
    ref_digest: bytes | None = None
    form: bytes = b"{}"
    item_code: str = ITEM
    qr_text: str = "https://platform.invalid/r#demo"
    paper: bytes = b"{}"
    clock_trusted: bool = True
    taken_by: str = ""
    actor: str = "terminal"
    counters: list[int] = field(default_factory=list)
    terminal: str = "T00001"
    epoch: str = "A"
    day_known: bool = True

    def build(self, counter: int) -> Submission:
        self.counters.append(counter)
        day = self.at.date() if self.day_known else None
        number = self.replaces or numbers.submission_no(self.terminal, self.epoch, day, counter)
        summary = CaseSummary(
            number, self.item_code, "演示事项", self.masked, CaseState.QUEUED, self.at, deliver_by=date(2026, 12, 1)
        )
        return Submission(
            event_id=self.event_id,
            summary=summary,
            payload=records.seal_record(self.form, PLATFORM_KEY, f"form/{self.event_id}"),
            materials=self.materials,
            receipt=Receipt(number, self.item_code, "演示事项", self.at, date(2026, 12, 1), self.qr_text, self.paper),
            owners=self.owners,
            item_version=1,
            clock_trusted=self.clock_trusted,
            actor=self.actor,
            replaces=self.replaces,
            draft_id=self.draft_id,
            ref=self.ref,
            ref_digest=self.ref_digest,
            taken_by=self.taken_by,
        )


def submit(store: Store, pages: int = 0, **fields: object) -> Submission:
    """Submit one application with this many fresh pages."""
    refs = [store.blobs.keep(page()) for _ in range(pages)]
    materials = tuple(material(store, ref, f"m{place}") for place, ref in enumerate(refs))
    return store.cases.submit(Application(materials=materials, **fields).build)  # type: ignore[arg-type] # by name


def broken_off(store: Store, *acts: Callable[[], object]) -> None:
    """Do these in one transaction that fails at its end."""
    with suppress(_BrokenOffError), store.write_tx():
        for act in acts:
            act()
        raise _BrokenOffError


class _BrokenOffError(Exception):
    pass
