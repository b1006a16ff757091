"""What a person might leave behind, and what happens under a finger."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.cli.headless import CARD
from kiosk.visit import VisitEvent
from tests.ui.conftest import Show, Shown


def _middle(shown: Shown, name: str) -> QPointF:
    item = shown.hand.find(name)
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))


def test_a_card_left_on_the_reader_is_pointed_out_until_it_is_taken(show: Show) -> None:
    shown = show()
    shown.tour.to_card()
    shown.stage.devices.simulate("idcard", "tap", name=CARD)
    shown.hand.until(lambda: shown.tour.state() in ("who", "kept"), "card read")
    shown.hand.touch("finishVisit")
    shown.hand.touch("reallyFinish")
    shown.tour.at("goodbye")
    shown.hand.find("cardLeft")
    shown.hand.touch("primaryButton")
    shown.tour.at("attract", show=False)
    shown.hand.find("cardForgotten")
    shown.stage.devices.simulate("idcard", "lift")
    shown.hand.until(lambda: shown.hand.seen("cardForgotten") is None, "that the card was taken")


def test_a_screen_does_not_change_under_a_finger_and_lifting_it_presses_nothing(show: Show) -> None:
    shown = show()
    shown.hand.touch("startButton")
    shown.tour.at("home")
    at = _middle(shown, "myCases").toPoint()
    window, left, none = shown.screen.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(window, left, none, at)
    shown.part("visit").step(VisitEvent.STAFF)
    shown.hand.settle(0.1)
    under = shown.hand.seen("myCases") is not None
    QTest.mouseRelease(window, left, none, at)
    shown.hand.settle(0.1)

    assert under
    assert shown.hand.seen("myCases") is None
    assert shown.tour.state() == "staff_login"


def test_a_finger_that_stays_holds_up_the_clock(show: Show) -> None:
    shown = show()
    shown.hand.touch("startButton")
    shown.tour.at("home")
    idle = shown.part("idle")
    at = _middle(shown, "pageTitle").toPoint()
    QTest.mousePress(shown.screen.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    clock = idle._clock
    idle._clock = type(clock)(clock.touched_at - 95)
    idle.tick()
    held = shown.tour.state(), idle.property("secondsLeft")
    QTest.mouseRelease(shown.screen.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    assert held == ("home", 0)


def test_the_end_of_a_visit_empties_the_clipboard(app: QGuiApplication, show: Show) -> None:
    shown = show()
    shown.hand.touch("startButton")
    shown.tour.at("home")
    app.clipboard().setText("000000194305120029")
    shown.hand.touch("finishVisit")
    shown.hand.touch("reallyFinish")
    shown.tour.at("goodbye")

    assert app.clipboard().text() == ""


def test_what_closes_the_state_of_the_machine_is_in_sight_however_long_it_is(show: Show) -> None:
    shown = show(size="1280x800", large_type=True)
    shown.hand.touch("statusCorner")
    close = shown.hand.find("closeStatus")
    bottom = close.mapToScene(QPointF(0, close.height())).y()
    shown.hand.touch("closeStatus")

    assert bottom < 800


def test_the_state_of_the_machine_says_until_when_its_guides_are_true(show: Show) -> None:
    shown = show()
    shown.hand.until(lambda: bool(shown.part("status").property("asOf")), "the catalogue's day")
    shown.hand.touch("statusCorner")
    shown.hand.find("asOfLine")
    day = shown.part("status").property("asOf")

    assert f"{int(day[:4])}" in shown.texts()
    assert "办事指南数据截至" in shown.texts()
