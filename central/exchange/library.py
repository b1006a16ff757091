"""The e-licence library and the base registries, as far as this reference platform keeps them.

A real authority answers from its own; the shape of what goes in and out is the same. Everything lies sealed to the
platform's own key under the holder's tag. A file of entries is JSON:
`{"licences": [{"id"?, "holder": {"id_no", "name"}, "type", "name", "issuer", "issued", "valid_to"?}],
"facts": [{"holder": {"id_no"}, "name", "value", "source", "dated"}]}`.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from central.exchange import holders
from central.office import Office
from central.store import audit
from central.store import exchange as rows
from central.store.exchange import StoredLicence
from kiosk.desk.knowing import CODE_MARK
from kiosk.failure import Failure, KioskError
from kiosk.identity.ids import parse_id_number
from kiosk.model.inquiry import Fact, Licence
from kiosk.seal import records

CODE_LASTS: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class EntryHolder:
    """Whose entry it is."""

    id_no: str = field(repr=False)
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LicenceEntry:
    """One licence as a file brings it."""

    holder: EntryHolder
    type: str
    name: str
    issuer: str
    issued: date
    valid_to: date | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class FactEntry:
    """One fact as a file brings it."""

    holder: EntryHolder
    name: str
    value: Any = field(repr=False)
    source: str
    dated: date


@dataclass(frozen=True, slots=True)
class Entries:
    """A file of entries."""

    licences: tuple[LicenceEntry, ...] = ()
    facts: tuple[FactEntry, ...] = ()


def read_entries(data: bytes) -> Entries:
    """Entries of a file.

    Raises:
        KioskError: `LINE_BROKEN` for another shape, `IDENTITY_INVALID` for a number that is none.
    """
    try:
        entries = msgspec.json.decode(data, type=Entries)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KioskError(Failure.LINE_BROKEN, reason="shape") from error
    for holder in [one.holder for one in entries.licences] + [one.holder for one in entries.facts]:
        parse_id_number(holder.id_no, None)
    return entries


def put(office: Office, entries: Entries, actor: str) -> None:
    """Keep entries, in place of those of the same id or name."""
    with office.store.write() as connection:
        for entry in entries.licences:
            licence_id = entry.id or secrets.token_hex(12)
            licence = Licence(licence_id, entry.type, entry.name, entry.issuer, entry.issued, entry.valid_to)
            holder = holders.tag_of(connection, entry.holder.id_no)
            rows.put_licence(connection, StoredLicence(licence_id, holder, entry.type, _sealed(office, licence)))
        for one in entries.facts:
            fact = Fact(one.name, one.value, one.source, one.dated, registry=True)
            holder = holders.tag_of(connection, one.holder.id_no)
            rows.put_fact(connection, holder, one.name, _sealed(office, fact))
        counts = {"licences": str(len(entries.licences)), "facts": str(len(entries.facts))}
        audit.note(connection, office.now(), "library.filled", "library", actor, **counts)


def new_code(office: Office, licence_id: str) -> str:
    """A code for one licence, as the person's telephone would show it, good for `CODE_LASTS`.

    Raises:
        KioskError: `MATERIAL_UNKNOWN` when there is no such licence.
    """
    secret = secrets.token_urlsafe(18)
    with office.store.write() as connection:
        if rows.licence_by_id(connection, licence_id) is None:
            raise KioskError(Failure.MATERIAL_UNKNOWN, reason="licence")
        rows.add_code(connection, _digest(secret), licence_id, office.now() + CODE_LASTS)
    return CODE_MARK + secret


def licences(office: Office, connection: Connection, holder: bytes, types: frozenset[str]) -> tuple[Licence, ...]:
    """Licences of these types that are in force today."""
    today = office.now().date()
    found = (opened(office, stored) for stored in rows.licences_of(connection, holder, types))
    return tuple(one for one in found if one.valid_to is None or one.valid_to >= today)


def facts(office: Office, connection: Connection, holder: bytes, names: frozenset[str]) -> tuple[Fact, ...]:
    """What registries say under these names."""
    return tuple(
        msgspec.json.decode(office.keys.open_record(sealed, _CONTEXT), type=Fact)
        for _, sealed in rows.facts_of(connection, holder, names)
    )


def by_code(office: Office, connection: Connection, holder: bytes, code: str, now: datetime) -> Licence | None:
    """The licence a code stands for, if it is this holder's: another's code tells nothing, not even that it exists."""
    stored = rows.licence_by_code(connection, _digest(code.removeprefix(CODE_MARK)), now)
    return opened(office, stored) if stored is not None and stored.holder == holder else None


_CONTEXT: Final = "library"


def opened(office: Office, stored: StoredLicence) -> Licence:
    """A stored licence read back."""
    plain = office.keys.open_record(stored.sealed, _CONTEXT)
    return msgspec.json.decode(plain, type=Licence)


def _sealed(office: Office, body: Licence | Fact) -> bytes:
    return records.seal_record(msgspec.json.encode(body), office.keys.platform_public, _CONTEXT)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(b"jinban/licence-code/1\0" + secret.encode()).digest()
