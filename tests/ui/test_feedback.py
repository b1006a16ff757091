"""Somebody has something to say: a guide is wrong, a complaint; a number at once, and the answer where it was said."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli.byways import Byways
from kiosk.cli.headless import CARD, ITEM
from kiosk.cli.telling import ANSWER, FEEDBACK
from tests.ui.conftest import Show, Shown
from tests.ui.measuring.views import View, apply, faults, sampled
from ui.languages import FOLDER


def at_platform(shown: Shown, *arguments: str) -> str:
    """What a command of the demonstration's platform answers."""
    data = str(shown.stage.data / "platform")
    command = [sys.executable, "-m", "central.cli", *arguments, "--data", data, "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def write(shown: Shown, text: str, contact: str = "") -> tuple[str, str]:
    """Hand in what is written; number and query code."""
    hand, feedback = shown.hand, shown.part("feedback")
    hand.type("feedbackText_input", text)
    if contact:
        hand.type("feedbackContact_input", contact)
    hand.touch("primaryButton")
    hand.until(lambda: feedback.phase == "sent", "the number")
    return feedback.number, feedback.code.replace(" ", "")


def ask(shown: Shown, number: str, code: str) -> None:
    shown.hand.touch("feedback")
    shown.hand.touch("feedbackAsk")
    shown.hand.type("feedbackNumber_input", number.split("-")[2])
    shown.hand.type("feedbackQuery_input", code)
    shown.hand.touch("primaryButton")


def delivered(shown: Shown) -> None:
    desk = shown.part("visit").desk
    shown.hand.until(lambda: desk.line_status().queued == 0, "everything delivered")


def test_from_the_guide_with_the_line_down_a_number_and_a_slip_at_once(show: Show) -> None:
    shown = show()
    shown.stage.link.cut()
    try:
        shown.tour.to_guide()
        shown.hand.touch("guideWrong")
        number, code = write(shown, FEEDBACK, "村东头第三家")
        shown.hand.until(lambda: shown.part("feedback").paper.state == "printed", "the slip")
        slip = shown.newest_paper()
        assert number in slip
        assert code[:3] in slip
        assert "12345" in slip
        assert FEEDBACK[:6] not in slip
        assert "高龄津贴" in slip
        shown.hand.touch("primaryButton")
        ask(shown, number, code)
        shown.hand.until(lambda: shown.part("feedback").standing == "kept", "where it stands")
        assert "已收好，待送出" in shown.texts()
    finally:
        shown.stage.link.restore()
    delivered(shown)
    said = json.loads(at_platform(shown, "feedback", "show", number))
    assert (said["kind"], said["text"], said["contact"]) == ("guide", FEEDBACK, "村东头第三家")
    assert said["item"] == ITEM


def test_the_answer_is_read_with_number_and_code_and_with_no_other_code(show: Show) -> None:
    shown = show()
    hand, feedback = shown.hand, shown.part("feedback")
    hand.touch("startButton")
    hand.touch("feedback")
    hand.touch("feedbackComplaint")
    number, code = write(shown, "窗口没有人")
    delivered(shown)
    at_platform(shown, "feedback", "answer", number, ANSWER)
    shown.stage.at_platform("feedback", "list")
    hand.touch("primaryButton")
    ask(shown, number, f"{(int(code) + 1) % 1_000_000:06d}")
    hand.find("problem")
    assert feedback.phase == "ask"
    assert ANSWER[:5] not in shown.texts()
    hand.find("feedbackQuery_input").setProperty("text", "")
    hand.type("feedbackQuery_input", code)
    hand.touch("primaryButton")
    hand.until(lambda: feedback.phase == "answer", "the answer")
    hand.until(lambda: _again(shown, number, code), "the answer itself")
    assert ANSWER in shown.texts()


def _again(shown: Shown, number: str, code: str) -> bool:
    """The answer may still be on its way: ask once more."""
    if shown.part("feedback").standing == "answered":
        return True
    shown.part("feedback").ask(number, code)
    shown.hand.settle(0.3)
    return False


def test_five_wrong_codes_close_it_and_the_right_one_opens_it_no_more(show: Show) -> None:
    shown = show()
    hand, feedback = shown.hand, shown.part("feedback")
    hand.touch("startButton")
    hand.touch("feedback")
    hand.touch("feedbackSuggestion")
    number, code = write(shown, "多放两把椅子")
    hand.touch("primaryButton")
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    ask(shown, number, wrong)
    for _ in range(4):
        hand.until(lambda: not shown.part("visit").busy, "an answer")
        feedback.ask(number, wrong)
    hand.until(lambda: not shown.part("visit").busy, "an answer")
    feedback.ask(number, code)
    hand.until(lambda: not shown.part("visit").busy, "an answer")
    assert feedback.phase == "ask"
    hand.find("problem")


def test_the_card_tapped_in_the_same_visit_finds_it(show: Show) -> None:
    shown = show()
    hand, feedback = shown.hand, shown.part("feedback")
    hand.touch("startButton")
    hand.touch("myCases")
    shown.tour.tap(CARD)
    hand.until(lambda: shown.part("visit").state == "my_cases", "my cases")
    hand.touch("backButton")
    hand.touch("feedback")
    hand.touch("feedbackComplaint")
    number, _ = write(shown, "上次的事还没有回音")
    assert feedback.property("byCard")
    hand.touch("finishVisit")
    hand.touch("reallyFinish")
    hand.until(lambda: shown.part("visit").state == "goodbye", "goodbye")
    assert feedback.number == ""
    hand.touch("backButton" if hand.seen("backButton") else "primaryButton")
    hand.touch("startButton")
    hand.touch("myCases")
    shown.tour.tap(CARD)
    hand.until(lambda: number in [row.number for row in feedback.mine.rows], "what was said")


@pytest.mark.parametrize("elder", [False, True])
def test_these_screens_are_whole_clear_and_named(show: Show, pseudo: Path, *, elder: bool) -> None:
    found: list[str] = []
    stops: list[str] = []

    def measure(state: str) -> None:
        stops.append(state)
        for view in sampled(len(stops)):
            shown.part("idle").moreTime()
            apply(shown, view)
            found.extend(f"{state} {view}: {fault}" for fault in faults(shown, view))
        apply(shown, View((1920, 1080), "elder" if elder else "normal", "zh"))

    shown = show(measure, languages=(FOLDER, pseudo), large_type=elder)
    walk = Byways(shown.screen, shown.hand, shown.stage.devices, measure, at_platform=shown.stage.at_platform)
    walk.saying_something()
    assert stops == ["feedback", "feedback_write", "feedback_sent", "feedback_ask", "feedback_answer"]
    assert found == [], "\n".join(found)
