"""One's own cases, what was kept to go on with, and corrections."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.item import ServiceItem
from kiosk.failure import Failure
from kiosk.model.case import CaseSummary, Draft, DraftSummary
from kiosk.model.printing import OpenEnd, OpenPrint
from kiosk.model.state import CaseState
from kiosk.visit import VisitEvent, VisitState
from ui.asking import asks_of
from ui.controllers.known import PATIENCE_MS
from ui.controllers.visit import VisitController
from ui.models import Rows
from ui.printing import PrintedPaper
from ui.times import local_day, local_minute

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the list."""

    submissionNo: str
    itemName: str
    standing: str
    submitted: str
    deliverBy: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One kept application; `sameItem` while its item is the chosen one."""

    caseId: str
    itemName: str
    updated: str
    keepUntil: str
    sameItem: bool


@QmlElement
class CasesController(QObject):
    """Cases of the people identified in this visit, and the one opened."""

    changed = Signal()
    found = Signal()

    def __init__(self, visit: VisitController, keep_days: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._keep_days = keep_days
        self._cases: tuple[CaseSummary, ...] = ()
        self._case: CaseSummary | None = None
        self._item: ServiceItem | None = None
        self._rows: Rows[CaseRow] = Rows(CaseRow, self)
        self._kept: Rows[KeptRow] = Rows(KeptRow, self)
        self._open_print = ""
        self._elsewhere = ""
        self._fetching = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._look)
        self.printing = PrintedPaper(visit, self)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _clear(self) -> None:
        self._cases, self._case, self._item, self._open_print = (), None, None, ""
        self._elsewhere, self._fetching = "", False
        self._patience.stop()
        self._rows.show(())
        self._kept.show(())
        self.printing.forget()
        self.changed.emit()

    def _on_entered(self, state: str) -> None:
        if state in {VisitState.MY_CASES, VisitState.KEPT}:
            self._look()
        if state == VisitState.MY_CASES and self._elsewhere == "":
            self._look_elsewhere()

    def _look(self) -> None:
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: (desk.my_cases(session), desk.kept(session)), lambda found: self._found(*found))

    def _look_elsewhere(self) -> None:
        """Ask the platform, too: a case is its person's, not the terminal's where it was handed in."""
        session, desk = self._visit.session, self._visit.desk
        if session.applicant is None:
            return
        self._elsewhere = "asking"
        self.changed.emit()
        self._patience.start()
        told = self._visit.lanes.posting(self._told)
        self._visit.lanes.work(
            lambda: desk.look_for_cases(session, told), lambda _: None, lambda error: self._told(error.failure)
        )

    def _told(self, failure: Failure | None) -> None:
        self._patience.stop()
        self._elsewhere = "told" if failure is None else "offline"
        if self._visit.visit.state is VisitState.MY_CASES:
            self._look()
        self.changed.emit()

    def _found(self, cases: tuple[CaseSummary, ...], kept: tuple[DraftSummary, ...]) -> None:
        if self._elsewhere == "asking" and self._patience.isActive():
            return  # a list must not change under a finger: it is shown once it is whole, or nobody answers
        shown = [row.submissionNo for row in self._rows.rows]
        at = {number: place for place, number in enumerate(shown)}
        self._cases = tuple(sorted(cases, key=lambda case: at.get(case.submission_no, len(at))))
        self._rows.show([_case_row(case) for case in self._cases])
        self._kept.show([_kept_row(draft, self._visit.visit.item) for draft in kept])
        self.changed.emit()
        self.found.emit()

    # ---- what was kept

    @Property(Rows, constant=True)
    def kept(self) -> Rows[KeptRow]:
        """Applications to go on with."""
        return self._kept

    @Property(int, constant=True)
    def keepDays(self) -> int:
        """How long an application is kept."""
        return self._keep_days

    @Slot()
    def keep(self) -> None:
        """Keep the application and end the visit."""
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(
            lambda: desk.keep(session),
            lambda kept: self._visit.keep_until(local_day(kept.keep_until)),
        )

    @Slot(str)
    def resume(self, case_id: str) -> None:
        """Go on with a kept application."""
        session, desk = self._visit.session, self._visit.desk

        def opened() -> tuple[Draft, ServiceItem]:
            draft = desk.resume(session, case_id)
            return draft, desk.item(draft.item_code)

        self._visit.ask(opened, lambda known: self._resumed(*known))

    def _resumed(self, draft: Draft, item: ServiceItem) -> None:
        self._visit.item = item
        self._visit.step(VisitEvent.RESUME, item=draft.item_code, asks=asks_of(item))

    # ---- the list and the opened case

    @Property(Rows, constant=True)
    def rows(self) -> Rows[CaseRow]:
        """Cases, newest first."""
        return self._rows

    @Slot(str)
    def open(self, number: str) -> None:
        """Look at one case."""
        case = next((case for case in self._cases if case.submission_no == number), None)
        if case is None:
            return
        self._case = case
        self.printing.forget()
        desk, session = self._visit.desk, self._visit.session
        self._open_print = ""
        self._visit.ask(lambda: desk.open_prints(session, number), self._looked)
        self._visit.ask(lambda: desk.item(case.item_code), self._opened, lambda _: self._opened(None))

    def _looked(self, prints: tuple[OpenPrint, ...]) -> None:
        """Of several the parked one is told: it is the one that can be helped by printing."""
        ends = {one.end for one in prints}
        self._open_print = str(OpenEnd.PARKED if OpenEnd.PARKED in ends else next(iter(ends), ""))
        self.changed.emit()

    def _opened(self, item: ServiceItem | None) -> None:
        self._item = item
        self.changed.emit()
        if self._case is not None:
            self._visit.step(VisitEvent.OPEN_CASE, case=self._case.submission_no, item=self._case.item_code)

    @Slot()
    def correct(self) -> None:
        """Begin a correction under the same number."""
        case, item = self._case, self._item
        if case is None or item is None:
            return
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(
            lambda: desk.open_amendment(session, case.submission_no), lambda _: self._correcting(case, item)
        )

    def _correcting(self, case: CaseSummary, item: ServiceItem) -> None:
        self._visit.item = item
        materials = {rule.id for rule in item.materials}
        asks = set()
        if set(case.correct) - materials:
            asks.add(VisitState.FORM)
        if set(case.correct) & materials:
            asks.add(VisitState.MATERIALS)
        self._visit.step(VisitEvent.CORRECT, item=item.code, asks=frozenset(asks))

    @Slot()
    def printReceipt(self) -> None:
        """Print the receipt again."""
        case, desk, session = self._case, self._visit.desk, self._visit.session
        if case is not None:
            self.printing.start(lambda done: desk.print_receipt(session, case.submission_no, None, done))

    @Slot()
    def printDecision(self) -> None:
        """Print the authority's paper."""
        case, desk, session = self._case, self._visit.desk, self._visit.session
        if case is None or self._fetching:
            return
        self._fetching = True
        fetched = self._visit.lanes.posting(self._fetched)
        self._visit.ask(
            lambda: desk.fetch_paper(session, case.submission_no, fetched),
            lambda asked: None if asked else self._fetched(None),
            lambda error: self._fetched(error.failure),
        )
        self.changed.emit()

    def _fetched(self, failure: Failure | None) -> None:
        """The authority's paper is at hand, from here or from the platform; or it cannot be had now."""
        case, desk, session = self._case, self._visit.desk, self._visit.session
        self._fetching = False
        self.changed.emit()
        if failure is not None:
            self._visit.show_problem(failure)
        elif case is not None:
            self.printing.start(lambda done: desk.print_decision(session, case.submission_no, done))

    @property
    def item(self) -> ServiceItem | None:
        """The guide of the opened case, None where it is not offered any more."""
        return self._item

    def holds(self, number: str) -> bool:
        """Whether this case is in the list."""
        return any(case.submission_no == number for case in self._cases)

    @property
    def asking(self) -> bool:
        """Whether the platform is still being asked."""
        return self._elsewhere == "asking"

    @Property(str, notify=changed)
    def elsewhere(self) -> str:
        """Whether cases handed in elsewhere are listed: `asking`, `told`, `offline`, empty where nobody was asked."""
        return self._elsewhere

    @Property(bool, notify=changed)
    def fetching(self) -> bool:
        """Whether the authority's paper is on its way here."""
        return self._fetching

    @Property(bool, notify=changed)
    def takenHere(self) -> bool:
        """Whether it was handed in at this terminal, so that its receipt can be printed again."""
        return self._case is not None and self._case.here

    @Property(str, notify=changed)
    def submissionNo(self) -> str:
        """Its number."""
        return self._case.submission_no if self._case else ""

    @Property(str, notify=changed)
    def acceptanceNo(self) -> str:
        """The authority's number, empty before acceptance."""
        return (self._case.acceptance_no or "") if self._case else ""

    @Property(str, notify=changed)
    def itemName(self) -> str:
        """Name of its item."""
        return self._case.item_name if self._case else ""

    @Property(str, notify=changed)
    def itemNameEn(self) -> str:
        """Its English name, empty where the catalogue has none or no longer has the item."""
        return self._item.name_en if self._item else ""

    @Property(str, notify=changed)
    def state(self) -> str:
        """Its state, a word of the state table."""
        return str(self._case.state) if self._case else ""

    @Property(str, notify=changed)
    def submitted(self) -> str:
        """ISO instant of its submission."""
        return local_minute(self._case.submitted_at) if self._case else ""

    @Property(str, notify=changed)
    def deliverBy(self) -> str:
        """ISO day by which it will have been delivered."""
        return local_day(self._case.deliver_by) if self._case else ""

    @Property(str, notify=changed)
    def reason(self) -> str:
        """What the authority said."""
        return self._case.reason if self._case else ""

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # a name only Qt has
    def asked(self) -> list[str]:
        """What is to be corrected, by name."""
        if self._case is None or self._item is None:
            return []
        names = {rule.id: rule.name for rule in self._item.materials}
        names |= {condition.id: condition.text for condition in self._item.conditions}
        for form in self._item.forms:
            names |= {field: schema.get("title", field) for field, schema in form.schema.get("properties", {}).items()}
        return [names.get(one, one) for one in self._case.correct]

    @Property(bool, notify=changed)
    def correctable(self) -> bool:
        """Whether it can be corrected from here."""
        return self._case is not None and self._case.state is CaseState.CORRECTION and self._item is not None

    @Property(bool, notify=changed)
    def parked(self) -> bool:
        """Whether staff must look at it."""
        return self._case is not None and self._case.parked

    @Property(bool, notify=changed)
    def hasPaper(self) -> bool:
        """Whether the authority sent a paper."""
        return self._case is not None and self._case.has_paper

    @Property(str, notify=changed)
    def openPrint(self) -> str:
        """`parked` when a paper of this case waits for a printer, `uncertain` when nobody saw its end, else empty."""
        return self._open_print

    @Property(PrintedPaper, constant=True)
    def paper(self) -> PrintedPaper:
        """How the printing of its paper goes."""
        return self.printing


def _case_row(case: CaseSummary) -> CaseRow:
    return CaseRow(
        submissionNo=case.submission_no,
        itemName=case.item_name,
        standing=str(case.state),
        submitted=local_minute(case.submitted_at),
        deliverBy=local_day(case.deliver_by),
    )


def _kept_row(draft: DraftSummary, item: str) -> KeptRow:
    return KeptRow(
        caseId=draft.case_id,
        itemName=draft.item_name,
        updated=local_minute(draft.updated_at),
        keepUntil=local_day(draft.keep_until),
        sameItem=draft.item_code == item,
    )
