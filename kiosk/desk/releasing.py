"""What an account leaves half done when it is disabled, removed or given a new PIN: a supervisor may take it over.

A staff draft opens only with that login. Its key is also sealed to the supervisors' release key, whose private half is
wrapped under each supervisor's own login: nothing on the disk opens it without a supervisor's PIN.
"""

from dataclasses import replace
from datetime import timedelta

import msgspec

from kiosk.desk.equipment import Equipment
from kiosk.desk.session import Holder, Session
from kiosk.failure import Failure, KioskError
from kiosk.model.case import Draft, DraftSummary, ParkedDraft
from kiosk.model.people import Operator, Role
from kiosk.ports import StoredDraft
from kiosk.seal import content, drafts, keys, wraps
from kiosk.staffing import Right, demand


def log_in(kit: Equipment, session: Session, staff_id: str, pin: str) -> Operator:
    """A member of staff takes the keyboard; the first supervisor who does brings the release key into being.

    Raises:
        KioskError: `PIN_WRONG`, `PIN_LOCKED`, `STAFF_FORBIDDEN` for an account that was disabled.
    """
    operator, login_key = kit.store.staff.prove(staff_id, pin, kit.now())
    secret = kit.store.provider_secret
    holder = Holder(drafts.staff_tag(secret, staff_id), drafts.login_kek(secret, login_key))
    if operator.role is Role.SUPERVISOR and not kit.store.staff.release_holders():
        private = keys.new_sealing_key()
        kit.store.staff.hold_release(staff_id, keys.sealing_public(private), wraps.wrap_under(private, holder.kek))
    session.operator, session.holder = operator, holder
    return operator


def add_supervisor(kit: Equipment, session: Session, fresh: Operator, pin: str) -> None:
    """A supervisor makes another one who may release drafts too.

    Raises:
        KioskError: `STAFF_FORBIDDEN`, `DRAFT_LOCKED` where this supervisor does not hold the release key.
    """
    operator = demand(session.operator, Right.MANAGE_STAFF)
    private = _release_private(kit, session)
    with kit.store.write_tx():
        kit.store.staff.add(replace(fresh, role=Role.SUPERVISOR), pin, actor=operator.staff_id)
        _, login_key = kit.store.staff.prove(fresh.staff_id, pin, kit.now())
        kek = drafts.login_kek(kit.store.provider_secret, login_key)
        kit.store.staff.hold_release(fresh.staff_id, keys.sealing_public(private), wraps.wrap_under(private, kek))


def parked(kit: Equipment, session: Session) -> tuple[ParkedDraft, ...]:
    """What accounts left half done, oldest first: whose it was, which item, why it lies there.

    Raises:
        KioskError: `STAFF_FORBIDDEN`.
    """
    demand(session.operator, Right.RELEASE_DRAFTS)
    return kit.store.drafts.parked()


def take_over(kit: Equipment, session: Session, case_id: str) -> DraftSummary:
    """Make a parked draft this supervisor's own; it is then among those they may go on with.

    Raises:
        KioskError: `STAFF_FORBIDDEN`; `CASE_UNKNOWN` when nothing of that name is parked; `DRAFT_LOCKED` when it was
            kept before there was a release key, or this supervisor does not hold it.
    """
    operator = demand(session.operator, Right.RELEASE_DRAFTS)
    if case_id not in {one.summary.case_id for one in kit.store.drafts.parked()}:
        raise KioskError(Failure.CASE_UNKNOWN, reason="draft")
    holder, stored = _holder(session), kit.store.drafts.load(case_id)
    key = wraps.open_release_wrap(stored.release_wrap, _release_private(kit, session))
    draft = msgspec.json.decode(content.decrypt(stored.sealed, key, content.DRAFT + case_id.encode()), type=Draft)
    sealed = content.encrypt(
        msgspec.json.encode(replace(draft, operator=operator)), key, content.DRAFT + case_id.encode()
    )
    until = kit.now() + timedelta(days=kit.config.keep_draft_days)
    summary = replace(stored.summary, keep_until=until)
    owned = StoredDraft(
        summary, sealed, holder.owner, wraps.wrap_under(key, holder.kek), stored.blobs, stored.release_wrap
    )
    with kit.store.write_tx():
        kit.store.drafts.save(owned)
        kit.store.journal.append("draft.taken_over", case_id, operator.staff_id)
    return summary


def release_wrap(kit: Equipment, session: Session, key: bytes) -> bytes:
    """The draft's key for supervisors; empty for a resident's own draft, and while there is no release key."""
    public = kit.store.staff.release_key() if session.operator else None
    return b"" if public is None else wraps.wrap_for_release(key, public)


def _release_private(kit: Equipment, session: Session) -> bytes:
    operator = demand(session.operator, Right.RELEASE_DRAFTS)
    wrap = kit.store.staff.release_holders().get(operator.staff_id)
    if wrap is None:
        raise KioskError(Failure.DRAFT_LOCKED, reason="no_release_key")
    return wraps.unwrap_under(wrap, _holder(session).kek)


def _holder(session: Session) -> Holder:
    if session.holder is None:
        raise KioskError(Failure.DRAFT_LOCKED, reason="no_login")
    return session.holder
