"""Sound: one program turns a sentence into speech, another plays it; the screen waits for neither.

Both are installed programs (docs/decisions: the voice). A terminal without them, without a sound card, or with one that
hangs, is silent and says so; what would have been said stands on the screen all the same.
"""

import logging
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from kiosk.config import ScreenConfig
from ui.wording import Language

log = logging.getLogger(__name__)

VOICES: Final[dict[Language, str]] = {"zh": "cmn", "en": "en-gb"}
LOUDEST: Final = 200
SILENT_MS: Final = 30_000
"""How long a sound card that failed is left alone."""
_START_MS: Final = 5_000
_CHARACTER_MS: Final = 450
"""Slower than any speech; a player that takes longer than this for every character has hung."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is said. `volume` is 0 to 200, where 100 is usual; `speed` is words per minute."""

    language: Language
    volume: int = 100
    speed: int = 150


class Speaker(QObject):
    """Says one sentence at a time. A new one, or `hush`, ends the one before at once.

    `ended` tells that nothing is being said any more, for whatever reason; `soundChanged` that sound came or went.
    """

    ended = Signal()
    soundChanged = Signal()

    def __init__(self, screen: ScreenConfig, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = screen.speak_with
        self._player = ["-q", "-t", "wav", *(["-D", screen.audio_device] if screen.audio_device else []), "-"]
        self._running: tuple[QProcess, QProcess] | None = None
        self._ending: set[QProcess] = set()
        self._sound = True
        self._deadline = self._timer(self._hung)
        self._retry = self._timer(lambda: self._set_sound(sound=True))

    @property
    def sound(self) -> bool:
        """Whether the last attempt could be heard, or nothing is known against the next."""
        return self._sound

    def say(self, text: str, manner: Manner) -> bool:
        """Begin to say `text`; False when there is no sound now. Returns at once in any case."""
        self.hush()
        if self._retry.isActive():
            return False
        synth, player = QProcess(self), QProcess(self)
        self._running = (synth, player)
        synth.setStandardOutputProcess(player)
        player.setStandardOutputFile(QProcess.nullDevice())
        for process in self._running:
            process.setStandardErrorFile(QProcess.nullDevice())
            process.errorOccurred.connect(self._broken)
        player.finished.connect(self._played)
        program, *rest = [_filled(part, manner) for part in self._command]
        player.start("aplay", self._player)
        synth.start(program, rest)
        # The text goes through the pipe: an argument could be read by every user of the machine.
        synth.write(text.encode())
        synth.closeWriteChannel()
        self._deadline.start(_START_MS + _CHARACTER_MS * len(text))
        return self._running is not None

    def hush(self) -> None:
        """End what is being said."""
        running, self._running = self._running, None
        self._deadline.stop()
        for process in running or ():
            self._end(process)

    def close(self) -> None:
        """End everything, and wait until it has."""
        self.hush()
        for process in list(self._ending):
            process.waitForFinished(1000)

    def _end(self, process: QProcess) -> None:
        """Kill without waiting. The object stays until its process is gone: Qt would wait for it otherwise."""
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
            return
        self._ending.add(process)
        process.finished.connect(lambda: self._gone(process))
        process.kill()

    def _gone(self, process: QProcess) -> None:
        self._ending.discard(process)
        process.deleteLater()

    def _played(self, code: int, status: QProcess.ExitStatus) -> None:
        if self.sender() not in (self._running or ()):
            return
        self.hush()
        well = status is QProcess.ExitStatus.NormalExit and code == 0
        self._set_sound(sound=well)
        self.ended.emit()

    def _broken(self, error: QProcess.ProcessError) -> None:
        """A program that is not there. One that ends early is judged by the player's end."""
        if error is QProcess.ProcessError.FailedToStart and self.sender() in (self._running or ()):
            self._fail()

    def _hung(self) -> None:
        self._fail()

    def _fail(self) -> None:
        self.hush()
        self._set_sound(sound=False)
        self.ended.emit()

    def _set_sound(self, *, sound: bool) -> None:
        if not sound:
            self._retry.start(SILENT_MS)
        if sound != self._sound:
            self._sound = sound
            log.info("sound %s", "is back" if sound else "cannot be played")
            self.soundChanged.emit()

    def _timer(self, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(then)
        return timer


def _filled(part: str, manner: Manner) -> str:
    values = {"voice": VOICES[manner.language], "volume": manner.volume, "speed": manner.speed}
    for name, value in values.items():
        part = part.replace("{" + name + "}", str(value))
    return part
