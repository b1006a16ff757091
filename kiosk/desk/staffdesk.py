"""The desk's verbs about the people who work here: who logs in, whose accounts there are, what they leave behind."""

from collections.abc import Callable

from kiosk.desk import releasing
from kiosk.desk.ground import DeskGround
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.model.case import DraftSummary, ParkedDraft
from kiosk.model.people import Operator, Role
from kiosk.staffing import Right, demand


class StaffDesk(DeskGround):
    """Accounts and what is parked of them. What a role may is in `kiosk.staffing`."""

    def staff_login(self, session: Session, staff_id: str, pin: str) -> Operator:
        """A member of staff takes the keyboard; unfinished work of this visit is then kept for that login."""
        return releasing.log_in(self._kit, session, staff_id, pin)

    def add_staff(self, session: Session, fresh: Operator, pin: str) -> None:
        """Make an account, or give one a new PIN and role; a supervisor may release drafts if the one who adds may.

        Raises:
            KioskError: `STAFF_FORBIDDEN` for who may not manage accounts; `DRAFT_LOCKED` where a supervisor adds
                another and holds no release key.
        """
        operator = demand(session.operator, Right.MANAGE_STAFF)
        if fresh.role is Role.SUPERVISOR and operator.role is Role.SUPERVISOR:
            releasing.add_supervisor(self._kit, session, fresh, pin)
        else:
            self._kit.store.staff.add(fresh, pin, operator.staff_id)

    def disable_staff(self, session: Session, staff_id: str) -> int:
        """Close an account until it is enabled again; how many drafts of it wait for a supervisor now.

        Raises:
            KioskError: `STAFF_FORBIDDEN`, also for one's own account; `STAFF_UNKNOWN`.
        """
        operator = self._other(session, staff_id)
        return _known(lambda: self._kit.store.staff.disable(staff_id, operator.staff_id))

    def enable_staff(self, session: Session, staff_id: str) -> int:
        """Open a disabled account again, with its PIN; how many drafts it gets back.

        Raises:
            KioskError: `STAFF_FORBIDDEN`, `STAFF_UNKNOWN`.
        """
        operator = self._other(session, staff_id)
        return _known(lambda: self._kit.store.staff.enable(staff_id, operator.staff_id))

    def remove_staff(self, session: Session, staff_id: str) -> int:
        """Close an account for good; how many drafts of it wait for a supervisor now.

        Raises:
            KioskError: `STAFF_FORBIDDEN`, also for one's own account; `STAFF_UNKNOWN`.
        """
        operator = self._other(session, staff_id)
        return _known(lambda: self._kit.store.staff.remove(staff_id, operator.staff_id))

    def parked_drafts(self, session: Session) -> tuple[ParkedDraft, ...]:
        """What accounts left half done, for a supervisor."""
        return releasing.parked(self._kit, session)

    def take_over(self, session: Session, case_id: str) -> DraftSummary:
        """Make a parked draft this supervisor's own."""
        return releasing.take_over(self._kit, session, case_id)

    def _other(self, session: Session, staff_id: str) -> Operator:
        operator = demand(session.operator, Right.MANAGE_STAFF)
        if operator.staff_id == staff_id:
            raise KioskError(Failure.STAFF_FORBIDDEN, reason="own_account")
        return operator


def _known(change: Callable[[], int]) -> int:
    try:
        return change()
    except LookupError as error:
        raise KioskError(Failure.STAFF_UNKNOWN) from error
