"""Blank forms, filled samples and samples of results of the chosen item: to look at and to print."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.item import ServiceItem
from kiosk.forms.specimens import Specimen, specimens
from ui.controllers.visit import VisitController
from ui.models import Rows
from ui.printing import PrintedPaper

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class SpecimenRow:
    """One of them in the list; `kind` as in `kiosk.forms.specimens`."""

    specimen: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question of a form, and what stands beside it."""

    label: str
    value: str


@QmlElement
class SpecimensController(QObject):
    """`shown` is the one looked at, empty for the list."""

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._item: ServiceItem | None = None
        self._found: dict[str, Specimen] = {}
        self._shown: Specimen | None = None
        self._rows: Rows[SpecimenRow] = Rows(SpecimenRow, self)
        self._lines: Rows[AnswerLine] = Rows(AnswerLine, self)
        self.printing = PrintedPaper(visit, self)
        visit.changed.connect(self._follow)
        visit.wiped.connect(self._follow)

    def _follow(self) -> None:
        if self._visit.item is not self._item:
            self._item = self._visit.item
            self._found = {one.id: one for one in specimens(self._item)} if self._item else {}
            self._rows.show(SpecimenRow(one.id, one.title, one.kind) for one in self._found.values())
            self.show("")

    @Slot(str)
    def show(self, specimen: str) -> None:
        """Look at one, or at the list again."""
        self.printing.forget()
        self._shown = self._found.get(specimen)
        self._lines.show(AnswerLine(*line) for line in (self._shown.lines if self._shown else ()))
        self.changed.emit()

    @Slot()
    def print(self) -> None:
        """Print the one looked at."""
        item, shown, desk = self._item, self._shown, self._visit.desk
        if item is not None and shown is not None:
            self.printing.start(lambda on_outcome: desk.print_specimen(item.code, shown.id, on_outcome))

    @Property(Rows, constant=True)
    def rows(self) -> Rows[SpecimenRow]:
        """All of them."""
        return self._rows

    @Property(Rows, constant=True)
    def lines(self) -> Rows[AnswerLine]:
        """Questions and answers of the form looked at."""
        return self._lines

    @Property(str, notify=changed)
    def shown(self) -> str:
        """Which one is looked at."""
        return self._shown.id if self._shown else ""

    @Property(str, notify=changed)
    def title(self) -> str:
        """Its title."""
        return self._shown.title if self._shown else ""

    @Property(str, notify=changed)
    def kind(self) -> str:
        """`blank`, `sample` or `result`."""
        return str(self._shown.kind) if self._shown else ""

    @Property(str, notify=changed)
    def text(self) -> str:
        """Its running text."""
        return self._shown.text if self._shown else ""

    @Property(PrintedPaper, constant=True)
    def paper(self) -> PrintedPaper:
        """How the printing of its paper goes."""
        return self.printing
