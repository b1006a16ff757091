"""The ways beside the straight one: leaving, another language, a pulled card, no paper, staff, one's own cases."""

import gc

from PySide6.QtGui import QGuiApplication

from kiosk.cli.headless import CARD
from kiosk.cli.stage import DEMO_CLERK, DEMO_PIN
from kiosk.model.people import IdCard
from sync.line import AgentLine
from tests.ui.conftest import Show


def test_after_the_goodbye_nothing_of_the_person_is_left(show: Show) -> None:
    shown = show()
    shown.tour.to_card()
    shown.tour.to_notice()
    session = shown.part("visit").session
    shown.hand.touch("finishVisit")
    shown.hand.touch("reallyFinish")
    shown.tour.at("goodbye")
    gc.collect()

    assert session.wiped
    assert session.card is None
    assert "张" not in shown.texts()
    assert "0029" not in shown.texts()
    assert QGuiApplication.clipboard().text() == ""
    assert not [thing for thing in gc.get_objects() if isinstance(thing, IdCard) and thing.name.endswith("张秀英")]


def test_the_screen_speaks_english_when_asked_and_chinese_to_the_next_person(show: Show) -> None:
    shown = show(size="1280x800")
    shown.hand.touch("startButton")
    shown.tour.at("home")
    shown.hand.touch("languageToggle")
    shown.hand.until(lambda: shown.hand.find("pageTitle").property("text").isascii(), "English")
    shown.hand.touch("finishVisit")
    shown.hand.touch("reallyFinish")
    shown.tour.at("goodbye")
    shown.hand.touch("primaryButton")
    shown.tour.at("attract")

    assert not str(shown.hand.find("startButton").property("text")).isascii()


def test_a_printer_without_paper_never_costs_the_resident_anything(show: Show) -> None:
    shown = show()
    shown.tour.to_card()
    shown.tour.to_notice()
    shown.stage.devices.simulate("printer", "paper_out")
    try:
        shown.tour.to_receipt()
        state = shown.part("finish").paper.state
        banner = str(shown.hand.find("printBanner").property("text"))
    finally:
        shown.stage.devices.simulate("printer", "refill")
    number = shown.tour.number()
    shown.hand.touch("printReceipt")
    shown.hand.until(lambda: shown.part("finish").paper.state == "printed", "printed after refill")

    assert state == "failed"
    assert "纸" in banner
    assert shown.store.cases.show(number).submission_no == number


def test_the_list_of_what_to_bring_can_be_printed_before_anybody_has_said_who_they_are(show: Show) -> None:
    shown = show()
    shown.tour.to_guide()
    shown.hand.touch("printGuide")
    shown.hand.until(lambda: shown.part("guide").paper.state == "printed", "printed")
    first = shown.newest_paper()
    shown.stage.devices.simulate("printer", "paper_out")
    try:
        shown.hand.touch("printGuide")
        shown.hand.until(lambda: shown.part("guide").paper.state == "failed", "failed")
        banner = str(shown.hand.find("guidePrintBanner").property("text"))
    finally:
        shown.stage.devices.simulate("printer", "refill")
    shown.hand.touch("printGuide")
    shown.hand.until(lambda: shown.part("guide").paper.state == "printed", "printed again")

    assert "纸" in banner
    for text in (first, shown.newest_paper()):
        assert "材料清单" in text
        assert "请人代办时" in text
        assert "补打" not in text


def test_the_whole_guide_can_be_taken_home_on_paper_without_a_line(show: Show) -> None:
    shown = show()
    shown.stage.link.cut()
    try:
        shown.tour.to_guide()
        shown.hand.touch("printWholeGuide")
        shown.hand.until(lambda: shown.part("guide").wholePaper.state == "printed", "printed")
        text = shown.newest_paper()
        listed = shown.part("guide").paper.state
    finally:
        shown.stage.link.restore()

    assert listed == "idle"
    assert "补打" not in text
    for said in ("办事指南", "要带什么", "谁能办", "怎么办、多久", "不收费", "在哪办、问谁", "政策依据", "12345"):
        assert said in text, said


def test_the_receipt_says_delivered_only_once_it_is_and_without_being_asked(show: Show) -> None:
    shown = show()
    shown.stage.link.cut()
    try:
        shown.tour.to_card()
        shown.tour.to_notice()
        shown.tour.to_receipt()
        before = shown.texts()
    finally:
        shown.stage.link.restore()
    AgentLine(shown.stage.data, shown.store.outbox.counts).wake()  # the next try may lie further off than a test waits
    shown.hand.until(lambda: "已送到办理部门" in shown.texts(), "the delivery told")
    shown.hand.until(lambda: "待送出" not in shown.texts(), "nothing waiting any more")

    assert "已收好，待送出" in before
    assert "送到办理部门，不用您操心" in before
    assert "已经送到" not in before
    assert not shown.store.cases.show(shown.tour.number()).pending


def test_a_card_pulled_away_is_told_and_can_be_laid_down_again(show: Show) -> None:
    shown = show()
    shown.tour.to_card()
    shown.stage.devices.simulate("idcard", "pull_mid_read")
    shown.stage.devices.simulate("idcard", "tap", name=CARD)
    shown.hand.until(lambda: shown.part("card").property("phase") == "failed", "the failure told")
    told = str(shown.part("visit").property("problemCause"))
    shown.tour.tap(CARD)

    assert "拿开" in told
    assert shown.tour.state() in ("who", "kept")


def test_staff_log_in_by_pin_and_a_wrong_one_is_told(show: Show) -> None:
    shown = show()
    shown.hand.touch("staffButton")
    shown.tour.at("staff_login")
    shown.hand.type("staffId_input", DEMO_CLERK.staff_id)
    shown.hand.type("staffPin_input", "000000")
    shown.hand.touch("primaryButton")
    shown.hand.until(lambda: bool(shown.part("visit").property("problemCause")), "the wrong PIN told")
    shown.hand.type("staffPin_input", DEMO_PIN)
    shown.hand.touch("primaryButton")
    shown.tour.at("home")

    assert shown.part("visit").property("staffHere") is True
    assert DEMO_CLERK.name in shown.texts()


def test_my_cases_are_found_by_card_with_their_state_in_words(show: Show) -> None:
    shown = show()
    number = shown.tour.whole()
    shown.hand.touch("startButton")
    shown.tour.at("home")
    shown.hand.touch("myCases")
    shown.tour.at("cases_card")
    shown.tour.tap(CARD)
    shown.tour.at("my_cases")
    shown.hand.touch(f"case_{number}")
    shown.tour.at("case")
    state = shown.store.cases.show(number).state

    assert number in shown.texts()
    assert str(shown.hand.find("caseState").property("text")) not in ("", str(state))


def test_an_application_kept_by_the_resident_is_gone_on_with_by_the_same_card(show: Show) -> None:
    shown = show()
    shown.tour.to_card()
    shown.tour.to_notice()
    shown.hand.touch("finishVisit")
    shown.hand.touch("keepAndLeave")
    shown.tour.at("goodbye")
    assert shown.part("visit").property("farewell") == "kept"
    assert "只有您的身份证能打开" in shown.texts()
    assert "没有您的信息" not in shown.texts()
    shown.hand.touch("primaryButton")
    shown.tour.to_card()
    shown.tour.tap(CARD)
    shown.tour.at("kept")
    kept = [row for row in shown.part("cases").kept.rows if row.sameItem]
    shown.hand.touch(f"resume_{kept[0].caseId}")
    shown.tour.at("form")
    answered = shown.part("form").knownAnswers.rows
    shown.hand.touch("finishVisit")
    shown.hand.touch("reallyFinish")
    shown.tour.at("goodbye")

    assert len(answered) > 4
