"""For supervisors: the day as it was reckoned, every difference by name, and what closed accounts left half done."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.calendar import shanghai_day
from kiosk.model.case import ParkedDraft
from kiosk.model.dayreport import ALARMING, DayReport, Difference
from kiosk.staffing import Right, may
from kiosk.visit import VisitState
from kiosk.words import Language
from kiosk.words.causes import cause_words
from ui.controllers.cases import CasesController
from ui.controllers.visit import VisitController
from ui.models import Rows
from ui.printing import PrintedPaper
from ui.times import local_day, local_minute

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One case that keeps two figures apart; `made` is its local ISO minute where it is not of this day."""

    number: str
    words: str
    made: str
    alarming: bool


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """One application a closed account left; `why` is `disabled`, `removed` or `new_pin`."""

    caseId: str
    itemName: str
    updated: str
    staffId: str
    why: str


@QmlElement
class SupervisorController(QObject):
    """Nothing is looked up before a supervisor opens the page; the desk asks for the right at every act."""

    changed = Signal()

    def __init__(self, visit: VisitController, cases: CasesController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit, self._cases = visit, cases
        self._report: DayReport | None = None
        self._differences: Rows[DifferenceRow] = Rows(DifferenceRow, self)
        self._parked: Rows[ParkedRow] = Rows(ParkedRow, self)
        self.printing = PrintedPaper(visit, self)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)
        visit.preferences.languageChanged.connect(self._show)

    def _clear(self) -> None:
        self._report = None
        self._parked.show(())
        self.printing.forget()
        self._show()

    def _on_entered(self, state: str) -> None:
        if state == VisitState.SUPERVISOR:
            self.printing.forget()
            session, desk = self._visit.session, self._visit.desk
            self._reckon(shanghai_day(desk.now()))
            self._visit.ask(
                lambda: desk.parked_drafts(session), lambda found: self._parked.show(map(_parked_row, found))
            )
        elif state == VisitState.HOME:
            self.changed.emit()

    def _reckon(self, day: date) -> None:
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.day_report(session, day), self._reckoned)

    def _reckoned(self, report: DayReport) -> None:
        self._report = report
        self._show()

    def _show(self) -> None:
        language: Language = "zh" if self._visit.preferences.language == "zh" else "en"
        self._differences.show(_rows(self._report, language) if self._report else ())
        self.changed.emit()

    @Slot(int)
    def turn(self, days: int) -> None:
        """Look at another day, so many after this one; none after today."""
        if self._report is not None:
            self.printing.forget()
            self._reckon(min(self._report.day + timedelta(days=days), self._today()))

    def _today(self) -> date:
        return shanghai_day(self._visit.desk.now())

    @Slot()
    def print(self) -> None:
        """Print 日终核对单 of the day looked at."""
        report, session, desk = self._report, self._visit.session, self._visit.desk
        if report is not None:
            self.printing.start(lambda done: desk.print_day_report(session, report, None, done))

    @Slot(str)
    def takeOver(self, case_id: str) -> None:
        """Make an application this supervisor's own, and go on with it."""
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.take_over(session, case_id), lambda _: self._cases.resume(case_id))

    @Property(bool, notify=changed)
    def allowed(self) -> bool:
        """Whether whoever is at the keyboard may see the reckoning of a day."""
        return may(self._visit.session.operator, Right.REPORT_DAY)

    @Property(str, notify=changed)
    def day(self) -> str:
        """The day looked at, ISO."""
        return local_day(self._report.day) if self._report else ""

    @Property(bool, notify=changed)
    def latest(self) -> bool:
        """Whether that is today."""
        return self._report is None or self._report.day >= self._today()

    @Property(int, notify=changed)
    def submitted(self) -> int:
        """Cases and corrections of the day."""
        return self._report.submitted if self._report else 0

    @Property(int, notify=changed)
    def printed(self) -> int:
        """How many of them have their receipt."""
        return self._report.printed if self._report else 0

    @Property(int, notify=changed)
    def acknowledged(self) -> int:
        """How many of them the platform holds whole."""
        return self._report.acknowledged if self._report else 0

    @Property(int, notify=changed)
    def reprints(self) -> int:
        """Receipts printed again."""
        return self._report.reprints if self._report else 0

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether the day has been reckoned."""
        return self._report is not None

    @Property(bool, notify=changed)
    def agrees(self) -> bool:
        """Whether all of it is one number."""
        return self._report is not None and self._report.agrees

    @Property(Rows, constant=True)
    def differences(self) -> Rows[DifferenceRow]:
        """Every difference of the day, then what is older and still open."""
        return self._differences

    @Property(Rows, constant=True)
    def parked(self) -> Rows[ParkedRow]:
        """What closed accounts left, oldest first."""
        return self._parked

    @Property(PrintedPaper, constant=True)
    def paper(self) -> PrintedPaper:
        """The sheet."""
        return self.printing


def _rows(report: DayReport, language: Language) -> list[DifferenceRow]:
    today = [_row(one, "", language) for one in report.differences]
    older = (*report.earlier, *report.open_undated)
    return today + [_row(one.waits, local_minute(one.made), language) for one in older]


def _row(found: Difference, made: str, language: Language) -> DifferenceRow:
    return DifferenceRow(found.number or found.event, cause_words(found, language), made, found.cause in ALARMING)


def _parked_row(found: ParkedDraft) -> ParkedRow:
    one = found.summary
    return ParkedRow(one.case_id, one.item_name, local_minute(one.updated_at), found.staff_id, found.why)
