"""What staff see and do about prints that are not over: whose paper it is, and what may become of it."""

import contextlib

from kiosk import numbers
from kiosk.desk import printing
from kiosk.desk.equipment import Equipment
from kiosk.desk.printing import OnOutcome, PrintOutcome
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.model.people import Operator
from kiosk.model.printing import OpenEnd, OpenPaper, OpenPrint
from kiosk.staffing import Right, demand, may_see

_NUMBER_PARTS = 4


def listed(kit: Equipment, session: Session) -> tuple[OpenPaper, ...]:
    """Every open print of this terminal, oldest first.

    Raises:
        KioskError: `STAFF_FORBIDDEN` without staff.
    """
    operator = demand_staff(session)
    return tuple(_seen(kit, operator, one) for one in kit.store.papers.open_ends())


def settle(kit: Equipment, session: Session, entry: int, *, printed: bool) -> None:
    """Whoever looked into the tray says what became of a print; one that somebody else has settled stays so.

    Raises:
        KioskError: `STAFF_FORBIDDEN` without staff.
    """
    _settle(kit, demand_staff(session), entry, printed=printed)


def demand_again(kit: Equipment, session: Session, entry: int) -> OpenPaper:
    """The open print whose receipt is to be printed again.

    Raises:
        KioskError: `STAFF_FORBIDDEN` without staff; `CASE_UNKNOWN` where it cannot be printed from here.
    """
    for paper in listed(kit, session):
        if paper.print.entry == entry and paper.again:
            return paper
    raise KioskError(Failure.CASE_UNKNOWN, reason="paper")


def settling(kit: Equipment, session: Session, paper: OpenPaper, on_outcome: OnOutcome) -> OnOutcome:
    """`on_outcome`, before which a print that staff did not find in the tray is settled once another has come out."""
    operator = demand_staff(session)

    def ended(outcome: PrintOutcome) -> None:
        if outcome.failure is None and paper.print.end is OpenEnd.UNCERTAIN:
            kit.in_lane(lambda: _settle(kit, operator, paper.print.entry, printed=False))
        on_outcome(outcome)

    return ended


def demand_staff(session: Session) -> Operator:
    """Who of staff stands here.

    Raises:
        KioskError: `STAFF_FORBIDDEN` when nobody does, or who does may not.
    """
    return demand(session.operator, Right.SETTLE_PAPERS)


def _settle(kit: Equipment, operator: Operator, entry: int, *, printed: bool) -> None:
    with contextlib.suppress(LookupError):  # somebody else has looked meanwhile, or it waits for nothing any more
        kit.store.papers.settle(entry, printed=printed, actor=operator.staff_id)


def _seen(kit: Equipment, operator: Operator, one: OpenPrint) -> OpenPaper:
    """A print with its case; of a case that another operator took the number alone."""
    number = "-".join(one.subject.split("-")[:_NUMBER_PARTS])
    try:
        numbers.parse(number)
        case, taken_by = kit.store.cases.show(number), kit.store.cases.taken_by(number)
    except KioskError:
        return OpenPaper(one)
    if not may_see(operator, taken_by):
        return OpenPaper(one, number)
    again = one.kind == "receipt" and one.subject == _newest(kit, number)
    return OpenPaper(one, number, case.item_name, case.applicant_masked, again)


def _newest(kit: Equipment, number: str) -> str:
    """The ledger's subject of a case's newest receipt, empty where it was kept without its paper."""
    try:
        edition = printing.receipt_edition(kit.store.cases.receipt(number))
    except KioskError:
        return ""
    return f"{number}-{edition}" if edition else number
