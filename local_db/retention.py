"""How long delivered files stay on this terminal: what the catalogue says of each material, and no shorter.

Only what the platform has signed for may go. What the catalogue held here says nothing about is kept until it does.
"""

from datetime import datetime
from typing import Final

from kiosk.clock import RELEASED
from local_db.blobs import Blobs
from local_db.columns import DAY, ticks
from local_db.connection import Connection

_AT_ONCE: Final = 100
_FORM_DAYS: Final = 30
"""How long the sealed form of a case without files stays after it was delivered; other forms go with their files."""

_RIPE: Final = (
    "SELECT m.seq, m.place, m.blob, m.digest FROM outbox o JOIN outbox_materials m ON m.seq = o.seq"
    " JOIN shelf_retention r ON r.item_code = o.item_code AND r.material_id = m.material_id"
    " WHERE o.state = 'settled' AND o.holds > 0 AND m.released = 0 AND o.settled_at + r.days * ? <= ?"
)


class Retention:
    """Lets go of local files whose time is over."""

    def __init__(self, connection: Connection, blobs: Blobs) -> None:
        self._db = connection
        self._blobs = blobs

    def releasable(self, now: datetime) -> tuple[str, ...]:
        """Digests of the files `release` would delete: acknowledged, past their retention, held by nothing else."""
        rows = self._db.rows(
            f"SELECT b.digest FROM ({_RIPE}) ripe JOIN blobs b ON b.id = ripe.blob"  # noqa: S608 -- a constant
            " GROUP BY b.id HAVING count(*) = b.uses AND NOT EXISTS (SELECT 1 FROM draft_blobs WHERE blob = b.id)",
            (DAY, ticks(now)),
        )
        return tuple(digest.hex() for (digest,) in rows)

    def release(self, now: datetime) -> int:
        """Let go of files past their retention, a few in each transaction; how many materials.

        A form goes with the last of its files. `now` must be a trusted time: what is deleted is gone from here.
        What was settled while the clock stood in the past counts from `now`, as nobody knows since when.
        """
        with self._db.write_tx():
            self._db.run(
                "UPDATE outbox SET settled_at = ? WHERE state = 'settled' AND holds > 0 AND settled_at < ?",
                (ticks(now), ticks(RELEASED)),
            )
        released = 0
        while rows := self._db.rows(f"{_RIPE} LIMIT ?", (DAY, ticks(now), _AT_ONCE)):
            with self._db.write_tx():
                for seq, place, blob, digest in rows:
                    self._release_one(seq, place, blob, digest)
            released += len(rows)
        self._forget_held()
        return released

    def release_forms(self, now: datetime) -> int:
        """Let go of delivered forms that came without files; how many. `now` must be a trusted time."""
        with self._db.write_tx():
            return self._db.run(
                "DELETE FROM outbox_payloads WHERE seq IN (SELECT seq FROM outbox o JOIN outbox_payloads USING (seq)"
                " WHERE o.state = 'settled' AND o.holds = 0 AND o.settled_at BETWEEN ? AND ?)",
                (ticks(RELEASED), ticks(now) - _FORM_DAYS * DAY),
            )

    def _forget_held(self) -> None:
        """Who once handed in what that is not here any more is nobody's business."""
        with self._db.write_tx():
            self._db.run(
                "DELETE FROM held_materials WHERE EXISTS (SELECT 1 FROM outbox_materials m"
                " WHERE m.seq = held_materials.seq AND m.material_id = held_materials.material_id AND m.released = 1)"
            )

    def _release_one(self, seq: int, place: int, blob: int, digest: bytes) -> None:
        let_go = self._db.run(
            "UPDATE outbox_materials SET released = 1, wrap = x'' WHERE seq = ? AND place = ? AND released = 0",
            (seq, place),
        )
        if let_go:
            self._db.run("UPDATE outbox SET holds = holds - 1 WHERE seq = ?", (seq,))
            self._blobs.let_go([(blob, digest)])
            self._db.run(
                "DELETE FROM outbox_payloads WHERE seq = ? AND (SELECT holds FROM outbox WHERE seq = ?) = 0", (seq, seq)
            )
