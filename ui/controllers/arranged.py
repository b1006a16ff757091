"""After handing in: how delivery, appointment and fee of a case stand, and paying by telephone."""

from typing import Final

import segno
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.failure import Failure
from kiosk.model.afterwards import Arranged, Bill, yuan
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.cases import CasesController
from ui.controllers.finish import FinishController
from ui.controllers.visit import VisitController
from ui.items.pages import CodeProvider

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

ASK_EVERY_MS: Final = 3_000
"""How often the platform is asked whether the fee has been paid, while the person stands before its code."""


@QmlElement
class ArrangedController(QObject):
    """Of the case just handed in, or of the one looked at.

    `billState` is `asking`, `ready` (its code is shown), `later` (not to be paid yet), `offline`, or `paid`.
    """

    changed = Signal()

    def __init__(
        self,
        visit: VisitController,
        finish: FinishController,
        cases: CasesController,
        provider: CodeProvider,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._visit, self._finish, self._cases, self._provider = visit, finish, cases, provider
        self._number = ""
        self._told: Arranged | None = None
        self._bill: Bill | None = None
        self._bill_state = ""
        self._qr = ""
        self._again = QTimer(self)
        self._again.setInterval(ASK_EVERY_MS)
        self._again.timeout.connect(self._ask)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)
        finish.taken.connect(self._handed_in)

    def _clear(self) -> None:
        self._again.stop()
        if self._qr:
            self._provider.clear()
        self._number, self._told, self._bill, self._bill_state, self._qr = "", None, None, "", ""
        self.changed.emit()

    def _handed_in(self, number: str, arranged: Arranged | None) -> None:
        self._number, self._told = number, arranged
        self.changed.emit()

    def _on_entered(self, state: str) -> None:
        if state == VisitState.PAYMENT:
            self._begin_to_ask()
            return
        self._again.stop()
        if state == VisitState.CASE:
            number, session, desk = self._visit.visit.case, self._visit.session, self._visit.desk
            self._clear()
            self._visit.ask(lambda: desk.arranged_for(session, number), lambda told: self._handed_in(number, told))

    def _begin_to_ask(self) -> None:
        self._bill, self._qr = None, ""
        self._bill_state = "paid" if self._told is not None and self._told.paid else "asking"
        self.changed.emit()
        if self._bill_state == "asking":
            self._ask()
            self._again.start()

    def _ask(self) -> None:
        """No answer of the desk may hold this page up, and none is shown as a problem: offline is a normal state."""
        session, desk, number = self._visit.session, self._visit.desk, self._number
        told = self._visit.lanes.posting(self._answered)
        self._visit.lanes.work(
            lambda: desk.look_for_bill(session, number, told),
            lambda _: None,
            lambda error: self._answered(error.failure),
        )

    def _answered(self, failure: Failure | None) -> None:
        if self._visit.visit.state is not VisitState.PAYMENT or self._bill_state == "paid":
            return
        session, desk, number = self._visit.session, self._visit.desk, self._number
        self._visit.lanes.work(lambda: desk.bill(session, number), lambda bill: self._seen(failure, bill))

    def _seen(self, failure: Failure | None, bill: Bill | None) -> None:
        if failure is not None and failure is not Failure.CASE_UNKNOWN:
            self._bill_state = "offline" if self._bill is None else self._bill_state
        elif bill is None:
            self._bill_state = "later"
        elif bill.paid:
            self._bill, self._bill_state = bill, "paid"
            self._again.stop()
        elif bill != self._bill:
            self._bill, self._bill_state = bill, "ready"
            matrix = segno.make(bill.qr_text, error="m", micro=False).matrix_iter(border=4)
            self._qr = self._provider.show([list(row) for row in matrix])
        self.changed.emit()

    @Slot()
    def chooseAgain(self) -> None:
        """From a case to another time for it."""
        self._visit.step(VisitEvent.REBOOK)

    @Property(bool, notify=changed)
    def toChooseAgain(self) -> bool:
        """Whether the time wished for was refused, and the item still takes appointments."""
        item = self._cases.item
        booked = item is not None and item.booking is not None
        return booked and self._told is not None and self._told.to_choose_again

    @Slot()
    def pay(self) -> None:
        """From a case to its fee."""
        self._visit.step(VisitEvent.PAY, asks=frozenset({VisitState.PAYMENT}))

    @Property(bool, notify=changed)
    def something(self) -> bool:
        """Whether anything is arranged."""
        return self._told is not None

    @Property(str, notify=changed)
    def way(self) -> str:
        """How the result comes; empty where the item declares no choice."""
        return str(self._told.way) if self._told and self._told.way else ""

    @Property(str, notify=changed)
    def booking(self) -> str:
        """How the appointment stands: `wished`, `confirmed`, `full`, `past`, or empty."""
        return str(self._told.booking) if self._told else ""

    @Property(str, notify=changed)
    def day(self) -> str:
        """Its day, ISO."""
        return self._told.day.isoformat() if self._told and self._told.day else ""

    @Property(str, notify=changed)
    def time(self) -> str:
        """From when to when."""
        return f"{self._told.begins}—{self._told.ends}" if self._told and self._told.day else ""

    @Property(str, notify=changed)
    def amount(self) -> str:
        """What is due, in yuan with two decimals; empty where no amount is fixed."""
        return yuan(self._told.fen) if self._told and self._told.fen else ""

    @Property(str, notify=changed)
    def freeText(self) -> str:
        """What is due without a fixed amount, in the catalogue's words."""
        return self._told.free_text if self._told else ""

    @Property(bool, notify=changed)
    def charged(self) -> bool:
        """Whether anything is or was to be paid."""
        return self._told is not None and (self._told.fen > 0 or self._told.free_text != "")

    @Property(bool, notify=changed)
    def paid(self) -> bool:
        """Whether it is paid."""
        return self._bill_state == "paid" or (self._told is not None and self._told.paid)

    @Property(bool, notify=changed)
    def payable(self) -> bool:
        """Whether it is still to be paid."""
        return self._told is not None and self._told.due and not self.paid_now

    @property
    def paid_now(self) -> bool:
        """Whether the platform has just said that it was paid."""
        return self._bill_state == "paid"

    @Property(bool, notify=changed)
    def afterReceipt(self) -> bool:
        """Whether this is the end of an application, and not a look at a case."""
        return self._visit.visit.case == ""

    @Property(bool, notify=changed)
    def payOnline(self) -> bool:
        """Whether the item takes payments by telephone."""
        item = self._visit.item or self._cases.item
        return bool(item and item.fee.pay_online and self._told and self._told.fen)

    @Property(str, notify=changed)
    def payAt(self) -> str:
        """The counter."""
        item = self._visit.item or self._cases.item
        if item is None:
            return ""
        return item.fee.where or (item.addresses[0].place if item.addresses else "")

    @Property(str, notify=changed)
    def dueAt(self) -> str:
        """When it is due: `acceptance` or `collection`."""
        item = self._visit.item or self._cases.item
        return str(item.fee.due_at) if item else ""

    @Property(str, notify=changed)
    def billState(self) -> str:
        """How the bill stands."""
        return self._bill_state

    @Property(str, notify=changed)
    def code(self) -> str:
        """The code it is paid under."""
        return self._bill.code if self._bill else ""

    @Property(str, notify=changed)
    def qr(self) -> str:
        """URL of its code."""
        return self._qr
