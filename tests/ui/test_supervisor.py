"""What a supervisor finds: the day reckoned, every difference by name, and what a closed account left half done."""

import pytest

from kiosk.cli.byways import Byways
from kiosk.cli.headless import ITEM
from kiosk.cli.stage import DEMO_PIN, DEMO_SUPERVISOR
from kiosk.cli.wiring import clock_of
from kiosk.desk.desk import Desk
from kiosk.desk.equipment import Equipment
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.people import Assurance, Operator, Role
from kiosk.ports import Press
from sync.line import AgentLine
from tests.ui.conftest import Show, Shown
from tests.ui.measuring.views import View, apply, faults
from ui.languages import FOLDER

LEAVING = Operator("leaving", "演示·离岗", Role.CLERK)


def walking(shown: Shown) -> Byways:
    return Byways(shown.screen, shown.hand, shown.stage.devices, shown.tour.photograph)


def left_half_done(shown: Shown, press: Press) -> str:
    """A clerk keeps an application and the account is closed; the application."""
    store = shown.store
    desk = Desk(Equipment(store, press, AgentLine(shown.stage.data, store.outbox.counts), clock_of(store)))
    store.staff.add(LEAVING, "864209")
    boss, clerk = desk.open_session(), desk.open_session()
    desk.staff_login(boss, DEMO_SUPERVISOR.staff_id, DEMO_PIN)
    desk.staff_login(clerk, LEAVING.staff_id, "864209")
    desk.state_identity(clerk, synthetic_person(7, Wanted(desk.now().date(), 85)), Assurance.PAPER_SEEN)
    case = desk.open_case(clerk, ITEM).case_id
    desk.keep(clerk)
    desk.disable_staff(boss, LEAVING.staff_id)
    return case


def test_what_keeps_the_figures_apart_is_named_case_by_case_and_the_sheet_is_printed(show: Show) -> None:
    shown = show()
    walk = walking(shown)
    walk.to_card()
    walk.to_notice()
    shown.stage.link.cut()
    try:
        walk.to_receipt()
        number = walk.number()
        walk.leave()
        walk.log_in(DEMO_SUPERVISOR)
        walk.to_the_day()
        said = shown.texts()
        book = shown.part("supervisor")
        apart = book.acknowledged < book.submitted
        shown.hand.touch("primaryButton")
        shown.hand.until(lambda: book.printing.outcome == "printed", "the sheet")
        sheet = shown.newest_paper()
    finally:
        shown.stage.link.restore()
    shown.hand.touch("dayBefore")
    shown.hand.until(lambda: not book.latest and not shown.part("visit").busy, "the day before")
    walk._rest()

    assert apart
    assert number in said
    assert "在本机，" in said
    assert "日终核对单" in sheet
    assert number in sheet
    assert (book.submitted, number in shown.texts()) == (0, False)
    walk.leave()


def test_a_clerk_finds_no_such_page(show: Show) -> None:
    shown = show()
    walk = walking(shown)
    walk.log_in()
    walk._rest()

    assert not shown.hand.seen("supervise")
    shown.part("visit").go("supervise")
    shown.hand.until(lambda: shown.part("visit").problemCause != "", "refused")
    assert not shown.part("supervisor").known
    walk.leave()


@pytest.mark.parametrize("elder", [False, True])
def test_a_supervisor_takes_over_what_a_closed_account_left_and_goes_on_with_it(
    show: Show, press: Press, *, elder: bool
) -> None:
    shown = show(languages=(FOLDER,), large_type=elder)
    walk = walking(shown)
    case = left_half_done(shown, press)
    walk.log_in(DEMO_SUPERVISOR)
    walk.to_the_day()
    theme = "elder" if elder else "normal"
    views = [View(size, theme, language) for size in ((1920, 1080), (1080, 1920)) for language in ("zh", "en")]
    found = []
    for view in views:
        apply(shown, view)
        found += [f"{view}: {fault}" for fault in faults(shown, view)]
    apply(shown, View((1920, 1080), theme, "zh"))
    said = shown.texts()
    shown.hand.touch(f"takeOver_{case}")
    walk.at("form")

    assert found == []
    assert "工号 leaving" in said
    assert "账号停用了。" in said
    assert shown.part("visit").session.draft.operator == DEMO_SUPERVISOR
    walk.leave()
    assert case not in [row.caseId for row in shown.part("supervisor").parked.rows]
