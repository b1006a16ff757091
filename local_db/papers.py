"""The print ledger: one original per paper, reprints counted, an unknown end never taken for a good one."""

import os
import secrets
from pathlib import Path
from typing import Final

from kiosk.model.printing import OpenEnd, OpenPrint
from local_db.columns import moment, ticks
from local_db.connection import Connection
from local_db.journal import Journal

_START: Final = 19
"""Where `/proc/<n>/stat` has the start, in fields behind the name (`starttime`, proc(5))."""

OUTCOMES: Final = ("printed", "failed", "uncertain", "parked")
"""The device said it printed; it did not print; nobody knows; it waits for paper or a printer and has not printed."""


class Papers:
    """See `kiosk.ports.Papers`. One object per opening of the store, which each print names."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._db = connection
        self._journal = journal
        self._run = f"{_process(os.getpid())} {secrets.token_hex(8)}"

    def begin(self, kind: str, subject: str, digest: str) -> tuple[int, int]:
        """Write down that a print begins: entry and copy number, 0 for the original, n for 补打 n.

        A print that failed or is parked put nothing on paper: its number is given again, unless a later one came out.
        """
        with self._db.write_tx():
            found = self._db.row(
                "SELECT max(copy) FROM papers"
                " WHERE kind = ? AND subject = ? AND outcome IN ('running', 'printed', 'uncertain')",
                (kind, subject),
            )
            newest = found[0] if found else None
            copy = 0 if newest is None else newest + 1
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

        What a process that is gone left running becomes uncertain; a print that is going on is none of these.
        """
        with self._db.write_tx():
            # Said twice, so that SQLite sees that the index of prints without an end is enough.
            running = self._db.rows(
                "SELECT DISTINCT run FROM papers WHERE outcome IN ('running', 'uncertain') AND outcome = 'running'"
            )
            self._db.run_many(
                "UPDATE papers SET outcome = 'uncertain', ended_at = ? WHERE outcome = 'running' AND run = ?",
                [(ticks(self._db.now()), run) for (run,) in running if self._is_over(run)],
            )
        rows = self._db.rows(
            "SELECT entry, kind, subject FROM papers WHERE outcome IN ('running', 'uncertain')"
            " AND outcome = 'uncertain' ORDER BY entry"
        )
        return tuple((row[0], row[1], row[2]) for row in rows)

    def open_ends(self, subject: str | None = None) -> tuple[OpenPrint, ...]:
        """Prints somebody has to look at, oldest first: uncertain ones, and parked ones that nothing has replaced.

        `subject` narrows them to one number, with all its editions. Lists of materials belong to nobody and wait for
        nobody; a sheet of a visit is drawn afresh by that visit.
        """
        self.unfinished()
        rows = self._db.rows(
            "SELECT entry, kind, subject, copy, outcome, begun_at FROM papers AS one WHERE outcome = 'uncertain'"
            " OR (outcome = 'parked' AND kind IN ('receipt', 'decision') AND NOT EXISTS (SELECT 1 FROM papers AS later"
            "   WHERE later.kind = one.kind AND later.subject = one.subject AND later.entry > one.entry"
            "   AND later.outcome <> 'failed'))"
            " ORDER BY entry"
        )
        found = (OpenPrint(row[0], row[1], row[2], row[3], OpenEnd(row[4]), moment(row[5])) for row in rows)
        return tuple(one for one in found if subject in (None, one.subject) or one.subject.startswith(f"{subject}-"))

    def settle(self, entry: int, *, printed: bool, actor: str = "technician") -> OpenPrint:
        """Whoever looked into the tray says whether it is printed; a parked one can only be given up.

        Raises:
            LookupError: that print asks nothing of anybody, or nobody can have seen it printed.
        """
        found = next((one for one in self.open_ends() if one.entry == entry), None)
        if found is None or (printed and found.end is OpenEnd.PARKED):
            raise LookupError(entry)
        with self._db.write_tx():
            now = ticks(self._db.now())
            outcome = "printed" if printed else "failed"
            self._db.run("UPDATE papers SET outcome = ?, ended_at = ? WHERE entry = ?", (outcome, now, entry))
            # Of what was parked before nothing came out, whatever became of this one.
            self._db.run(
                "UPDATE papers SET outcome = 'failed', ended_at = ?"
                " WHERE kind = ? AND subject = ? AND outcome = 'parked' AND entry < ?",
                (now, found.kind, found.subject, entry),
            )
            self._journal.append(
                "paper.settled", found.subject, actor, {"kind": found.kind, "printed": str(printed).lower()}
            )
        return found

    def _is_over(self, run: str) -> bool:
        """Whether the opening of the store that began a print has ended: an earlier one here, or its process died."""
        process = run.partition(" ")[0]
        if process == self._run.partition(" ")[0]:
            return run != self._run
        return _process(int(process.partition("-")[0])) != process


def _process(number: int) -> str:
    """A process by its number and start, since numbers are given again; only the number where it is gone."""
    try:
        after_name = Path(f"/proc/{number}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2]
    except OSError:
        return f"{number}"
    return f"{number}-{after_name.split()[_START]}"
