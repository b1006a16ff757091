"""Every screen of every visit, in every size, theme and language, is measured: nothing cut, covered, pale or unnamed.

The screens are those `./dev shots` draws, so that a new one is measured from its first day. A quick run walks the
straight visit and looks at each stop in two of the 36 views, taking turns; the long proof walks every visit there is,
once in 大字版, and looks at every stop in all of them.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.cli.shots import every_screen
from tests.ui.conftest import Show, Shown
from tests.ui.measuring.views import Chosen, View, apply, every, faults, sampled
from ui.languages import FOLDER

ASKED_ONE_BY_ONE = {"form", "question"}
"""大字版 asks the same questions in another way: these stops are looked at in the theme they were walked in."""


@dataclass(slots=True)
class Walk:
    """A visit on which every stop is measured in the views chosen for it."""

    elder: bool
    chosen: Chosen
    stops: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    shown: Shown | None = None

    def begin(self, show: Show, pseudo: Path) -> Shown:
        self.shown = show(self.measure, languages=(FOLDER, pseudo), large_type=self.elder)
        return self.shown

    def measure(self, state: str) -> None:
        assert self.shown is not None
        views = self.chosen(len(self.stops))
        self.stops.append(state)
        for view in views:
            if state in ASKED_ONE_BY_ONE and (view.theme == "elder") != self.elder:
                continue
            self._stay()
            apply(self.shown, view)
            self.found.extend(f"{state} {view}: {fault}" for fault in faults(self.shown, view))
        self._stay()
        apply(self.shown, View((1920, 1080), "elder" if self.elder else "normal", "zh"))

    def _stay(self) -> None:
        """No screen goes by itself while it is looked at, were it the goodbye."""
        assert self.shown is not None
        self.shown.part("idle").moreTime()
        leaving = self.shown.part("visit")._leaving
        if leaving.isActive():
            leaving.start()


def test_every_screen_of_the_straight_visit_is_whole_clear_and_named(show: Show, pseudo: Path) -> None:
    walk = Walk(elder=False, chosen=sampled)
    walk.begin(show, pseudo).tour.whole()

    assert len(walk.stops) >= 18
    assert walk.found == []


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("elder", [False, True])
def test_every_screen_of_every_visit_is_so_in_every_view(show: Show, pseudo: Path, *, elder: bool) -> None:
    walk = Walk(elder=elder, chosen=every)
    shown = walk.begin(show, pseudo)
    every_screen(shown.screen, shown.hand, shown.stage, walk.measure)

    assert len(walk.stops) > 60
    assert walk.found == []
