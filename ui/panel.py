"""How large the picture really is: what the technician measured, or what a believable panel says of itself."""

from typing import Final

from PySide6.QtGui import QGuiApplication

from kiosk.config import ScreenConfig

_REAL: Final = frozenset({"wayland", "xcb", "eglfs", "linuxfb"})
_FINEST, _COARSEST = 0.08, 1.0
"""Millimetres a pixel between which a panel that people touch lies; others are a fault of the panel's own data."""


def picture_width(app: QGuiApplication, screen: ScreenConfig) -> float:
    """Millimetres from the left edge of the picture to the right one; 0 where nobody knows.

    A window on somebody's desk is no panel: it counts only where its width was measured.
    """
    if screen.width_mm > 0:
        return screen.width_mm
    if screen.size != "full" or app.platformName() not in _REAL:
        return 0.0
    panel = app.primaryScreen()
    width, pixels = panel.physicalSize().width(), panel.size().width()
    return width if pixels and _FINEST <= width / pixels <= _COARSEST else 0.0
