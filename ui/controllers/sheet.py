"""Signing without writing: the fingerprint sheet is printed, marked by hand with a witness, and scanned."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.collecting import File
from kiosk.desk.telling import SHEET, sheet_code
from kiosk.failure import KioskError
from kiosk.model.devices import Event, Failed, Finished, PageScanned, ScanPages, Ticket
from kiosk.ports import Devices
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.visit import VisitController
from ui.items.pages import PageProvider
from ui.printing import PrintedPaper

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SheetController(QObject):
    """Prints the sheet, scans it, signs with it. The page stays in memory until then and goes with the visit."""

    changed = Signal()

    def __init__(
        self, visit: VisitController, devices: Devices, provider: PageProvider, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._visit = visit
        self._devices = devices
        self._provider = provider
        self._open = False
        self._page: File | None = None
        self._mark = ""
        self._told = ""
        self._preview = ""
        self._ticket: Ticket | None = None
        self.printing = PrintedPaper(visit, self)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _clear(self) -> None:
        self._stop()
        self.printing.forget()
        self._open = False
        self._forget_page()

    def _on_entered(self, _state: str) -> None:
        if self._open or self._ticket is not None or self._page is not None:
            self._clear()

    def _forget_page(self) -> None:
        if self._page is not None:
            self._provider.clear()
        self._page, self._preview, self._told = None, "", ""
        self.changed.emit()

    def _stop(self) -> None:
        ticket, self._ticket = self._ticket, None
        if ticket is not None:
            self._devices.cancel(ticket)
            self._visit.release()

    def _on_event(self, event: Event) -> None:
        if event.ticket != self._ticket:
            return
        if isinstance(event, PageScanned):
            self._page = (event.image, event.extension)
            self._preview = self._provider.show(event.image)
            self._told = self._tell(event.codes)
        elif isinstance(event, Finished | Failed):
            self._ticket = None
            self._visit.release()
            if isinstance(event, Failed):
                self._visit.show_problem(event.failure)
        self.changed.emit()

    def _tell(self, codes: tuple[str, ...]) -> str:
        sheets = [code for code in codes if code.startswith(SHEET)]
        if self._mark in sheets:
            return "ours"
        return "other" if sheets else "unknown"

    # ---- for the screen

    @Property(str, notify=changed)
    def found(self) -> str:
        """Whether the scanned page is the sheet of this application: `ours`, `other`, `unknown`, empty without one."""
        return self._told

    @Property(bool, notify=changed)
    def open(self) -> bool:
        """Whether the sheet is used instead of the pen."""
        return self._open

    @Property(bool, notify=changed)
    def scanning(self) -> bool:
        """Whether the scanner is at work."""
        return self._ticket is not None

    @Property(bool, notify=changed)
    def scanned(self) -> bool:
        """Whether the sheet is here."""
        return self._page is not None

    @Property(str, notify=changed)
    def preview(self) -> str:
        """URL of the scanned sheet."""
        return self._preview

    @Property(PrintedPaper, constant=True)
    def paper(self) -> PrintedPaper:
        """How the printing of its paper goes."""
        return self.printing

    @Slot()
    def begin(self) -> None:
        """Use the sheet."""
        if self._visit.visit.state is VisitState.SIGNATURE:
            self._visit.show_problem(None)
            self._open = True
            session = self._visit.session
            self._visit.ask(lambda: sheet_code(session.current()), self._marked)
            self.changed.emit()

    def _marked(self, code: str) -> None:
        self._mark = code

    @Slot()
    def leave(self) -> None:
        """Back to the pen."""
        self._visit.show_problem(None)
        self._clear()

    @Slot()
    def print(self) -> None:
        """Print the sheet of this application."""
        session, desk = self._visit.session, self._visit.desk
        self.printing.start(lambda done: desk.print_signature_sheet(session, done))

    @Slot()
    def scan(self) -> None:
        """Scan the sheet, in place of the one scanned before."""
        if self._ticket is not None:
            return
        self._visit.show_problem(None)
        self._forget_page()
        try:
            self._ticket = self._devices.start(ScanPages(max_pages=1), self._visit.lanes.posting(self._on_event))
        except KioskError as error:
            self._visit.refused(error)
            return
        self._visit.hold()
        self.changed.emit()

    @Slot()
    def sign(self) -> None:
        """The sheet is right: it stands for the signature."""
        if self._page is not None:
            session, desk, page = self._visit.session, self._visit.desk, self._page
            self._visit.ask(lambda: desk.sign_on_paper(session, [page]), lambda _: self._visit.step(VisitEvent.SIGNED))
