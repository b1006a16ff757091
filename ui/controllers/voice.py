"""The voice of the terminal: a sentence for every step, every control and everything that happens."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.config import ScreenConfig
from kiosk.visit import VisitState
from ui.controllers.visit import VisitController
from ui.voice.private import may_be_said, private_words
from ui.voice.prompts import prompt, welcome
from ui.voice.speaker import Manner, Speaker

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1

VOLUMES = (50, 100, 150, 200)
_USUAL_VOLUME = 1
_SPEED, _SLOW = 150, 125


@QmlElement
class VoiceController(QObject):
    """Says and shows one sentence at a time: what is said always stands on the screen too, and with no sound alone.

    Whatever holds a private word of this visit is not said, wherever it comes from (`ui.voice.private`). `more` is what
    a step has to say besides its prompt.
    """

    changed = Signal()
    speakingChanged = Signal()
    typedAsked = Signal()
    pageAsked = Signal()

    def __init__(self, visit: VisitController, screen: ScreenConfig, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._preferences = visit.preferences
        self._speaker = Speaker(screen, self)
        self._typed: list[str] = []
        self._control: list[str] = []
        self._waiting: deque[str] = deque()
        self._caption = ""
        self._speaking = False
        self._volume = _USUAL_VOLUME
        self._event = ""
        self.more: Callable[[VisitState], str] = lambda _state: ""
        self._speaker.ended.connect(self._next)
        self._speaker.soundChanged.connect(self.changed)
        self._preferences.spokenChanged.connect(self._switched)
        self._preferences.languageChanged.connect(self.again)
        visit.entered.connect(self._entered)
        visit.problemChanged.connect(self._problem)
        visit.wiped.connect(self.hush)

    def tell(self, source: QObject, signal: str, sentence: Callable[[], str]) -> None:
        """Whenever `source` emits `signal` and `sentence` has become another, say it after what is being said."""
        last = [sentence()]

        def look() -> None:
            now = sentence()
            if now != last[0]:
                last[0] = now
                self.say(now, after=True)

        getattr(source, signal).connect(look)

    def say(self, text: str, *, after: bool = False) -> None:
        """Say `text` now, or after what is being said. Nothing where the voice is off or the text is private."""
        if (
            not self._preferences.get_spoken()
            or not text
            or not may_be_said(text, self._private(), self._visit.hotline)
        ):
            return
        self._waiting.append(text)
        if not (after and self._speaking):
            while len(self._waiting) > 1:
                self._waiting.popleft()
            self._next()

    @Slot()
    def hush(self) -> None:
        """Be silent, and show nothing."""
        self._waiting.clear()
        self._speaker.hush()
        self._show("", speaking=False)

    @Slot()
    def again(self) -> None:
        """The step and the control in focus once more."""
        self.say(prompt(self._visit.visit.state))
        self.say(self.more(self._visit.visit.state), after=True)
        self._describe(after=True)

    @Slot("QStringList")
    def focused(self, parts: list[str]) -> None:
        """Something has got the focus: say these words about it; none where it is nothing that can be used."""
        self._control = parts
        self._describe(after=False)

    @Slot()
    def readPage(self) -> None:
        """Everything public that stands on this page."""
        self._waiting.clear()
        self.pageAsked.emit()

    @Slot("QStringList")
    def readTexts(self, texts: list[str]) -> None:
        """The answer to `pageAsked`: the texts of the page, values left out."""
        for place, text in enumerate(dict.fromkeys(text.strip() for text in texts)):
            self.say(text, after=place > 0)

    @Slot("QStringList")
    def typed(self, texts: list[str]) -> None:
        """The answer to `typedAsked`: what stands in the fields now."""
        self._typed = texts

    @Slot(int)
    def louder(self, steps: int) -> None:
        """Change the volume by so many of four steps; the next person hears the usual one."""
        self._volume = max(0, min(len(VOLUMES) - 1, self._volume + steps))
        self.again()

    def close(self) -> None:
        """End every sound."""
        self._speaker.close()

    @Property(str, notify=changed)
    def caption(self) -> str:
        """What is being said, or was said last; empty while the voice is off."""
        return self._caption

    @Property(bool, notify=changed)
    def audible(self) -> bool:
        """Whether it can be heard as well."""
        return self._speaker.sound

    @Property(bool, notify=speakingChanged)
    def speaking(self) -> bool:
        """Whether something is being said just now."""
        return self._speaking

    def _next(self) -> None:
        if not self._waiting:
            self._show(self._caption, speaking=False)
            return
        text = self._waiting.popleft()
        slow = self._preferences.get_elder()
        manner = Manner(self._preferences.language, VOLUMES[self._volume], _SLOW if slow else _SPEED)
        heard = self._speaker.say(text, manner)
        # Unheard, the sentences that wait stand together on the screen.
        if not heard:
            text = "\n".join([text, *self._waiting])
            self._waiting.clear()
        self._show(text, speaking=heard)

    def _show(self, caption: str, *, speaking: bool) -> None:
        if caption != self._caption:
            self._caption = caption
            self.changed.emit()
        if speaking != self._speaking:
            self._speaking = speaking
            self.speakingChanged.emit()

    def _private(self) -> frozenset[str]:
        self._typed = []
        self.typedAsked.emit()
        return private_words(self._visit.session, self._visit.item, self._typed)

    def _entered(self, state: str) -> None:
        if state == VisitState.ATTRACT:
            self._volume = _USUAL_VOLUME
            self.hush()
        else:
            self.say(prompt(VisitState(state)))
            self.say(self.more(VisitState(state)), after=True)

    def _problem(self) -> None:
        words = self._visit.problem()
        self.say(" ".join(part for part in (words.cause, words.action) if part))

    def _describe(self, *, after: bool) -> None:
        if not self._control or not self._preferences.get_spoken():
            return
        private = self._private()
        parts = [part for part in self._control if may_be_said(part, private, self._visit.hotline)]
        comma = ", " if self._preferences.language == "en" else "，"
        hidden = QCoreApplication.translate("Voice", "这一项是个人内容，不念出来。")
        self.say(comma.join(parts) if parts else hidden, after=after)

    def _switched(self) -> None:
        if not self._preferences.get_spoken():
            self.hush()
            return
        self.say(welcome())
        self.say(prompt(self._visit.visit.state), after=True)
        self.say(self.more(self._visit.visit.state), after=True)
