"""Who cannot touch the screen uses it all the same: by keyboard, by a keypad, by two switches or by one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.cli.headless import CARD, ITEM
from kiosk.failure import Failure, KioskError
from tests.ui.conftest import Show, Shown
from ui.hands.keys import switches

MOST_STEPS = 120
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@dataclass(slots=True)
class Keys:
    """Somebody with two keys, and a keyboard where `typed` says so; looks at the frame alone."""

    shown: Shown
    onward: Qt.Key
    choose: Qt.Key
    typed: bool
    steps: int = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.shown.screen.window, key, modifier)
        self.steps += 1
        self.shown.hand.settle(0.004 if modifier != KEYPAD else 0.06)

    def framed(self) -> str:
        target = self.target()
        return str(target.objectName()) if target is not None else ""

    def target(self) -> QQuickItem | None:
        held = self.shown.screen.window.findChild(QObject, "hands")
        target = held.property("target") if held is not None else None
        return target if isinstance(target, QQuickItem) else None

    def to(self, name: str) -> None:
        """Step until `name` is framed."""
        self.shown.hand.find(name)
        met: list[str] = []
        while self.framed() != name:
            assert len(met) < MOST_STEPS, f"{name} is not on the way: {met}"
            self.press(self.onward)
            met.append(self.framed())

    def use(self, name: str) -> None:
        """Step to `name` and choose it."""
        self.to(name)
        self.press(self.choose)
        self.shown.hand.settle(0.02)

    def fill(self, name: str, text: str) -> None:
        """Write into a field: with the keyboard, or key by key on the screen."""
        self.to(name)
        if not text.isascii():
            self.press(self.choose)
            for key in ("key_n", "key_h", "candidate_0", "key_done"):
                self.use(key)
            return
        if self.typed:
            for sign in text:
                QTest.keyClick(self.shown.screen.window, ord(sign))
            return
        self.press(self.choose)
        for sign in text:
            self.use(f"pad_{sign}" if self.shown.hand.seen("pad_done") else f"key_{sign}")
        self.use("pad_done" if self.shown.hand.seen("pad_done") else "key_done")


def _visit(keys: Keys) -> str:
    """高龄津贴 from the attract picture to the receipt, signed by fingerprint; the submission number."""
    shown, tour = keys.shown, keys.shown.tour
    _guide(keys)
    keys.use("primaryButton")
    tour.at("purpose")
    keys.use("agreeOnly")
    tour.at("card")
    tour.tap(CARD)
    shown.hand.until(lambda: tour.state() in ("who", "kept"), "who")
    if tour.state() == "kept":
        keys.use("startNew")
    tour.at("who")
    keys.use("forMyself")
    while tour.state() != "form":
        shown.hand.until(lambda: tour.state() in ("scenario", "form"), "scenario")
        if tour.state() == "scenario":
            scenario = shown.part("scenario")
            before = scenario.property("index")
            keys.use(f"choice_{scenario.choices.rows[0].choice}")
            shown.hand.until(_moved(tour.state, scenario, before), "next question")
    _form(keys)
    tour.at("notice")
    while row := next((row for row in shown.part("notice").lines.rows if row.askable), None):
        keys.use(f"confirm_{row.ref}")
        tour._rest()
    keys.use("primaryButton")
    tour.at("materials")
    materials = shown.part("materials")
    while wanted := tour._missing():
        keys.use(f"open_{wanted}")
        keys.use("scan")
        shown.hand.until(lambda: not materials.property("scanning") and bool(materials.property("preview")), "scanned")
        tour._rest()
        keys.use("backButton")
        shown.hand.until(lambda: materials.openKey == "", "list")
        tour._rest()
    keys.use("primaryButton")
    tour.at("signature")
    _fingerprint(keys)
    tour.at("readback")
    keys.use("primaryButton")
    tour.at("receipt")
    return tour.number()


def _guide(keys: Keys) -> None:
    """To the guide of the item, by its theme."""
    shown, catalogue = keys.shown, keys.shown.part("catalogue")
    keys.use("startButton")
    shown.tour.at("home")
    shown.hand.until(lambda: bool(catalogue.topics.rows), "themes")
    for topic in [row.topic for row in catalogue.topics.rows]:
        keys.use(f"topic_{topic}")
        shown.tour._rest()
        if ITEM in [row.code for row in catalogue.hits.rows]:
            break
        keys.use("backButton")
    keys.use(f"hit_{ITEM}")
    shown.tour.at("guide")


def _moved(state: Callable[[], str], scenario: Any, before: int) -> Callable[[], bool]:
    return lambda: state() != "scenario" or scenario.property("index") != before


def _form(keys: Keys) -> None:
    tour = keys.shown.tour
    tour.at("form")
    keys.shown.hand.until(lambda: bool(keys.shown.part("form").questions.rows), "questions")
    asked: set[str] = set()
    while question := next((row for row in tour._open_questions() if row.field not in asked), None):
        asked.add(question.field)
        value = tour._sample().get(question.field)
        if question.choices:
            place = question.choices.index(value) if value in question.choices else 0
            keys.use(f"field_{question.field}_{place}")
        elif question.kind == "date":
            for part, text in zip(("year", "month", "day"), str(value).split("-"), strict=True):
                keys.fill(f"field_{question.field}_{part}_input", text)
        else:
            keys.fill(f"field_{question.field}_input", str(value).replace("-", ""))
        tour._rest()
    keys.use("primaryButton")


def _fingerprint(keys: Keys) -> None:
    sheet, hand = keys.shown.part("sheet"), keys.shown.hand
    keys.use("signByFingerprint")
    keys.use("printSheet")
    hand.until(lambda: sheet.paper.state in ("printed", "failed"), "printed")
    keys.use("scanSheet")
    hand.until(lambda: bool(sheet.property("preview")), "scanned")
    keys.use("primaryButton")


def test_a_whole_visit_is_walked_with_the_keyboard_alone(show: Show) -> None:
    shown = show()
    number = _visit(Keys(shown, Qt.Key.Key_Tab, Qt.Key.Key_Return, typed=True))

    assert shown.store.cases.show(number).submission_no == number


def test_a_whole_visit_is_walked_with_two_switches(show: Show) -> None:
    shown = show(size="1080x1920", large_type=False)
    keys = Keys(shown, Qt.Key.Key_F9, Qt.Key.Key_F10, typed=False)
    number = _visit(keys)

    assert shown.store.cases.show(number).submission_no == number
    assert keys.steps < 500


def test_one_switch_is_enough_where_the_frame_moves_by_itself(show: Show) -> None:
    shown = show(switches=("Space",), scan_seconds=0.08)
    switch = Keys(shown, Qt.Key.Key_F9, Qt.Key.Key_Space, typed=False)
    switch.press(switch.choose)
    shown.tour.at("home")
    shown.hand.until(lambda: switch.framed() == "myCases", "the frame on my cases")
    switch.press(switch.choose)
    shown.tour.at("cases_card", show=False)
    shown.hand.until(lambda: switch.framed() == "", "the frame rests after three rounds")

    assert shown.tour.state() == "cases_card"


def test_the_frame_goes_in_reading_order_and_every_control_it_meets_has_a_name(show: Show) -> None:
    shown = show()
    keys = Keys(shown, Qt.Key.Key_Tab, Qt.Key.Key_Return, typed=True)
    _guide(keys)
    met: list[QQuickItem] = []
    keys.press(Qt.Key.Key_Tab)
    while (target := keys.target()) not in met:
        assert target is not None
        met.append(target)
        keys.press(Qt.Key.Key_Tab)
    names = [QAccessible.queryAccessibleInterface(item).text(QAccessible.Text.Name) for item in met]
    order = [item.objectName() for item in met]
    keys.press(Qt.Key.Key_Backtab)
    frame = shown.hand.find("frame")

    assert all(names)
    assert order.index("backButton") < order.index("primaryButton") < order.index("elderToggle")
    assert order[-1] == "finishVisit"
    assert frame.property("target") is met[-1]
    assert frame.width() > met[-1].width()


def test_at_a_keypad_the_first_key_begins_to_speak_and_five_begins_the_visit(show: Show) -> None:
    shown = show(speak_with=("/bin/true",))
    keys = Keys(shown, Qt.Key.Key_6, Qt.Key.Key_5, typed=False)
    keys.press(Qt.Key.Key_2, KEYPAD)
    spoken = shown.part("preferences").property("spoken")
    keys.press(Qt.Key.Key_5, KEYPAD)
    shown.tour.at("home")
    keys.press(Qt.Key.Key_6, KEYPAD)
    search = keys.framed()
    keys.press(Qt.Key.Key_6, KEYPAD)
    after = keys.framed()
    keys.press(Qt.Key.Key_5, KEYPAD)
    shown.tour.at("cases_card", show=False)
    keys.press(Qt.Key.Key_7, KEYPAD)
    shown.tour.at("home", show=False)

    assert spoken
    assert search == "searchField"
    assert after == "myCases"


def test_a_dialog_keeps_the_frame_and_choosing_at_once_gives_more_time(show: Show) -> None:
    shown = show()
    keys = Keys(shown, Qt.Key.Key_Tab, Qt.Key.Key_Return, typed=True)
    keys.use("startButton")
    shown.tour.at("home")
    idle = shown.part("idle")
    clock = idle._clock
    idle._clock = type(clock)(clock.touched_at - 70)
    idle.tick()
    shown.hand.find("moreTime")
    keys.press(Qt.Key.Key_Return)
    given = idle.property("secondsLeft")
    keys.use("finishVisit")
    shown.hand.find("goOn")
    met = set()
    for _ in range(6):
        keys.press(Qt.Key.Key_Tab)
        met.add(keys.framed())

    assert given == 0
    assert shown.tour.state() == "home"
    assert met == {"reallyFinish", "goOn"}


def test_a_touch_takes_the_frame_away(show: Show) -> None:
    shown = show()
    keys = Keys(shown, Qt.Key.Key_Tab, Qt.Key.Key_Return, typed=True)
    keys.use("startButton")
    shown.tour.at("home")
    keys.to("searchField")
    shut = shown.hand.seen("key_done") is None
    shown.hand.touch("pageTitle")
    shown.hand.touch("searchField")

    assert shut
    assert keys.framed() == ""
    assert shown.hand.seen("key_done") is not None


@pytest.mark.parametrize("names", [("F9", "F10", "F11"), ("Nonsense",)])
def test_a_misspelt_switch_is_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(KioskError) as refused:
        switches(names)

    assert refused.value.failure is Failure.CONFIG_INVALID
