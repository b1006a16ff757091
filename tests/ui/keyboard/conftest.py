"""One dictionary for all tests, a fresh decoder for each, and a window with a field above the keyboard."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import PySide6.QtQuick  # noqa: F401 - gives the window its type before anything grabs it
import pytest
import shiboken6
from PySide6.QtCore import QPointF, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from ui.app import make_application
from ui.items.icons import IconProvider
from ui.keyboard import ime
from ui.keyboard.lexicon import Lexicon
from ui.keyboard.pinyin import Decoder

ROOT = Path(ime.__file__).parent.parent
PAGE = f"""
import QtQuick
import QtQuick.Controls.Basic
import "{(ROOT / "qml" / "theme").as_uri()}"
import "{(ROOT / "keyboard" / "qml").as_uri()}"

Window {{
    id: window
    property bool elder: false
    property bool contrast: false
    property int ended: 0
    color: GsTheme.colour.page
    Binding {{ target: GsTheme; property: "windowWidth"; value: window.width }}
    Binding {{ target: GsTheme; property: "windowHeight"; value: window.height }}
    Binding {{ target: GsTheme; property: "elder"; value: window.elder }}
    Binding {{ target: GsTheme; property: "highContrast"; value: window.contrast }}
    Binding {{ target: GsTheme; property: "animate"; value: false }}
    TextField {{
        id: first
        objectName: "first"
        readonly property string pad: "text"
        x: 40; y: 40; width: parent.width - 80; height: 100
        font.pixelSize: 44
        Accessible.name: "姓名"
    }}
    TextField {{
        objectName: "second"
        readonly property string pad: "text"
        x: 40; y: 160; width: parent.width - 80; height: 80
        font.pixelSize: 40
        Accessible.name: "现在住的地址"
    }}
    TextField {{
        objectName: "login"
        readonly property string pad: "latin"
        x: 40; y: 250; width: parent.width - 80; height: 60
        Accessible.name: "工号"
    }}
    GsKeyboard {{
        objectName: "board"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: implicitHeight
        field: window.activeFocusItem as TextInput
        onDone: {{ window.ended += 1; first.focus = false; window.contentItem.forceActiveFocus() }}
    }}
}}
"""


class Board:
    """A window with three fields and the keyboard, and a finger."""

    def __init__(self, app: QGuiApplication, width: int, height: int) -> None:
        self._app = app
        self._finger = QTest.createTouchDevice()
        self.warnings: list[str] = []
        self.engine = QQmlApplicationEngine()
        self.engine.warnings.connect(self._warn)
        self.engine.addImageProvider("icon", IconProvider())
        self.engine.loadData(PAGE.encode(), QUrl.fromLocalFile(str(ROOT / "keyboard" / "page.qml")))
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        self.window = window
        window.resize(width, height)
        window.show()
        window.requestActivate()
        QTest.qWaitForWindowActive(window)

    def items(self, beginning: str) -> list[QQuickItem]:
        def walk(item: QQuickItem) -> Iterator[QQuickItem]:
            yield item
            for child in item.childItems():
                yield from walk(child)

        every = walk(self.window.contentItem())
        return [item for item in every if item.objectName().startswith(beginning) and item.isVisible()]

    def find(self, name: str) -> QQuickItem:
        return next(item for item in self.items(name) if item.objectName() == name)

    def choose(self, text: str) -> None:
        offer = next(item for item in self.items("candidate_") if item.property("modelData") == text)
        self.touch(offer.objectName())

    def settle(self, item: QQuickItem | None) -> None:
        """Let the layouts around this item arrange themselves as they do before a frame is drawn.

        Keys that have just changed have no place yet; a finger cannot touch what has not been drawn.
        """
        if item is not None:
            self.settle(item.parentItem())
            item.ensurePolished()

    def touch(self, *names: str) -> None:
        for name in names:
            item = self.find(name)
            self.settle(item)
            middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
            QTest.touchEvent(self.window, self._finger).press(0, middle, self.window).commit()
            QTest.touchEvent(self.window, self._finger).release(0, middle, self.window).commit()
            self._app.processEvents()

    def type(self, letters: str) -> None:
        self.touch(*(f"key_{letter}" for letter in letters))

    def text(self, name: str) -> str:
        return str(self.find(name).property("text"))

    def picture(self) -> QImage:
        QTest.qWait(60)
        return self.window.grabWindow()

    def close(self) -> None:
        self.window.close()
        self.engine.warnings.disconnect(self._warn)
        shiboken6.delete(self.engine)
        self._app.processEvents()

    def _warn(self, errors: list[QQmlError]) -> None:
        self.warnings += [error.toString() for error in errors]


OpenBoard = Callable[..., Board]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture
def decoder(lexicon: Lexicon) -> Decoder:
    return Decoder(lexicon)


@pytest.fixture
def board() -> Iterator[OpenBoard]:
    """Open a window: `board(1920, 1080)`. Any QML warning fails the test."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application(["tests"])
    opened: list[Board] = []

    def open_board(width: int = 1920, height: int = 1080) -> Board:
        opened.append(Board(app, width, height))
        return opened[-1]

    yield open_board
    warnings = [warning for one in opened for warning in one.warnings]
    for one in opened:
        one.close()
    assert warnings == []
