"""Cases as a terminal takes them: real seals, a real form of the catalogue, nobody real."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from kiosk import numbers
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.case import BlobRef, CaseSummary, Channel, Draft, Material, MaterialSource, Receipt
from kiosk.model.payload import CasePayload, pack_payload
from kiosk.model.people import Applicant
from kiosk.model.state import CaseState
from kiosk.ports import SealedBlob, SealedMaterial, Store, Submission
from kiosk.seal import content, records, wraps

ITEM = "512B0357300000"
MATERIALS = ("application_form", "photo", "residence")


@dataclass(frozen=True)
class Taken:
    """One case in the outbox, and the sealed pages it holds."""

    number: str
    event: str
    digests: tuple[str, ...]


def page(store: Store, size: int) -> BlobRef:
    """A sealed page of random bytes, durable."""
    key = content.new_key()
    sealed = content.encrypt(secrets.token_bytes(size), key, content.PAGE)
    wrap = wraps.wrap_for_platform(key, store.settings.identity().platform_key)
    return store.blobs.keep(SealedBlob(sealed, "jpg", wrap, wraps.wrap_under(key, secrets.token_bytes(32))))


def take(
    store: Store,
    *sizes: int,
    index: int = 1,
    answers: dict[str, object] | None = None,
    reuse: Taken | None = None,
) -> Taken:
    """Submit one application with a page of each of these sizes, and with the pages of another."""
    pages = [page(store, size) for size in sizes]
    if reuse is not None:
        pages += [BlobRef(digest, len(store.blobs.read(digest)), "jpg") for digest in reuse.digests]
    event = secrets.token_hex(16)

    def build(counter: int) -> Submission:
        return _submission(store, pages, event, counter, index, answers)

    submission = store.cases.submit(build)
    return Taken(submission.summary.submission_no, event, tuple(ref.digest for ref in pages))


def _submission(
    store: Store, pages: list[BlobRef], event: str, counter: int, index: int, answers: dict[str, object] | None
) -> Submission:
    identity, item, now = store.settings.identity(), store.shelf.item(ITEM), datetime.now(UTC)
    number = numbers.submission_no(identity.terminal, identity.epoch, now.date(), counter)
    person = synthetic_person(index, Wanted(now.date(), 70))
    draft = Draft(
        case_id=secrets.token_hex(8),
        item_code=ITEM,
        catalogue_version=store.shelf.version(),
        channel=Channel.APPLY,
        created_at=now,
        state=CaseState.QUEUED,
        applicant=Applicant(person),
        answers=dict(item.forms[0].sample) if answers is None else answers,
        materials=tuple(
            Material(MATERIALS[place % len(MATERIALS)], MaterialSource.FILE, (ref,)) for place, ref in enumerate(pages)
        ),
    )
    payload = pack_payload(CasePayload(number, event, identity.terminal, item.name, draft, now, True))
    summary = CaseSummary(number, ITEM, item.name, "演***", CaseState.QUEUED, now)
    return Submission(
        event_id=event,
        summary=summary,
        payload=records.seal_record(payload, identity.platform_key, f"form/{event}"),
        materials=tuple(
            SealedMaterial(
                MATERIALS[place % len(MATERIALS)],
                None,
                0,
                ref.digest,
                ref.size,
                ref.extension,
                store.blobs.platform_wrap(ref.digest),
            )
            for place, ref in enumerate(pages)
        ),
        receipt=Receipt(number, ITEM, item.name, now, None, f"https://platform.invalid/r#{counter}"),
        owners=(b"owner",),
        item_version=item.version,
        clock_trusted=True,
        actor="test",
    )
