"""What can be seen in a window, and what of it can be used, in the order it is read."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem


def visible(root: QQuickItem) -> Iterator[QQuickItem]:
    """Every item under `root` that is shown, parents before children, in the order of the QML."""
    todo = [root]
    while todo:
        item = todo.pop()
        if item.isVisible() and item.opacity() > 0:
            yield item
            todo += reversed(item.childItems())


def controls(root: QQuickItem) -> list[QQuickItem]:
    """Whatever under `root` takes the focus and can be used now."""
    return [item for item in visible(root) if item.activeFocusOnTab() and item.isEnabled() and item.width() > 0]


def is_control(item: QQuickItem) -> bool:
    """Whether `item` takes the focus, or is part of something that does."""
    around: QQuickItem | None = item
    while around is not None and not around.activeFocusOnTab():
        around = around.parentItem()
    return around is not None


def text_of(item: QQuickItem, what: QAccessible.Text) -> str:
    """What a control calls itself, or says about itself."""
    interface = QAccessible.queryAccessibleInterface(item)
    return interface.text(what) if interface is not None else ""


def within(item: QQuickItem, name: str) -> QQuickItem | None:
    """The nearest item around `item`, itself included, that has the property `name`."""
    around: QQuickItem | None = item
    while around is not None and around.metaObject().indexOfProperty(name) < 0:
        around = around.parentItem()
    return around
