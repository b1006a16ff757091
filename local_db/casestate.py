"""Moving a stored case along the one state table, and never otherwise."""

from collections import deque

from kiosk.model.state import MOVES, CaseState, Mover, advance
from local_db.connection import Connection


def follow_platform(state: CaseState, to: CaseState) -> CaseState:
    """The state after the platform's word that a case is in `to`.

    The platform tells where a case stands, not every step: the steps in between are walked here, each by the table.

    Raises:
        KioskError: `CASE_ILLEGAL_MOVE` when no chain of the platform's moves leads there.
    """
    for step in _way(state, to):
        state = advance(state, step, Mover.PLATFORM)
    return state


def acknowledged(connection: Connection, submission_no: str) -> None:
    """The platform has the form: a queued case is submitted now, any other is where the platform already put it."""
    found = connection.row("SELECT state FROM cases WHERE submission_no = ?", (submission_no,))
    if found and found[0] == CaseState.QUEUED:
        state = advance(CaseState.QUEUED, CaseState.SUBMITTED, Mover.PLATFORM)
        connection.run("UPDATE cases SET state = ? WHERE submission_no = ?", (str(state), submission_no))


def _way(state: CaseState, to: CaseState) -> tuple[CaseState, ...]:
    """The shortest chain of platform moves; just `to`, which the table will refuse, when there is none."""
    seen = {state}
    waiting: deque[tuple[CaseState, tuple[CaseState, ...]]] = deque([(state, ())])
    while waiting:
        here, way = waiting.popleft()
        if here is to:
            return way
        for move in MOVES[here]:
            if move.by is Mover.PLATFORM and move.to not in seen:
                seen.add(move.to)
                waiting.append((move.to, (*way, move.to)))
    return (to,)
