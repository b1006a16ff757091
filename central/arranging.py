"""Delivery, appointment and fee of a case: booked and billed when the case is taken in, told to its terminals.

An application brings wishes. Here they meet the room there is; what comes of them goes down as a decision that leaves
the case in its state. Real platforms book and bill elsewhere: what goes in and out has the same shape.
"""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from central import feed
from central.office import Office
from central.store import arrangements, audit, cases, decisions
from central.store.arrangements import Stored
from central.store.cases import Case
from kiosk.calendar import SHANGHAI, HolidayTable, shanghai_day
from kiosk.catalogue.afterwards import DueAt
from kiosk.catalogue.item import ServiceItem
from kiosk.failure import Failure, KioskError
from kiosk.model.afterwards import Arranged, Bill, BookingState, Slot
from kiosk.model.case import Draft
from kiosk.model.state import CaseState
from kiosk.rules import ItemRules, facts_of, fees_due, fen_of, in_words, offered_slots, people_in
from sync.wire.messages import DecisionBody

PAY_MARK: Final = "JINBAN-PAY:"
_CODE_DIGITS: Final = 20
_ENDING: Final = frozenset({CaseState.DECIDED_YES, CaseState.CONCLUDED, CaseState.DELIVERED})
_OVER: Final = frozenset(
    {CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.TERMINATED, CaseState.LAPSED, CaseState.CANCELLED}
    | {CaseState.DECIDED_NO, CaseState.ARCHIVED}
)
"""The states in which nobody has to come any more."""
_DUE_IN: Final = {
    DueAt.ACCEPTANCE: _ENDING | {CaseState.ACCEPTED, CaseState.DEEMED, CaseState.REVIEW, CaseState.EXTENDED},
    DueAt.COLLECTION: _ENDING,
}
"""The states in which a charge is to be paid, by when the catalogue says it is due."""


def arrange(office: Office, connection: Connection, number: str, draft: Draft, rules: ItemRules) -> None:
    """Book and bill what an application that was just taken asks for; nothing where it asks for nothing."""
    due = fees_due(rules, facts_of(rules.item, draft, shanghai_day(office.now()), _holidays(office)))
    delivery, wish = draft.delivery, draft.appointment
    if delivery is None and wish is None and not due:
        return
    told = Arranged(way=delivery.way if delivery else None, fen=fen_of(due), free_text=in_words(due))
    if wish is not None:
        slot = Slot(wish.day, wish.begins, wish.ends)
        told = replace(
            told,
            booking=_booked(office, connection, rules.item, slot),
            day=wish.day,
            begins=wish.begins,
            ends=wish.ends,
        )
    code = _new_code() if told.fen else None
    arrangements.add(connection, Stored(number, rules.item.code, told, code))
    audit.note(
        connection, office.now(), "arranged", number, audit.PLATFORM, booking=str(told.booking), fen=str(told.fen)
    )
    _tell(office, connection, number, told)


def free_slots(office: Office, connection: Connection, item: ServiceItem) -> tuple[Slot, ...]:
    """Every period that is offered now, with how many may still come."""
    if item.booking is None:
        return ()
    today = shanghai_day(office.now())
    taken = arrangements.booked(connection, item.code, today)
    return tuple(
        replace(one, left=max(0, people_in(item.booking, one.begins) - taken.get((one.day, one.begins), 0)))
        for one in offered_slots(item.booking, today, _holidays(office))
    )


def book_again(office: Office, connection: Connection, number: str, slot: Slot) -> Arranged | None:
    """Another time for a case whose first one was refused; its terminals hear of it.

    The answer names the wanted time and what came of it; where that is not `confirmed` everything stays as it was. None
    where there is nothing to choose again: no time was refused, or the case is over. Said twice, it is booked once. The
    caller holds a write transaction.
    """
    stored, case = arrangements.find(connection, number), cases.find(connection, number)
    if stored is None or case is None:
        return None
    known = stored.arranged
    wanted = replace(known, day=slot.day, begins=slot.begins, ends=slot.ends)
    if known == replace(wanted, booking=BookingState.CONFIRMED):
        return known
    item = office.catalogues.newest(stored.item)
    if not known.to_choose_again or case.state in _OVER or item.booking is None:
        return None
    told = replace(wanted, booking=_booked(office, connection, item, slot))
    if told.booking is BookingState.CONFIRMED:
        arrangements.stand(connection, number, told)
        audit.note(connection, office.now(), "booked_again", number, audit.PLATFORM, day=slot.day.isoformat())
        _tell(office, connection, number, told)
    return told


def unbook(office: Office, number: str) -> Arranged:
    """The place cannot keep an appointment; its terminals hear that it is off, and another can be chosen there.

    Raises:
        KioskError: `CASE_UNKNOWN` where there is no such case, or nothing was booked.
    """
    with office.store.write() as connection:
        stored = arrangements.find(connection, number)
        if stored is None or stored.arranged.booking is not BookingState.CONFIRMED:
            raise KioskError(Failure.CASE_UNKNOWN, reason="nothing_booked")
        told = replace(stored.arranged, booking=BookingState.FULL)
        arrangements.stand(connection, number, told)
        audit.note(connection, office.now(), "unbooked", number, audit.PLATFORM)
        _tell(office, connection, number, told)
    return told


def arranged_of(connection: Connection, number: str) -> Arranged | None:
    """How delivery, appointment and fee of a case stand."""
    stored = arrangements.find(connection, number)
    return stored.arranged if stored else None


def bill_of(office: Office, connection: Connection, number: str) -> Bill | None:
    """The bill of a case, None where nothing fixed is due, or not yet: nobody pays for what may still be refused.

    An authority puts the link to its own counter into the code a telephone reads; this platform has no such counter.
    """
    stored, case = arrangements.find(connection, number), cases.find(connection, number)
    if stored is None or stored.code is None or case is None:
        return None
    due_at = office.catalogues.item(case.catalogue_version, case.item, case.item_version).fee.due_at
    if not stored.arranged.paid and case.state not in _DUE_IN[due_at]:
        return None
    return Bill(stored.code, stored.arranged.fen, PAY_MARK + stored.code, stored.arranged.paid)


def note_paid(office: Office, number: str) -> Arranged:
    """The counter says that the fee of a case was paid; its terminals hear of it.

    Raises:
        KioskError: `CASE_UNKNOWN` where there is no such case, or nothing was due.
    """
    with office.store.write() as connection:
        if not arrangements.pay(connection, number, office.now()):
            stored = arrangements.find(connection, number)
            if stored is None or stored.code is None:
                raise KioskError(Failure.CASE_UNKNOWN, reason="nothing_due")
            return stored.arranged
        told = arranged_of(connection, number) or Arranged()
        audit.note(connection, office.now(), "paid", number, audit.PLATFORM, fen=str(told.fen))
        _tell(office, connection, number, told)
    return told


def _booked(office: Office, connection: Connection, item: ServiceItem, wish: Slot) -> BookingState:
    if _begins_at(wish) <= office.now():
        return BookingState.PAST
    free = {(one.day, one.begins): one.left for one in free_slots(office, connection, item)}
    return BookingState.CONFIRMED if free.get((wish.day, wish.begins), 0) > 0 else BookingState.FULL


def _begins_at(slot: Slot) -> datetime:
    return datetime.fromisoformat(f"{slot.day.isoformat()}T{slot.begins}").replace(tzinfo=SHANGHAI)


def _tell(office: Office, connection: Connection, number: str, told: Arranged) -> None:
    """As a decision that repeats what was said last, so that nothing of it is forgotten."""
    case = cases.find(connection, number)
    if case is None:
        raise KioskError(Failure.CASE_UNKNOWN)
    last = _last(office, connection, case)
    body = DecisionBody(
        terminal=case.terminal,
        number=number,
        seq=cases.say(connection, case, office.now()),
        state=case.state,
        at=office.now(),
        acceptance=case.acceptance,
        reason=last.reason if last else "",
        correct=last.correct if last else (),
        arranged=told,
    )
    feed.record(office, connection, body, officer=audit.PLATFORM, refs=())


def _last(office: Office, connection: Connection, case: Case) -> DecisionBody | None:
    said = decisions.of_case(connection, case.number)
    return feed.opened(office, case.number, said[-1].sequence, said[-1].sealed_body) if said else None


def _holidays(office: Office) -> HolidayTable:
    return office.catalogues.at(office.catalogues.version()).holidays


def _new_code() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(_CODE_DIGITS))
