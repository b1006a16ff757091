"""The platform's own journal: who did what to which case or terminal, and what it noticed. Never a person's data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, insert, select

from central.store.schema import audit, finding

PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry. `subject` is a submission number, event id, terminal or catalogue version."""

    at: datetime
    act: str
    subject: str
    actor: str
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an officer did that the rules of service do not allow; `refs` are catalogue ids."""

    at: datetime
    rule: str
    number: str
    officer: str
    refs: tuple[str, ...]


def note(connection: Connection, at: datetime, act: str, subject: str, actor: str, **details: str) -> None:
    """Append one entry."""
    text = msgspec.json.encode(details).decode()
    connection.execute(insert(audit).values(at=at, act=act, subject=subject, actor=actor, details=text))


def note_once(connection: Connection, at: datetime, act: str, subject: str, actor: str, **details: str) -> None:
    """Append one entry unless the very same thing was already noted."""
    text = msgspec.json.encode(details).decode()
    same = select(audit.c.id).where(audit.c.act == act, audit.c.subject == subject, audit.c.details == text)
    if connection.execute(same.limit(1)).scalar() is None:
        note(connection, at, act, subject, actor, **details)


def entries(connection: Connection, limit: int = 1000) -> tuple[AuditEntry, ...]:
    """The newest entries, oldest of them first."""
    rows = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(limit)).all()
    return tuple(_entry(row) for row in reversed(rows))


def by_actor(connection: Connection, act: str, actor: str, begin: datetime, end: datetime) -> tuple[AuditEntry, ...]:
    """What somebody did in a span of time, oldest first."""
    return _where(connection, audit.c.act == act, audit.c.actor == actor, audit.c.at >= begin, audit.c.at < end)


def of_subject(connection: Connection, act: str, subject: str) -> tuple[AuditEntry, ...]:
    """What was done to one subject, oldest first."""
    return _where(connection, audit.c.act == act, audit.c.subject == subject)


def _where(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[AuditEntry, ...]:
    rows = connection.execute(select(audit).where(*conditions).order_by(audit.c.id)).all()
    return tuple(_entry(row) for row in rows)


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(row.at, row.act, row.subject, row.actor, msgspec.json.decode(row.details, type=dict[str, str]))


def find(connection: Connection, made: Finding) -> None:
    """Record a finding."""
    refs = msgspec.json.encode(made.refs).decode()
    connection.execute(
        insert(finding).values(at=made.at, rule=made.rule, number=made.number, officer=made.officer, refs=refs)
    )


def findings(connection: Connection) -> tuple[Finding, ...]:
    """Every finding, oldest first."""
    rows = connection.execute(select(finding).order_by(finding.c.id)).all()
    return tuple(
        Finding(row.at, row.rule, row.number, row.officer, msgspec.json.decode(row.refs, type=tuple[str, ...]))
        for row in rows
    )
