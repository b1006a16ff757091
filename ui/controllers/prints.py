"""Prints that are not over, for staff: what became of each, and what to do about it."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.model.printing import OpenPaper
from kiosk.visit import VisitState
from ui.controllers.visit import VisitController
from ui.models import Rows
from ui.printing import PrintedPaper
from ui.times import local_minute

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class OpenPaperRow:
    """One open print. `reprint` is n where printing it now says 补打 n, 0 where it is printed as the original."""

    entry: int
    paper: str
    itemName: str
    submissionNo: str
    nameMasked: str
    begun: str
    uncertain: bool
    again: bool
    reprint: int


@QmlElement
class PrintsController(QObject):
    """What staff find to see to; nothing of it is looked up while nobody of staff is here."""

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._known = False
        self._rows: Rows[OpenPaperRow] = Rows(OpenPaperRow, self)
        self.printing = PrintedPaper(visit, self)
        self.printing.changed.connect(self._on_print)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _clear(self) -> None:
        self._known = False
        self._rows.show(())
        self.printing.forget()
        self.changed.emit()

    def _on_entered(self, state: str) -> None:
        if state in {VisitState.HOME, VisitState.OPEN_PRINTS} and self._visit.visit.staff:
            self.printing.forget()
            self._look()

    def _on_print(self) -> None:
        if self.printing.outcome in {"printed", "failed"}:
            self._look()

    def _look(self) -> None:
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.open_papers(session), self._found)

    def _found(self, papers: tuple[OpenPaper, ...]) -> None:
        self._known = True
        self._rows.merge([_row(paper) for paper in papers], lambda row: row.entry)
        self.changed.emit()

    @Slot(int)
    def printAgain(self, entry: int) -> None:
        """Print it now."""
        session, desk = self._visit.session, self._visit.desk
        self.printing.start(lambda done: desk.print_open(session, entry, done))

    @Slot(int, bool)
    def settle(self, entry: int, printed: bool) -> None:  # noqa: FBT001 - called from QML
        """It came out, or it did not and nobody needs it."""
        session, desk = self._visit.session, self._visit.desk
        self.printing.forget()
        self._visit.ask(lambda: desk.settle_print(session, entry, printed=printed), lambda _: self._look())

    @Property(Rows, constant=True)
    def rows(self) -> Rows[OpenPaperRow]:
        """Open prints, oldest first."""
        return self._rows

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether the ledger has been looked into."""
        return self._known

    @Property(PrintedPaper, constant=True)
    def paper(self) -> PrintedPaper:
        """How the printing of one of them goes."""
        return self.printing


def _row(paper: OpenPaper) -> OpenPaperRow:
    one = paper.print
    uncertain = one.end == "uncertain"
    return OpenPaperRow(
        entry=one.entry,
        paper=one.kind,
        itemName=paper.item_name,
        submissionNo=paper.submission_no,
        nameMasked=paper.applicant_masked,
        begun=local_minute(one.begun_at),
        uncertain=uncertain,
        again=paper.again,
        reprint=one.copy + 1 if uncertain else one.copy,
    )
