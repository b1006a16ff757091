"""Deletes what is over, looks whether it is gone, and writes that down.

Rows are overwritten in the file as they are deleted (`secure_delete`); the write-ahead log keeps their older states
until it is emptied, and a file is gone when its name is. So after each deletion the log is folded in and cut to
nothing, and the names are looked at again.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from kiosk.failure import Failure, KioskError
from kiosk.model.retention import Erased
from local_db.blobs import Blobs
from local_db.columns import ticks
from local_db.connection import Connection
from local_db.drafts import Drafts
from local_db.driver import BUSY_SECONDS
from local_db.journal import Journal
from local_db.retention import Retention

_LAST: Final = "retention.last"
_PATIENCE_MS: Final = 250
"""Emptying the log keeps writers waiting while somebody reads: it is put off rather than felt at the screen."""


class Erasure:
    """See `kiosk.ports.Erasure`."""

    def __init__(self, connection: Connection, blobs: Blobs, drafts: Drafts, journal: Journal) -> None:
        self._db = connection
        self._blobs = blobs
        self._drafts = drafts
        self._journal = journal
        self._retention = Retention(connection, blobs)

    def run(self, now: datetime) -> Erased:
        """Let go of what is over by `now`, which must be a trusted time; what is left of it is tried again next time.

        Raises:
            KioskError: `STORE_FULL` and others; what was deleted before that is deleted.
        """
        before = self.last()
        self._blobs.sweep(now)
        going = self._going(now)
        materials, forms = self._retention.release(now), self._retention.release_forms(now)
        drafts = self._drafts.discard_expired(now)
        gone, left = self._looked_for(going)
        erased = Erased(now, materials, forms, drafts, gone, left + self._blobs.refused(), self._fold())
        if erased.anything or (before is not None and not before.clean):
            self._note(erased)
        return erased

    def last(self) -> Erased | None:
        """The newest deletion; None where nothing was over yet.

        Raises:
            KioskError: `STORE_CORRUPT` when it cannot be read.
        """
        row = self._db.row("SELECT value FROM settings WHERE name = ?", (_LAST,))
        try:
            return msgspec.msgpack.decode(row[0], type=Erased) if row else None
        except msgspec.DecodeError as error:
            raise KioskError(Failure.STORE_CORRUPT, role="database", reason="retention") from error

    def overdue(self, now: datetime) -> int:
        """How many files were to go by `now` and are still held."""
        return len(self._retention.releasable(now))

    def _going(self, now: datetime) -> set[str]:
        of_drafts = self._db.rows(
            "SELECT b.digest FROM drafts d JOIN draft_blobs n USING (case_id) JOIN blobs b ON b.id = n.blob"
            " WHERE d.keep_until <= ? AND b.uses = 0",
            (ticks(now),),
        )
        return {*self._retention.releasable(now), *(digest.hex() for (digest,) in of_drafts)}

    def _looked_for(self, digests: Iterable[str]) -> tuple[int, int]:
        """How many of these files are gone, and how many are there although nothing holds them."""
        gone = left = 0
        for digest in digests:
            if self._db.row("SELECT 1 FROM blobs WHERE digest = ?", (bytes.fromhex(digest),)):
                continue
            there = self._blobs.lies_there(digest)
            gone, left = gone + (not there), left + there
        return gone, left

    def _fold(self) -> bool:
        """Whether the log was folded in and cut to nothing."""
        rows = self._db.rows
        rows(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        try:
            return bool(rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0)
        finally:
            rows(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")

    def _note(self, erased: Erased) -> None:
        counted = {
            "materials": erased.materials,
            "forms": erased.forms,
            "drafts": erased.drafts,
            "files": erased.files,
            "left": erased.left,
        }
        details = {**{name: str(value) for name, value in counted.items()}, "folded": "yes" if erased.folded else "no"}
        with self._db.write_tx():
            self._db.upsert("settings", "name", {"name": _LAST, "value": msgspec.msgpack.encode(erased)})
            self._journal.append("retention.erased", "files", "agent", details)
