"""A hand without a body: finds what is visible by its name and touches it. For pictures and tests."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest


class NotThereError(Exception):
    """Nothing of that name can be seen."""


class Hand:
    """Acts on one window the way a person does: look, touch, type, wait."""

    def __init__(self, app: QGuiApplication, window: QQuickWindow, patience: float = 10.0) -> None:
        self._app = app
        self._window = window
        self._patience = patience

    def settle(self, seconds: float = 0.015) -> None:
        """Let events run for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._app.processEvents()
            time.sleep(0.002)

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something is so.

        Raises:
            NotThereError: it did not come to be within the hand's patience.
        """
        end = time.monotonic() + self._patience
        while not is_so():
            if time.monotonic() > end:
                raise NotThereError(what)
            self.settle(0.01)

    def seen(self, name: str) -> QQuickItem | None:
        """The visible item of that name, if any."""
        return next((item for item in self.visible() if item.objectName() == name), None)

    def visible(self) -> Iterator[QQuickItem]:
        """Every item that can be seen."""
        todo = [self._window.contentItem()]
        while todo:
            item = todo.pop()
            if item.isVisible() and item.opacity() > 0:
                yield item
                todo += item.childItems()

    def find(self, name: str) -> QQuickItem:
        """The visible, enabled item of that name, waited for."""
        self.until(lambda: (item := self.seen(name)) is not None and item.isEnabled(), name)
        item = self.seen(name)
        if item is None:
            raise NotThereError(name)
        return item

    def touch(self, name: str) -> None:
        """Bring an item into view and touch its middle, once it stands still."""
        self.until(lambda: self._stands_still(name), name)
        item = self.find(name)
        self._scroll_to(item)
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        QTest.mouseClick(self._window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        self.settle()

    def _stands_still(self, name: str) -> bool:
        """Whether a moment changes nothing of where it is: what was just made has no place yet."""
        before = self.find(name).mapToScene(QPointF(0, 0))
        self.settle()
        item = self.seen(name)
        return item is not None and item.isEnabled() and item.mapToScene(QPointF(0, 0)) == before

    def type(self, name: str, text: str) -> None:
        """Touch a field, write into it as an input method does, and put the pad or keyboard away."""
        self.touch(name)
        focus = self._app.focusObject()
        event = QInputMethodEvent()
        event.setCommitString(text)
        self._app.sendEvent(focus, event)
        self.settle()
        for done in ("pad_done", "key_done"):
            if self.seen(done) is not None:
                self.touch(done)

    def draw(self, name: str, strokes: list[list[tuple[float, float]]]) -> None:
        """Draw strokes on an item; points are fractions of its width and height."""
        item = self.find(name)
        for stroke in strokes:
            points = [item.mapToScene(QPointF(x * item.width(), y * item.height())).toPoint() for x, y in stroke]
            self._press_along(points)
        self.settle()

    def _press_along(self, points: list[QPoint]) -> None:
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(self._window, button, none, points[0])
        for point in points[1:]:
            QTest.mouseMove(self._window, point)
        QTest.mouseRelease(self._window, button, none, points[-1])

    def _scroll_to(self, item: QQuickItem) -> None:
        view: QQuickItem | None = item.parentItem()
        while view is not None and view.property("contentY") is None:
            view = view.parentItem()
        if view is None:
            return
        top = item.mapToItem(view, QPointF(0, 0)).y()
        if top < 0 or top + item.height() > view.height():
            wanted = float(view.property("contentY")) + top - view.height() / 3
            most = max(0.0, float(view.property("contentHeight")) - view.height())
            view.setProperty("contentY", min(max(0.0, wanted), most))
            self.settle(0.02)
