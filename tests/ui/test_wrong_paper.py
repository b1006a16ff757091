"""A paper that says of itself that it is another one: asked about, never refused."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kiosk.catalogue.item import MaterialRule, ServiceItem
from kiosk.failure import Failure
from kiosk.model.case import Channel, Draft
from kiosk.model.devices import DeviceKind, PageScanned, ScanPages, Ticket
from kiosk.model.people import Agent, AgentKind, Applicant, IdType, Person, Relation
from tests.devices.device_bench import begin, running
from tests.stacks import need
from tests.ui.conftest import Show
from ui.doubts import doubt_of, worth_reading

ITEM = Path(__file__).parents[2] / "central" / "samples" / "items" / "06-old-age-allowance.json"
OWNER, OTHER = "000000194305120029", "000000196001010014"


def rule(name: str) -> MaterialRule:
    item = msgspec.json.decode(ITEM.read_bytes(), type=ServiceItem)
    return next(one for one in item.materials if one.id == name)


def draft(*, agent: bool = False) -> Draft:
    somebody = Person(IdType.RESIDENT_ID, OWNER, "演示·张秀英")
    acting = Agent(somebody, AgentKind.AGENT, Relation.CHILD) if agent else None
    return Draft("d", "i", 1, Channel.TERMINAL, datetime.now(UTC), applicant=Applicant(somebody), agent=acting)


def page(text: str, *findings: Failure) -> PageScanned:
    return PageScanned(Ticket(DeviceKind.SCANNER, 1), b"", "jpg", 10, 10, findings, text=text)


def test_a_form_with_another_title_is_asked_about_and_the_right_one_is_not() -> None:
    form = rule("application_form")
    other = page("临时救助申请表\n申请人 演示\n本人承诺以上内容真实")
    right = page("高龄津贴申请表\n申请人 演示\n本人承诺以上内容真实")

    assert doubt_of(other, form, draft(), None) is Failure.PAGE_OTHER_FORM
    assert doubt_of(right, form, draft(), None) is None
    assert doubt_of(page(""), form, draft(), None) is None
    assert doubt_of(page("看不清"), form, draft(), None) is None


def test_a_card_of_somebody_else_is_asked_about_unless_one_acts_for_another() -> None:
    card = rule("id_card")

    assert doubt_of(page(f"公民身份号码 {OTHER}"), card, draft(), None) is Failure.PAGE_OTHER_NUMBER
    assert doubt_of(page(f"公民身份号码 {OWNER}"), card, draft(), None) is None
    assert doubt_of(page("公民身份号码"), card, draft(), None) is None
    assert doubt_of(page(f"公民身份号码 {OTHER}"), card, draft(agent=True), None) is None


def test_a_bad_picture_is_told_before_a_wrong_paper() -> None:
    blurred = page("临时救助申请表\n申请人 演示\n本人承诺以上内容真实", Failure.PAGE_BLURRED)

    assert doubt_of(blurred, rule("application_form"), draft(), None) is Failure.PAGE_BLURRED


def test_only_forms_and_cards_are_read_at_all() -> None:
    item = msgspec.json.decode(ITEM.read_bytes(), type=ServiceItem)

    assert {one.id for one in item.materials if worth_reading(one)} >= {"application_form", "id_card"}
    assert not worth_reading(rule("mandate"))


def test_the_words_come_from_the_page_itself(tmp_path: Path) -> None:
    need("ocr", "tesseract", files=("/usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata",))
    with running(tmp_path, {"scanner": "sim"}) as host:
        host.simulate("scanner", "load", pages="id-card")
        seen, _ = begin(host, ScanPages(max_pages=1, read=True))
        seen.last(30)
    (scanned,) = seen.pages()

    assert OWNER in scanned.text.replace(" ", "")
    assert doubt_of(scanned, rule("id_card"), draft(), None) is None
    assert doubt_of(scanned, rule("application_form"), draft(), None) is Failure.PAGE_OTHER_FORM


def test_a_visit_with_reading_switched_on_goes_as_without(show: Show) -> None:
    shown = show(read_pages=True)
    shown.tour.to_card()
    shown.tour.to_notice()
    shown.tour.to_receipt()

    assert shown.tour.number()
