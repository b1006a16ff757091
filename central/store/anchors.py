"""What terminals showed of their journals, held against what they showed before."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from central.store.schema import journal_head, journal_seal
from central.store.terminals import Terminal
from kiosk.journal import MOST_SEALS, Anchor, seal_is_genuine


def hold(
    connection: Connection, terminal: Terminal, epoch: str, position: int, anchors: Sequence[Anchor], at: datetime
) -> str | None:
    """Keep the seals among the anchors; `fork` or `seal` where they contradict what is kept here, None where not.

    `position` is how far the journal they were taken from reaches.
    """
    seals = {one.position: one for one in anchors if one.day}
    if any(not seal_is_genuine(seal, terminal.device_key) for seal in seals.values()):
        return "seal"
    if _contradict(connection, terminal.id, epoch, anchors):
        return "fork"
    begin = min((one.position for one in anchors if not one.day), default=0)
    if len(seals) >= MOST_SEALS:
        begin = max(begin, min(seals))
    known = _sealed(connection, terminal.id, epoch, begin, position)
    if any(place < position and place not in seals for place in known):
        return "fork"
    fresh = [seal for place, seal in seals.items() if place not in known]
    for seal in fresh:
        connection.execute(
            insert(journal_seal).values(
                terminal=terminal.id,
                epoch=epoch,
                position=seal.position,
                day=seal.day,
                head=seal.digest,
                signature=seal.signature,
                taken_at=at,
            )
        )
    return None


def unproven(
    connection: Connection, terminal: str, epoch: str, position: int, anchors: Sequence[Anchor], nonce: int
) -> bool:
    """Whether a journal that has grown does not show what an earlier request said of it."""
    query = (
        select(journal_head.c.position)
        .where(journal_head.c.terminal == terminal, journal_head.c.epoch == epoch, journal_head.c.nonce < nonce)
        .order_by(journal_head.c.position.desc())
        .limit(1)
    )
    last = connection.execute(query).scalar()
    return last is not None and 0 < last < position and last not in {one.position for one in anchors if not one.day}


def kept(connection: Connection, terminal: str) -> tuple[tuple[str, Anchor], ...]:
    """Everything a terminal told of its journal, with the epoch it told it in, by position; a day's seal as such."""
    heads = connection.execute(
        select(journal_head.c.epoch, journal_head.c.position, journal_head.c.head).where(
            journal_head.c.terminal == terminal
        )
    )
    seals = connection.execute(select(journal_seal).where(journal_seal.c.terminal == terminal))
    found = [(row.epoch, Anchor(row.position, row.head)) for row in heads]
    found += [(row.epoch, Anchor(row.position, row.head, row.day, row.signature)) for row in seals]
    return tuple(sorted(found, key=lambda one: (one[1].position, one[1].day)))


def _contradict(connection: Connection, terminal: str, epoch: str, anchors: Sequence[Anchor]) -> bool:
    for table in (journal_head, journal_seal):
        query = select(table.c.position, table.c.head).where(
            table.c.terminal == terminal,
            table.c.epoch == epoch,
            table.c.position.in_([one.position for one in anchors]),
        )
        held = {row.position: row.head for row in connection.execute(query)}
        if any(held.get(one.position, one.digest) != one.digest for one in anchors):
            return True
    return False


def _sealed(connection: Connection, terminal: str, epoch: str, begin: int, end: int) -> set[int]:
    query = select(journal_seal.c.position).where(
        journal_seal.c.terminal == terminal,
        journal_seal.c.epoch == epoch,
        journal_seal.c.position.between(begin, end),
    )
    return set(connection.execute(query).scalars())
