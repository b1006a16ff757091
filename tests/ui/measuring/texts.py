"""Every text a person can read on a window, in the order it is painted, and what is wrong with its place."""

from collections.abc import Iterator
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem, QQuickWindow

SLACK = 2.0
"""Pixels that rounding and a glyph's side bearing may take."""
_SOLID = 0.85
_SCRIM = 0.3


@dataclass(frozen=True, slots=True)
class Written:
    """One text. `ink` is where its lines stand in the window, `seen` the part of that no clip cuts off.

    `area` names the nearest thing that clips (a scrolling column, or the window); `order` is when it is painted.
    """

    item: QQuickItem
    text: str
    ink: QRectF
    seen: QRectF
    area: int
    scrolls: bool
    order: int

    def __str__(self) -> str:
        return f"“{self.text[:24]}” at {_where(self.ink)}"


@dataclass(frozen=True, slots=True)
class _Panel:
    """A filled rectangle that hides what was painted before it."""

    rect: QRectF
    order: int


@dataclass(slots=True)
class Looked:
    """Texts and the panels they may vanish behind."""

    texts: list[Written]
    panels: list[_Panel]
    window: QRectF


@dataclass(frozen=True, slots=True)
class _Clip:
    """What may be seen of an item's children; `scrolls` if the rest can be brought into view by scrolling."""

    rect: QRectF
    area: int
    scrolls: bool


def look(window: QQuickWindow) -> Looked:
    """Everything written on the window now. What a dialog dims is no longer read."""
    whole = QRectF(0, 0, window.width(), window.height())
    looked = Looked([], [], whole)
    _walk(window.contentItem(), _Clip(whole, 0, scrolls=False), 1.0, looked)
    looked.texts = [one for one in looked.texts if not _hidden(one, looked.panels)]
    return looked


def _hidden(one: Written, panels: list[_Panel]) -> bool:
    return not one.seen.isEmpty() and any(panel.order > one.order and panel.rect.contains(one.seen) for panel in panels)


def placed_badly(looked: Looked) -> Iterator[str]:
    """Texts that are cut, run out of their place or the window, lie on one another or half behind something."""
    for one in looked.texts:
        yield from _cut(one, looked.window)
    for number, one in enumerate(looked.texts):
        for other in looked.texts[number + 1 :]:
            if _collide(one, other):
                yield f"{one} lies on {other}"
    for one in looked.texts:
        yield from (
            f"{one} is partly behind a panel at {_where(panel.rect)}"
            for panel in looked.panels
            if panel.order > one.order and _touch(one.seen, panel.rect)
        )


def _walk(item: QQuickItem, clip: _Clip, opacity: float, looked: Looked) -> None:
    opacity *= item.opacity()
    if not item.isVisible() or opacity < 0.05:
        return
    order = len(looked.texts) + len(looked.panels)
    if item.inherits("QQuickText") or item.inherits("QQuickTextInput"):
        _read(item, clip, order, looked)
    elif item.inherits("QQuickRectangle"):
        _cover(item, clip, opacity, order, looked)
    if item.clip():
        inner = _scene(item, QRectF(0, 0, item.width(), item.height()))
        clip = _Clip(clip.rect.intersected(inner), shiboken6.getCppPointer(item)[0], _scrolls(item) or clip.scrolls)
    children = item.childItems()
    for child in sorted(children, key=lambda one: one.z()):
        _walk(child, clip, opacity, looked)


def _scrolls(item: QQuickItem) -> bool:
    return item.inherits("QQuickFlickable") and float(item.property("contentHeight")) > item.height() + 1


def _read(item: QQuickItem, clip: _Clip, order: int, looked: Looked) -> None:
    text = str(item.property("text") or "")
    if not text.strip() or item.property("color").alphaF() < 0.05:
        return
    ink = _scene(item, _lines(item))
    looked.texts.append(Written(item, text, ink, ink.intersected(clip.rect), clip.area, clip.scrolls, order))


def _lines(item: QQuickItem) -> QRectF:
    """Where the lines stand inside of their item."""
    width, height = float(item.property("contentWidth")), float(item.property("contentHeight"))
    down, across = divmod(int(_alignments(item)), 16)
    left = float(item.property("leftPadding") or 0)
    room = item.width() - left - float(item.property("rightPadding") or 0)
    x = left + {2: room - width, 4: (room - width) / 2}.get(across, 0.0)
    top = float(item.property("topPadding") or 0)
    tall = item.height() - top - float(item.property("bottomPadding") or 0)
    y = top + {64: tall - height, 128: (tall - height) / 2}.get(down, 0.0)
    return QRectF(x, y, width, height)


def _alignments(item: QQuickItem) -> float:
    # Both are enumerations of classes that PySide does not know; QML adds them up as numbers.
    context = qmlContext(item)
    assert context is not None
    expression = QQmlExpression(context, item, "16 * verticalAlignment + effectiveHorizontalAlignment")
    value, _undefined = expression.evaluate()
    return float(value)


def _cover(item: QQuickItem, clip: _Clip, opacity: float, order: int, looked: Looked) -> None:
    colour = item.property("color")
    if not isinstance(colour, QColor):
        return
    strength = colour.alphaF() * opacity
    rect = _scene(item, QRectF(0, 0, item.width(), item.height())).intersected(clip.rect)
    if strength >= _SCRIM and rect.contains(looked.window.adjusted(1, 1, -1, -1)):
        looked.texts.clear()
        looked.panels.clear()
    elif strength >= _SOLID and min(rect.width(), rect.height()) > SLACK:
        looked.panels.append(_Panel(rect, order))


def _cut(one: Written, window: QRectF) -> Iterator[str]:
    item = one.item
    if item.inherits("QQuickTextInput"):
        return
    if item.property("truncated") and not item.property("mayElide"):
        yield f"{one} is cut short"
    if one.ink.width() > item.width() + SLACK or one.ink.height() > item.height() + SLACK:
        yield f"{one} is larger than its place, {item.width():.0f}x{item.height():.0f}"
    beside = one.ink.left() < window.left() - SLACK or one.ink.right() > window.right() + SLACK
    below = one.ink.top() < window.top() - SLACK or one.ink.bottom() > window.bottom() + SLACK
    if beside or (below and not one.scrolls):
        yield f"{one} runs out of the window"
    elif not one.scrolls and (
        one.ink.width() - one.seen.width() > SLACK or one.ink.height() - one.seen.height() > SLACK
    ):
        yield f"{one} is clipped"


def _collide(one: Written, other: Written) -> bool:
    if one.area == other.area:
        return _touch(one.ink, other.ink)
    return _touch(one.seen, other.seen)


def _touch(one: QRectF, other: QRectF) -> bool:
    both = one.intersected(other)
    return both.width() > SLACK and both.height() > SLACK


def _scene(item: QQuickItem, rect: QRectF) -> QRectF:
    return QRectF(item.mapToScene(rect.topLeft()), item.mapToScene(QPointF(rect.right(), rect.bottom()))).normalized()


def _where(rect: QRectF) -> str:
    return f"{rect.x():.0f},{rect.y():.0f} {rect.width():.0f}x{rect.height():.0f}"
