"""How this person reads: large type, contrast, language, voice. Reset after every visit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.config import ScreenConfig
from ui.languages import CHINESE, ENGLISH, Tongue
from ui.models import Rows
from ui.wording import Language

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class TongueRow:
    """A language by its own name."""

    code: str
    name: str


@QmlElement
class Preferences(QObject):
    """大字版, high contrast, language and voice, live on every screen. `speak` switches the installed translation.

    `usual` is what the terminal shows to a person who has chosen nothing; a language that is not there is Chinese.
    """

    elderChanged = Signal()
    highContrastChanged = Signal()
    languageChanged = Signal()
    spokenChanged = Signal()

    def __init__(
        self,
        speak: Callable[[Tongue], None],
        tongues: Sequence[Tongue],
        usual: ScreenConfig,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._speak = speak
        self._tongues = {one.code: one for one in tongues}
        self._rows: Rows[TongueRow] = Rows(TongueRow, self)
        self._rows.show(TongueRow(one.code, one.name) for one in tongues)
        self._usual = usual
        self._elder = usual.large_type
        self._high_contrast = usual.high_contrast
        self._tongue = self._known(usual.language)
        self._spoken = usual.voice == "always"
        speak(self._tongue)

    @property
    def language(self) -> Language:
        """What a text that the platform or `kiosk/words` has in Chinese and English is taken in."""
        return "en" if self._tongue.code == ENGLISH else "zh"

    def reset(self) -> None:
        """Give the next person the usual view."""
        self.set_elder(self._usual.large_type)
        self.set_high_contrast(self._usual.high_contrast)
        self.set_tongue(self._usual.language)
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

    def get_tongue(self) -> str:
        """The code of the language on screen."""
        return self._tongue.code

    def set_tongue(self, code: str) -> None:
        """Switch the language of everything on screen."""
        tongue = self._known(code)
        if tongue is not self._tongue:
            self._tongue = tongue
            self._speak(tongue)
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

    def get_next(self) -> str:
        """The other language's own name, where there are just two; empty otherwise."""
        others = [one.name for one in self._tongues.values() if one is not self._tongue]
        return others[0] if len(others) == 1 else ""

    @Slot()
    def takeNext(self) -> None:
        """Speak the other language of two."""
        self.set_tongue(next(code for code in self._tongues if code != self._tongue.code))

    @Property(Rows, constant=True)
    def tongues(self) -> Rows[TongueRow]:
        """Every language there is."""
        return self._rows

    def is_english(self) -> bool:
        """Whether texts that exist in Chinese and English alone are shown in English."""
        return self.language == "en"

    def _known(self, code: str) -> Tongue:
        return self._tongues.get(code, self._tongues[CHINESE])

    elder = Property(bool, get_elder, set_elder, notify=elderChanged)
    highContrast = Property(bool, get_high_contrast, set_high_contrast, notify=highContrastChanged)
    tongue = Property(str, get_tongue, set_tongue, notify=languageChanged)
    nextTongue = Property(str, get_next, notify=languageChanged)
    english = Property(bool, is_english, notify=languageChanged)
    spoken = Property(bool, get_spoken, set_spoken, notify=spokenChanged)
