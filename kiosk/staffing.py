"""Who of staff may do what: one table. The desk asks it before every act; screens only follow.

A resident's visit (居民自助) has no account and none of these rights.
"""

from enum import StrEnum
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.model.people import Operator, Role


class Right(StrEnum):
    """One kind of act that needs an account."""

    TAKE_CASES = "take_cases"
    """Open, go on with and hand in applications for others, vouch for a person or a paper."""
    SETTLE_PAPERS = "settle_papers"
    """Say what lay in the tray, print a waiting receipt."""
    SEE_ALL_CASES = "see_all_cases"
    """See cases that another operator took."""
    REPORT_DAY = "report_day"
    """See and print the reckoning of a day."""
    RELEASE_DRAFTS = "release_drafts"
    """Take over what an account left half done."""
    MANAGE_STAFF = "manage_staff"
    """Make, change, disable and remove accounts."""


MAY: Final[dict[Role, frozenset[Right]]] = {
    Role.CLERK: frozenset({Right.TAKE_CASES, Right.SETTLE_PAPERS}),
    Role.SUPERVISOR: frozenset(Right),
    Role.TECHNICIAN: frozenset({Right.SETTLE_PAPERS, Right.MANAGE_STAFF}),
}


def may(operator: Operator | None, right: Right) -> bool:
    """Whether whoever is at the keyboard may do this."""
    return operator is not None and right in MAY[operator.role]


def demand(operator: Operator | None, right: Right) -> Operator:
    """Who is at the keyboard, and may.

    Raises:
        KioskError: `STAFF_FORBIDDEN` when nobody of staff is, or their role may not.
    """
    if operator is None or not may(operator, right):
        raise KioskError(Failure.STAFF_FORBIDDEN, right=right)
    return operator


def may_see(operator: Operator | None, taken_by: str) -> bool:
    """Whether staff may see a case that this operator took; nobody's (taken at the machine itself) are everybody's."""
    return operator is not None and (
        may(operator, Right.SEE_ALL_CASES) or (may(operator, Right.TAKE_CASES) and taken_by in {"", operator.staff_id})
    )
