"""The keyboard's door to Qt: keys in, committed text out to whatever has the focus."""

from functools import cache
from typing import Final

from PySide6.QtCore import Property, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtQml import QmlElement

from kiosk.config import MIX_UPS, MixUp
from ui.keyboard.composition import Composition
from ui.keyboard.lexicon import Lexicon
from ui.keyboard.pinyin import Decoder

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


_AFTER_THE_FRAME: Final = 60
"""Milliseconds after a field was touched: the keyboard stands on the screen, the finger is on its way to a key."""


@cache
def _lexicon() -> Lexicon:
    """The dictionary, read before the first letter is typed: it never changes, so one serves every window."""
    return Lexicon.load()


@QmlElement
class Ime(QObject):
    """One composition. Made by `GsKeyboard.qml`; text goes to the focus object as an input method sends it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._composition: Composition | None = None
        self._names = False
        self._mix_ups: tuple[MixUp, ...] = MIX_UPS

    @Slot("QStringList")
    def mixing(self, names: list[str]) -> None:
        """Sounds that people of the place mix up; what was being typed is dropped."""
        self._mix_ups = tuple(name for name in MIX_UPS if name in names)
        self._composition = None
        self.changed.emit()

    @Property(str, notify=changed)
    def spelt(self) -> str:
        """The letters typed and not yet chosen for, syllable by syllable."""
        return self._composition.spelt if self._composition else ""

    @Property(list, notify=changed)
    def candidates(self) -> list[str]:
        """What the letters may mean, best first."""
        return [one.text for one in self._composition.candidates] if self._composition else []

    @Property(bool, notify=changed)
    def afterNumber(self) -> bool:
        """Whether a digit was written last: what it counts comes next."""
        return self._composition is not None and self._composition.number_written

    @Slot(bool)
    def begin(self, names: bool) -> None:  # noqa: FBT001 - a Qt slot has bare values
        """Another field has the focus, or none: drop what was typed. `names`: it asks for a person's name."""
        self._names = names
        if self._composition is not None:
            self._composition.begin(names=names)
            self.changed.emit()
        else:
            QTimer.singleShot(_AFTER_THE_FRAME, self, _lexicon)

    @Slot(str)
    def letter(self, sign: str) -> None:
        """A pinyin letter (lower case) or the apostrophe between syllables."""
        _commit(self._composing().type(sign))
        self.changed.emit()

    @Slot(int)
    def choose(self, place: int) -> None:
        """Write one candidate."""
        _commit(self._composing().choose(place))
        self.changed.emit()

    @Slot()
    def accept(self) -> None:
        """Write the best reading of everything typed."""
        _commit(self._composing().accept())
        self.changed.emit()

    @Slot(str)
    def write(self, text: str) -> None:
        """Text as it stands: a digit, a sign, an English letter. Letters still open are read first."""
        _commit(self._composing().write(text))
        self.changed.emit()

    @Slot()
    def back(self) -> None:
        """Delete a letter being composed, else what stands before the cursor."""
        if self._composition is None or not self._composition.delete():
            _press_backspace()
        self.changed.emit()

    def _composing(self) -> Composition:
        if self._composition is None:
            self._composition = Composition(Decoder(_lexicon(), self._mix_ups))
            self._composition.begin(names=self._names)
        return self._composition


def _commit(text: str) -> None:
    target = QGuiApplication.focusObject()
    if text and target is not None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QGuiApplication.sendEvent(target, event)


def _press_backspace() -> None:
    """As a key, because the field knows about selections and characters beyond the first plane."""
    target = QGuiApplication.focusObject()
    if target is not None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
            QGuiApplication.sendEvent(target, event)
