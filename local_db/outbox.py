"""What has to go up: events with their payloads and materials, none forgotten until the platform has signed for it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.ports import OutboxEntry, SealedMaterial
from local_db.blobs import Blobs
from local_db.casestate import acknowledged
from local_db.columns import DAY, HOUR, digest_bytes, moment, ticks
from local_db.connection import Connection, Row
from local_db.journal import Journal

_HORIZON: Final = HOUR
"""Nobody postpones further than this: a later next attempt was written under another clock and is due."""

_MOST_ROWS: Final = 100
_ACTOR: Final = "agent"
_DUE: Final = (
    "SELECT o.seq, event_id, kind, submission_no, item_code, item_version, payload, created_at, clock_trusted,"
    " attempts, form_taken, replaces FROM outbox o JOIN outbox_payloads p ON p.seq = o.seq"
    " WHERE state = 'queued' AND next_attempt <= ? AND next_attempt > ? ORDER BY next_attempt, o.seq LIMIT ?"
)
_RIPE: Final = (
    "SELECT m.seq, m.place, m.blob, m.digest FROM outbox o JOIN outbox_materials m ON m.seq = o.seq"
    " JOIN shelf_retention r ON r.item_code = o.item_code AND r.material_id = m.material_id"
    " WHERE o.state = 'settled' AND o.holds > 0 AND m.released = 0 AND o.settled_at + r.days * ? <= ?"
)
_ALWAYS: Final = -1
_NEVER: Final = (1 << 63) - 1


class Outbox:
    """See `kiosk.ports.Outbox`."""

    def __init__(self, connection: Connection, blobs: Blobs, journal: Journal) -> None:
        self._db = connection
        self._blobs = blobs
        self._journal = journal

    def add(self, entry: OutboxEntry) -> None:
        """Queue one event inside the transaction that makes it; its pages change hands.

        Raises:
            KioskError: `BLOB_DAMAGED` when a page is not here whole.
        """
        size = len(entry.payload) + sum(material.size for material in entry.materials)
        self._db.run(
            "INSERT INTO outbox (event_id, kind, submission_no, item_code, item_version, created_at, clock_trusted,"
            " replaces, bytes_left, holds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.event_id,
                entry.kind,
                entry.submission_no,
                entry.item_code,
                entry.item_version,
                ticks(entry.created_at),
                entry.clock_trusted,
                entry.replaces,
                size,
                len(entry.materials),
            ),
        )
        seq = self._row(entry.event_id)[0]
        self._db.run("INSERT INTO outbox_payloads (seq, payload) VALUES (?, ?)", (seq, entry.payload))
        self._db.run_many(
            "INSERT INTO outbox_materials (seq, place, blob, material_id, member, file_index, digest, size, extension,"
            " wrap) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [self._material_row(seq, place, material) for place, material in enumerate(entry.materials)],
        )

    def next_batch(self, now: datetime, limit: int = _MOST_ROWS) -> tuple[OutboxEntry, ...]:
        """Events that are due, those never tried first, then by when they are due."""
        at = ticks(now)
        rows = self._db.rows(_DUE, (at, _ALWAYS, limit))
        if len(rows) < limit:
            rows += self._db.rows(_DUE, (_NEVER, at + _HORIZON, limit - len(rows)))
        return tuple(self._entry(row) for row in rows)

    def next_due(self) -> datetime | None:
        """When the next event is due; None when nothing waits for a time."""
        row = self._db.row("SELECT next_attempt FROM outbox WHERE state = 'queued' ORDER BY next_attempt LIMIT 1")
        if row is None:
            return None
        now = self._db.now()
        return now if row[0] > ticks(now) + _HORIZON else moment(row[0])

    def form_taken(self, event_id: str, acknowledgement: bytes) -> None:
        """The platform has signed for the form; materials may still be missing.

        Raises:
            KioskError: `CASE_UNKNOWN` when there is no such event.
        """
        with self._db.write_tx():
            seq, number, state, taken = self._row(event_id)
            if taken or state == "settled":
                return
            self._db.run(
                "UPDATE outbox SET form_taken = 1, acknowledgement = ?, bytes_left = bytes_left -"
                " (SELECT length(payload) FROM outbox_payloads p WHERE p.seq = outbox.seq) WHERE seq = ?",
                (acknowledgement, seq),
            )
            acknowledged(self._db, number)
            self._journal.append("event.form_taken", number, _ACTOR, {"event": event_id})

    def settle(self, event_id: str, acknowledgement: bytes) -> None:
        """The platform has signed for everything: the event is done and its local files may go after retention.

        Raises:
            KioskError: `CASE_UNKNOWN` when there is no such event.
        """
        with self._db.write_tx():
            seq, number, state, _ = self._row(event_id)
            if state == "settled":
                return
            self._db.run(
                "UPDATE outbox SET state = 'settled', form_taken = 1, acknowledgement = ?, bytes_left = 0,"
                " settled_at = ?, failure = NULL, reason = '' WHERE seq = ?",
                (acknowledgement, ticks(self._db.now()), seq),
            )
            acknowledged(self._db, number)
            self._journal.append("event.settled", number, _ACTOR, {"event": event_id})

    def postpone(self, event_ids: Iterable[str], failure: str, next_attempt: datetime) -> None:
        """Count one more failed try of these events and say when the next is due."""
        at = ticks(next_attempt)
        with self._db.write_tx():
            self._db.run_many(
                "UPDATE outbox SET attempts = attempts + 1, failure = ?, next_attempt = ?"
                " WHERE event_id = ? AND state = 'queued'",
                [(failure, at, event_id) for event_id in event_ids],
            )

    def park(self, event_id: str, failure: str, reason: str) -> None:
        """Put one event aside with its reason, so that it blocks nothing; nothing of it is deleted.

        Raises:
            KioskError: `CASE_UNKNOWN` when there is no such event.
        """
        with self._db.write_tx():
            seq, number, state, _ = self._row(event_id)
            if state == "settled":
                return
            self._db.run(
                "UPDATE outbox SET state = 'parked', attempts = attempts + 1, failure = ?, reason = ? WHERE seq = ?",
                (failure, reason, seq),
            )
            self._journal.append("event.parked", number, _ACTOR, {"event": event_id, "failure": failure})

    def unpark(self, event_id: str) -> None:
        """Send a parked event again, at once.

        Raises:
            KioskError: `CASE_UNKNOWN` when there is no such event.
        """
        with self._db.write_tx():
            seq, number, state, _ = self._row(event_id)
            if state != "parked":
                return
            self._db.run(
                "UPDATE outbox SET state = 'queued', next_attempt = 0, failure = NULL, reason = '' WHERE seq = ?",
                (seq,),
            )
            self._journal.append("event.unparked", number, "staff", {"event": event_id})

    def counts(self) -> tuple[int, int, int]:
        """Cases without a verified acknowledgement (parked included), of these parked, sealed bytes left to send."""
        row = self._db.row("SELECT cases, parked, bytes_left FROM outbox_totals")
        if row is None:
            raise KioskError(Failure.STORE_CORRUPT, role="database", reason="totals")
        return row[0], row[1], row[2]

    def acknowledgement(self, event_id: str) -> bytes | None:
        """The platform's newest signed statement on an event, as it came.

        Raises:
            KioskError: `CASE_UNKNOWN` when there is no such event.
        """
        row = self._db.row("SELECT acknowledgement FROM outbox WHERE event_id = ?", (event_id,))
        if row is None:
            raise KioskError(Failure.CASE_UNKNOWN, reason="event")
        acknowledgement: bytes | None = row[0]
        return acknowledgement

    def releasable(self, now: datetime) -> tuple[str, ...]:
        """Digests of local files that `release` would delete now.

        Acknowledged by the platform, past the retention their item's material names, and held by nothing else.
        What the catalogue held here says nothing about is kept.
        """
        rows = self._db.rows(
            f"SELECT b.digest FROM ({_RIPE}) ripe JOIN blobs b ON b.id = ripe.blob"  # noqa: S608 -- a constant
            " GROUP BY b.id HAVING count(*) = b.uses AND NOT EXISTS (SELECT 1 FROM draft_blobs WHERE blob = b.id)",
            (DAY, ticks(now)),
        )
        return tuple(digest.hex() for (digest,) in rows)

    def release(self, now: datetime) -> int:
        """Delete local files past their retention, a few in each transaction; how many materials let go.

        `now` must be a time that is trusted: what is deleted here is gone from this terminal.
        """
        released = 0
        while rows := self._db.rows(f"{_RIPE} LIMIT ?", (DAY, ticks(now), _MOST_ROWS)):
            with self._db.write_tx():
                for seq, place, blob, digest in rows:
                    self._release_one(seq, place, blob, digest)
            released += len(rows)
        return released

    def _release_one(self, seq: int, place: int, blob: int, digest: bytes) -> None:
        let_go = self._db.run(
            "UPDATE outbox_materials SET released = 1 WHERE seq = ? AND place = ? AND released = 0", (seq, place)
        )
        if let_go:
            self._db.run("UPDATE outbox SET holds = holds - 1 WHERE seq = ?", (seq,))
            self._blobs.let_go([(blob, digest)])
            self._db.run(
                "DELETE FROM outbox_payloads WHERE seq = ? AND (SELECT holds FROM outbox WHERE seq = ?) = 0", (seq, seq)
            )

    def _row(self, event_id: str) -> tuple[int, str, str, bool]:
        row = self._db.row("SELECT seq, submission_no, state, form_taken FROM outbox WHERE event_id = ?", (event_id,))
        if row is None:
            raise KioskError(Failure.CASE_UNKNOWN, reason="event")
        return row[0], row[1], row[2], bool(row[3])

    def _entry(self, row: Row) -> OutboxEntry:
        return OutboxEntry(
            event_id=row[1],
            kind=row[2],
            submission_no=row[3],
            item_code=row[4],
            item_version=row[5],
            payload=row[6],
            materials=self._materials(row[0]),
            created_at=moment(row[7]),
            clock_trusted=bool(row[8]),
            attempts=row[9],
            form_taken=bool(row[10]),
            replaces=row[11],
        )

    def _material_row(self, seq: int, place: int, material: SealedMaterial) -> Row:
        return (
            seq,
            place,
            self._blobs.hand_over(material),
            material.material_id,
            material.member,
            material.index,
            digest_bytes(material.digest),
            material.size,
            material.extension,
            material.wrap,
        )

    def _materials(self, seq: int) -> tuple[SealedMaterial, ...]:
        rows = self._db.rows(
            "SELECT material_id, member, file_index, digest, size, extension, wrap FROM outbox_materials"
            " WHERE seq = ? ORDER BY place",
            (seq,),
        )
        return tuple(SealedMaterial(row[0], row[1], row[2], row[3].hex(), row[4], row[5], row[6]) for row in rows)
