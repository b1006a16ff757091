"""What is held of this person already: consent to look it up, the question to the platform, and its coming back."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.failure import Failure
from kiosk.visit import VisitEvent, VisitState
from ui.controllers.visit import VisitController

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

PATIENCE_MS: Final = 4_000
"""How long a form waits for what may fill it. Asking somebody what is on its way would be asking twice."""

_ASKED_BEFORE: Final = frozenset({VisitState.SCENARIO, VisitState.MEMBERS, VisitState.FORM})


@QmlElement
class KnownController(QObject):
    """States: `unasked`, `asking`, `told`, `offline` (nobody could be asked), `refused` (nothing may be told)."""

    changed = Signal()

    def __init__(self, visit: VisitController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._state = "unasked"
        self._asked: tuple[str, str] = ("", "")
        self._waiting: list[Callable[[], None]] = []
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._go_on)
        visit.entered.connect(self._on_entered)
        visit.wiped.connect(self._clear)

    def _clear(self) -> None:
        self._patience.stop()
        self._waiting, self._asked = [], ("", "")
        self._become("unasked")

    def _become(self, state: str) -> None:
        self._state = state
        self.changed.emit()

    @Slot(bool)
    def agree(self, reuse: bool) -> None:  # noqa: FBT001 -- called from QML
        """Agree to the purpose, and to having what is held already looked up and used, or not to that."""
        session, desk = self._visit.session, self._visit.desk
        self._visit.ask(lambda: desk.agree(session, reuse=reuse), lambda _: self._visit.step(VisitEvent.CONSENT))

    def _on_entered(self, state: str) -> None:
        if state in _ASKED_BEFORE:
            self._look_up()

    def _look_up(self) -> None:
        session, desk, item = self._visit.session, self._visit.desk, self._visit.item
        applicant = session.applicant
        if item is None or applicant is None or session.agreed_at is None or self._visit.correcting:
            return
        asked = (applicant.person.id_no, item.code)
        if asked == self._asked:
            return
        self._asked = asked
        self._become("asking")
        told = self._visit.lanes.posting(self._told)
        self._visit.lanes.work(
            lambda: desk.look_up(session, item.code, told),
            lambda asking: None if asking else self._told(None),
            lambda error: self._told(error.failure),
        )

    def _told(self, failure: Failure | None) -> None:
        if failure is None:
            self._become("told")
        else:
            self._become("refused" if failure is Failure.IDENTITY_TOO_WEAK else "offline")
        self._go_on()

    def when_settled(self, go_on: Callable[[], None]) -> None:
        """Call `go_on` once there is an answer, or none for too long."""
        if self._state != "asking":
            go_on()
            return
        self._waiting.append(go_on)
        self._patience.start()

    def _go_on(self) -> None:
        self._patience.stop()
        waiting, self._waiting = self._waiting, []
        for go_on in waiting:
            go_on()

    @Property(str, notify=changed)
    def state(self) -> str:
        """Where the question stands."""
        return self._state
