"""A control in words: what it belongs to, what it is called, what it is, and how it stands. Never what is in it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from ui.tree import text_of, within

_TYPED = "echoMode"


def described(item: QQuickItem) -> list[str]:
    """The parts to say, in order."""
    translate = QCoreApplication.translate
    typed = item.metaObject().indexOfProperty(_TYPED) >= 0
    parts = [_around(item, "label"), text_of(item, QAccessible.Text.Name), _kind(item, typed=typed)]
    if typed:
        parts.append(translate("Voice", "已经填了") if item.property("text") else translate("Voice", "还没填"))
        parts.append(_around(item, "mistake"))
    elif item.property("chosen") is True:
        parts.append(translate("Voice", "已选中"))
    parts.append(text_of(item, QAccessible.Text.Description))
    return list(dict.fromkeys(part for part in parts if part))


def _around(item: QQuickItem, name: str) -> str:
    around = within(item, name)
    return str(around.property(name) or "") if around is not None else ""


def _kind(item: QQuickItem, *, typed: bool) -> str:
    translate = QCoreApplication.translate
    if typed:
        return translate("Voice", "填写框")
    interface = QAccessible.queryAccessibleInterface(item)
    role = interface.role() if interface is not None else QAccessible.Role.NoRole
    return translate("Voice", "选项") if role == QAccessible.Role.RadioButton else translate("Voice", "按钮")
