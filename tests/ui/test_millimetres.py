"""Large type is large in millimetres, on a small panel too."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from kiosk.config import ScreenConfig
from tests.ui.conftest import Show
from ui.panel import picture_width


@pytest.mark.parametrize(("size", "width_mm"), [("1280x800", 217.0), ("1080x1920", 268.0)])
def test_in_large_type_lines_are_seven_and_targets_fifteen_millimetres(show: Show, size: str, width_mm: float) -> None:
    shown = show(size=size, width_mm=width_mm, large_type=True)
    shown.hand.touch("startButton")
    shown.tour.at("home")
    shown.hand.settle(0.1)
    pixels = int(size.partition("x")[0]) / width_mm
    buttons = [item for item in shown.hand.visible() if item.activeFocusOnTab() and item.width() > 0]
    small = [item.objectName() for item in buttons if min(item.width(), item.height()) < 15 * pixels - 1]
    lines = [_line(item) for item in shown.hand.visible() if item.property("role") == "body"]

    assert len(buttons) > 8
    assert [name for name in small if not name.startswith("scroll")] == []
    assert lines
    assert min(lines) >= 7 * pixels - 1


def _line(item: QQuickItem) -> float:
    return float(item.property("font").pixelSize()) * 1.4


def test_a_window_is_no_panel_and_a_measured_width_counts(app: QGuiApplication) -> None:
    assert picture_width(app, ScreenConfig(size="full")) == 0
    assert picture_width(app, ScreenConfig(size="1280x800", width_mm=217.0)) == 217.0
