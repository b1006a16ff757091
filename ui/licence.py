"""A licence's code shown by a telephone: waited for, taken, and confirmed by the platform or kept as a claim."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.desk.knowing import CODE_MARK
from kiosk.failure import Failure, KioskError
from ui.controllers.visit import VisitController

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LicenceCode(QObject):
    """Active while the person is asked to show the code. `place` names the open material and its member."""

    changed = Signal()

    def __init__(
        self,
        visit: VisitController,
        place: Callable[[], tuple[str, str | None]],
        taken: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._visit = visit
        self._place = place
        self._taken = taken
        self._active = self._checking = False

    def _become(self, *, active: bool, checking: bool) -> None:
        if (active, checking) != (self._active, self._checking):
            self._active, self._checking = active, checking
            self.changed.emit()

    @Slot()
    def open(self) -> None:
        """Ask for the code."""
        self._visit.show_problem(None)
        self._become(active=True, checking=False)

    @Slot()
    def close(self) -> None:
        """Rather not."""
        self._become(active=False, checking=False)

    def seen(self, codes: Iterable[str]) -> None:
        """The camera looked: take the licence's code among what it saw."""
        code = next((one for one in codes if one.startswith(CODE_MARK)), "")
        if code:
            self.take(code)
        else:
            self._visit.show_problem(Failure.CODE_ABSENT)

    def take(self, text: str) -> None:
        """A code was shown."""
        if not self._active or self._checking:
            return
        self._visit.show_problem(None)
        self._become(active=True, checking=True)
        (material, member), session, desk = self._place(), self._visit.session, self._visit.desk
        told = self._visit.lanes.posting(self._told)
        self._visit.ask(lambda: desk.show_licence(session, material, member, text, told), lambda _: None, self._refused)

    def _told(self, failure: Failure | None) -> None:
        if not self._active:
            return
        self._become(active=failure is not None, checking=False)
        if failure is None:
            self._taken()
        else:
            self._visit.show_problem(failure)

    def _refused(self, error: KioskError) -> None:
        self._told(error.failure)

    @Property(bool, notify=changed)
    def waiting(self) -> bool:
        """Whether the person is asked to show the code."""
        return self._active

    @Property(bool, notify=changed)
    def checking(self) -> bool:
        """Whether the platform is being asked about it."""
        return self._checking

    @property
    def active(self) -> bool:
        """Whether a code read anywhere now is a licence's."""
        return self._active
