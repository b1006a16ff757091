"""Enrolment codes as stored: never the secret, only a slow hash of it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from central.store.schema import enrolment_code


@dataclass(frozen=True, slots=True)
class StoredCode:
    """One code. `used_by` is the hash of the keys that used it, so that a repeat whose answer got lost is known."""

    selector: str
    terminal: str
    salt: bytes = field(repr=False)
    secret_hash: bytes = field(repr=False)
    expires_at: datetime
    tries_left: int
    used_at: datetime | None = None
    used_by: bytes | None = field(default=None, repr=False)


def add(connection: Connection, code: StoredCode) -> None:
    """Store a fresh code; an older one for the same terminal is worth nothing from now on."""
    connection.execute(delete(enrolment_code).where(enrolment_code.c.terminal == code.terminal))
    connection.execute(
        insert(enrolment_code).values(
            selector=code.selector,
            terminal=code.terminal,
            salt=code.salt,
            secret_hash=code.secret_hash,
            expires_at=code.expires_at,
            tries_left=code.tries_left,
        )
    )


def find(connection: Connection, selector: str) -> StoredCode | None:
    """The code whose secret begins so."""
    row = connection.execute(select(enrolment_code).where(enrolment_code.c.selector == selector)).first()
    return None if row is None else StoredCode(*row)


def spend_try(connection: Connection, selector: str) -> None:
    """One try fewer."""
    connection.execute(
        update(enrolment_code)
        .where(enrolment_code.c.selector == selector)
        .values(tries_left=enrolment_code.c.tries_left - 1)
    )


def use(connection: Connection, selector: str, at: datetime, used_by: bytes) -> None:
    """Spent."""
    connection.execute(
        update(enrolment_code).where(enrolment_code.c.selector == selector).values(used_at=at, used_by=used_by)
    )


def forget_expired(connection: Connection, before: datetime) -> None:
    """Drop codes that ended before that time."""
    connection.execute(delete(enrolment_code).where(enrolment_code.c.expires_at < before))
