"""Terminals: their keys, their epoch, which of their requests were already taken, and their journal's heads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, insert, select, update

from central.nonces import NonceWindow
from central.store.schema import journal_head, terminal

_LATEST = (1 << 63) - 1
EPOCHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class TerminalState(StrEnum):
    """`WAITING` until a code was used; `REVOKED` stays so until it is enrolled again."""

    WAITING = "waiting"
    ENROLLED = "enrolled"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Terminal:
    """One terminal as the platform knows it."""

    id: str
    state: TerminalState
    epoch: str
    point_name: str
    region12: str
    device_key: bytes
    terminal_key: bytes
    device_statement: bytes
    enrolled_at: datetime | None
    forked_at: datetime | None

    def issued(self, epoch: str) -> bool:
        """Whether this terminal was ever given that epoch."""
        return epoch != "" and self.epoch != "" and epoch in EPOCHS[: EPOCHS.index(self.epoch) + 1]


def add(connection: Connection, name: str, point_name: str, region12: str) -> None:
    """A terminal that waits to be enrolled."""
    connection.execute(
        insert(terminal).values(
            id=name, state=TerminalState.WAITING, epoch="", point_name=point_name, region12=region12
        )
    )


def find(connection: Connection, name: str) -> Terminal | None:
    """A terminal by its id."""
    row = connection.execute(select(terminal).where(terminal.c.id == name)).mappings().first()
    return None if row is None else _terminal(row)


def every(connection: Connection) -> tuple[Terminal, ...]:
    """All terminals by id."""
    rows = connection.execute(select(terminal).order_by(terminal.c.id)).mappings()
    return tuple(_terminal(row) for row in rows)


def place(connection: Connection, name: str, point_name: str | None, region12: str | None) -> None:
    """Move a terminal to another service point."""
    values = {"point_name": point_name, "region12": region12}
    changed = {key: value for key, value in values.items() if value is not None}
    if changed:
        connection.execute(update(terminal).where(terminal.c.id == name).values(**changed))


def enrol(
    connection: Connection,
    name: str,
    epoch: str,
    device_key: bytes,
    terminal_key: bytes,
    statement: bytes,
    at: datetime,
) -> None:
    """Give a terminal its keys. Its nonces start anew, because its counter does."""
    connection.execute(
        update(terminal)
        .where(terminal.c.id == name)
        .values(
            state=TerminalState.ENROLLED,
            epoch=epoch,
            device_key=device_key,
            terminal_key=terminal_key,
            device_statement=statement,
            enrolled_at=at,
            nonce_high=0,
            nonce_seen=b"",
            forked_at=None,
        )
    )


def revoke(connection: Connection, name: str) -> None:
    """Take nothing more from this terminal."""
    connection.execute(update(terminal).where(terminal.c.id == name).values(state=TerminalState.REVOKED))


def take_nonce(connection: Connection, name: str, nonce: int) -> bool:
    """Whether this request is new; if so it never is again."""
    row = connection.execute(select(terminal.c.nonce_high, terminal.c.nonce_seen).where(terminal.c.id == name)).one()
    window = NonceWindow(row.nonce_high, row.nonce_seen).admit(nonce)
    if window is None:
        return False
    connection.execute(
        update(terminal).where(terminal.c.id == name).values(nonce_high=window.high, nonce_seen=window.seen)
    )
    return True


def journal_forked(connection: Connection, name: str, epoch: str, position: int, head: str, nonce: int) -> str | None:
    """Hold a journal head against those this terminal told before; `back` or `fork` when they contradict it.

    Requests overtake each other, so a lower position is a contradiction only in a request signed later.
    """
    mine = (journal_head.c.terminal == name) & (journal_head.c.epoch == epoch)
    same = connection.execute(select(journal_head).where(mine, journal_head.c.position == position)).first()
    if same is not None:
        return None if same.head == head else "fork"
    ahead = select(journal_head.c.position).where(
        mine, journal_head.c.position > position, journal_head.c.nonce < nonce
    )
    back = connection.execute(ahead.limit(1)).first() is not None
    connection.execute(
        insert(journal_head).values(terminal=name, epoch=epoch, position=position, head=head, nonce=nonce)
    )
    return "back" if back else None


def trail_forked(connection: Connection, name: str, epoch: str, position: int, trail: Sequence[str]) -> str | None:
    """Hold a run of journal digests that ends at `position` against those this terminal told before; `fork` or None.

    It is noted as later than every request, so that no request signed before it looks like one of an older disk.
    """
    if not trail:
        return None
    mine = (journal_head.c.terminal == name) & (journal_head.c.epoch == epoch)
    first = position - len(trail) + 1
    query = select(journal_head.c.position, journal_head.c.head).where(
        mine, journal_head.c.position.between(max(first, 1), position)
    )
    told = {row.position: row.head for row in connection.execute(query)}
    if any(trail[place - first] != head for place, head in told.items()):
        return "fork"
    if position not in told:
        connection.execute(
            insert(journal_head).values(terminal=name, epoch=epoch, position=position, head=trail[-1], nonce=_LATEST)
        )
    return None


def mark_forked(connection: Connection, name: str, at: datetime) -> None:
    """Remember that two disks speak with this terminal's key."""
    connection.execute(update(terminal).where(terminal.c.id == name).values(forked_at=at))


def _terminal(row: RowMapping) -> Terminal:
    return Terminal(
        id=row["id"],
        state=TerminalState(row["state"]),
        epoch=row["epoch"],
        point_name=row["point_name"],
        region12=row["region12"],
        device_key=row["device_key"] or b"",
        terminal_key=row["terminal_key"] or b"",
        device_statement=row["device_statement"] or b"",
        enrolled_at=row["enrolled_at"],
        forked_at=row["forked_at"],
    )
