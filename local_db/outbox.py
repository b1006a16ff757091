"""What has to go up: events with their payloads and materials, none forgotten until the platform has signed for it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.ports import OutboxEntry, SealedMaterial
from local_db.blobs import Blobs
from local_db.casestate import acknowledged
from local_db.columns import HOUR, moment, ticks
from local_db.connection import Connection, Row
from local_db.journal import Journal
from local_db.retention import Retention

_HORIZON: Final = HOUR
"""Nobody postpones further than this: a later next attempt was written under another clock and is due."""

_MOST_ROWS: Final = 100
_ACTOR: Final = "agent"
_DUE: Final = (
    "SELECT o.seq, event_id, kind, submission_no, item_code, item_version, payload, created_at, clock_trusted,"
    " attempts, form_taken, replaces FROM outbox o JOIN outbox_payloads p ON p.seq = o.seq"
    " WHERE state = 'queued' AND form_taken = ? AND next_attempt > ? AND next_attempt <= ?"
    " ORDER BY next_attempt, o.seq LIMIT ?"
)
_NEXT: Final = (
    "SELECT min(due) FROM ("
    " SELECT min(next_attempt) AS due FROM outbox WHERE state = 'queued' AND form_taken = 0"
    " UNION ALL SELECT min(next_attempt) FROM outbox WHERE state = 'queued' AND form_taken = 1)"
)
_COUNTS: Final = "SELECT name, value FROM counters WHERE name IN ('outbox.bytes', 'outbox.cases', 'outbox.parked')"
_WEIGH: Final = (
    "SELECT sum(length(payload) + (SELECT coalesce(sum(size), 0) FROM outbox_materials m WHERE m.seq = o.seq)),"
    " sum(bytes_left) FROM outbox o JOIN outbox_payloads p ON p.seq = o.seq"
    " WHERE submission_no = ? AND state <> 'settled' AND kind <> 'rating'"
)
_ALWAYS: Final = -1
_NEVER: Final = (1 << 63) - 1


class Outbox:
    """See `kiosk.ports.Outbox`."""

    def __init__(self, connection: Connection, blobs: Blobs, journal: Journal) -> None:
        self._db = connection
        self._blobs = blobs
        self._journal = journal
        self._retention = Retention(connection, blobs)

    def add(self, entry: OutboxEntry) -> int:
        """Queue one event inside the transaction that makes it; its pages change hands. Its place in the queue.

        Raises:
            KioskError: `BLOB_DAMAGED` when a page is not here whole.
        """
        held = self._blobs.hand_over(entry.materials)
        size = len(entry.payload) + sum(material.size for material in entry.materials)
        seq = self._db.insert(
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
        self._db.run("INSERT INTO outbox_payloads (seq, payload) VALUES (?, ?)", (seq, entry.payload))
        self._db.run_many(
            "INSERT INTO outbox_materials (seq, place, blob, digest, material_id, member, file_index, size, extension,"
            " wrap) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (seq, place, *owned, one.material_id, one.member, one.index, one.size, one.extension, one.wrap)
                for place, (owned, one) in enumerate(zip(held, entry.materials, strict=True))
            ],
        )
        return seq

    def next_batch(self, now: datetime, limit: int = _MOST_ROWS) -> tuple[OutboxEntry, ...]:
        """Events that are due: forms the platform lacks, then those of which only materials are missing.

        In both, those never tried first, then by when they are due.
        """
        at = ticks(now)
        rows: list[Row] = []
        for taken in (False, True):
            for after, until in ((_ALWAYS, at), (at + _HORIZON, _NEVER)):
                if len(rows) < limit:
                    rows += self._db.rows(_DUE, (taken, after, until, limit - len(rows)))
        return tuple(self._entry(row) for row in rows)

    def next_due(self) -> datetime | None:
        """When the next event is due; None when nothing waits for a time."""
        (next_attempt,) = self._db.rows(_NEXT)[0]
        if next_attempt is None:
            return None
        now = self._db.now()
        return now if next_attempt > ticks(now) + _HORIZON else moment(next_attempt)

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

    def unpark(self, submission_no: str, actor: str) -> int:
        """Send what is parked of a case again, at once, because `actor` says so; how many events.

        Raises:
            KioskError: `CASE_UNKNOWN` when nothing of such a case was ever to be sent.
        """
        with self._db.write_tx():
            events = self._db.rows("SELECT seq, event_id, state FROM outbox WHERE submission_no = ?", (submission_no,))
            if not events:
                raise KioskError(Failure.CASE_UNKNOWN)
            parked = [(seq, event_id) for seq, event_id, state in events if state == "parked"]
            for seq, event_id in parked:
                self._db.run(
                    "UPDATE outbox SET state = 'queued', next_attempt = 0, failure = NULL, reason = '' WHERE seq = ?",
                    (seq,),
                )
                self._journal.append("event.unparked", submission_no, actor, {"event": event_id})
        return len(parked)

    def counts(self) -> tuple[int, int, int]:
        """Cases without a verified acknowledgement (parked included), of these parked, sealed bytes left to send."""
        counted: dict[str, int] = dict(self._db.rows(_COUNTS))
        return counted["outbox.cases"], counted["outbox.parked"], counted["outbox.bytes"]

    def weigh(self, submission_nos: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Of each case with something the platform has not acknowledged: its sealed bytes, and how many are left."""
        found = {number: self._db.rows(_WEIGH, (number,))[0] for number in submission_nos}
        return {number: (total, left) for number, (total, left) in found.items() if total is not None}

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
        """See `local_db.retention.Retention.releasable`."""
        return self._retention.releasable(now)

    def release(self, now: datetime) -> int:
        """See `local_db.retention.Retention.release`."""
        return self._retention.release(now)

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

    def _materials(self, seq: int) -> tuple[SealedMaterial, ...]:
        rows = self._db.rows(
            "SELECT material_id, member, file_index, digest, size, extension, wrap FROM outbox_materials"
            " WHERE seq = ? ORDER BY place",
            (seq,),
        )
        return tuple(SealedMaterial(row[0], row[1], row[2], row[3].hex(), row[4], row[5], row[6]) for row in rows)
