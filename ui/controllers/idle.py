"""The idle clock on the screen: who touches nothing is asked, and then the visit ends."""

import time
from collections.abc import Callable

from PySide6.QtCore import Property, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement

from kiosk.visit import IdleClock, Phase, VisitEvent
from ui.controllers.visit import VisitController

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

TOUCHES = frozenset(
    {
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.KeyPress,
        QEvent.Type.Wheel,
    }
)
_DOWN = frozenset({QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress})
_UP = frozenset({QEvent.Type.TouchEnd, QEvent.Type.TouchCancel, QEvent.Type.MouseButtonRelease})
TICK_MS = 250


@QmlElement
class IdleWatch(QObject):
    """Watches every touch of the application and drives `IdleClock`.

    While the warning stands, a touch anywhere but on its buttons changes nothing: the screen never changes under a
    finger. `now` gives monotonic seconds.
    """

    secondsLeftChanged = Signal()
    fingerChanged = Signal()

    def __init__(
        self,
        app: QGuiApplication,
        visit: VisitController,
        now: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._visit = visit
        self._now = now
        self._clock = IdleClock(now())
        self._left = 0
        self._speaking = self._finger = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        visit.changed.connect(self._follow)
        visit.heldChanged.connect(self._hold)
        visit.stirred.connect(self.moreTime)
        visit.preferences.elderChanged.connect(self._resize)
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See QObject. Only looks; never keeps an event, never raises."""
        kind = event.type()
        if kind in TOUCHES and self._left == 0:
            self._clock = self._clock.touched(self._now())
        if kind in _DOWN or kind in _UP:
            self._press(down=kind in _DOWN)
        return False

    def _press(self, *, down: bool) -> None:
        """Who holds a finger on the screen is there."""
        # Heard before the window hears of it: a screen that waited changes before a release could act on it.
        if down != self._finger:
            self._finger = down
            self._clock = self._clock.touched(self._now()) if self._left == 0 else self._clock
            self.fingerChanged.emit()

    def speak(self, *, speaking: bool) -> None:
        """The clock stands still while something is said, but not while the warning itself is."""
        self._speaking = speaking and self._left == 0
        self._hold()

    @Slot()
    def moreTime(self) -> None:
        """还需要时间."""
        self._clock = self._clock.touched(self._now())
        self._show(0)

    @Slot()
    def tick(self) -> None:
        """Read the clock."""
        if self._finger and self._left == 0:
            self._clock = self._clock.touched(self._now())
        idle = self._clock.read(self._now())
        self._show(idle.seconds_left if idle.phase is Phase.WARN else 0)
        if idle.phase is Phase.EXPIRED:
            self._clock = self._clock.touched(self._now())
            self._visit.step(VisitEvent.IDLE)

    @Property(bool, notify=fingerChanged)
    def finger(self) -> bool:
        """Whether a finger is on the screen."""
        return self._finger

    @Property(int, notify=secondsLeftChanged)
    def secondsLeft(self) -> int:
        """Seconds until the visit ends, 0 while there is no hurry."""
        return self._left

    def _follow(self) -> None:
        if self._visit.visit.state in {"attract", "submitting", "goodbye"}:
            self._timer.stop()
            self._clock = IdleClock(self._now(), elder=self._clock.elder)
            self._show(0)
        elif not self._timer.isActive():
            self._clock = IdleClock(self._now(), elder=self._clock.elder)
            self._timer.start()

    def _hold(self) -> None:
        if self._visit.held or self._speaking:
            self._clock = self._clock.busy(self._now())
            self._show(0)
        else:
            self._clock = self._clock.ready(self._now())

    def _resize(self) -> None:
        self._clock = self._clock.sized(elder=bool(self._visit.preferences.get_elder()))

    def _show(self, seconds: int) -> None:
        if seconds != self._left:
            self._left = seconds
            self.secondsLeftChanged.emit()
