"""The keyboard where people meet it: under the fields of the real screen."""

import pytest
from PySide6.QtCore import QPointF

from tests.ui.conftest import Show
from tests.ui.keyboard.test_keys import keep

VIEWS = [("1920x1080", False), ("1080x1920", True), ("1280x800", False)]


@pytest.mark.parametrize(("size", "large"), VIEWS)
def test_an_item_is_found_by_keys_alone(
    show: Show,
    size: str,
    large: bool,  # noqa: FBT001 - pytest's parameter
) -> None:
    shown = show(size=size, large_type=large)
    hand = shown.hand
    hand.touch("startButton")
    hand.touch("searchField")
    for letter in "gaolingjintie":
        hand.touch(f"key_{letter}")
    hand.settle(0.1)
    keep(shown.screen.window.grabWindow(), f"screen-{size}")
    field = hand.find("searchField")
    hand.touch("candidate_0")

    assert field.property("text") == "高龄津贴"
    assert field.mapToScene(QPointF(0, field.height())).y() < hand.find("keyboard").mapToScene(QPointF(0, 0)).y()
    hand.touch("key_done")
    assert hand.seen("key_done") is None
    assert any(item.objectName().startswith("hit_") for item in hand.visible())


def test_the_sounds_people_mix_up_are_a_setting(show: Show) -> None:
    shown = show(mix_ups=("f-h",))
    hand = shown.hand
    hand.touch("startButton")
    hand.touch("searchField")
    for letter in "lanjing":
        hand.touch(f"key_{letter}")
    offered = [item.property("modelData") for item in hand.visible() if item.objectName().startswith("candidate_")]

    assert "南京" not in offered
    assert offered
