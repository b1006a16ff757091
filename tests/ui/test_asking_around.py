"""What somebody does who has not come to apply yet: ask what there is for them, or whether a receipt is genuine."""

from collections.abc import Callable
from datetime import UTC, datetime

from kiosk import numbers
from kiosk.cli.headless import ITEM
from kiosk.model.devices import CodeRead
from kiosk.receipts import receipt_qr
from tests.ui.conftest import Show, Shown


def at(shown: Shown, state: str) -> Callable[[], bool]:
    return lambda: bool(shown.part("visit").state == state)


def home(shown: Shown, entry: str, state: str) -> None:
    shown.hand.touch("startButton")
    shown.hand.until(at(shown, "home"), "home")
    shown.hand.touch(entry)
    shown.hand.until(at(shown, state), state)


def a_receipt(shown: Shown) -> tuple[str, str]:
    """Number and code of a receipt this terminal signed."""
    settings, when = shown.store.settings, datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
    identity = settings.identity()
    number = numbers.submission_no(identity.terminal, identity.epoch, when.date(), 77)
    code = receipt_qr(
        platform_url=identity.platform_url,
        number=number,
        item_code=ITEM,
        submitted_at=when,
        statement=identity.statement,
        device_private=settings.device_key(),
    )
    return number, code


def verdict(shown: Shown, outcome: str) -> str:
    shown.hand.until(lambda: shown.part("verify").outcome == outcome, outcome)
    return str(shown.hand.find("verdict").property("text"))


def answer(shown: Shown, name: str) -> None:
    before = shown.part("mayGet").number
    shown.hand.touch(name)
    shown.hand.until(lambda: shown.part("mayGet").number != before and not shown.part("visit").busy, "next question")


def test_a_receipt_is_told_from_a_changed_one_and_from_another_county_s(show: Show) -> None:
    shown = show()
    number, code = a_receipt(shown)
    home(shown, "verifyReceipt", "verify")

    shown.part("codes").take(CodeRead(code))
    assert "是真的" in verdict(shown, "genuine")
    assert number in shown.texts()
    assert "高龄津贴" in shown.part("verify").itemName
    at_sign = code.index("#") + 20
    shown.part("codes").take(CodeRead(code[:at_sign] + ("A" if code[at_sign] != "A" else "B") + code[at_sign + 1 :]))
    assert "不是真的" in verdict(shown, "not_genuine")
    assert number not in shown.texts()
    tail = code[:-8] + ("A" * 8 if code[-8:] != "A" * 8 else "B" * 8)
    shown.part("codes").take(CodeRead(tail))
    assert "看不出真假" in verdict(shown, "unknown_signer")
    shown.part("codes").take(CodeRead("6901234567892"))
    verdict(shown, "no_receipt")


def test_a_page_without_a_code_is_said_to_have_none_and_is_kept_nowhere(show: Show) -> None:
    shown = show()
    home(shown, "verifyReceipt", "verify")
    shown.hand.touch("primaryButton")

    assert "没有看到方格码" in verdict(shown, "no_code")
    shown.hand.until(lambda: not shown.part("verify").scanning, "the scanner's end")
    assert shown.part("visit").held == 0
    shown.hand.touch("backButton")
    shown.hand.until(at(shown, "home"), "home")
    shown.hand.touch("verifyReceipt")
    shown.hand.until(at(shown, "verify"), "verify")
    assert shown.part("verify").outcome == ""


def test_an_old_woman_finds_her_allowance_by_answering_and_nothing_of_it_stays(show: Show) -> None:
    shown = show()
    home(shown, "mayGet", "may_get")
    answer(shown, "answer_5")
    answer(shown, "answerNo")
    shown.hand.touch("backButton")
    shown.hand.until(lambda: shown.part("mayGet").number == 2 and not shown.part("visit").busy, "the question again")
    answer(shown, "answerYes")
    while not shown.part("mayGet").done:
        answer(shown, "answerUnsure")
    shown.hand.touch(f"likely_{ITEM}")
    shown.hand.until(at(shown, "guide"), "guide")
    shown.hand.touch("finishVisit")
    shown.hand.touch("reallyFinish")
    shown.hand.until(at(shown, "goodbye"), "goodbye")

    assert shown.part("mayGet").number == 1
    assert shown.part("mayGet").likely.count == 0


def test_a_filled_sample_is_looked_at_and_printed_and_says_that_it_is_one(show: Show) -> None:
    shown = show()
    home(shown, "mayGet", "may_get")
    shown.hand.touch("backButton")
    shown.hand.until(at(shown, "home"), "home")
    shown.hand.type("searchField", "高龄")
    shown.hand.touch(f"hit_{ITEM}")
    shown.hand.until(at(shown, "guide"), "guide")
    shown.hand.touch("tab_papers")
    shown.hand.touch("specimen_form-application-sample")
    assert "不要交这一张" in shown.texts()
    assert "演示·王秀兰" in shown.texts()
    shown.hand.touch("printGuide")
    shown.hand.until(lambda: shown.part("specimens").paper.state == "printed", "printed")

    assert "样表" in shown.newest_paper()
    assert "演示·王秀兰" in shown.newest_paper()
    shown.hand.touch("allSpecimens")
    shown.hand.touch("specimen_paper-mandate-blank")
    assert shown.part("specimens").paper.state == "idle"
    shown.hand.touch("tab_materials")
    assert shown.part("specimens").shown == ""
