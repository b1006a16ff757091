"""The one table of case states (办件状态). Every other place asks it; none repeats it."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.failure import Failure, KioskError


class CaseState(StrEnum):
    """States of one case. `QUEUED` and before are the terminal's; `SUBMITTED` and on are the platform's."""

    DRAFT = "draft"
    CHECKED = "checked"
    QUEUED = "queued"
    SUBMITTED = "submitted"
    PRE_OK = "pre_ok"
    RECEIVED = "received"
    CORRECTION = "correction"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    DEEMED = "deemed"
    REVIEW = "review"
    PAUSED = "paused"
    EXTENDED = "extended"
    DECIDED_YES = "decided_yes"
    DECIDED_NO = "decided_no"
    CONCLUDED = "concluded"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class Mover(StrEnum):
    """Who moves a case: this client, or the platform speaking for the authority."""

    CLIENT = "client"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Move:
    """One legal move out of a state."""

    to: CaseState
    by: Mover


_S, _C, _P = CaseState, Mover.CLIENT, Mover.PLATFORM


def _moves(by: Mover, *to: CaseState) -> tuple[Move, ...]:
    return tuple(Move(state, by) for state in to)


MOVES: dict[CaseState, tuple[Move, ...]] = {
    _S.DRAFT: _moves(_C, _S.CHECKED, _S.CANCELLED),
    _S.CHECKED: _moves(_C, _S.DRAFT, _S.QUEUED, _S.CANCELLED),
    _S.QUEUED: _moves(_P, _S.SUBMITTED),
    _S.SUBMITTED: _moves(
        _P, _S.PRE_OK, _S.RECEIVED, _S.CORRECTION, _S.REFUSED, _S.ACCEPTED, _S.WITHDRAWN, _S.TERMINATED
    ),
    _S.PRE_OK: _moves(_P, _S.RECEIVED, _S.ACCEPTED, _S.CORRECTION, _S.REFUSED, _S.WITHDRAWN, _S.TERMINATED),
    _S.RECEIVED: _moves(_P, _S.ACCEPTED, _S.CORRECTION, _S.REFUSED, _S.DEEMED, _S.WITHDRAWN, _S.TERMINATED),
    _S.CORRECTION: _moves(_P, _S.RECEIVED, _S.WITHDRAWN, _S.LAPSED, _S.TERMINATED),
    _S.ACCEPTED: _moves(_P, _S.REVIEW, _S.DECIDED_YES, _S.DECIDED_NO, _S.CONCLUDED, _S.WITHDRAWN, _S.TERMINATED),
    _S.DEEMED: _moves(_P, _S.REVIEW, _S.DECIDED_YES, _S.DECIDED_NO, _S.CONCLUDED, _S.WITHDRAWN, _S.TERMINATED),
    _S.REVIEW: _moves(_P, _S.PAUSED, _S.EXTENDED, _S.DECIDED_YES, _S.DECIDED_NO, _S.WITHDRAWN, _S.TERMINATED),
    _S.PAUSED: _moves(_P, _S.REVIEW, _S.WITHDRAWN, _S.TERMINATED),
    _S.EXTENDED: _moves(_P, _S.DECIDED_YES, _S.DECIDED_NO, _S.WITHDRAWN, _S.TERMINATED),
    _S.DECIDED_YES: _moves(_P, _S.CONCLUDED),
    _S.DECIDED_NO: _moves(_P, _S.CONCLUDED),
    _S.CONCLUDED: _moves(_P, _S.DELIVERED, _S.ARCHIVED),
    _S.DELIVERED: _moves(_P, _S.ARCHIVED),
    _S.REFUSED: (),
    _S.WITHDRAWN: _moves(_P, _S.ARCHIVED),
    _S.TERMINATED: _moves(_P, _S.ARCHIVED),
    _S.LAPSED: _moves(_P, _S.ARCHIVED),
    _S.CANCELLED: (),
    _S.ARCHIVED: (),
}


def advance(state: CaseState, to: CaseState, by: Mover) -> CaseState:
    """Return `to` when the table allows `by` to make that move.

    Raises:
        KioskError: `CASE_ILLEGAL_MOVE` otherwise, so that no caller can write a state the table does not know.
    """
    if Move(to, by) not in MOVES[state]:
        raise KioskError(Failure.CASE_ILLEGAL_MOVE, state=str(state), to=str(to), by=str(by))
    return to
