"""How this person reads: large type, contrast, language, voice. Reset after every visit."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.config import ScreenConfig
from ui.wording import Language

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Preferences(QObject):
    """大字版, high contrast, language and voice, live on every screen. `speak` switches the installed translation.

    `usual` is what the terminal shows to a person who has chosen nothing.
    """

    elderChanged = Signal()
    highContrastChanged = Signal()
    languageChanged = Signal()
    spokenChanged = Signal()

    def __init__(self, speak: Callable[[Language], None], usual: ScreenConfig, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speak = speak
        self._usual = usual
        self._elder = usual.large_type
        self._high_contrast = usual.high_contrast
        self._english = usual.language == "en"
        self._spoken = usual.voice == "always"
        speak(self.language)

    @property
    def language(self) -> Language:
        """`zh` or `en`."""
        return "en" if self._english else "zh"

    def reset(self) -> None:
        """Give the next person the usual view."""
        self.set_elder(self._usual.large_type)
        self.set_high_contrast(self._usual.high_contrast)
        self.set_english(self._usual.language == "en")
        self.set_spoken(self._usual.voice == "always")

    def get_elder(self) -> bool:
        """Whether 大字版 is on."""
        return self._elder

    def set_elder(self, value: bool) -> None:  # noqa: FBT001 - a Qt property setter has one bare value
        """Switch 大字版."""
        if value != self._elder:
            self._elder = value
            self.elderChanged.emit()

    def get_high_contrast(self) -> bool:
        """Whether high contrast is on."""
        return self._high_contrast

    def set_high_contrast(self, value: bool) -> None:  # noqa: FBT001 - as above
        """Switch high contrast."""
        if value != self._high_contrast:
            self._high_contrast = value
            self.highContrastChanged.emit()

    def get_english(self) -> bool:
        """Whether the screen speaks English."""
        return self._english

    def set_english(self, value: bool) -> None:  # noqa: FBT001 - as above
        """Switch the language of everything on screen."""
        if value != self._english:
            self._english = value
            self._speak(self.language)
            self.languageChanged.emit()

    def get_spoken(self) -> bool:
        """Whether the terminal says aloud where one is."""
        return self._spoken

    def set_spoken(self, value: bool) -> None:  # noqa: FBT001 - as above
        """Switch the voice; a terminal set to silence stays silent."""
        value = value and self._usual.voice != "off"
        if value != self._spoken:
            self._spoken = value
            self.spokenChanged.emit()

    @Property(bool, constant=True)
    def voiceOffered(self) -> bool:
        """Whether this terminal speaks at all."""
        return self._usual.voice != "off"

    elder = Property(bool, get_elder, set_elder, notify=elderChanged)
    highContrast = Property(bool, get_high_contrast, set_high_contrast, notify=highContrastChanged)
    english = Property(bool, get_english, set_english, notify=languageChanged)
    spoken = Property(bool, get_spoken, set_spoken, notify=spokenChanged)
