"""Everything on a window that can be touched, as assistive technology is told of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem, QQuickWindow

ROLES = {
    QAccessible.Role.Button,
    QAccessible.Role.RadioButton,
    QAccessible.Role.CheckBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.PageTab,
    QAccessible.Role.ListItem,
    QAccessible.Role.Slider,
    QAccessible.Role.Link,
}
_TOUCHED = ("QQuickAbstractButton", "QQuickTextInput", "QQuickTextEdit")


@dataclass(frozen=True, slots=True)
class Control:
    """One thing to touch: its accessible name and where it is."""

    name: str
    rect: QRect


def controls(window: QQuickWindow) -> Iterator[Control]:
    """Every control of the accessibility tree that can be seen."""
    todo: list[QAccessibleInterface] = [QAccessible.queryAccessibleInterface(window)]
    while todo:
        node = todo.pop()
        children = (node.child(place) for place in range(node.childCount()))
        todo += [child for child in children if child is not None and not child.state().invisible]
        if node.role() in ROLES and node.rect().isValid():
            yield Control(node.text(QAccessible.Text.Name), node.rect())


def silent(window: QQuickWindow) -> Iterator[str]:
    """What can be touched, but has no role or no name for those who do not see it."""
    for item in touchable(window):
        node = QAccessible.queryAccessibleInterface(item)
        if node is None or node.role() not in ROLES or not node.text(QAccessible.Text.Name):
            yield f"{item.metaObject().className()} {item.objectName()}"


def touchable(window: QQuickWindow, leave_out: Collection[str] = ()) -> Iterator[QQuickItem]:
    """Every item that takes a touch, except what stands inside of the items named."""
    todo = [window.contentItem()]
    while todo:
        item = todo.pop()
        if not item.isVisible() or not item.isEnabled() or item.objectName() in leave_out:
            continue
        todo += item.childItems()
        if _can_be_touched(item):
            yield item


def rect_of(item: QQuickItem) -> QRectF:
    """Where an item stands in its window."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def _can_be_touched(item: QQuickItem) -> bool:
    return any(item.inherits(kind) for kind in _TOUCHED) or any(
        child.inherits("QQuickTapHandler") and child.property("enabled") for child in item.children()
    )
