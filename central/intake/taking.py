"""Writing events down: exactly once each, a form durably before any file of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeGuard

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, IntegrityError

from central import casebook, feed
from central.arranging import arrange
from central.exchange import holders
from central.exchange.claims import check_claims
from central.intake.fitness import Fit, FitCase, FitFeedback, FitRating, Standing, open_fit
from central.intake.kinds import EventKind
from central.intake.unfit import Unfit
from central.office import Office
from central.store import audit, cases, events, feedback, ratings
from central.store.cases import Case
from central.store.events import StoredEvent
from central.store.terminals import Terminal
from kiosk.failure import Failure, KioskError
from kiosk.model.state import CaseState, Mover, advance
from sync.wire.messages import DecisionBody, Event

_AT_ONCE: Final = 50
_PASSING: Final = frozenset({Failure.STORE_BUSY, Failure.STORE_FULL, Failure.STORE_CORRUPT, Failure.STORE_UNREADABLE})


@dataclass(frozen=True, slots=True)
class Taken:
    """Held here, now or since earlier; `stored.completed_at` is set once every file is here."""

    stored: StoredEvent


@dataclass(frozen=True, slots=True)
class Refused:
    """Not taken; the terminal parks it with this reason."""

    event: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conflicting:
    """Contradicts something that was taken earlier; nothing was changed."""

    event: str
    field: str
    reason: str


Fate = Taken | Refused | Conflicting


def take_events(office: Office, terminal: Terminal, arrived: Sequence[Event | str]) -> list[Fate]:
    """Take what fits, in order; what does not fit never delays the rest."""
    fates: list[Fate] = []
    for start in range(0, len(arrived), _AT_ONCE):
        fits = [_weighed(office, terminal, event) for event in arrived[start : start + _AT_ONCE]]
        with office.store.write() as connection:
            fates += [_settled(office, connection, terminal, fit) for fit in fits]
    return fates


def _weighed(office: Office, terminal: Terminal, event: Event | str) -> Event | Fit | Refused:
    """Everything dear happens here, before the transaction. A known event is only looked up again."""
    if isinstance(event, str):
        return Refused(event, "event", "unreadable")
    try:
        with office.store.read() as connection:
            if events.find(connection, terminal.id, event.event) is not None:
                return event
            before = _standing(office, connection, event)
        return open_fit(office, terminal, event, before)
    except Unfit as unfit:
        return Refused(event.event, unfit.field, unfit.reason)
    except Exception as error:
        if _is_ours(error):
            raise
        return _poisonous(office, terminal, event.event, error)


def _is_ours(error: Exception) -> bool:
    """Whether this platform is in trouble rather than the event: then nothing is held against the event."""
    if isinstance(error, KioskError):
        return error.failure in _PASSING
    return isinstance(error, MemoryError) or (
        isinstance(error, DatabaseError) and not isinstance(error, IntegrityError)
    )


def _poisonous(office: Office, terminal: Terminal, event: str, error: Exception) -> Refused:
    """An event this program stumbles over must not stop its neighbours."""
    office.log.warning("intake.event_failed", terminal=terminal.id, event_id=event, cause=type(error).__name__)
    return Refused(event, "event", "internal")


def _standing(office: Office, connection: Connection, event: Event) -> Standing | None:
    if event.kind != EventKind.AMENDMENT:
        return None
    case = cases.find(connection, event.number)
    _check_amendable(case, event)
    return casebook.standing(office, casebook.open_case(office, connection, event.number))


def _check_amendable(case: Case | None, event: Event) -> None:
    if case is None:
        raise Unfit("replaces", "unknown")
    if case.item != event.item:
        raise Unfit("item", "disagrees")
    try:
        advance(case.state, CaseState.RECEIVED, Mover.PLATFORM)
    except KioskError as error:
        raise Unfit("replaces", "not_amendable") from error
    if case.state is not CaseState.CORRECTION:
        raise Unfit("replaces", "not_amendable")


def _settled(office: Office, connection: Connection, terminal: Terminal, fit: Event | Fit | Refused) -> Fate:
    if isinstance(fit, Refused):
        subject = fit.event if fit.event.isascii() and fit.event.isprintable() else ""
        audit.note_once(
            connection, office.now(), "intake.refused", subject[:64], terminal.id, field=fit.field, reason=fit.reason
        )
        return fit
    event = fit if isinstance(fit, Event) else fit.event
    known = events.find(connection, terminal.id, event.event)
    if known is not None:
        return _repeated(office, connection, known, event)
    try:
        with connection.begin_nested():
            return _written(office, connection, terminal, fit)
    except Unfit as unfit:
        refused = Refused(event.event, unfit.field, unfit.reason)
    except Exception as error:
        if _is_ours(error):
            raise
        refused = _poisonous(office, terminal, event.event, error)
    return _settled(office, connection, terminal, refused)


def _repeated(office: Office, connection: Connection, known: StoredEvent, event: Event) -> Fate:
    if known.digest == event.payload_digest():
        return Taken(known)
    return _conflict(office, connection, event, known.terminal, "other_bytes")


def _conflict(office: Office, connection: Connection, event: Event, terminal: str, reason: str) -> Conflicting:
    digest = event.payload_digest().hex()
    audit.note_once(connection, office.now(), "intake.conflict", event.event, terminal, reason=reason, digest=digest)
    office.log.warning("intake.conflict", terminal=terminal, event_id=event.event, reason=reason)
    return Conflicting(event.event, "event" if reason == "other_bytes" else "number", reason)


def _written(office: Office, connection: Connection, terminal: Terminal, fit: Event | Fit) -> Fate:
    now = office.now()
    if _is_new(fit) and _number_taken(connection, fit.event.number):
        return _conflict(office, connection, fit.event, terminal.id, "number_taken")
    if isinstance(fit, FitCase) and fit.event.kind == EventKind.CASE:
        _check_sizes(connection, terminal, fit.event)
        cases.add(connection, _new_case(fit, terminal, now))
    elif isinstance(fit, FitCase):
        _check_sizes(connection, terminal, fit.event)
        _reopen(office, connection, terminal, fit, now)
    elif isinstance(fit, FitRating):
        ratings.add(connection, terminal.id, fit.event.event, fit.rating)
    elif isinstance(fit, FitFeedback):
        feedback.add(connection, terminal.id, fit.event.event, fit.feedback, now)
    event = fit if isinstance(fit, Event) else fit.event
    if isinstance(fit, FitCase):
        holders.note_case(connection, event.number, fit.payload.draft)
        check_claims(office, connection, fit.payload)
    complete = events.add(connection, terminal.id, event, now)
    if not complete:
        cases.wait_for(connection, event.number, 1)
    if isinstance(fit, FitCase) and fit.event.kind == EventKind.CASE:
        arrange(office, connection, event.number, fit.payload.draft, fit.rules)
    stored = events.find(connection, terminal.id, event.event)
    if stored is None:
        raise Unfit("event", "internal")
    audit.note(connection, now, f"intake.{event.kind}", event.number or event.event, terminal.id, event=event.event)
    return Taken(stored)


def _is_new(fit: Event | Fit) -> TypeGuard[FitCase | FitFeedback]:
    """Whether it brings a number of its own."""
    return isinstance(fit, FitFeedback) or (isinstance(fit, FitCase) and fit.event.kind == EventKind.CASE)


def _number_taken(connection: Connection, number: str) -> bool:
    return bool(cases.find(connection, number) or feedback.find(connection, number))


def _check_sizes(connection: Connection, terminal: Terminal, event: Event) -> None:
    """A name stands for the same bytes everywhere, so for the same length."""
    for entry in event.blobs:
        known = events.wanted(connection, terminal.id, entry.digest)
        if known is not None and known.size != entry.size:
            raise Unfit("blobs", "size")


def _new_case(fit: FitCase, terminal: Terminal, now: datetime) -> Case:
    return Case(
        number=fit.event.number,
        terminal=terminal.id,
        item=fit.event.item,
        item_version=fit.event.item_version,
        item_name=fit.rules.item.name,
        catalogue_version=fit.payload.draft.catalogue_version,
        state=advance(CaseState.QUEUED, CaseState.SUBMITTED, Mover.PLATFORM),
        acceptance=None,
        sequence=0,
        waiting=0,
        taken_at=now,
        updated_at=now,
    )


def _reopen(office: Office, connection: Connection, terminal: Terminal, fit: FitCase, now: datetime) -> None:
    """An amendment brings the case back before the officer, and the terminal hears that it did."""
    case = cases.find(connection, fit.event.number)
    _check_amendable(case, fit.event)
    if case is None:
        raise Unfit("replaces", "unknown")
    sequence = cases.move(connection, case, CaseState.RECEIVED, now)
    body = DecisionBody(
        terminal=case.terminal,
        number=case.number,
        seq=sequence,
        state=CaseState.RECEIVED,
        at=now,
        acceptance=case.acceptance,
    )
    feed.record(office, connection, body, officer=audit.PLATFORM, refs=(), newcomer=terminal.id)
