"""The screen as a program: environment, fonts, translations, engine, and one window.

`run` is what `kiosk run` and `kiosk demo` call; tests and pictures build a `Screen` themselves.
"""

import itertools
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import PySide6.QtQuick
import shiboken6
from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, QTranslator, QUrl, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickWindow

from kiosk.config import Config
from kiosk.desk.desk import Desk
from kiosk.incidents import told
from kiosk.ports import Devices
from ui.controllers.preferences import Preferences
from ui.demo import DemoControls, DemoPanel
from ui.fonts import set_fonts
from ui.items.icons import IconProvider
from ui.items.pages import CodeProvider, PageProvider
from ui.kiosk import Kiosk, Providers
from ui.lanes import Lanes
from ui.languages import FOLDER, Tongue, tongues
from ui.memory import map_large_blocks, settle

HERE: Final = Path(__file__).parent
SWITCH_INTERVAL: Final = 0.001
_FIRST_BROKEN: Final = (6, 12)
_FIRST_IMMORTAL: Final = (3, 12)

log = logging.getLogger(__name__)

InLane = Callable[[Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class ScreenDeps:
    """What the composition root hands in. `make_desk` gets the way into the lane that owns the store.

    `languages` are the folders whose `jinban_*.qm` are offered.
    """

    make_desk: Callable[[InLane], Desk]
    devices: Devices
    config: Config
    demo: DemoControls | None = None
    languages: tuple[Path, ...] = (FOLDER,)


def prepare_environment() -> None:
    """Settings Qt reads before its first object. The software backend is faster than a simulated GPU by ten times."""
    if not any(Path("/dev/dri").glob("renderD*")):
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")
    os.environ.setdefault("QT_ACCESSIBILITY", "1")
    os.environ.setdefault("QT_WAYLAND_DISABLE_WINDOWDECORATION", "1")
    os.environ.pop("QT_IM_MODULE", None)


def make_application(arguments: list[str] | None = None) -> QGuiApplication:
    """The one application object of this process, with the shipped fonts.

    Raises:
        RuntimeError: this PySide6 loses references on this Python (docs/decisions/0004).
    """
    version = tuple(int(part) for part in PySide6.__version__.split(".")[:2])
    if version >= _FIRST_BROKEN and sys.version_info[:2] < _FIRST_IMMORTAL:
        raise RuntimeError(
            f"PySide6 {PySide6.__version__} aborts on Python {sys.version_info[0]}.{sys.version_info[1]}"
        )
    prepare_environment()
    map_large_blocks()
    sys.setswitchinterval(SWITCH_INTERVAL)
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    app = QGuiApplication(arguments or sys.argv[:1])
    app.setApplicationName("Jinban")
    set_fonts(app)
    return app


class Screen:
    """Engine, context and window, kept together so that they also end together, the engine first."""

    def __init__(self, app: QGuiApplication, deps: ScreenDeps, *, still: bool = False) -> None:
        self.warnings: list[str] = []
        self._app = app
        self._translator: QTranslator | None = None
        self._incidents = itertools.count(1)
        self.lanes = Lanes(self._on_bug)
        self._usual_hook = sys.excepthook
        sys.excepthook = self._on_uncaught
        self.engine = QQmlApplicationEngine()
        self.engine.warnings.connect(self._warn)
        self.pages, self.codes = PageProvider(), CodeProvider()
        self.engine.addImageProvider("icon", IconProvider())
        self.engine.addImageProvider("page", self.pages)
        self.engine.addImageProvider("code", self.codes)
        self.preferences = Preferences(self._speak, tongues(deps.languages), deps.config.screen)
        desk = deps.make_desk(self.lanes.in_lane)
        providers = Providers(self.pages, self.codes)
        self.kiosk = Kiosk(app, desk, deps.devices, self.lanes, self.preferences, providers, deps.config)
        if still:
            self.kiosk.still()
        self.engine.setInitialProperties({"kiosk": self.kiosk})
        self.engine.load(QUrl.fromLocalFile(str(HERE / "qml" / "Main.qml")))
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise RuntimeError("; ".join(self.warnings) or "the screen did not load")
        self.window: QQuickWindow = roots[0]
        self.kiosk.watch(self.window)
        self._panel = DemoPanel(deps.demo, self.lanes) if deps.demo else None
        self.kiosk.begin()
        settle()

    def show(self, size: str) -> None:
        """`full`, or `WIDTHxHEIGHT`; a demo gets its control panel beside it."""
        if size == "full":
            self.window.setFlag(Qt.WindowType.FramelessWindowHint)
            self.window.showFullScreen()
        else:
            width, _, height = size.partition("x")
            self.window.resize(int(width), int(height))
            self.window.show()
        self.window.requestActivate()
        if self._panel is not None:
            self._panel.show(self.engine)

    def close(self) -> None:
        """Wipe the visit, end the lane, then the engine."""
        self.kiosk.wipe()
        self.lanes.close()
        self.window.close()
        self._translate_by(None)
        self.engine.warnings.disconnect(self._warn)
        shiboken6.delete(self.engine)
        sys.excepthook = self._usual_hook
        self._app.processEvents()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def _speak(self, tongue: Tongue) -> None:
        self._translate_by(tongue.translator)
        self.engine.retranslate()

    def _translate_by(self, translator: QTranslator | None) -> None:
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
        self._translator = translator
        if translator is not None:
            self._app.installTranslator(translator)

    def _on_bug(self, error: Exception) -> None:
        """An unexpected error ends its visit, never the terminal; what is told of it holds no words of its own."""
        incident = f"{next(self._incidents):03d}"
        log.error("incident %s: %s", incident, told(error))
        self.kiosk.fail(incident)

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What a slot let through: Qt calls slots, so nobody else would ever hear of it."""
        if isinstance(error, Exception):
            self._on_bug(error)
        else:
            self._usual_hook(kind, error, trace)

    def _warn(self, errors: list[QQmlError]) -> None:
        for error in errors:
            self.warnings.append(error.toString())
            log.warning("qml: %s", error.toString())


def run(deps: ScreenDeps) -> int:
    """Show the screen until it is closed; the exit status of the program."""
    qInstallMessageHandler(_qt_message)
    app = make_application()
    with Screen(app, deps) as screen:
        screen.show(deps.config.screen.size)
        return app.exec()


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        log.warning("qt: %s", message)
