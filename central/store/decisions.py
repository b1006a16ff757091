"""What the authority said of each case, and the feed in which each terminal reads it.

Bodies lie here sealed to the platform's own key, because they hold papers with names on them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from sqlalchemy import Connection, func, insert, select

from central.store.schema import change, decision


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """One decision. `refs` are the catalogue ids it names."""

    number: str
    sequence: int
    state: str
    at: datetime
    officer: str
    refs: tuple[str, ...]
    sealed_body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a terminal's feed."""

    sequence: int
    number: str
    decision: int
    state: str
    sealed_body: bytes = field(repr=False)


def add(connection: Connection, terminals: Iterable[str], new: StoredDecision) -> None:
    """Record a decision and put it into the feeds of the terminals that handed in something of the case."""
    connection.execute(
        insert(decision).values(
            number=new.number,
            sequence=new.sequence,
            state=new.state,
            at=new.at,
            officer=new.officer,
            refs=msgspec.json.encode(new.refs).decode(),
            sealed_body=new.sealed_body,
        )
    )
    for terminal in terminals:
        last = last_change(connection, terminal)
        connection.execute(
            insert(change).values(terminal=terminal, sequence=last + 1, number=new.number, decision=new.sequence)
        )


def of_case(connection: Connection, number: str) -> tuple[StoredDecision, ...]:
    """Every decision of one case, first to last."""
    rows = connection.execute(select(decision).where(decision.c.number == number).order_by(decision.c.sequence))
    return tuple(
        StoredDecision(
            row.number,
            row.sequence,
            row.state,
            row.at,
            row.officer,
            msgspec.json.decode(row.refs, type=tuple[str, ...]),
            row.sealed_body,
        )
        for row in rows
    )


def changes_after(connection: Connection, terminal: str, cursor: int, limit: int) -> tuple[Change, ...]:
    """The next entries of a terminal's feed."""
    query = (
        select(change.c.sequence, change.c.number, change.c.decision, decision.c.state, decision.c.sealed_body)
        .join(decision, (decision.c.number == change.c.number) & (decision.c.sequence == change.c.decision))
        .where(change.c.terminal == terminal, change.c.sequence > cursor)
        .order_by(change.c.sequence)
        .limit(limit)
    )
    return tuple(Change(*row) for row in connection.execute(query))


def last_change(connection: Connection, terminal: str) -> int:
    """The end of a terminal's feed."""
    return int(
        connection.execute(select(func.max(change.c.sequence)).where(change.c.terminal == terminal)).scalar() or 0
    )
