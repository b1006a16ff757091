"""Drafts: saved sealed after every change, resumed only by the same card or the same login."""

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from kiosk.catalogue.item import ServiceItem
from kiosk.desk.collecting import digests
from kiosk.desk.equipment import Equipment
from kiosk.desk.releasing import release_wrap
from kiosk.desk.session import Holder, Session
from kiosk.failure import Failure, KioskError
from kiosk.model.case import Draft, DraftSummary
from kiosk.model.people import Applicant
from kiosk.ports import StoredDraft
from kiosk.seal import content, wraps


def save(
    kit: Equipment, session: Session, item: ServiceItem, draft: Draft, keep_until: datetime | None = None
) -> Draft:
    """Make `draft` the visit's draft, and durable where somebody could come back for it.

    Pages it no longer holds are deleted. A visit without card secret or login lives in memory only: a typed identity
    cannot resume.
    """
    session.key()  # a visit that was wiped saves nothing
    before = session.draft
    session.draft = draft
    if session.holder is not None:
        _store(kit, session, session.holder, item, draft, keep_until)
    gone = set(digests(before)) - set(digests(draft)) if before and before.case_id == draft.case_id else set()
    if gone:
        kit.store.blobs.discard(gone)
    return draft


def _store(
    kit: Equipment, session: Session, holder: Holder, item: ServiceItem, draft: Draft, keep_until: datetime | None
) -> None:
    key = session.key()
    until = keep_until or kit.now() + timedelta(days=kit.config.unfinished_draft_days)
    summary = DraftSummary(draft.case_id, draft.item_code, item.name, draft.channel, kit.now(), until)
    sealed = content.encrypt(msgspec.json.encode(draft), key, content.DRAFT + draft.case_id.encode(), kit.suite)
    wrapped, released = wraps.wrap_under(key, holder.kek, kit.suite), release_wrap(kit, session, key)
    kit.store.drafts.save(StoredDraft(summary, sealed, holder.owner, wrapped, digests(draft), released))


def keep(kit: Equipment, session: Session, item: ServiceItem) -> DraftSummary:
    """Keep the draft for the configured days, because the person said so.

    Raises:
        KioskError: `DRAFT_LOCKED` when nobody could open it again.
    """
    if session.holder is None:
        raise KioskError(Failure.DRAFT_LOCKED, reason="no_card_secret")
    until = kit.now() + timedelta(days=kit.config.keep_draft_days)
    draft = save(kit, session, item, session.current(), until)
    return DraftSummary(draft.case_id, draft.item_code, item.name, draft.channel, kit.now(), until)


def kept(kit: Equipment, session: Session) -> tuple[DraftSummary, ...]:
    """Drafts this visit's holder may go on with, newest first."""
    return kit.store.drafts.owned_by(session.holder.owner) if session.holder else ()


def resume(kit: Equipment, session: Session, case_id: str) -> Draft:
    """Open a kept draft with this visit's holder and go on with it.

    Raises:
        KioskError: `CASE_UNKNOWN`, `DRAFT_LOCKED` for another card, `BLOB_DAMAGED`.
    """
    if session.holder is None:
        raise KioskError(Failure.DRAFT_LOCKED, reason="no_card_secret")
    stored = kit.store.drafts.load(case_id)
    key = wraps.unwrap_under(stored.wrapped_key, session.holder.kek)
    draft = msgspec.json.decode(content.decrypt(stored.sealed, key, content.DRAFT + case_id.encode()), type=Draft)
    session.adopt(key)
    session.draft = draft
    session.agent = draft.agent
    session.applicant = _seen_here(session.applicant, draft.applicant)
    return draft


def _seen_here(here: Applicant | None, kept: Applicant | None) -> Applicant | None:
    """The applicant of a kept draft, whose card may have just been read: the next item may want its photograph."""
    same = here is not None and kept is not None and here.person.id_no == kept.person.id_no
    return replace(kept, portrait=kept.portrait or here.portrait) if same and here and kept else kept


def discard(kit: Equipment, session: Session) -> None:
    """Throw the draft away, with its pages and its key."""
    draft = session.draft
    if draft is None:
        return
    if session.holder is not None:
        kit.store.drafts.discard(draft.case_id)
    kit.store.blobs.discard(digests(draft))
    session.draft = None
    session.renew()
