"""Who may do what, asked at the desk and not only on the screen; and nothing of anybody's work ends with an account."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.cli.samples import sample_page
from kiosk.cli.wiring import clock_of
from kiosk.desk import following, identifying
from kiosk.desk.desk import Desk
from kiosk.desk.equipment import Equipment
from kiosk.desk.printing import encode_paper
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.identity.synthetic import Wanted, synthetic_card, synthetic_person
from kiosk.model.case import MaterialSource
from kiosk.model.dayreport import DayReport
from kiosk.model.people import Assurance, Operator, Role
from kiosk.papers.press import ChildPress
from kiosk.seal.drafts import owner_tag
from kiosk.staffing import MAY, Right, may, may_see
from local_db.store import Store, open_store
from sync.line import AgentLine
from tests.kiosk.papers.test_papers import RECEIPT
from tests.kiosk.test_guide_changes import item, shelve
from tests.local_db.making import enrol, submit

PINS = {"clerk": "111111", "other": "222222", "boss": "333333", "tech": "444444", "boss2": "555555"}
PEOPLE = {
    "clerk": Operator("clerk", "测试·甲", Role.CLERK),
    "other": Operator("other", "测试·乙", Role.CLERK),
    "boss": Operator("boss", "测试·主管", Role.SUPERVISOR),
    "tech": Operator("tech", "测试·运维", Role.TECHNICIAN),
}
QUIET_DAY = DayReport("T00001", "测试点", date(2026, 11, 2), datetime(2026, 11, 2, 9, 0, tzinfo=UTC), True)
WHO = synthetic_person(7, Wanted(date.today(), 70))  # noqa: DTZ011 -- only the age counts


@pytest.fixture(scope="module")
def provisioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A terminal with these people: a PIN is slow to set, so they are written down once for all tests."""
    folder = tmp_path_factory.mktemp("staffed") / "data"
    with open_store(folder, create=True) as opened:
        enrol(opened)
        shelve(opened, 1, item())
        for who in PEOPLE.values():
            opened.staff.add(who, PINS[who.staff_id])
    return folder


@pytest.fixture
def store(provisioned: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(provisioned, tmp_path, dirs_exist_ok=True)
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return Desk(Equipment(store, ChildPress(), AgentLine(tmp_path, store.outbox.counts), clock_of(store)))


def logged_in(desk: Desk, who: str) -> Session:
    session = desk.open_session()
    desk.staff_login(session, who, PINS[who])
    return session


def refused(act: Callable[[], object]) -> str:
    """`done`, or the failure's code."""
    try:
        act()
    except KioskError as error:
        return error.failure.code
    return "done"


ACTS: dict[str, tuple[Right, Callable[[Desk, Session], object]]] = {
    "open": (Right.TAKE_CASES, lambda desk, session: desk.open_case(session, item()["code"])),
    "paper seen": (Right.TAKE_CASES, lambda desk, session: desk.state_identity(session, WHO, Assurance.PAPER_SEEN)),
    "resume": (Right.TAKE_CASES, lambda desk, session: desk.resume(session, "nothing")),
    "submit": (Right.TAKE_CASES, lambda desk, session: desk.submit(session)),
    "amend": (Right.TAKE_CASES, lambda desk, session: desk.open_amendment(session, "T00001A-20261124-00001-T")),
    "vouch": (Right.TAKE_CASES, lambda _, session: identifying.vouch(session)),
    "open prints": (Right.SETTLE_PAPERS, lambda desk, session: desk.open_papers(session)),
    "add": (Right.MANAGE_STAFF, lambda desk, session: desk.add_staff(session, PEOPLE["other"], "999999")),
    "disable": (Right.MANAGE_STAFF, lambda desk, session: desk.disable_staff(session, "other")),
    "enable": (Right.MANAGE_STAFF, lambda desk, session: desk.enable_staff(session, "other")),
    "remove": (Right.MANAGE_STAFF, lambda desk, session: desk.remove_staff(session, "other")),
    "report": (Right.REPORT_DAY, lambda desk, session: desk.day_report(session, date(2026, 11, 2))),
    "report's sheet": (
        Right.REPORT_DAY,
        lambda desk, session: desk.print_day_report(session, QUIET_DAY, None, lambda _: None),
    ),
    "parked": (Right.RELEASE_DRAFTS, lambda desk, session: desk.parked_drafts(session)),
    "take over": (Right.RELEASE_DRAFTS, lambda desk, session: desk.take_over(session, "nothing")),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["clerk", "boss", "tech"])
def test_the_desk_refuses_what_the_table_does_not_allow(desk: Desk, who: str, act: str) -> None:
    right, do = ACTS[act]
    session = logged_in(desk, who)

    allowed = refused(lambda: do(desk, session)) != "staff.forbidden"
    assert allowed is (right in MAY[PEOPLE[who].role])


@pytest.mark.parametrize("act", [name for name, (right, _) in ACTS.items() if right is not Right.TAKE_CASES])
def test_a_resident_at_the_machine_has_no_right_of_staff(desk: Desk, act: str) -> None:
    assert refused(lambda: ACTS[act][1](desk, desk.open_session())) == "staff.forbidden"


def test_every_right_is_somebodys_and_nobody_has_them_all_but_the_supervisor() -> None:
    assert set().union(*MAY.values()) == set(Right)
    assert [role for role in Role if MAY[role] == set(Right)] == [Role.SUPERVISOR]
    assert not may(None, Right.TAKE_CASES)
    assert not may_see(PEOPLE["tech"], "")


def test_a_clerk_sees_no_other_operators_residents_and_a_supervisor_does(desk: Desk, store: Store) -> None:
    mine, others, alone = (
        submit(store, taken_by=who, owners=(owner_tag(store.provider_secret, WHO.id_no),)).summary.submission_no
        for who in ("clerk", "other", "")
    )
    seen = {who: {one.submission_no for one in desk.my_cases(logged_in(desk, who))} for who in ("clerk", "boss")}

    assert seen == {"clerk": {mine, alone}, "boss": {mine, others, alone}}
    assert refused(lambda: desk.my_cases(logged_in(desk, "tech"))) == "staff.forbidden"
    clerk = logged_in(desk, "clerk")
    for number, found in ((mine, "done"), (others, "case.unknown"), (alone, "done")):
        assert refused(partial(following.demand_case, desk._kit, clerk, number)) == found
    typed = logged_in(desk, "clerk")
    desk.state_identity(typed, WHO, Assurance.STATED)
    assert refused(lambda: desk.my_cases(typed)) == "identity.too_weak", "a number is soon typed"
    seen_paper = logged_in(desk, "clerk")
    desk.state_identity(seen_paper, WHO, Assurance.PAPER_SEEN)
    assert {one.submission_no for one in desk.my_cases(seen_paper)} == {mine, others, alone}, "the resident came along"


def test_a_receipt_is_printed_for_whoever_may_see_its_case_and_for_nobody_else(desk: Desk, store: Store) -> None:
    owners = (owner_tag(store.provider_secret, WHO.id_no),)
    paper = encode_paper(RECEIPT)
    mine, others = (
        submit(store, taken_by=who, owners=owners, paper=paper).summary.submission_no for who in ("clerk", "other")
    )

    def printed(session: Session, number: str) -> str:
        return refused(lambda: desk.print_receipt(session, number, None, lambda _: None))

    stranger, boss, clerk = desk.open_session(), logged_in(desk, "boss"), logged_in(desk, "clerk")
    nothing_to_print_with = printed(clerk, mine)
    assert nothing_to_print_with == "device.absent", "it got as far as the printer, of which there is none"
    assert {printed(boss, number) for number in (mine, others)} == {nothing_to_print_with}
    for session, number in ((stranger, mine), (clerk, others), (logged_in(desk, "tech"), mine)):
        assert printed(session, number) == "case.unknown"
        assert refused(partial(desk.open_prints, session, number)) == "case.unknown"
    desk.state_identity(clerk, WHO, Assurance.PAPER_SEEN)
    assert printed(clerk, others) == nothing_to_print_with, "the resident came along"


def half_done(desk: Desk, who: str) -> tuple[str, bytes]:
    """A draft with a page, left by this clerk."""
    session = logged_in(desk, who)
    desk.state_identity(session, WHO, Assurance.PAPER_SEEN)
    case = desk.open_case(session, item()["code"]).case_id
    page = sample_page().read_bytes()
    desk.add_pages(session, item()["materials"][0]["id"], None, [(page, "jpg")], MaterialSource.FILE)
    desk.keep(session)
    session.wipe()
    return case, page


@pytest.mark.parametrize("end", ["disable_staff", "remove_staff", "new_pin"])
def test_a_supervisor_goes_on_with_what_a_closed_account_left(desk: Desk, store: Store, end: str) -> None:
    logged_in(desk, "boss").wipe()
    case, page = half_done(desk, "clerk")
    boss = logged_in(desk, "boss")
    assert desk.parked_drafts(boss) == ()
    if end == "new_pin":
        desk.add_staff(boss, PEOPLE["clerk"], "123123")
    else:
        assert getattr(desk, end)(boss, "clerk") == 1
    (left,) = desk.parked_drafts(boss)
    assert (left.summary.case_id, left.staff_id) == (case, "clerk")

    desk.take_over(boss, case)
    assert desk.parked_drafts(boss) == ()
    again = logged_in(desk, "boss")
    assert [one.case_id for one in desk.kept(again)] == [case]
    draft = desk.resume(again, case)
    assert draft.applicant is not None
    assert draft.applicant.person == WHO
    assert draft.operator == PEOPLE["boss"], "who goes on answers for it"
    assert desk.page(again, item()["materials"][0]["id"], None, 0)[0] == page
    assert ("draft.taken_over", case, "boss") in {(one.act, one.subject, one.actor) for one in store.journal.entries()}


def test_nobody_but_a_supervisor_opens_what_is_parked_even_with_everything_on_the_disk(
    desk: Desk, store: Store
) -> None:
    logged_in(desk, "boss").wipe()
    case, _ = half_done(desk, "clerk")
    store.staff.disable("clerk", "technician")
    for who in ("other", "tech"):
        assert refused(partial(desk.take_over, logged_in(desk, who), case)) == "staff.forbidden"
        assert refused(partial(desk.resume, logged_in(desk, who), case)) in {"draft.locked", "staff.forbidden"}
    # A technician with a shell makes an account of their own a supervisor: that opens nothing.
    store.staff.add(Operator("tech", "测试·运维", Role.SUPERVISOR), PINS["tech"])
    assert refused(lambda: desk.take_over(logged_in(desk, "tech"), case)) == "draft.locked"
    store.staff.add(PEOPLE["boss"], "666666")
    session = desk.open_session()
    desk.staff_login(session, "boss", "666666")
    assert refused(lambda: desk.take_over(session, case)) == "draft.locked", "nor does a new PIN for the supervisor"


def test_a_supervisor_made_by_a_supervisor_may_release_too(desk: Desk) -> None:
    boss = logged_in(desk, "boss")
    desk.add_staff(boss, Operator("boss2", "测试·副主管", Role.SUPERVISOR), PINS["boss2"])
    case, _ = half_done(desk, "clerk")
    desk.disable_staff(boss, "clerk")

    second = logged_in(desk, "boss2")
    desk.take_over(second, case)
    assert [one.case_id for one in desk.kept(second)] == [case]


def test_a_draft_kept_before_any_supervisor_logged_in_waits_for_its_own_account(desk: Desk) -> None:
    case, _ = half_done(desk, "clerk")
    boss = logged_in(desk, "boss")
    desk.disable_staff(boss, "clerk")
    assert refused(lambda: desk.take_over(boss, case)) == "draft.locked"
    assert len(desk.parked_drafts(boss)) == 1, "it is not lost"

    assert desk.enable_staff(boss, "clerk") == 1
    assert [one.case_id for one in desk.kept(logged_in(desk, "clerk"))] == [case]


def test_nobody_closes_their_own_account_or_one_that_is_not_there(desk: Desk) -> None:
    boss = logged_in(desk, "boss")

    assert refused(lambda: desk.remove_staff(boss, "boss")) == "staff.forbidden"
    assert refused(lambda: desk.disable_staff(boss, "nobody")) == "staff.unknown"


def test_a_residents_own_draft_has_no_wrap_for_supervisors(desk: Desk, store: Store) -> None:
    logged_in(desk, "boss").wipe()
    session = desk.open_session()
    desk.identify(session, synthetic_card(3, Wanted(date.today(), 70)))  # noqa: DTZ011 -- the card is valid around it
    case = desk.open_case(session, item()["code"]).case_id

    assert store.drafts.load(case).release_wrap == b""


def test_what_is_parked_has_no_end(desk: Desk, store: Store) -> None:
    logged_in(desk, "boss").wipe()
    case, _ = half_done(desk, "clerk")
    store.staff.remove("clerk", "technician")
    store.drafts.discard_expired(desk.now() + timedelta(days=4000))

    assert store.drafts.load(case).summary.keep_until is None
    assert Failure.DRAFT_LOCKED.code == "draft.locked"
