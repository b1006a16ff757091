"""A terminal's journal held against what it told before: two disks that speak with one key are noticed.

What a cloned terminal sends is taken in all the same, since people wait for it; the operator sees the fork, and the
terminal must be enrolled again.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from central.office import Office
from central.store import anchors, audit, terminals
from central.store.terminals import Terminal
from kiosk.journal import Anchor
from sync.wire.messages import JournalAnchor


def hold_journal(
    office: Office,
    terminal: Terminal,
    epoch: str,
    position: int,
    head: str,
    nonce: int,
    told: Sequence[JournalAnchor] = (),
) -> None:
    """Note the journal's head in a request over the line, and a fork if head or anchors show one."""
    with office.store.write() as connection:
        forked: str | None = "epoch"
        if epoch == terminal.epoch:
            shown = _anchors(told)
            unproven = anchors.unproven(connection, terminal.id, epoch, position, shown, nonce)
            forked = terminals.journal_forked(connection, terminal.id, epoch, position, head, nonce)
            forked = forked or anchors.hold(connection, terminal, epoch, position, shown, office.now())
            forked = forked or ("unproven" if unproven else None)
        _note(office, connection, terminal, forked, epoch, position)
    _warn(office, terminal, forked, position)


def hold_trail(
    office: Office,
    terminal: Terminal,
    epoch: str,
    position: int,
    trail: Sequence[str],
    told: Sequence[JournalAnchor] = (),
) -> None:
    """Note the journal's newest digests as a stick brings them, ending at `position`, and a fork if they show one.

    A stick may come weeks later than what was said after it, so only digests that contradict each other count.
    """
    with office.store.write() as connection:
        forked: str | None = "epoch"
        if epoch == terminal.epoch:
            forked = terminals.trail_forked(connection, terminal.id, epoch, position, trail)
            forked = forked or anchors.hold(connection, terminal, epoch, position, _anchors(told), office.now())
        _note(office, connection, terminal, forked, epoch, position)
    _warn(office, terminal, forked, position)


def _anchors(told: Sequence[JournalAnchor]) -> tuple[Anchor, ...]:
    return tuple(Anchor(one.position, one.digest, one.day, one.signature) for one in told)


def _note(
    office: Office, connection: Connection, terminal: Terminal, forked: str | None, epoch: str, position: int
) -> None:
    if forked is None:
        return
    now = office.now()
    audit.note(connection, now, f"journal.{forked}", terminal.id, terminal.id, epoch=epoch, position=str(position))
    # What was not shown contradicts nothing: many lost answers look alike.
    if forked != "unproven":
        terminals.mark_forked(connection, terminal.id, now)


def _warn(office: Office, terminal: Terminal, forked: str | None, position: int) -> None:
    if forked is not None:
        office.log.warning("journal.forked", terminal=terminal.id, kind=forked, position=position)
