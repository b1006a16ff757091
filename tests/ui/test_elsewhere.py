"""A case is its person's, not the terminal's: heard, printed and corrected anywhere; a licence comes on a telephone."""

import pytest

from central import feed, fleet
from central.exchange import library
from central.office import open_office
from central.store import cases
from kiosk.cli.byways import DAUGHTER, Byways
from kiosk.cli.headless import CARD, ITEM
from kiosk.cli.stage import Stage
from kiosk.failure import KioskError
from kiosk.model.devices import CodeRead
from kiosk.model.people import Applicant, Assurance, IdType, Person
from kiosk.model.state import CaseState
from sync.wire.messages import DecisionBody
from tests.central.terminal import Terminal
from tests.ui.conftest import Show, Shown
from tests.ui.knowing import MOTHER, CountedHand, end, fill, scanned, sign_and_confirm, walk_of
from ui.hand import Hand

HUKOU = "119901010000000000001"


@pytest.fixture(scope="module")
def stage(knowing_stage: Stage) -> Stage:
    """What this platform knows of people is what these tests tell it."""
    return knowing_stage


def elsewhere(shown: Shown, *, complete: bool) -> tuple[Terminal, str]:
    """The mother's case as another terminal of the same platform handed it in; an incomplete one waits for a page."""
    with open_office(shown.stage.data / "platform") as office:
        code = fleet.new_code(office, actor="test", point_name="演示·另一个网点", region12="990101000000").text
        guide = office.catalogues.newest(ITEM)
        version = office.catalogues.version()
    other = Terminal.enrol(shown.stage.link.url, code)
    person = Person(IdType.RESIDENT_ID, MOTHER["id_no"], MOTHER["name"])
    page = other.page(b"%PDF-1.4 demo", "hukou_book")
    draft = other.draft(
        (page,),
        item_code=ITEM,
        catalogue_version=version,
        applicant=Applicant(person, Assurance.CHIP),
        answers=dict(guide.forms[0].sample),
    )
    filed = other.file((page,), draft=draft, item_version=guide.version)
    other.exchange(filed.event)
    if complete:
        other.upload(page)
    return other, filed.event.number


def to_my_cases(hand: Hand, walk: Byways) -> None:
    """From the attract picture to one's own cases."""
    walk.at("attract")
    hand.touch("startButton")
    walk.at("home")
    hand.touch("myCases")
    walk.at("cases_card")
    walk.tap(CARD)
    walk.at("my_cases")


def test_the_outcome_is_heard_and_printed_at_another_terminal_with_the_paper_lost(show: Show) -> None:
    shown = show()
    other, number = elsewhere(shown, complete=True)
    hand, walk = walk_of(shown)
    hand.until(lambda: bool(other.decisions()), "a decision")
    to_my_cases(hand, walk)
    before_all_answered = shown.texts()
    hand.find(f"case_{number}")
    walk._rest()
    hand.touch(f"case_{number}")
    walk.at("case")
    told = shown.texts()
    again = hand.seen("printAgain")
    hand.touch("printDecision")
    hand.until(lambda: shown.part("cases").paper.state in ("printed", "failed"), "printed")
    paper = shown.newest_paper()
    walk.leave()

    assert "没有您的办件" not in before_all_answered
    assert "已受理" in told
    assert again is None
    assert "受理通知书" in paper
    assert shown.part("visit").session.papers == {}
    with pytest.raises(KioskError, match=r"case\.unknown"):
        shown.store.cases.show(number)


def test_a_case_of_another_terminal_is_corrected_here_under_its_number_and_both_hear_the_rest(show: Show) -> None:
    shown = show(size="1080x1920")
    other, number = elsewhere(shown, complete=False)
    with open_office(shown.stage.data / "platform") as office, office.store.write() as connection:
        case = cases.find(connection, number)
        assert case is not None
        at = office.now()
        said = DecisionBody(
            other.name,
            number,
            cases.move(connection, case, CaseState.CORRECTION, at),
            "correction",
            at,
            reason="户口簿看不清",
            correct=("hukou_book",),
        )
        feed.record(office, connection, said, officer="test", refs=("hukou_book",))
    hand, walk = walk_of(shown)
    to_my_cases(hand, walk)
    hand.find(f"case_{number}")
    walk._rest()
    hand.touch(f"case_{number}")
    walk.at("case")
    told = shown.texts()
    hand.touch("primaryButton")
    walk.at("notice")
    hand.touch("primaryButton")
    walk.at("materials")
    hand.touch("scan_hukou_book")
    scanned(shown, hand)
    hand.touch("primaryButton")
    again = sign_and_confirm(hand, walk)
    receipt = shown.newest_paper()
    end(hand, walk)
    hand.until(lambda: not shown.store.cases.show(number).pending, "delivered")

    assert "户口簿看不清" in told
    assert again == number
    assert "回执（补正）" in receipt
    hand.until(lambda: [body.state for body in other.decisions()][:2] == ["correction", "received"], "heard there")
    hand.until(lambda: shown.store.cases.show(number).state is CaseState.RECEIVED, "heard here")


def to_hukou(hand: CountedHand, walk: Byways) -> None:
    """To the household register in the materials of the mother's application, nothing looked up."""
    walk.reuse = False
    walk.to_card()
    walk.to_notice()
    hand.touch("primaryButton")
    walk.at("materials")
    hand.touch("open_hukou_book")
    hand.touch("fromLicence")


def test_a_licence_on_a_telephone_is_confirmed_at_once_or_kept_as_a_claim_and_says_which(show: Show) -> None:
    shown = show()
    licence = {"id": "hukou-1", "type": HUKOU, "name": "居民户口簿", "issuer": "演示县公安局", "issued": "2020-05-06"}
    fill(shown.stage, licences=(licence,))
    with open_office(shown.stage.data / "platform") as office:
        code = library.new_code(office, "hukou-1")
    hand, walk = walk_of(shown)
    to_hukou(hand, walk)
    shown.part("codes").take(CodeRead("JINBAN-LICENCE:nobody-knows"))
    hand.find("problem")
    shown.part("codes").take(CodeRead(code))
    hand.find("own_hukou_book")
    confirmed = str(hand.find("origin_hukou_book").property("text"))
    walk.leave()
    shown.stage.link.cut()
    try:
        to_hukou(hand, walk)
        shown.part("codes").take(CodeRead(code))
        hand.find("own_hukou_book")
        claimed = str(hand.find("origin_hukou_book").property("text"))
        may_go_on = hand.find("primaryButton").isEnabled()
        walk.leave()
    finally:
        shown.stage.link.restore()

    assert confirmed == "电子证照“居民户口簿”，演示县公安局2020年5月6日发"
    assert "联上平台后部门会核对" in claimed
    assert may_go_on


def test_back_goes_one_view_back_where_a_screen_has_several(show: Show) -> None:
    shown = show(size="1080x1920", large_type=True)
    hand, walk = walk_of(shown)
    walk.reuse = False
    walk.to_card()
    walk.tap(CARD)
    walk.at("who")
    hand.touch("forMyself")
    walk.to_form()
    hand.touch("primaryButton")
    hand.until(lambda: shown.part("form").property("index") == 1, "the first question")
    hand.touch("backButton")
    hand.until(lambda: shown.part("form").property("index") == 0, "what is known")
    state = walk.state()
    walk.leave()

    assert state == "form"


def test_how_a_paper_is_written_is_shown_where_it_is_asked_for(show: Show) -> None:
    shown = show(size="1280x800")
    hand, walk = walk_of(shown)
    walk.reuse = False
    walk.to_card()
    walk.who_with(DAUGHTER)
    hand.touch("forFamily")
    walk.at("other")
    hand.touch("relation_parent")
    walk._rest()
    walk.tap(CARD)
    walk.to_form()
    walk.fill_form()
    walk.at("notice")
    walk.confirm_conditions()
    hand.touch("primaryButton")
    walk.at("materials")
    hand.touch("open_mandate")
    hand.touch("seeSample")
    told = str(hand.find("sampleText").property("text"))
    hand.touch("backButton")
    hand.find("scan")
    walk.leave()

    assert "授权委托书" in told
