"""Submitted cases: the one commit that takes them, and what lists may show of them afterwards."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec

from kiosk.failure import Failure, KioskError
from kiosk.model.afterwards import Arranged
from kiosk.model.case import CaseSummary, HeldMaterial, Rating, Receipt
from kiosk.model.state import CaseState
from kiosk.ports import OutboxEntry, Submission
from kiosk.seal import records
from kiosk.seal.suite import AES, Suite
from local_db.arrangements import read_arranged, write_arranged
from local_db.columns import day_of, day_text, moment, moment_or_none, ticks
from local_db.connection import Connection, Row
from local_db.drafts import Drafts
from local_db.held import Held
from local_db.journal import Journal
from local_db.outbox import Outbox
from local_db.settings import Settings

_OF_LATE: Final = 1000
_NEWEST: Final = (1 << 63) - 1


class Cases:
    """See `kiosk.ports.Cases`."""

    def __init__(
        self, connection: Connection, drafts: Drafts, outbox: Outbox, journal: Journal, settings: Settings
    ) -> None:
        self._db = connection
        self._drafts = drafts
        self._outbox = outbox
        self._journal = journal
        self._settings = settings
        self._held = Held(connection)

    def submit(self, build: Callable[[int], Submission]) -> Submission:
        """Take a case or an amendment: all of it in one fsynced commit, or nothing.

        The counter never resets. It moves on with every commit, so a number is never given twice; where `build` or
        the commit fails nobody has seen the number.

        Raises:
            KioskError: `TERMINAL_STOPPED`; what `build` raises; `BLOB_DAMAGED` when a page is missing; `REF_REUSED`;
                `STORE_FULL` and others. The draft is then as it was.
        """
        with self._db.write_tx():
            self._settings.demand_running()
            submission = build(self._db.next_number("submission"))
            self._write_case(submission)
            self._write_receipt(submission.receipt)
            write_arranged(self._db, submission.summary.submission_no, submission.arranged)
            seq = self._outbox.add(_event(submission))
            self._held.note(seq, submission.reusable)
            if submission.draft_id is not None:
                self._drafts.end(submission.draft_id)
            self._journal.append(
                "case.amended" if submission.replaces else "case.submitted",
                submission.summary.submission_no,
                submission.actor,
                {
                    "event": submission.event_id,
                    "item": submission.summary.item_code,
                    "payload": hashlib.sha256(submission.payload).hexdigest(),
                    "files": str(len(submission.materials)),
                },
            )
        return submission

    def show(self, submission_no: str) -> CaseSummary:
        """One case.

        Raises:
            KioskError: `CASE_UNKNOWN`.
        """
        row = self._db.row("SELECT * FROM case_summaries WHERE submission_no = ?", (submission_no,))
        if row is None:
            raise KioskError(Failure.CASE_UNKNOWN)
        return _summary(row)

    def taken_by(self, submission_no: str) -> str:
        """The operator who took a case, empty where a resident did it alone.

        Raises:
            KioskError: `CASE_UNKNOWN`.
        """
        row = self._db.row("SELECT taken_by FROM cases WHERE submission_no = ?", (submission_no,))
        if row is None:
            raise KioskError(Failure.CASE_UNKNOWN)
        return str(row[0])

    def page(
        self, before: datetime | None = None, limit: int = 50, takers: tuple[str, ...] | None = None
    ) -> tuple[CaseSummary, ...]:
        """Cases newest first, from before an instant on; with `takers` those that one of these operators took.

        Cases of the same instant are never torn apart, since the next page begins before it: a page may be longer.
        """
        before_ticks = _NEWEST if before is None else ticks(before)
        whose, named = "", takers or ()
        if takers is not None:
            marks = ", ".join("?" for _ in takers)
            whose = f" AND submission_no IN (SELECT submission_no FROM cases WHERE taken_by IN ({marks}))"  # noqa: S608
        rows = self._db.rows(
            f"SELECT * FROM case_summaries WHERE submitted_at < ?{whose}"  # noqa: S608 -- question marks alone
            " ORDER BY submitted_at DESC, submission_no DESC LIMIT ?",
            (before_ticks, *named, limit),
        )
        if len(rows) == limit:
            last = rows[-1]
            rows += self._db.rows(
                f"SELECT * FROM case_summaries WHERE submitted_at = ? AND submission_no < ?{whose}"  # noqa: S608
                " ORDER BY submission_no DESC",
                (last[5], last[0], *named),
            )
        return tuple(_summary(row) for row in rows)

    def owned_by(self, owner: bytes) -> tuple[CaseSummary, ...]:
        """Cases in which this owner was applicant or acted, newest first."""
        rows = self._db.rows(
            "SELECT s.* FROM case_owners o JOIN case_summaries s ON s.submission_no = o.submission_no"
            " WHERE o.owner = ? ORDER BY s.submitted_at DESC, s.submission_no DESC",
            (owner,),
        )
        return tuple(_summary(row) for row in rows)

    def owners(self, submission_no: str) -> tuple[bytes, ...]:
        """The tags of those whose case it is."""
        rows = self._db.rows("SELECT owner FROM case_owners WHERE submission_no = ? ORDER BY owner", (submission_no,))
        return tuple(owner for (owner,) in rows)

    def receipt(self, submission_no: str) -> Receipt:
        """The newest receipt of a case, to be printed again.

        Raises:
            KioskError: `CASE_UNKNOWN`.
        """
        row = self._db.row(
            "SELECT submission_no, item_code, item_name, submitted_at, deliver_by, qr_text, paper FROM receipts"
            " WHERE submission_no = ?",
            (submission_no,),
        )
        if row is None:
            raise KioskError(Failure.CASE_UNKNOWN)
        return Receipt(row[0], row[1], row[2], moment(row[3]), day_of(row[4]), row[5], row[6])

    def decision_paper(self, submission_no: str) -> tuple[bytes, bytes] | None:
        """The authority's newest paper on a case and its signature, as they came."""
        row = self._db.row("SELECT paper, signature FROM decision_papers WHERE submission_no = ?", (submission_no,))
        return (row[0], row[1]) if row else None

    def arranged(self, submission_no: str) -> Arranged | None:
        """What is arranged for after the case, None where nothing is."""
        return read_arranged(self._db, submission_no)

    def most_done(self) -> tuple[str, ...]:
        """Items of the newest cases here, those handed in most often first; cheap however many there are."""
        rows = self._db.rows(
            "SELECT item_code, count(*) FROM (SELECT item_code FROM cases ORDER BY submitted_at DESC LIMIT ?)"
            " GROUP BY item_code ORDER BY 2 DESC, 1",
            (_OF_LATE,),
        )
        return tuple(code for code, _ in rows)

    def held(self, owner: bytes, member: bytes, kind: str) -> HeldMaterial | None:
        """The newest material of this kind that these people handed in before, if every page of it is still here."""
        return self._held.find(owner, member, kind)

    def by_ref(self, ref: str) -> tuple[str, bytes] | None:
        """The number taken under a caller's reference, and the digest of what was given with it."""
        row = self._db.row("SELECT submission_no, digest FROM refs WHERE ref = ?", (ref,))
        return (row[0], row[1]) if row else None

    def rate(self, rating: Rating, suite: Suite = AES) -> None:
        """Queue a rating, sealed like a form; it counts as no case.

        Raises:
            KioskError: `NOT_PROVISIONED`, `STORE_FULL` and others.
        """
        event_id = secrets.token_hex(16)
        number = rating.submission_no or ""
        item = self._db.row("SELECT item_code FROM cases WHERE submission_no = ?", (number,))
        platform_key = self._settings.identity().platform_key
        entry = OutboxEntry(
            event_id=event_id,
            kind="rating",
            submission_no=number,
            item_code=item[0] if item else "",
            item_version=0,
            payload=records.seal_record(msgspec.json.encode(rating), platform_key, f"form/{event_id}", suite),
            materials=(),
            created_at=rating.rated_at,
            clock_trusted=self._db.clock.trusted(),
            attempts=0,
            form_taken=False,
        )
        with self._db.write_tx():
            self._outbox.add(entry)
            self._journal.append("case.rated", number, "resident", {"satisfaction": str(rating.satisfaction)})

    def _write_case(self, submission: Submission) -> None:
        summary = submission.summary
        number = summary.submission_no
        known = submission.replaces is not None and self._db.run(
            "UPDATE cases SET deliver_by = ? WHERE submission_no = ?", (day_text(summary.deliver_by), number)
        )
        if not known:
            self._db.run(
                "INSERT INTO cases (submission_no, item_code, item_name, applicant_masked, state, submitted_at,"
                " deliver_by, taken_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    summary.item_code,
                    summary.item_name,
                    summary.applicant_masked,
                    str(summary.state),
                    ticks(summary.submitted_at),
                    day_text(summary.deliver_by),
                    submission.taken_by,
                ),
            )
        self._db.run_many(
            "INSERT OR IGNORE INTO case_owners (owner, submission_no) VALUES (?, ?)",
            [(owner, number) for owner in submission.owners],
        )
        if submission.ref is not None:
            self._write_ref(submission.ref, number, submission.ref_digest or b"")

    def _write_ref(self, ref: str, number: str, digest: bytes) -> None:
        if not self._db.run(
            "INSERT OR IGNORE INTO refs (ref, submission_no, digest) VALUES (?, ?, ?)", (ref, number, digest)
        ):
            raise KioskError(Failure.REF_REUSED)

    def _write_receipt(self, receipt: Receipt) -> None:
        self._db.run(
            "INSERT OR REPLACE INTO receipts"
            " (submission_no, item_code, item_name, submitted_at, deliver_by, qr_text, paper)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                receipt.submission_no,
                receipt.item_code,
                receipt.item_name,
                ticks(receipt.submitted_at),
                day_text(receipt.deliver_by),
                receipt.qr_text,
                receipt.paper,
            ),
        )


def _event(submission: Submission) -> OutboxEntry:
    summary = submission.summary
    return OutboxEntry(
        event_id=submission.event_id,
        kind="amendment" if submission.replaces else "case",
        submission_no=summary.submission_no,
        item_code=summary.item_code,
        item_version=submission.item_version,
        payload=submission.payload,
        materials=submission.materials,
        created_at=summary.submitted_at,
        clock_trusted=submission.clock_trusted,
        attempts=0,
        form_taken=False,
        replaces=submission.replaces,
    )


def _summary(row: Row) -> CaseSummary:
    return CaseSummary(
        submission_no=row[0],
        item_code=row[1],
        item_name=row[2],
        applicant_masked=row[3],
        state=CaseState(row[4]),
        submitted_at=moment(row[5]),
        acceptance_no=row[6],
        deliver_by=day_of(row[7]),
        pending=bool(row[8]),
        parked=bool(row[9]),
        attempts=row[10],
        next_attempt=moment_or_none(row[11]),
        failure=row[12],
        reason=row[13],
        correct=msgspec.json.decode(row[14], type=tuple[str, ...]),
        has_paper=bool(row[15]),
    )
