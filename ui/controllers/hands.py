"""A visit without touching the screen: by keyboard, by an assistive keypad, or by one or two switches."""

from typing import Final

from PySide6.QtCore import Property, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickWindow

from kiosk.config import ScreenConfig
from kiosk.visit import VisitState
from ui.controllers.visit import VisitController
from ui.controllers.voice import VoiceController
from ui.hands.keys import KEYPAD, Act, act_of, switches

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

_TOUCHES: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
_KEYS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease})
_ROUNDS: Final = 3
"""How often the frame of a single switch goes round before it rests."""


@QmlElement
class Hands(QObject):
    """What keys mean here; `GsHands.qml` does it. A touch anywhere ends the work by keys.

    `pad` and `button` are told by it: what the field in focus wants written, and whether what is framed can be held.
    """

    acted = Signal(str, bool)
    touched = Signal()
    padChanged = Signal()
    buttonChanged = Signal()

    def __init__(
        self, visit: VisitController, voice: VoiceController, screen: ScreenConfig, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._visit, self._voice = visit, voice
        self._switches = switches(screen.switches)
        self._pad = ""
        self._button = self._by_keys = self._acting = False
        self._steps = self._round = 0
        self._scan = QTimer(self)
        self._scan.setInterval(round(screen.scan_seconds * 1000))
        self._scan.timeout.connect(self._move_on)

    def watch(self, window: QQuickWindow) -> None:
        """Take the keys of this window."""
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See QObject. Keeps the keys that mean something here."""
        if event.type() in _TOUCHES and self._by_keys:
            self._rest()
        if event.type() in _KEYS and not self._acting and isinstance(event, QKeyEvent):
            return self._key(event, pressed=event.type() == QEvent.Type.KeyPress)
        return False

    def _key(self, event: QKeyEvent, *, pressed: bool) -> bool:
        switched = self._switches.get(event.key())
        act = switched or act_of(event, pad=self._pad)
        if act is None:
            return False
        if act is Act.CHOOSE and self._button:
            if not event.isAutoRepeat():
                self._hold(pressed=pressed)
        elif pressed:
            keypad = event.key() in KEYPAD and bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
            self._do(act, keypad=keypad, switched=switched is not None)
        return True

    def _hold(self, *, pressed: bool) -> None:
        """Press or release the framed button by the key that buttons know."""
        # To the button itself: the window would take it for the second key of what a gun types.
        kind = QEvent.Type.KeyPress if pressed else QEvent.Type.KeyRelease
        focus = QGuiApplication.focusObject()
        if focus is not None:
            self._acting = True
            QGuiApplication.sendEvent(focus, QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " "))
            self._acting = False
        if not pressed:
            self._scan_on()

    def _do(self, act: Act, *, keypad: bool, switched: bool) -> None:
        preferences = self._visit.preferences
        if keypad and self._visit.visit.state is VisitState.ATTRACT and not preferences.get_spoken():
            # Whoever begins at the keypad may not see the screen.
            preferences.set_spoken(True)
        elif act is Act.VOICE:
            preferences.set_spoken(not preferences.get_spoken())
        elif act is Act.AGAIN:
            self._voice.again()
        elif act is Act.READ:
            self._voice.readPage()
        elif act in {Act.LOUDER, Act.SOFTER}:
            self._voice.louder(1 if act is Act.LOUDER else -1)
        else:
            self.acted.emit(str(act), switched)
            if act is Act.CHOOSE and switched:
                self._scan_on()

    def _rest(self) -> None:
        self._by_keys = False
        self._scan.stop()
        self.touched.emit()

    def _scan_on(self) -> None:
        """With a single switch the frame moves by itself after its first press."""
        if len(self._switches) == 1 and self._scan.interval() > 0:
            self._steps = 0
            self._scan.start()

    def _move_on(self) -> None:
        if self._voice.property("speaking"):
            return
        self._steps += 1
        if self._steps > _ROUNDS * max(1, self._round):
            self._rest()
        else:
            self.acted.emit(str(Act.NEXT), True)

    @Slot(int)
    def went(self, items: int) -> None:
        """The frame was put on one of so many."""
        self._by_keys, self._round = True, items

    def get_pad(self) -> str:
        """What the field in focus wants written, empty outside of fields."""
        return self._pad

    def set_pad(self, value: str) -> None:
        """See `get_pad`."""
        if value != self._pad:
            self._pad = value
            self.padChanged.emit()

    def get_button(self) -> bool:
        """Whether what is framed is a button."""
        return self._button

    def set_button(self, value: bool) -> None:  # noqa: FBT001 - a Qt property setter has one bare value
        """See `get_button`."""
        if value != self._button:
            self._button = value
            self.buttonChanged.emit()

    pad = Property(str, get_pad, set_pad, notify=padChanged)
    button = Property(bool, get_button, set_button, notify=buttonChanged)
