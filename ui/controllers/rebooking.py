"""Another time for a case whose first one was refused."""

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.failure import Failure
from kiosk.model.afterwards import Arranged, BookingState
from kiosk.model.afterwards import Slot as Period
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.arranging import first_place
from ui.controllers.cases import CasesController
from ui.controllers.known import PATIENCE_MS
from ui.controllers.visit import VisitController
from ui.periods import Periods

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class RebookingController(QObject):
    """`asked` is `asking`, `told`, `booking`, `offline` or `unsure`.

    Without a line nobody could book, so nothing is offered. Unsure: the wish left and no answer came, so that it may be
    booked all the same.
    """

    changed = Signal()

    def __init__(self, visit: VisitController, cases: CasesController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit, self._cases = visit, cases
        self._asked = ""
        self._taken = False
        self._periods = Periods(self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._given_up)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _clear(self) -> None:
        self._stand("")
        self._taken = False
        self._periods.offer(())

    def _on_entered(self, state: str) -> None:
        if state == VisitState.REBOOK:
            self._clear()
            self._look()

    def _stand(self, asked: str) -> None:
        self._patience.stop()
        self._asked = asked
        if asked in {"asking", "booking"}:
            self._patience.start()
        self.changed.emit()

    def _given_up(self) -> None:
        told = self._told if self._asked == "asking" else self._answered
        told(Failure.LINK_STALLED)

    @Slot()
    def look(self) -> None:
        """Look again whether there is a line."""
        self._look()

    def _look(self) -> None:
        session, desk, number = self._visit.session, self._visit.desk, self._visit.visit.case
        self._stand("asking")
        told = self._visit.lanes.posting(self._told)
        self._visit.lanes.work(
            lambda: desk.look_for_slots_for(session, number, told),
            lambda _: None,
            lambda error: self._told(error.failure),
        )

    def _told(self, failure: Failure | None) -> None:
        if self._asked != "asking":
            return
        if failure is not None:
            self._stand("offline")
            return
        session, desk, number = self._visit.session, self._visit.desk, self._visit.visit.case
        self._visit.ask(lambda: desk.slots_for(session, number), self._seen)

    def _seen(self, periods: tuple[Period, ...]) -> None:
        self._periods.offer(periods)
        self._stand("told")

    @Slot()
    def book(self) -> None:
        """Book the chosen time, now."""
        chosen = self._periods.chosen
        if chosen is None or self._asked != "told":
            return
        session, desk, number = self._visit.session, self._visit.desk, self._visit.visit.case
        self._stand("booking")
        told = self._visit.lanes.posting(self._answered)
        self._visit.lanes.work(
            lambda: desk.book_again(session, number, chosen, told),
            lambda _: None,
            lambda error: self._answered(error.failure),
        )

    def _answered(self, failure: Failure | None) -> None:
        if self._asked != "booking":
            return
        if failure is Failure.LINK_DOWN:
            self._stand("offline")
        elif failure is Failure.LINK_STALLED:
            self._stand("unsure")
        elif failure is not None:
            self._stand("told")
            self._visit.show_problem(failure)
        else:
            session, desk, number = self._visit.session, self._visit.desk, self._visit.visit.case
            self._visit.ask(lambda: desk.arranged_for(session, number), self._booked)

    def _booked(self, arranged: Arranged | None) -> None:
        """What was free a minute ago may be taken: then there is the rest to choose from."""
        if arranged is not None and arranged.booking is BookingState.CONFIRMED:
            self._stand("told")
            self._visit.step(VisitEvent.REBOOKED)
        else:
            self._taken = True
            self._look()

    @Property(str, notify=changed)
    def asked(self) -> str:
        """How the question for free periods, or for the booking, stands."""
        return self._asked

    @Property(bool, notify=changed)
    def taken(self) -> bool:
        """Whether somebody else was quicker."""
        return self._taken

    @Property(str, notify=changed)
    def visitFor(self) -> str:
        """What the appointment is for."""
        item = self._cases.item
        return item.booking.what if item and item.booking else ""

    @Property(str, notify=changed)
    def visitForEn(self) -> str:
        """The same in English, where the catalogue has it."""
        item = self._cases.item
        return item.booking.what_en if item and item.booking else ""

    @Property(str, notify=changed)
    def visitAt(self) -> str:
        """Where."""
        item = self._cases.item
        return (item.booking.where or first_place(item)) if item and item.booking else ""

    @Property(str, notify=changed)
    def phone(self) -> str:
        """Whom to call where it cannot be done here."""
        item = self._cases.item
        return item.consult_phone if item else ""

    @Property(Periods, constant=True)
    def periods(self) -> Periods:
        """When one may come."""
        return self._periods
