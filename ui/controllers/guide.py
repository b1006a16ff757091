"""The guide of one item (办事指南), section by section."""

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.item import DayUnit, Limit, ServiceItem
from kiosk.guide import SECTIONS, GuideRow, section
from ui.controllers.visit import VisitController
from ui.models import Rows
from ui.printing import PrintedPaper

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate


@QmlElement
class GuideController(QObject):
    """What the guide of the chosen item says. One section is shown at a time; the first is what to bring."""

    changed = Signal()
    sectionChanged = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._item: ServiceItem | None = None
        self._section = ""
        self._rows: Rows[GuideRow] = Rows(GuideRow, self)
        self.printing = PrintedPaper(visit, self)
        self.printing_whole = PrintedPaper(visit, self)
        visit.changed.connect(self._follow)
        visit.wiped.connect(self._follow)
        visit.preferences.languageChanged.connect(self._show)

    def _follow(self) -> None:
        if self._visit.item is not self._item:
            self._item = self._visit.item
            self.printing.forget()
            self.printing_whole.forget()
            self._section = self._sections()[0] if self._item else ""
            self._show()

    def _sections(self) -> list[str]:
        item = self._item
        return [name for name in SECTIONS if section(name, item, translate, self._visit.hotline)] if item else []

    def _show(self) -> None:
        item = self._item
        hotline = self._visit.hotline
        self._rows.show(section(self._section, item, translate, hotline) if item and self._section else ())
        self.changed.emit()
        self.sectionChanged.emit()

    @Slot(str)
    def open(self, section: str) -> None:
        """Show another section."""
        self._section = section
        self._show()

    @Slot()
    def print(self) -> None:
        """Print the list of what to bring."""
        item, desk = self._item, self._visit.desk
        if item is not None:
            self.printing.start(lambda on_outcome: desk.print_material_list(item.code, on_outcome))

    @Slot()
    def printWhole(self) -> None:
        """Print the whole guide."""
        item, desk = self._item, self._visit.desk
        if item is not None:
            self.printing_whole.start(lambda on_outcome: desk.print_guide(item.code, on_outcome))

    @Property(PrintedPaper, constant=True)
    def paper(self) -> PrintedPaper:
        """How the printing of the list goes."""
        return self.printing

    @Property(PrintedPaper, constant=True)
    def wholePaper(self) -> PrintedPaper:
        """How the printing of the whole guide goes."""
        return self.printing_whole

    @Property(str, notify=sectionChanged)
    def section(self) -> str:
        """The open section, a key of GsWords."""
        return self._section

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # a name only Qt has
    def sections(self) -> list[str]:
        """Sections this item has something to say in."""
        return self._sections()

    @Property(Rows, constant=True)
    def rows(self) -> Rows[GuideRow]:
        """What the open section says."""
        return self._rows

    @Property(str, notify=changed)
    def name(self) -> str:
        """The item's name."""
        return self._item.name if self._item else ""

    @Property(str, notify=changed)
    def nameEn(self) -> str:
        """The item's name in English, where the catalogue has one."""
        return self._item.name_en if self._item else ""

    @Property(str, notify=changed)
    def summary(self) -> str:
        """What it is, in a sentence."""
        return self._item.summary if self._item else ""

    @Property(str, notify=changed)
    def summaryEn(self) -> str:
        """The same in English."""
        return self._item.summary_en if self._item else ""

    @Property(str, notify=changed)
    def department(self) -> str:
        """Who decides."""
        return self._item.dept.name if self._item else ""

    def _limit(self) -> Limit:
        return self._item.promise if self._item else Limit(0)

    @Property(int, notify=changed)
    def promisedDays(self) -> int:
        """Days the department promises, 0 at once."""
        return self._limit().days

    @Property(bool, notify=changed)
    def inWorkingDays(self) -> bool:
        """Whether these are working days."""
        return self._limit().unit is DayUnit.WORKING

    @Property(bool, notify=changed)
    def charged(self) -> bool:
        """Whether it costs something."""
        return self._item.fee.charged if self._item else False

    @Property(int, notify=changed)
    def visits(self) -> int:
        """How often somebody has to come in person."""
        return self._item.on_site_times if self._item else 0

    @Property(str, notify=changed)
    def purpose(self) -> str:
        """What the data asked for is used for."""
        return self._item.purpose if self._item else ""

    @Property(bool, notify=changed)
    def portrait(self) -> bool:
        """Whether the photograph in the chip of the applicant's card may go along with the case."""
        return self._item.portrait if self._item else False

    @Property(bool, notify=changed)
    def portraitChosen(self) -> bool:
        """Whether it goes along in some cases only."""
        return bool(self._item and self._item.portrait_when)

    @Property(int, notify=changed)
    def retentionDays(self) -> int:
        """How long the longest kept material is kept."""
        return max((rule.retention_days for rule in self._item.materials), default=0) if self._item else 0

    @Property(str, notify=changed)
    def asOf(self) -> str:
        """The ISO date of this guide's text."""
        return self._item.as_of.isoformat() if self._item else ""

    @Property(bool, notify=changed)
    def verified(self) -> bool:
        """Whether the authority has confirmed this text; else it is demonstration data."""
        return self._item.verified if self._item else True

    @Property(bool, notify=changed)
    def takenHere(self) -> bool:
        """Whether this item can be applied for at a terminal."""
        return self._item.channels.terminal if self._item else False
