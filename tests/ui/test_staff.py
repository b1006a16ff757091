"""A clerk helps one resident after another; each of them is wiped, the clerk stays."""

from kiosk.cli.byways import Byways
from kiosk.cli.stage import DEMO_CLERK, DEMO_PIN
from kiosk.model.case import Channel
from tests.ui.conftest import Show, Shown


def _logged_in(shown: Shown) -> Byways:
    walk = Byways(shown.screen, shown.hand, shown.stage.devices, shown.tour.photograph)
    shown.hand.touch("staffButton")
    walk.at("staff_login")
    shown.hand.type("staffId_input", DEMO_CLERK.staff_id)
    shown.hand.type("staffPin_input", DEMO_PIN)
    shown.hand.touch("primaryButton")
    walk.at("home")
    return walk


def _to_notice(shown: Shown, walk: Byways) -> None:
    shown.hand.type("searchField", "高龄")
    shown.hand.touch("hit_512B0003600037")
    walk.at("guide")
    shown.hand.touch("primaryButton")
    walk.at("purpose")
    shown.hand.touch("primaryButton")
    walk.at("card")
    walk.to_notice()


def test_a_clerk_hands_in_for_a_resident_and_goes_on_with_the_next(show: Show) -> None:
    shown = show()
    walk = _logged_in(shown)
    _to_notice(shown, walk)
    draft = shown.part("visit").session.draft
    walk.to_receipt()
    number = walk.number()
    before = shown.part("visit").session
    shown.hand.touch("primaryButton")
    walk.at("rating")
    shown.hand.touch("primaryButton")
    walk.at("goodbye")
    shown.hand.touch("primaryButton")
    walk.at("home")
    after = shown.part("visit").session

    assert (draft.channel, draft.operator) == (Channel.STAFF, DEMO_CLERK)
    assert shown.store.cases.show(number).submission_no == number
    assert before.wiped
    assert (after.operator, after.applicant, after.card) == (DEMO_CLERK, None, None)
    assert shown.part("visit").property("staffHere") is True


def test_a_clerk_who_logs_out_leaves_nothing_of_the_login(show: Show) -> None:
    shown = show()
    walk = _logged_in(shown)
    walk.leave()
    session = shown.part("visit").session

    assert (session.operator, session.holder) == (None, None)
    assert DEMO_CLERK.name not in shown.texts()
    assert shown.part("visit").property("staffHere") is False


def test_an_identity_typed_by_a_clerk_who_saw_the_paper_is_recorded_so(show: Show) -> None:
    shown = show()
    walk = _logged_in(shown)
    shown.hand.type("searchField", "高龄")
    shown.hand.touch("hit_512B0003600037")
    walk.at("guide")
    shown.hand.touch("primaryButton")
    walk.at("purpose")
    shown.hand.touch("primaryButton")
    walk.at("card")
    shown.hand.touch("stateIdentity")
    shown.hand.type("identityNo_input", "00000019430512002")
    shown.hand.type("identityName_input", "演示·张秀英")
    shown.hand.touch("primaryButton")
    shown.hand.find("problem")
    shown.hand.type("identityNo_input", "9")
    shown.hand.touch("primaryButton")
    shown.hand.until(lambda: walk.state() in ("who", "kept"), "who")
    applicant = shown.part("visit").session.applicant
    walk.leave()

    assert applicant.assurance.name == "PAPER_SEEN"
