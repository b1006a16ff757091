"""Staff log in by PIN to apply for others."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.model.people import Operator
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.visit import VisitController

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class StaffController(QObject):
    """Who of staff is at the keyboard."""

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._name = ""
        visit.entered.connect(self._on_entered)

    def _on_entered(self, state: str) -> None:
        if state == VisitState.ATTRACT:
            self._name = ""
            self.changed.emit()

    @Slot(str, str)
    def login(self, staff_id: str, pin: str) -> None:
        """Prove who it is; the PIN is forgotten at once."""
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.staff_login(session, staff_id.strip(), pin), self._known)

    def _known(self, operator: Operator) -> None:
        self._name = operator.name
        self.changed.emit()
        self._visit.step(VisitEvent.LOGGED_IN)

    @Property(str, notify=changed)
    def name(self) -> str:
        """Name of the member of staff."""
        return self._name
