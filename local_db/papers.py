"""The print ledger: one original per paper, reprints counted, an unknown end never taken for a good one."""

import secrets
from typing import Final

from local_db.columns import ticks
from local_db.connection import Connection

OUTCOMES: Final = ("printed", "failed", "uncertain", "parked")
"""The device said it printed; it did not print; nobody knows; it waits for paper or a printer and has not printed."""


class Papers:
    """See `kiosk.ports.Papers`. One object per opening of the store: what it left running was interrupted."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._run = secrets.token_hex(8)

    def begin(self, kind: str, subject: str, digest: str) -> tuple[int, int]:
        """Write down that a print begins: entry and copy number, 0 for the original, n for 补打 n.

        A print that failed or is parked put nothing on paper: its number is given again.
        """
        with self._db.write_tx():
            found = self._db.row(
                "SELECT count(*) FILTER (WHERE copy = 0), max(copy) FROM papers"
                " WHERE kind = ? AND subject = ? AND outcome IN ('running', 'printed', 'uncertain')",
                (kind, subject),
            )
            originals, newest = found or (0, None)
            copy = newest + 1 if originals else 0
            entry = self._db.insert(
                "INSERT INTO papers (kind, subject, digest, copy, outcome, run, begun_at)"
                " VALUES (?, ?, ?, ?, 'running', ?, ?)",
                (kind, subject, digest, copy, self._run, ticks(self._db.now())),
            )
        return entry, copy

    def end(self, entry: int, outcome: str) -> None:
        """Write down how a print ended; an uncertain one may be settled later by whoever looked into the tray.

        Raises:
            ValueError: no such outcome, or the print has already ended otherwise.
        """
        if outcome not in OUTCOMES:
            raise ValueError("no outcome of a print")
        with self._db.write_tx():
            changed = self._db.run(
                "UPDATE papers SET outcome = ?, ended_at = ? WHERE entry = ? AND outcome IN ('running', 'uncertain')",
                (outcome, ticks(self._db.now()), entry),
            )
            if not changed and self._db.row("SELECT outcome FROM papers WHERE entry = ?", (entry,)) != (outcome,):
                raise ValueError("this print has ended already")

    def unfinished(self) -> tuple[tuple[int, str, str], ...]:
        """Entry, kind and subject of every print whose end is unknown, oldest first.

        To be called when the process that prints starts: what an earlier run left running becomes uncertain.
        """
        with self._db.write_tx():
            self._db.run(
                "UPDATE papers SET outcome = 'uncertain', ended_at = ? WHERE outcome = 'running' AND run <> ?",
                (ticks(self._db.now()), self._run),
            )
        rows = self._db.rows("SELECT entry, kind, subject FROM papers WHERE outcome = 'uncertain' ORDER BY entry")
        return tuple((row[0], row[1], row[2]) for row in rows)
