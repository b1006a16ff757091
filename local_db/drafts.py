"""Drafts: sealed by the caller, kept with the names of the pages they hold."""

from datetime import datetime

from kiosk.clock import RELEASED
from kiosk.failure import Failure, KioskError
from kiosk.model.case import Channel, DraftSummary, ParkedDraft
from kiosk.ports import StoredDraft
from local_db.blobs import Blobs
from local_db.columns import moment, moment_or_none, ticks, ticks_or_none
from local_db.connection import Connection, Row


class Drafts:
    """See `kiosk.ports.Drafts`. A draft without an end stays until it is discarded or submitted."""

    def __init__(self, connection: Connection, blobs: Blobs) -> None:
        self._db = connection
        self._blobs = blobs

    def save(self, draft: StoredDraft) -> None:
        """Replace the draft whole."""
        summary = draft.summary
        with self._db.write_tx():
            self._db.upsert(
                "drafts",
                "case_id",
                {
                    "case_id": summary.case_id,
                    "owner": draft.owner,
                    "item_code": summary.item_code,
                    "item_name": summary.item_name,
                    "channel": str(summary.channel),
                    "updated_at": ticks(summary.updated_at),
                    "keep_until": ticks_or_none(summary.keep_until),
                    "sealed": draft.sealed,
                    "wrapped_key": draft.wrapped_key,
                    "release_wrap": draft.release_wrap,
                    "parked_of": None,
                    "parked_why": None,
                },
            )
            self._blobs.name(summary.case_id, draft.blobs)

    def load(self, case_id: str) -> StoredDraft:
        """The draft as saved.

        Raises:
            KioskError: `CASE_UNKNOWN`.
        """
        row = self._db.row(
            "SELECT case_id, item_code, item_name, channel, updated_at, keep_until, owner, sealed, wrapped_key,"
            " release_wrap FROM drafts WHERE case_id = ?",
            (case_id,),
        )
        if row is None:
            raise KioskError(Failure.CASE_UNKNOWN, reason="draft")
        held = self._db.rows(
            "SELECT b.digest FROM draft_blobs d JOIN blobs b ON b.id = d.blob WHERE d.case_id = ? ORDER BY b.id",
            (case_id,),
        )
        return StoredDraft(
            _summary(row), row[7], row[6], row[8], tuple(digest.hex() for (digest,) in held), row[9] or b""
        )

    def owned_by(self, owner: bytes) -> tuple[DraftSummary, ...]:
        """Drafts kept for this owner, newest first."""
        rows = self._db.rows(
            "SELECT case_id, item_code, item_name, channel, updated_at, keep_until FROM drafts WHERE owner = ?"
            " AND parked_of IS NULL ORDER BY updated_at DESC",
            (owner,),
        )
        return tuple(_summary(row) for row in rows)

    def parked(self) -> tuple[ParkedDraft, ...]:
        """Drafts that wait for a supervisor, oldest first."""
        rows = self._db.rows(
            "SELECT case_id, item_code, item_name, channel, updated_at, keep_until, parked_of, parked_why FROM drafts"
            " WHERE parked_of IS NOT NULL ORDER BY updated_at"
        )
        return tuple(ParkedDraft(_summary(row), row[6], row[7]) for row in rows)

    def discard(self, case_id: str) -> None:
        """Delete the draft, its wraps and the pages nothing else holds."""
        with self._db.write_tx():
            self.end(case_id)

    def discard_expired(self, now: datetime) -> int:
        """Discard what was kept until before `now`; how many.

        `now` must be a trusted time. What was kept while the clock stood in the past is kept as long from `now` on.
        """
        with self._db.write_tx():
            self._db.run(
                "UPDATE drafts SET keep_until = keep_until + (? - updated_at), updated_at = ? WHERE updated_at < ?",
                (ticks(now), ticks(now), ticks(RELEASED)),
            )
        ended = self._db.rows("SELECT case_id FROM drafts WHERE keep_until <= ?", (ticks(now),))
        if ended:
            with self._db.write_tx():
                for (case_id,) in ended:
                    self.end(case_id)
        return len(ended)

    def end(self, case_id: str) -> None:
        """Delete the draft inside the running transaction, after what was submitted has found its new holder."""
        held = self._blobs.unname(case_id)
        self._db.run("DELETE FROM drafts WHERE case_id = ?", (case_id,))
        self._blobs.drop_unheld(held)


def _summary(row: Row) -> DraftSummary:
    return DraftSummary(row[0], row[1], row[2], Channel(row[3]), moment(row[4]), moment_or_none(row[5]))
