"""Rows of the exchange: whose cases, licences, their codes, facts of registries. Bodies lie here sealed."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from central.store.schema import case, case_holder, licence, licence_code, registry_fact


@dataclass(frozen=True, slots=True)
class StoredLicence:
    """One licence; `sealed` opens with the platform's key."""

    licence_id: str
    holder: bytes
    type: str
    sealed: bytes = field(repr=False)


def add_holder(connection: Connection, holder: bytes, number: str, *, applicant: bool) -> None:
    """This person is behind that case; said again it changes nothing."""
    known = (case_holder.c.holder == holder) & (case_holder.c.number == number)
    if connection.execute(select(case_holder.c.number).where(known)).first() is None:
        connection.execute(insert(case_holder).values(holder=holder, number=number, applicant=applicant))


def numbers_of(connection: Connection, holder: bytes, *, applicant: bool = False, limit: int = 100) -> tuple[str, ...]:
    """A person's cases, newest first; `applicant` leaves out those in which they acted for another."""
    query = (
        select(case_holder.c.number)
        .join(case, case.c.number == case_holder.c.number)
        .where(case_holder.c.holder == holder)
    )
    if applicant:
        query = query.where(case_holder.c.applicant)
    query = query.order_by(case.c.taken_at.desc(), case.c.number.desc()).limit(limit)
    return tuple(connection.execute(query).scalars())


def put_licence(connection: Connection, new: StoredLicence) -> None:
    """A licence as its issuer says it now."""
    connection.execute(delete(licence).where(licence.c.id == new.licence_id))
    connection.execute(insert(licence).values(id=new.licence_id, holder=new.holder, type=new.type, sealed=new.sealed))


def licences_of(connection: Connection, holder: bytes, types: frozenset[str]) -> tuple[StoredLicence, ...]:
    """A person's licences of these types, by id."""
    query = select(licence).where(licence.c.holder == holder, licence.c.type.in_(types)).order_by(licence.c.id)
    return tuple(StoredLicence(*row) for row in connection.execute(query))


def licence_by_id(connection: Connection, licence_id: str) -> StoredLicence | None:
    """One licence."""
    row = connection.execute(select(licence).where(licence.c.id == licence_id)).first()
    return None if row is None else StoredLicence(*row)


def add_code(connection: Connection, digest: bytes, licence_id: str, expires_at: datetime) -> None:
    """A code that stands for a licence until then."""
    connection.execute(insert(licence_code).values(hash=digest, licence=licence_id, expires_at=expires_at))


def licence_by_code(connection: Connection, digest: bytes, now: datetime) -> StoredLicence | None:
    """The licence a code stands for while it lasts."""
    query = (
        select(licence)
        .join(licence_code, licence_code.c.licence == licence.c.id)
        .where(licence_code.c.hash == digest, licence_code.c.expires_at > now)
    )
    row = connection.execute(query).first()
    return None if row is None else StoredLicence(*row)


def put_fact(connection: Connection, holder: bytes, name: str, sealed: bytes) -> None:
    """What a registry says of a person now."""
    connection.execute(delete(registry_fact).where(registry_fact.c.holder == holder, registry_fact.c.name == name))
    connection.execute(insert(registry_fact).values(holder=holder, name=name, sealed=sealed))


def facts_of(connection: Connection, holder: bytes, names: frozenset[str]) -> tuple[tuple[str, bytes], ...]:
    """What registries say of a person, sealed, by name."""
    query = (
        select(registry_fact.c.name, registry_fact.c.sealed)
        .where(registry_fact.c.holder == holder, registry_fact.c.name.in_(names))
        .order_by(registry_fact.c.name)
    )
    return tuple((row.name, row.sealed) for row in connection.execute(query))
