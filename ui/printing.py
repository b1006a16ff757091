"""What the screen says of one paper: it is printed when the device says so, not when the button was touched."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.desk.printing import OnOutcome, PrintOutcome
from kiosk.failure import Failure, KioskError
from ui.controllers.visit import VisitController
from ui.wording import Said, said

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PrintedPaper(QObject):
    """One printing at a time, as a controller offers it to the screen."""

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject) -> None:
        super().__init__(parent)
        self._visit = visit
        self._failure: Failure | None = None
        self.outcome = "idle"
        visit.preferences.languageChanged.connect(self.changed)

    def start(self, send: Callable[[OnOutcome], None]) -> None:
        """Send a paper in the work lane; the outcome comes later from the device."""
        if self.outcome == "printing":
            return
        self._set("printing", None)
        self._visit.hold()
        on_outcome = self._visit.lanes.posting(self._ended)
        self._visit.ask(lambda: send(on_outcome), lambda _: None, self._refused)

    def forget(self) -> None:
        """Nothing is being printed any more, as far as this visit knows."""
        self._set("idle", None)

    def _ended(self, outcome: PrintOutcome) -> None:
        self._visit.release()
        self._set("failed" if outcome.failure else "printed", outcome.failure)

    def _refused(self, error: KioskError) -> None:
        self._visit.release()
        self._set("failed", error.failure)

    def _set(self, state: str, failure: Failure | None) -> None:
        self.outcome, self._failure = state, failure
        self.changed.emit()

    def problem(self) -> Said:
        """Why it was not printed, and what to do."""
        return said(self._failure, self._visit.preferences.language, hotline=self._visit.hotline)

    @Property(str, notify=changed)
    def state(self) -> str:
        """`idle`, `printing`, `printed` or `failed`, as the device says."""
        return self.outcome

    @Property(str, notify=changed)
    def cause(self) -> str:
        """Why it was not printed, in words; empty while nothing went wrong."""
        return self.problem().cause

    @Property(str, notify=changed)
    def action(self) -> str:
        """What to do about it."""
        return self.problem().action
