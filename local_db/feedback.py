"""Guides said to be wrong, complaints and suggestions: the commit that takes one, and the answer that came."""

import hashlib
from collections.abc import Callable
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.model.feedback import FeedbackKind, FeedbackState, FeedbackSummary, NewFeedback, Reply
from kiosk.ports import OutboxEntry
from local_db.columns import moment, moment_or_none, ticks
from local_db.connection import Connection, Row
from local_db.journal import Journal
from local_db.outbox import Outbox
from local_db.settings import Settings

_SELECT: Final = (
    "SELECT number, f.kind, made_at, item_name, answer, answered_at, sequence, code_tag,"
    " coalesce((SELECT form_taken FROM outbox o WHERE o.submission_no = f.number AND o.kind = 'feedback'), 0)"
    " FROM feedback f"
)


class FeedbackBook:
    """See `kiosk.ports.FeedbackBook`."""

    def __init__(self, connection: Connection, outbox: Outbox, journal: Journal, settings: Settings) -> None:
        self._db = connection
        self._outbox = outbox
        self._journal = journal
        self._settings = settings

    def submit(self, build: Callable[[int], NewFeedback]) -> NewFeedback:
        """Take one: all of it in one fsynced commit, or nothing. It shares its counter with the cases.

        Raises:
            KioskError: `TERMINAL_STOPPED`; what `build` raises; `STORE_FULL` and others.
        """
        with self._db.write_tx():
            self._settings.demand_running()
            new = build(self._db.next_number("submission"))
            self._db.run(
                "INSERT INTO feedback (number, kind, item_name, made_at, code_tag, owner) VALUES (?, ?, ?, ?, ?, ?)",
                (new.number, new.kind, new.item_name, ticks(new.made_at), new.code_tag, new.owner),
            )
            self._outbox.add(_event(new))
            digest = hashlib.sha256(new.payload).hexdigest()
            details = {"event": new.event_id, "kind": str(new.kind), "payload": digest}
            self._journal.append("feedback.submitted", new.number, "resident", details)
        return new

    def show(self, number: str) -> FeedbackSummary:
        """One of them, by its whole number or by its counter, which never resets.

        Raises:
            KioskError: `FEEDBACK_UNKNOWN`.
        """
        if number.isdecimal():
            row = self._db.row(f"{_SELECT} WHERE number LIKE ?", (f"%-{int(number):05d}-_",))
        else:
            row = self._db.row(f"{_SELECT} WHERE number = ?", (number,))
        if row is None:
            raise KioskError(Failure.FEEDBACK_UNKNOWN)
        return _summary(row)

    def owned_by(self, owner: bytes) -> tuple[FeedbackSummary, ...]:
        """Those of the card that was tapped, newest first."""
        rows = self._db.rows(f"{_SELECT} WHERE owner = ? ORDER BY made_at DESC, number DESC", (owner,))
        return tuple(_summary(row) for row in rows)

    def answer(self, reply: Reply) -> bool:
        """Write what the authority said; False when something newer of it was written before.

        Raises:
            KioskError: `FEEDBACK_UNKNOWN` when this terminal never took that number.
        """
        with self._db.write_tx():
            found = self._db.row("SELECT sequence FROM feedback WHERE number = ?", (reply.number,))
            if found is None:
                raise KioskError(Failure.FEEDBACK_UNKNOWN)
            if reply.sequence <= found[0]:
                return False
            self._db.run(
                "UPDATE feedback SET sequence = ?, answer = ?, answered_at = ? WHERE number = ?",
                (reply.sequence, reply.text, ticks(reply.at), reply.number),
            )
            details = {"sequence": str(reply.sequence)}
            self._journal.append("feedback.answered", reply.number, "platform", details)
        return True


def _event(new: NewFeedback) -> OutboxEntry:
    return OutboxEntry(
        event_id=new.event_id,
        kind="feedback",
        submission_no=new.number,
        item_code=new.item_code,
        item_version=new.item_version,
        payload=new.payload,
        materials=(),
        created_at=new.made_at,
        clock_trusted=new.clock_trusted,
        attempts=0,
        form_taken=False,
    )


def _summary(row: Row) -> FeedbackSummary:
    unanswered = FeedbackState.TAKEN if row[8] else FeedbackState.KEPT
    return FeedbackSummary(
        number=row[0],
        kind=FeedbackKind(row[1]),
        state=FeedbackState.ANSWERED if row[6] else unanswered,
        made_at=moment(row[2]),
        item_name=row[3],
        answer=row[4],
        answered_at=moment_or_none(row[5]),
        code_tag=row[7],
    )
