"""What came down: decisions on cases this terminal took, and how far the feed of changes has been read."""

import msgspec

from kiosk.failure import Failure, KioskError
from kiosk.model.case import Decision
from kiosk.model.state import CaseState
from local_db.arrangements import write_arranged
from local_db.casestate import follow_platform
from local_db.connection import Connection
from local_db.journal import Journal


class Inbox:
    """See `kiosk.ports.Inbox`. The caller has verified whatever it hands in."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._db = connection
        self._journal = journal

    def cursor(self) -> int:
        """How far the feed of changes has been applied here."""
        return self._db.number("inbox.cursor")

    def advance(self, cursor: int) -> None:
        """Everything up to `cursor` has been applied; it never goes back."""
        with self._db.write_tx():
            self._db.run("UPDATE counters SET value = max(value, ?) WHERE name = 'inbox.cursor'", (cursor,))

    def apply_decision(self, decision: Decision) -> bool:
        """Write what the authority said of a case; False when something newer of it was written before.

        An earlier paper stays when the new decision brings none.

        Raises:
            KioskError: `CASE_UNKNOWN` when this terminal never took that case; `CASE_ILLEGAL_MOVE` when the state
                table knows no way there. Nothing is changed then; other decisions are not concerned.
        """
        number = decision.submission_no
        with self._db.write_tx():
            found = self._db.row("SELECT state, sequence FROM cases WHERE submission_no = ?", (number,))
            if found is None:
                raise KioskError(Failure.CASE_UNKNOWN)
            if decision.sequence <= found[1]:
                return False
            state = follow_platform(CaseState(found[0]), decision.state)
            self._write(decision, state)
            self._journal.append(
                "decision.applied", number, "platform", {"state": str(state), "sequence": str(decision.sequence)}
            )
        return True

    def _write(self, decision: Decision, state: CaseState) -> None:
        self._db.run(
            "UPDATE cases SET state = ?, sequence = ?, acceptance_no = coalesce(?, acceptance_no), reason = ?,"
            " correct = ?, has_paper = has_paper OR ? WHERE submission_no = ?",
            (
                str(state),
                decision.sequence,
                decision.acceptance_no,
                decision.reason,
                msgspec.json.encode(decision.correct).decode(),
                decision.paper is not None,
                decision.submission_no,
            ),
        )
        write_arranged(self._db, decision.submission_no, decision.arranged)
        if decision.paper is not None:
            self._db.run(
                "INSERT OR REPLACE INTO decision_papers (submission_no, paper, signature) VALUES (?, ?, ?)",
                (decision.submission_no, decision.paper, decision.paper_signature),
            )
