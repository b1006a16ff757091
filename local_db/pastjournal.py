"""Journals that came from elsewhere: whole chains beside this terminal's own, which names the head of each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from kiosk import journal as chain
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import JournalEntry
from local_db.connection import Connection, Row

TAKEN: Final = "journal.taken_over"
COLUMNS: Final = ("position", "at", "act", "subject", "actor", "details", "previous", "digest")
_ORIGIN_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class PastHead:
    """What was taken over of a chain: entries, the newest digest, and at how many places some are missing."""

    entries: int
    head: str
    gaps: int

    def details(self) -> dict[str, str]:
        """As the journal notes it."""
        return {"entries": str(self.entries), "head": self.head, "gaps": str(self.gaps)}


def origin_of(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The name of a chain: whose it is, and how it begins."""
    return f"{name}-{rows[0]['digest'][:_ORIGIN_DIGITS]}"


def keep(db: Connection, origin: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add entries inside the running transaction; those that are here stay what they are."""
    marks = ", ".join("?" for _ in COLUMNS)
    db.run_many(
        f"INSERT OR IGNORE INTO past_journal (origin, {', '.join(COLUMNS)}) VALUES (?, {marks})",  # noqa: S608
        [(origin, *(row[name] for name in COLUMNS)) for row in rows],
    )


def head_of(entries: Iterable[JournalEntry]) -> PastHead:
    """Check every run of entries that hang together.

    Raises:
        KioskError: `JOURNAL_BROKEN` where an entry was changed, or one that is there does not follow from the last.
    """
    count, gaps, last = 0, 0, chain.GENESIS
    for entry in entries:
        if entry.position != last[0] + 1:
            gaps += 1
            last = (entry.position - 1, entry.previous)
        last = chain.verify((entry,), last)
        count += 1
    return PastHead(count, last[1], gaps)


def verify(db: Connection, root: bytes | None, read: Callable[[Row], JournalEntry]) -> None:
    """Check every chain, with its seals, against what this terminal's own journal says it took over.

    Raises:
        KioskError: `JOURNAL_BROKEN`, reason `past` where the two do not agree.
    """
    noted: dict[str, str] = dict(
        db.rows("SELECT subject, details FROM journal WHERE act = ? ORDER BY position", (TAKEN,))
    )
    origins = {origin for (origin,) in db.rows("SELECT DISTINCT origin FROM past_journal")}
    for origin in sorted(origins | noted.keys()):
        rows = db.rows(
            f"SELECT {', '.join(COLUMNS)} FROM past_journal WHERE origin = ? ORDER BY position",  # noqa: S608
            (origin,),
        )
        entries = [read(row) for row in rows]
        found = head_of(entries)
        if not found.details().items() <= msgspec.json.decode(noted.get(origin, "{}"), type=dict[str, str]).items():
            raise KioskError(Failure.JOURNAL_BROKEN, position=found.entries, reason="past")
        if root is not None and not found.gaps:
            seals = chain.Seals(root)
            for entry in entries:
                seals.watch(entry)
