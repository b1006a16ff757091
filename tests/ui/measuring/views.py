"""Every way of looking at a screen: three sizes, three themes, four languages, switched live."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from tests.ui.conftest import Shown
from tests.ui.measuring.contrast import too_pale
from tests.ui.measuring.controls import controls, rect_of, silent, touchable
from tests.ui.measuring.texts import SLACK, look, placed_badly
from ui.pseudo import LONG, MIRRORED

SIZES = ((1920, 1080), (1080, 1920), (1280, 800))
THEMES = ("normal", "elder", "contrast")
TONGUES = ("zh", "en", LONG, MIRRORED)
LEAST_ELDER = 60
LEAST = 44
PANELS_MM = {(1920, 1080): 476.0, (1080, 1920): 268.0, (1280, 800): 331.0}
"""How wide the panels are that these sizes stand for: 21.5 inch on its side and upright, 15.4 inch."""
LEAST_MM = 15.0


@dataclass(frozen=True, slots=True)
class View:
    """One way of looking."""

    size: tuple[int, int]
    theme: str
    tongue: str

    def __str__(self) -> str:
        return f"{self.size[0]}x{self.size[1]} {self.theme} {self.tongue}"


ALL = tuple(View(*one) for one in product(SIZES, THEMES, TONGUES))


def apply(shown: Shown, view: View) -> None:
    """Show the screen this way and let it come to rest."""
    preferences = shown.part("preferences")
    shown.screen.window.resize(*view.size)
    preferences.set_elder(view.theme == "elder")
    preferences.set_high_contrast(view.theme == "contrast")
    preferences.set_tongue(view.tongue)
    shown.hand.settle(0.02)
    shown.hand.until(lambda: not shown.part("visit").property("busy"), "an answer of the desk")
    shown.screen.window.grabWindow()


def faults(shown: Shown, view: View) -> Iterator[str]:
    """Everything the measures find on the screen as it stands."""
    window = shown.screen.window
    looked = look(window)
    yield from placed_badly(looked)
    if view.tongue == "zh":
        yield from too_pale(window, looked)
    yield from (f"{one} has no role or no name" for one in silent(window))
    elder = view.theme == "elder"
    least = max(LEAST_ELDER, LEAST_MM / PANELS_MM[view.size] * view.size[0]) if elder else LEAST
    for control in controls(window):
        if not control.name:
            yield f"a control without a name at {control.rect}"
        width, height = control.rect.width(), control.rect.height()
        if min(width, height) < least - 0.5:
            yield f"{control.name} is {width}x{height}, less than {least:.0f}"
    if view.tongue == MIRRORED:
        yield from not_mirrored(shown)


def not_mirrored(shown: Shown) -> Iterator[str]:
    """Controls that do not stand where the mirror image of the same screen, read from left to right, has them.

    Keys stand the same way round in every language.
    """
    window, app = shown.screen.window, QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    there = [(item, rect_of(item)) for item in touchable(window, leave_out=("keyboard", "idPad"))]
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    window.grabWindow()
    for item, rect in there:
        wanted = window.width() - rect_of(item).right()
        if abs(wanted - rect.left()) > SLACK:
            yield f"{_called(item)} stands at {rect.left():.0f} instead of {wanted:.0f} in the mirror"
    app.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    window.grabWindow()


def _called(item: QQuickItem) -> str:
    return item.objectName() or str(item.property("text") or item.metaObject().className())


Chosen = Callable[[int], tuple[View, ...]]


def sampled(stop: int) -> tuple[View, ...]:
    """Two views, so that the stops of a visit take turns with all of them."""
    return ALL[(2 * stop * 5) % len(ALL)], ALL[((2 * stop + 1) * 5) % len(ALL)]


def every(_stop: int) -> tuple[View, ...]:
    """All of them."""
    return ALL
