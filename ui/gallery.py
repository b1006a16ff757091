"""The page with every component, for those who build screens: `./dev shots gallery`."""

from dataclasses import dataclass
from typing import Final

import shiboken6
from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.config import USUAL_HOTLINE, ScreenConfig
from ui.app import HERE, make_application
from ui.items.icons import FOLDER as ICONS
from ui.items.icons import IconProvider
from ui.pseudo import MIRRORED

_ROUNDS: Final = 6
"""Passes after which widths, and the heights that follow from them, have come to rest."""


@dataclass(slots=True)
class Gallery:
    """The page in a window of its own, long enough to show all of it."""

    app: QGuiApplication
    engine: QQmlApplicationEngine
    window: QQuickWindow

    def close(self) -> None:
        """End the window, then the engine."""
        self.window.close()
        shiboken6.delete(self.engine)
        self.app.processEvents()


def open_gallery(view: ScreenConfig) -> Gallery:
    """Open it as a terminal with these settings shows it; `size` is `WIDTHxHEIGHT`.

    Raises:
        RuntimeError: the page does not load.
    """
    app = make_application(["gallery"])
    width, height = (int(part) for part in view.size.split("x"))
    engine = QQmlApplicationEngine()
    warnings: list[str] = []
    engine.warnings.connect(lambda errors: warnings.extend(error.toString() for error in errors))
    engine.addImageProvider("icon", IconProvider())
    engine.setInitialProperties(
        {
            "panel": QSize(width, height),
            "elder": view.large_type,
            "highContrast": view.high_contrast,
            "mirrored": view.language == MIRRORED,
            "hotline": USUAL_HOTLINE,
            "icons": sorted(path.stem for path in ICONS.glob("*.svg")),
        }
    )
    engine.load(QUrl.fromLocalFile(str(HERE / "qml" / "Gallery.qml")))
    roots = engine.rootObjects()
    if warnings or not roots or not isinstance(roots[0], QQuickWindow):
        raise RuntimeError("; ".join(warnings) or "the gallery did not load")
    gallery = Gallery(app, engine, roots[0])
    for _ in range(_ROUNDS):
        app.processEvents()
        gallery.window.grabWindow()
    return gallery


def draw_gallery(view: ScreenConfig) -> QImage:
    """All of it as one picture."""
    gallery = open_gallery(view)
    picture = gallery.window.grabWindow()
    gallery.close()
    return picture
