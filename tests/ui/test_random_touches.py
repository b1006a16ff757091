"""Whoever pokes at the screen without sense or aim breaks nothing and leaves nothing behind."""

import gc
import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest

from kiosk.model.people import IdCard
from tests.ui.conftest import Show, Shown
from tests.ui.measuring.controls import controls

SEED = 20261124
AT_A_TIME = 125
"""Touches after which the next person comes, lays a card down and answers the questions."""
CARDS = ("zhang-xiuying", "li-xiaofang", "wang-jianguo")
WRITTEN = ("高龄", "13800000000", "000000196803120266", "演示·某某", "2026", "x" * 60)


def _poke(shown: Shown, chance: random.Random) -> None:
    """One touch: of a control two times in three, else anywhere; now and then a card, or words in a field."""
    window, what = shown.screen.window, chance.random()
    if what < 0.03:
        shown.stage.devices.simulate("idcard", "tap", name=chance.choice(CARDS))
    elif what < 0.05:
        shown.stage.devices.simulate("idcard", "lift")
    elif what < 0.12 and shown.screen.kiosk and QGuiApplication.focusObject() is not None:
        event = QInputMethodEvent()
        event.setCommitString(chance.choice(WRITTEN))
        QGuiApplication.sendEvent(QGuiApplication.focusObject(), event)
    point = QPoint(chance.randrange(window.width()), chance.randrange(window.height()))
    if what > 0.35:
        rects = [one.rect for one in controls(window) if window.geometry().contains(one.rect.center())]
        point = chance.choice(rects).center() if rects else point
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    shown.hand.settle(0.004)


def _end(shown: Shown) -> None:
    visit = shown.part("visit")
    shown.stage.devices.simulate("idcard", "lift")
    visit.leave() if visit.property("state") in ("attract", "goodbye", "fault") else visit.finish(False)
    shown.hand.until(lambda: visit.property("state") in ("goodbye", "attract"), "the end of the visit")
    visit.leave()
    shown.hand.until(lambda: visit.property("state") == "attract", "the attract screen")
    shown.part("preferences").reset()


@pytest.mark.parametrize("touches", [125, pytest.param(2000, marks=[pytest.mark.long, pytest.mark.timeout(1800)])])
def test_touches_without_aim_leave_no_fault_and_nothing_of_anybody(show: Show, touches: int) -> None:
    shown = show(size="1280x800")
    chance = random.Random(SEED)
    visited: set[str] = set()
    for _ in range(touches // AT_A_TIME):
        shown.tour.to_card()
        shown.tour.to_notice()
        for _ in range(AT_A_TIME):
            _poke(shown, chance)
            visited.add(shown.tour.state())
            shown.part("idle").moreTime()
        _end(shown)
    shown.stage.devices.simulate("idcard", "lift")
    session = shown.part("visit").session
    gc.collect()

    assert "fault" not in visited
    assert len(visited) >= (2 if touches == AT_A_TIME else 6)
    assert session.card is None
    assert QGuiApplication.clipboard().text() == ""
    assert not [one for one in gc.get_objects() if isinstance(one, IdCard)]
    assert "演示·某某" not in shown.texts()
