"""Everybody can reach, hit and tell apart whatever stands on the screen, in every view."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine

from tests.ui.conftest import Show, Shown
from tests.ui.measuring.controls import controls
from ui.app import HERE


@pytest.mark.parametrize("size", ["1920x1080", "1080x1920", "1280x800"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_whatever_can_be_touched_lies_on_the_screen_and_the_way_on_is_bottom_right(
    show: Show, size: str, *, large: bool, language: str
) -> None:
    """The screens before a card: enough to see a bar or a footer that does not fit, in every combination."""
    shown = show(size=size, large_type=large, language=language)
    width, height = (int(part) for part in size.split("x"))
    outside: list[str] = []

    def look(state: str) -> None:
        rects = [(control.name, control.rect) for control in controls(shown.screen.window)]
        outside.extend(f"{state}: {name} {rect}" for name, rect in rects if rect.left() < 0 or rect.right() >= width)

    look("attract")
    shown.hand.touch("startButton")
    shown.tour.at("home")
    shown.hand.until(lambda: bool(shown.part("catalogue").popular.rows), "the catalogue")
    look("home")
    shown.hand.touch(f"item_{shown.part('catalogue').popular.rows[0].code}")
    shown.tour.at("guide")
    look("guide")
    on = _rect(shown, "primaryButton")
    back = _rect(shown, "backButton")

    assert outside == []
    assert on.bottom() <= height
    assert on.center().x() > width / 2 > back.center().x()
    assert on.center().y() > height * 0.75


def _rect(shown: Shown, name: str) -> QRect:
    item = shown.hand.find(name)
    return item.mapRectToScene(item.boundingRect()).toRect()


@pytest.mark.parametrize("contrast", [False, True])
def test_text_stands_out_from_whatever_it_is_written_on(app: QGuiApplication, *, contrast: bool) -> None:
    engine = QQmlEngine(app)
    component = QQmlComponent(engine, str(HERE / "qml" / "theme" / "GsPalette.qml"))
    palette = component.createWithInitialProperties({"contrast": contrast})
    inks = {
        "text": ("page", "surface", "sunken", "accentSoft"),
        "textSoft": ("page", "surface", "sunken", "accentSoft"),
        "accentInk": ("page", "surface", "accentSoft"),
        "accentLabel": ("accent", "accentPressed"),
        "good": ("surface", "goodSoft"),
        "warn": ("surface", "warnSoft"),
        "bad": ("page", "surface", "badSoft"),
        "info": ("surface", "infoSoft"),
    }
    weak = {
        f"{ink} on {ground}": round(ratio, 2)
        for ink, grounds in inks.items()
        for ground in grounds
        if (ratio := _contrast(palette.property(ink), palette.property(ground))) < 4.5
    }

    assert weak == {}
    assert _contrast(palette.property("lineStrong"), palette.property("surface")) >= 3


def _contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2.2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())
