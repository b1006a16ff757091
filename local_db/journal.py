"""The journal: append-only rows (triggers refuse anything else), chained by `kiosk.journal`."""

from datetime import datetime
from typing import Final

import msgspec

from kiosk import journal as chain
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import JournalEntry
from local_db.connection import Connection, Row

_RUN: Final = 1000


class Journal:
    """See `kiosk.ports.Journal`. Entries hold numbers and ids; nothing personal may be handed in."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def append(self, act: str, subject: str, actor: str, details: dict[str, str] | None = None) -> None:
        """Write one entry, in the running transaction when there is one."""
        with self._db.write_tx():
            # The counter, not the last row, says where we are: a cut-off tail stays visible as a gap.
            position = self._db.next_number("journal")
            entry = chain.following((position - 1, self.head()[1]), self._db.now(), act, subject, actor, details)
            self._db.run(
                "INSERT INTO journal (position, at, act, subject, actor, details, previous, digest)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    entry.position,
                    chain.instant(entry.at),
                    entry.act,
                    entry.subject,
                    entry.actor,
                    msgspec.json.encode(entry.details).decode(),
                    entry.previous,
                    entry.digest,
                ),
            )

    def head(self) -> chain.Head:
        """Position and digest of the newest entry; `kiosk.journal.GENESIS` before the first."""
        row = self._db.row("SELECT position, digest FROM journal ORDER BY position DESC LIMIT 1")
        return (row[0], row[1]) if row else chain.GENESIS

    def entries(self, after: int = 0, limit: int = 1000) -> tuple[JournalEntry, ...]:
        """Entries behind a position, oldest first.

        Raises:
            KioskError: `JOURNAL_BROKEN` when a row cannot even be read as an entry.
        """
        rows = self._db.rows(
            "SELECT position, at, act, subject, actor, details, previous, digest FROM journal"
            " WHERE position > ? ORDER BY position LIMIT ?",
            (after, limit),
        )
        return tuple(_entry(row) for row in rows)

    def verify(self) -> chain.Head:
        """Check the whole chain up to its newest entry; return its head.

        Raises:
            KioskError: `JOURNAL_BROKEN` with position and reason, for a removed, changed, moved or cut-off entry.
        """
        head = chain.GENESIS
        while run := self.entries(head[0], _RUN):
            head = chain.verify(run, head)
        if head[0] != self._db.number("journal"):
            raise KioskError(Failure.JOURNAL_BROKEN, position=head[0] + 1, reason="order")
        return head


def _entry(row: Row) -> JournalEntry:
    position, at, act, subject, actor, details, previous, digest = row
    try:
        parsed = msgspec.json.decode(details, type=dict[str, str])
        return JournalEntry(position, datetime.fromisoformat(at), act, subject, actor, parsed, previous, digest)
    except (ValueError, msgspec.DecodeError) as error:
        raise KioskError(Failure.JOURNAL_BROKEN, position=position, reason="digest") from error
