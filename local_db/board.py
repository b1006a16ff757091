"""What the platform posted for everybody, as it was verified."""

from collections.abc import Iterable
from typing import Final

from kiosk.model.board import Posting
from local_db.columns import moment, ticks
from local_db.connection import Connection
from local_db.journal import Journal

_NEWER: Final = (
    "INSERT INTO postings (topic, name, sequence, posted_at, gone, content) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (topic, name) DO UPDATE SET sequence = excluded.sequence, posted_at = excluded.posted_at,"
    " gone = excluded.gone, content = excluded.content WHERE excluded.sequence > postings.sequence"
)


class Board:
    """See `kiosk.ports.Board`. The caller has verified whatever it hands in."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._db = connection
        self._journal = journal

    def cursor(self) -> int:
        """How far the platform's postings have been taken here."""
        return self._db.number("board.cursor")

    def take(self, postings: Iterable[Posting], cursor: int) -> int:
        """Write what is newer than what is held; how many that were."""
        taken = 0
        with self._db.write_tx():
            for one in postings:
                content = b"" if one.gone else one.content
                row = (one.topic, one.name, one.sequence, ticks(one.posted_at), one.gone, content)
                if self._db.run(_NEWER, row):
                    taken += 1
                    details = {"sequence": str(one.sequence), "gone": "yes" if one.gone else "no"}
                    self._journal.append("posting.taken", f"{one.topic}/{one.name}", "platform", details)
            self._db.run("UPDATE counters SET value = max(value, ?) WHERE name = 'board.cursor'", (cursor,))
        return taken

    def held(self, topic: str) -> tuple[Posting, ...]:
        """The postings of a topic that stand, in the order they were posted."""
        rows = self._db.rows(
            "SELECT topic, name, sequence, posted_at, content FROM postings WHERE topic = ? AND NOT gone"
            " ORDER BY sequence",
            (topic,),
        )
        return tuple(
            Posting(topic=row[0], name=row[1], sequence=row[2], posted_at=moment(row[3]), content=row[4])
            for row in rows
        )
