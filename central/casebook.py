"""A case opened: its payloads and the draft they add up to. Only here are sealed forms read back."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from central.intake.fitness import Standing, amended
from central.intake.kinds import EventKind
from central.office import Office
from central.store import cases, events
from central.store.cases import Case
from central.store.events import StoredEvent
from kiosk.catalogue.item import ServiceItem
from kiosk.failure import Failure, KioskError
from kiosk.model.case import Draft
from kiosk.model.payload import CasePayload, decode_payload, written_payload
from kiosk.model.values import JsonObject


@dataclass(frozen=True, slots=True)
class OpenedEvent:
    """One event of a case with its payload, opened and parsed; `written` also holds what a newer terminal wrote."""

    stored: StoredEvent
    payload: CasePayload = field(repr=False)
    written: JsonObject = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case as it stands: what was handed in first and every amendment, oldest first, added up in `draft`."""

    case: Case
    events: tuple[OpenedEvent, ...]
    draft: Draft = field(repr=False)
    item: ServiceItem


def open_case(office: Office, connection: Connection, number: str) -> OpenedCase:
    """Open a case.

    Raises:
        KioskError: `CASE_UNKNOWN`, or `BLOB_DAMAGED` when a stored payload cannot be opened any more.
    """
    case = cases.find(connection, number)
    stored = [one for one in events.of_case(connection, number) if one.kind != EventKind.RATING]
    if case is None or not stored:
        raise KioskError(Failure.CASE_UNKNOWN)
    opened = tuple(_open(office, one) for one in stored)
    draft = opened[0].payload.draft
    for change in opened[1:]:
        draft = amended(draft, change.payload.draft)
    return OpenedCase(case, opened, draft, office.catalogues.item(case.catalogue_version, case.item, case.item_version))


def standing(office: Office, opened: OpenedCase) -> Standing:
    """What an amendment is held against."""
    case = opened.case
    return Standing(opened.draft, office.catalogues.rules(case.catalogue_version, case.item, case.item_version))


def open_payload(office: Office, stored: StoredEvent) -> CasePayload:
    """The payload of one stored event.

    Raises:
        KioskError: `BLOB_DAMAGED` or `INTAKE_REFUSED` when it is no longer what was taken.
    """
    return _open(office, stored).payload


def _open(office: Office, stored: StoredEvent) -> OpenedEvent:
    plain = office.keys.open_record(stored.payload, f"form/{stored.event}")
    return OpenedEvent(stored, decode_payload(plain), written_payload(plain))
