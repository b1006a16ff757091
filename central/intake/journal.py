"""A terminal's journal held against what it told before: two disks that speak with one key are noticed.

What a cloned terminal sends is taken in all the same, since people wait for it; the operator sees the fork, and the
terminal must be enrolled again.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from central.office import Office
from central.store import audit, terminals
from central.store.terminals import Terminal


def hold_journal(office: Office, terminal: Terminal, epoch: str, position: int, head: str, nonce: int) -> None:
    """Note the journal's head in a request over the line, and a fork if it shows one."""
    with office.store.write() as connection:
        forked: str | None = "epoch"
        if epoch == terminal.epoch:
            forked = terminals.journal_forked(connection, terminal.id, epoch, position, head, nonce)
        _note(office, connection, terminal, forked, epoch, position)
    _warn(office, terminal, forked, position)


def hold_trail(office: Office, terminal: Terminal, epoch: str, position: int, trail: Sequence[str]) -> None:
    """Note the journal's newest digests as a stick brings them, ending at `position`, and a fork if they show one.

    A stick may come weeks later than what was said after it, so only digests that contradict each other count.
    """
    with office.store.write() as connection:
        forked: str | None = "epoch"
        if epoch == terminal.epoch:
            forked = terminals.trail_forked(connection, terminal.id, epoch, position, trail)
        _note(office, connection, terminal, forked, epoch, position)
    _warn(office, terminal, forked, position)


def _note(
    office: Office, connection: Connection, terminal: Terminal, forked: str | None, epoch: str, position: int
) -> None:
    if forked is None:
        return
    now = office.now()
    audit.note(connection, now, f"journal.{forked}", terminal.id, terminal.id, epoch=epoch, position=str(position))
    terminals.mark_forked(connection, terminal.id, now)


def _warn(office: Office, terminal: Terminal, forked: str | None, position: int) -> None:
    if forked is not None:
        office.log.warning("journal.forked", terminal=terminal.id, kind=forked, position=position)
