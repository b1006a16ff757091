"""A gun that types, and one that speaks for itself: where a code means something it is taken, and nowhere else."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from kiosk.cli.headless import CARD
from kiosk.model.devices import CodeRead
from tests.ui.conftest import Show, Shown
from ui.wedge import Wedge

ITEM = "512B0003600037"


class Clock:
    """Time the test moves itself."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def keys(to: QObject, text: str, clock: Clock, pace: float) -> list[bool]:
    """Type a text and Return at this pace; what was swallowed."""
    swallowed = []
    for sign in [*text, "\r"]:
        clock.now += pace
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key.Key_A
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign)
        swallowed.append(QGuiApplication.sendEvent(to, event))
    return swallowed


@pytest.fixture
def wedge(app: QGuiApplication) -> tuple[QObject, Clock, list[str], list[bool]]:
    assert app is not None
    window, clock, wanted = QObject(), Clock(), [True]
    codes: list[str] = []
    Wedge(window, lambda: wanted[0], codes.append, clock)
    return window, clock, codes, wanted


def test_a_burst_ended_by_return_is_a_code_and_presses_no_button(
    wedge: tuple[QObject, Clock, list[str], list[bool]],
) -> None:
    window, clock, codes, _ = wedge
    swallowed = keys(window, "T00001A 7", clock, 0.01)

    assert codes == ["T00001A 7"]
    assert swallowed == [False] + [True] * 9


def test_a_person_typing_is_no_gun(wedge: tuple[QObject, Clock, list[str], list[bool]]) -> None:
    window, clock, codes, _ = wedge

    assert not any(keys(window, "512B0003600037", clock, 0.12))
    assert not any(keys(window, "12", clock, 0.01)[-1:])
    assert codes == []


def test_two_bursts_are_two_codes_and_a_torn_one_is_none(
    wedge: tuple[QObject, Clock, list[str], list[bool]],
) -> None:
    window, clock, codes, wanted = wedge
    keys(window, "690123", clock, 0.01)
    clock.now += 1
    keys(window, "456789", clock, 0.01)
    wanted[0] = False
    keys(window, "nobody asked", clock, 0.01)

    assert codes == ["690123", "456789"]


def type_code(shown: Shown, text: str) -> None:
    for sign in [*text, "\r"]:
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key.Key_A
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign)
        QGuiApplication.sendEvent(shown.screen.window, event)


def at(shown: Shown, state: str) -> Callable[[], bool]:
    return lambda: bool(shown.part("visit").state == state)


def test_the_code_of_an_item_opens_its_guide_at_home_and_nothing_elsewhere(show: Show) -> None:
    shown = show()
    type_code(shown, ITEM)
    shown.hand.settle(0.2)
    assert shown.part("visit").state == "attract"
    shown.hand.touch("startButton")
    shown.hand.until(at(shown, "home"), "home")
    type_code(shown, ITEM)
    shown.hand.until(at(shown, "guide"), "guide")


def test_a_code_nobody_knows_is_searched_for_and_a_forged_receipt_is_refused(show: Show) -> None:
    shown = show()
    shown.hand.touch("startButton")
    shown.hand.until(at(shown, "home"), "home")
    shown.part("codes").take(CodeRead("gaolingjintie"))
    shown.hand.until(lambda: shown.part("catalogue").query == "gaolingjintie", "search")
    shown.part("codes").take(CodeRead("https://gov.example/r#Zm9yZ2Vk"))
    shown.hand.find("problem")
    assert shown.part("visit").state == "home"


def test_typing_into_the_search_field_stays_there(show: Show) -> None:
    shown = show()
    shown.hand.touch("startButton")
    shown.hand.until(at(shown, "home"), "home")
    shown.hand.touch("searchField")
    began = time.monotonic()
    type_code(shown, ITEM)
    shown.hand.settle(0.3)

    assert time.monotonic() - began < 5
    assert shown.part("visit").state == "home"


def test_a_genuine_receipt_leads_to_the_card_and_then_to_its_own_case(show: Show) -> None:
    shown = show()
    number = shown.tour.whole()
    shown.hand.until(at(shown, "attract"), "attract")
    shown.hand.touch("startButton")
    shown.hand.until(at(shown, "home"), "home")
    shown.part("codes").take(CodeRead(shown.store.cases.receipt(number).qr_text))
    shown.hand.until(at(shown, "cases_card"), "cases_card")
    shown.tour.tap(CARD)
    shown.hand.until(at(shown, "case"), "case")

    assert shown.part("cases").submissionNo == number
