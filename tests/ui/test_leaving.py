"""A visit ends by itself when nobody is there, and at once when something breaks; never under somebody's finger."""

from dataclasses import dataclass

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.cli.headless import CARD
from tests.ui.conftest import Show, Shown
from ui.controllers.idle import IdleWatch


@dataclass(slots=True)
class Time:
    """Monotonic seconds that pass when the test says so."""

    at: float = 1000.0

    def now(self) -> float:
        return self.at


def _watched(app: QGuiApplication, shown: Shown) -> tuple[IdleWatch, Time]:
    time = Time()
    watch = IdleWatch(app, shown.part("visit"), time.now, shown.screen.kiosk)
    return watch, time


def test_nobody_touches_anything_and_the_visit_ends_after_a_warning(app: QGuiApplication, show: Show) -> None:
    shown = show()
    watch, time = _watched(app, shown)
    shown.tour.to_card()
    shown.tour.to_notice()
    session = shown.part("visit").session
    time.at += 59
    watch.tick()
    early = watch.property("secondsLeft")
    time.at += 11
    watch.tick()
    warned = watch.property("secondsLeft")
    watch.moreTime()
    time.at += 59
    watch.tick()
    given = shown.tour.state()
    time.at += 31
    watch.tick()
    shown.tour.at("goodbye")

    assert (early, warned, given) == (0, 20, "notice")
    assert session.wiped
    assert shown.part("visit").property("farewell") == "idle"


def test_large_type_gives_twice_the_time(app: QGuiApplication, show: Show) -> None:
    shown = show(large_type=True)
    watch, time = _watched(app, shown)
    shown.hand.touch("startButton")
    shown.tour.at("home")
    time.at += 119
    watch.tick()

    assert watch.property("secondsLeft") == 0


def test_the_clock_stands_still_while_the_terminal_works(app: QGuiApplication, show: Show) -> None:
    shown = show()
    watch, time = _watched(app, shown)
    visit = shown.part("visit")
    shown.hand.touch("startButton")
    shown.tour.at("home")
    visit.hold()
    time.at += 500
    watch.tick()
    working = shown.tour.state()
    visit.release()
    time.at += 59
    watch.tick()

    assert working == "home"
    assert shown.tour.state() == "home"
    assert watch.property("secondsLeft") == 0


def test_the_clock_stands_still_while_a_paper_is_printed_and_while_something_is_said(
    app: QGuiApplication, show: Show
) -> None:
    shown = show()
    watch, time = _watched(app, shown)
    shown.tour.to_guide()
    guide = shown.part("guide")
    guide.printWhole()
    time.at += 500
    watch.tick()
    printing = (guide.printing_whole.outcome, shown.tour.state(), watch.property("secondsLeft"))
    shown.hand.until(lambda: guide.printing_whole.outcome == "printed", "the guide on paper")
    watch.speak(speaking=True)
    time.at += 500
    watch.tick()
    speaking = (shown.tour.state(), watch.property("secondsLeft"))
    watch.speak(speaking=False)
    time.at += 61
    watch.tick()

    assert printing == ("printing", "guide", 0)
    assert speaking == ("guide", 0)
    assert watch.property("secondsLeft") == 29, "and goes on from there"


def test_whoever_ends_a_visit_is_reminded_of_card_originals_and_papers(show: Show) -> None:
    shown = show()
    shown.tour.to_guide()
    shown.hand.touch("finishVisit")
    shown.hand.touch("reallyFinish")
    shown.tour.at("goodbye")

    assert "请拿好您的身份证、材料原件和打印的纸。" in shown.texts()


def test_while_the_warning_stands_a_touch_beside_its_buttons_changes_nothing(show: Show) -> None:
    shown = show()
    shown.hand.touch("startButton")
    shown.tour.at("home")
    idle = shown.part("idle")
    clock = idle._clock
    idle._clock = type(clock)(clock.touched_at - 70)
    idle.tick()
    shown.hand.find("moreTime")
    before = shown.tour.state()
    shown.hand.touch("countdownText")
    still = idle.property("secondsLeft")
    shown.hand.touch("moreTime")

    assert 0 < still <= 20
    assert shown.tour.state() == before
    assert idle.property("secondsLeft") == 0


def test_who_only_went_away_finds_the_application_again_with_the_same_card(app: QGuiApplication, show: Show) -> None:
    shown = show()
    watch, time = _watched(app, shown)
    shown.tour.to_card()
    shown.tour.to_notice()
    time.at += 91
    watch.tick()
    shown.tour.at("goodbye")
    shown.hand.touch("primaryButton")
    shown.tour.to_card()
    shown.tour.tap(CARD)
    shown.tour.at("kept")

    assert [row for row in shown.part("cases").kept.rows if row.sameItem]


@pytest.mark.expects_logs
def test_an_unexpected_error_ends_the_visit_wiped_with_a_number_to_tell(
    show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    shown = show()
    shown.tour.to_card()
    shown.tour.to_notice()
    visit = shown.part("visit")
    session = visit.session
    visit.ask(lambda: int("nothing"), lambda _: None)
    shown.tour.at("fault")
    incident = visit.property("incident")
    shown.hand.find("incident")
    told = shown.texts()
    shown.hand.touch("primaryButton")
    shown.hand.until(lambda: shown.tour.state() in ("goodbye", "attract"), "the way out")

    assert session.wiped
    assert incident
    assert incident in told
    assert any("ValueError" in record.getMessage() for record in caplog.records)
    assert "'nothing'" not in caplog.text
