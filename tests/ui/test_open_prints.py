"""What staff see of prints that did not end: every one, masked, with what may be done; and nobody else sees any."""

from collections.abc import Callable, Iterator

import pytest

from kiosk.cli.byways import Byways
from kiosk.cli.stage import DEMO_CLERK
from kiosk.desk.session import Session
from kiosk.failure import Failure, KioskError
from kiosk.model.printing import OpenEnd
from kiosk.visit import VisitEvent
from tests.ui.conftest import Show, Shown


@pytest.fixture
def shown(show: Show) -> Iterator[Shown]:
    opened = show()
    yield opened
    opened.stage.devices.simulate("printer", "clear")
    opened.stage.devices.simulate("printer", "refill")


def walking(shown: Shown) -> Byways:
    return Byways(shown.screen, shown.hand, shown.stage.devices, shown.tour.photograph)


def handed_in(shown: Shown, walk: Byways, trouble: str, mend: str) -> str:
    """A visit whose receipt meets this trouble at the printer; the number of its case."""
    walk.to_card()
    walk.to_notice()
    shown.stage.devices.simulate("printer", trouble)
    try:
        walk.to_receipt()
        number = walk.number()
        shown.hand.until(lambda: bool(shown.store.papers.open_ends(number)), "written down")
    finally:
        shown.stage.devices.simulate("printer", mend)
    shown.hand.touch("primaryButton")
    walk.at("rating")
    shown.hand.touch("rate_1")
    walk.at("goodbye")
    shown.hand.touch("primaryButton")
    walk.at("attract")
    return number


def entry_of(shown: Shown, number: str) -> int:
    (one,) = shown.store.papers.open_ends(number)
    return one.entry


def settled(shown: Shown, number: str) -> tuple[str, str]:
    """Who settled the one print of this case, and whether it was there, as the journal has it."""
    entries = shown.store.journal.entries(limit=9999)
    (act,) = [one for one in entries if (one.act, one.subject) == ("paper.settled", number)]
    return act.actor, act.details["printed"]


def looking(shown: Shown, walk: Byways) -> None:
    walk.log_in()
    shown.hand.touch("openPrints")
    walk.at("open_prints")


def test_staff_see_masked_what_got_stuck_and_print_it_again_as_a_reprint(shown: Shown) -> None:
    walk = walking(shown)
    number = handed_in(shown, walk, "jam", "clear")
    entry = entry_of(shown, number)
    looking(shown, walk)
    told = shown.texts()

    assert number in told
    assert "高龄" in told
    assert "张秀英" not in told
    assert "000000194305120029" not in told
    assert "不知道打出来没有" in told
    assert "补打 1" in told
    shown.hand.touch(f"printOpen_{entry}")
    shown.hand.until(lambda: shown.part("prints").printing.outcome == "printed", "printed")

    assert "补打 1" in shown.newest_paper()
    shown.hand.until(lambda: shown.store.papers.open_ends(number) == (), "nothing left to see to")
    shown.hand.until(lambda: number not in shown.texts(), "gone from the list")
    assert settled(shown, number) == (DEMO_CLERK.staff_id, "false")
    assert shown.store.papers.begin("receipt", number, "d")[1] == 2, "no print is the original after a reprint"


def test_staff_who_found_it_in_the_tray_say_so_and_the_journal_names_them(shown: Shown) -> None:
    walk = walking(shown)
    number = handed_in(shown, walk, "jam", "clear")
    entry = entry_of(shown, number)
    looking(shown, walk)
    shown.hand.touch(f"cameOut_{entry}")
    shown.hand.until(lambda: shown.store.papers.open_ends(number) == (), "settled")

    assert settled(shown, number) == (DEMO_CLERK.staff_id, "true")
    assert shown.store.papers.begin("receipt", number, "d")[1] == 1, "the next one is a reprint"


def test_what_waited_for_paper_is_printed_by_staff_as_the_original(shown: Shown) -> None:
    walk = walking(shown)
    number = handed_in(shown, walk, "paper_out", "refill")
    entry = entry_of(shown, number)
    looking(shown, walk)
    assert not shown.hand.seen(f"cameOut_{entry}")
    shown.hand.touch(f"printOpen_{entry}")
    shown.hand.until(lambda: shown.part("prints").printing.outcome == "printed", "printed")

    assert "补打" not in shown.newest_paper()
    shown.hand.until(lambda: shown.store.papers.open_ends(number) == (), "nothing left to see to")


def test_what_nobody_needs_any_more_is_given_up_and_a_printer_still_out_of_paper_is_told(shown: Shown) -> None:
    walk = walking(shown)
    number = handed_in(shown, walk, "paper_out", "refill")
    looking(shown, walk)
    shown.stage.devices.simulate("printer", "paper_out")
    shown.hand.touch(f"printOpen_{entry_of(shown, number)}")
    shown.hand.until(lambda: shown.part("prints").printing.outcome == "failed", "not printed")
    shown.hand.until(lambda: not shown.part("visit").property("busy"), "looked again")
    (one,) = shown.store.papers.open_ends(number)
    assert one.end is OpenEnd.PARKED
    shown.hand.touch(f"giveUp_{one.entry}")
    shown.hand.until(lambda: shown.store.papers.open_ends(number) == (), "given up")


def test_nobody_but_staff_is_led_to_the_list_or_told_of_it(shown: Shown) -> None:
    walk = walking(shown)
    handed_in(shown, walk, "paper_out", "refill")
    shown.hand.touch("startButton")
    walk.at("home")
    visit = shown.part("visit")

    assert not shown.hand.seen("openPrints")
    assert VisitEvent.OPEN_PRINTS not in visit.visit.possible
    assert shown.part("prints").rows.rows == ()
    desk = visit.desk
    verbs: tuple[Callable[[], object], ...] = (
        lambda: desk.open_papers(Session()),
        lambda: desk.print_open(Session(), 1, lambda _: None),
        lambda: desk.settle_print(Session(), 1, printed=True),
    )
    for verb in verbs:
        with pytest.raises(KioskError) as refused:
            verb()
        assert refused.value.failure is Failure.STAFF_FORBIDDEN


def test_the_list_is_gone_from_the_screen_when_the_clerk_leaves(shown: Shown) -> None:
    walk = walking(shown)
    number = handed_in(shown, walk, "paper_out", "refill")
    looking(shown, walk)
    shown.hand.until(lambda: number in shown.texts(), "listed")
    walk.leave()

    assert shown.part("prints").rows.rows == ()
    assert number not in shown.texts()
