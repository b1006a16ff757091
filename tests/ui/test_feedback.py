"""Somebody has something to say: a guide is wrong, a complaint; a number at once, and the answer where it was said."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli.byways import Byways
from kiosk.cli.headless import CARD, ITEM
from kiosk.cli.telling import ANSWER, FEEDBACK
from tests.central.speaking import spoken_up
from tests.central.terminal import Terminal
from tests.ui.conftest import Show, Shown
from tests.ui.measuring.views import View, apply, faults, sampled
from ui.languages import FOLDER

DEMO_CARDS = Path(__file__).parents[2] / "devices" / "idcard" / "demo"


def number_on(card: str) -> str:
    """What stands on a demonstration card."""
    return str(json.loads((DEMO_CARDS / f"{card}.json").read_text(encoding="utf-8"))["card"]["id_no"])


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


def test_what_was_said_at_another_machine_is_heard_here_with_the_slip_or_with_the_same_card(show: Show) -> None:
    shown = show(size="1080x1920")
    hand, feedback = shown.hand, shown.part("feedback")
    code = json.loads(at_platform(shown, "enroll", "--point", "演示别处"))["code"]
    elsewhere = Terminal.enrol(shown.stage.link.url, code)
    by_slip, by_card = spoken_up(elsewhere, code="246813"), spoken_up(elsewhere, holder=number_on(CARD))
    for number in (by_slip, by_card):
        at_platform(shown, "feedback", "answer", number, ANSWER)
    hand.touch("startButton")
    hand.touch("feedback")
    hand.touch("feedbackAsk")
    hand.touch("feedbackElsewhere")
    hand.type("feedbackWhole_input", by_slip.replace("-", "").lower())
    hand.type("feedbackQuery_input", "246813")
    hand.touch("primaryButton")
    hand.until(lambda: feedback.phase == "answer", "the answer")
    hand.settle()
    assert ANSWER in shown.texts()
    hand.touch("backButton")
    hand.touch("feedbackCard")
    hand.until(lambda: shown.part("visit").state == "feedback_card", "the reader")
    hand.settle()
    assert "处理意见的人看不到您的姓名和号码" in shown.texts()
    shown.tour.tap(CARD)
    hand.until(lambda: feedback.phase == "ask" and feedback.known, "back where one was")
    hand.touch("feedbackElsewhere")
    hand.type("feedbackWhole_input", by_card)
    hand.touch("primaryButton")
    hand.until(lambda: feedback.phase == "answer", "the answer")
    hand.settle()
    assert by_card in shown.texts()


def test_who_taps_the_card_first_finds_what_they_say_by_it(show: Show) -> None:
    shown = show()
    hand, feedback = shown.hand, shown.part("feedback")
    shown.tour.to_guide()
    hand.touch("guideWrong")
    hand.touch("feedbackCard")
    hand.until(lambda: shown.part("visit").state == "feedback_card", "the reader")
    hand.touch("backButton")
    hand.until(lambda: feedback.phase == "write", "nobody has to")
    hand.touch("feedbackCard")
    shown.tour.tap(CARD)
    hand.until(lambda: feedback.phase == "write" and feedback.known, "back at the guide")
    number, _ = write(shown, FEEDBACK)
    assert feedback.property("byCard")
    assert "不用查询码也能看" in shown.texts()
    delivered(shown)
    said = json.loads(at_platform(shown, "feedback", "show", number))
    assert (said["kind"], said["item"]) == ("guide", ITEM)


def test_a_long_text_wraps_grows_and_says_how_much_may_still_be_written(show: Show) -> None:
    shown = show()
    hand, most = shown.hand, shown.part("feedback").mostText
    hand.touch("startButton")
    hand.touch("feedback")
    hand.touch("feedbackComplaint")
    hand.type("feedbackText_input", "演示")
    area = hand.find("feedbackText_input")
    short = area.property("contentHeight")
    assert f"还能写 {most - 2} 个字" in shown.texts()
    hand.type("feedbackText_input", "说来话长，" * 30)
    assert area.property("contentHeight") >= 2 * short
    hand.type("feedbackText_input", "还有，" * most)
    assert area.property("length") == most
    assert "写满了" in shown.texts()


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
