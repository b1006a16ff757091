"""Clears what the engine of the screens keeps of a visit that is over."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQml import qmlEngine
from PySide6.QtQuick import QQuickWindow

from ui.memory import give_back

_SOON_MS: Final = 100
"""After the attract picture was asked for: the last visit's screen is gone by then, and nobody has touched this one."""


class Sweep(QObject):
    """The engine by itself lets many small visits pile up before it looks for what no screen needs any more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QQuickWindow | None = None
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._now)

    def watch(self, window: QQuickWindow) -> None:
        """Sweep after what this window showed."""
        self._window = window

    def soon(self) -> None:
        """Sweep once the visit's screen is gone."""
        self._due.start(_SOON_MS)

    def stop(self) -> None:
        """Sweep no more: the window is about to go."""
        self._due.stop()
        self._window = None

    def _now(self) -> None:
        engine = qmlEngine(self._window) if self._window is not None else None
        if engine is not None:
            engine.collectGarbage()
            give_back()
