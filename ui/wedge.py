"""A bar-code gun that types like a keyboard: told from a person by its pace, and kept away from everything else."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

FASTEST_PERSON: Final = 0.05
"""Seconds between two keys; a gun takes 1 to 20 ms, nobody types a whole code this fast."""
SHORTEST: Final = 6
_LONGEST: Final = 4096
_ENDS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Wedge(QObject):
    """Offers a fast burst of keys ended by Return to `on_code`, while `wanted` says that a code means something.

    A focused text field keeps its keys: what is typed there is meant for it. Of a burst everything behind the first key
    is swallowed, wanted or not, so that neither a space nor the Return presses a button. `now` gives monotonic seconds.
    """

    def __init__(
        self,
        window: QObject,
        wanted: Callable[[], bool],
        on_code: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._wanted = wanted
        self._on_code = on_code
        self._now = now
        self._burst = ""
        self._at = 0.0
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See QObject. Anything but a key costs one comparison."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if _writing():
            self._burst = ""
            return False
        return self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        now, text = self._now(), event.text()
        fast = bool(self._burst) and now - self._at <= FASTEST_PERSON
        burst, self._at = self._burst if fast else "", now
        if event.key() in _ENDS:
            self._burst = ""
            if len(burst) >= SHORTEST and self._wanted():
                self._on_code(burst)
            return len(burst) >= SHORTEST
        if not text or not text.isprintable() or len(burst) >= _LONGEST:
            # Shift and its like come between the characters of a burst and say nothing.
            self._burst = "" if text else burst
            return False
        self._burst = burst + text
        return fast


def _writing() -> bool:
    """Whether a text field has the focus."""
    focus = QGuiApplication.focusObject()
    return focus is not None and focus.property("cursorPosition") is not None
