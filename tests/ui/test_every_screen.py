"""Every screen of every visit, in every size, theme and language, is measured: nothing cut, covered, pale or unnamed.

The screens are those `./dev shots` draws, so that a new one is measured from its first day. Quick runs look at each in
two of the 36 views, taking turns; the long proof at all of them, and walks once in 大字版.
"""

from pathlib import Path

import pytest

from kiosk.cli.shots import every_screen
from tests.ui.conftest import Show, Shown
from tests.ui.measuring.views import Chosen, View, apply, every, faults, sampled
from ui.languages import FOLDER

ASKED_ONE_BY_ONE = {"form", "question"}
"""大字版 asks the same questions in another way: these stops are looked at in the theme they were walked in."""


def _found_on_the_way(show: Show, pseudo: Path, chosen: Chosen, *, elder: bool) -> tuple[int, list[str]]:
    base = View((1920, 1080), "elder" if elder else "normal", "zh")
    found: list[str] = []
    stops: list[str] = []

    def measure(state: str) -> None:
        views = chosen(len(stops))
        stops.append(state)
        for view in views:
            if state in ASKED_ONE_BY_ONE and (view.theme == "elder") != elder:
                continue
            shown.part("idle").moreTime()
            apply(shown, view)
            found.extend(f"{state} {view}: {fault}" for fault in faults(shown, view))
        apply(shown, base)

    shown: Shown = show(measure, languages=(FOLDER, pseudo), large_type=elder)
    every_screen(shown.screen, shown.hand, shown.stage.devices, measure)
    return len(stops), found


def test_every_screen_is_whole_clear_and_named(show: Show, pseudo: Path) -> None:
    stops, found = _found_on_the_way(show, pseudo, sampled, elder=False)

    assert stops > 60
    assert found == []


@pytest.mark.long
@pytest.mark.parametrize("elder", [False, True])
def test_every_screen_is_so_in_every_view(show: Show, pseudo: Path, *, elder: bool) -> None:
    stops, found = _found_on_the_way(show, pseudo, every, elder=elder)

    assert stops > 60
    assert found == []
