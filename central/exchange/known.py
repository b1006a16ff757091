"""What one item may ask for that somebody already holds: licences its materials name, facts its forms name."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from central import casebook
from central.exchange import library
from central.office import Office
from central.store import exchange as rows
from kiosk.calendar import shanghai_day
from kiosk.catalogue.item import ServiceItem
from kiosk.failure import KioskError
from kiosk.forms.prefill import known_names
from kiosk.model.inquiry import Fact, Licence

_MOST_CASES = 20


def licences_for(office: Office, connection: Connection, holder: bytes, item: ServiceItem) -> tuple[Licence, ...]:
    """The person's licences that a material of the item may be replaced by, and no others."""
    types = frozenset(rule.elicence_type for rule in item.materials if rule.elicence_type)
    return library.licences(office, connection, holder, types) if types else ()


def facts_for(office: Office, connection: Connection, holder: bytes, item: ServiceItem) -> tuple[Fact, ...]:
    """What the item's forms may be filled with: registries first, else the person's newest case that answers it."""
    names = frozenset(name for form in item.forms for name in known_names(form))
    if not names:
        return ()
    found = {fact.name: fact for fact in library.facts(office, connection, holder, names)}
    for fact in _earlier(office, connection, holder, names):
        found.setdefault(fact.name, fact)
    return tuple(found.values())


def _earlier(office: Office, connection: Connection, holder: bytes, names: frozenset[str]) -> Iterator[Fact]:
    for number in rows.numbers_of(connection, holder, applicant=True, limit=_MOST_CASES):
        try:
            opened = casebook.open_case(office, connection, number)
        except KioskError as error:
            office.log.warning("known.case_unreadable", number=number, failure=error.failure.code)
            continue
        answers: dict[str, Any] = opened.draft.answers
        told_on = shanghai_day(opened.case.taken_at)
        for name in names & answers.keys():
            yield Fact(name, answers[name], opened.case.item_name, told_on)
