"""A paper that could not be printed is offered to whoever comes back with the card, and never comes out by itself."""

from kiosk.cli.headless import CARD
from kiosk.model.printing import OpenEnd
from tests.ui.conftest import Show, Shown


def open_case(shown: Shown, number: str) -> None:
    """From the start page to one's own case."""
    shown.hand.touch("startButton")
    shown.tour.at("home")
    shown.hand.touch("myCases")
    shown.tour.at("cases_card")
    shown.tour.tap(CARD)
    shown.tour.at("my_cases")
    shown.hand.touch(f"case_{number}")
    shown.tour.at("case")


def papers_of(shown: Shown, number: str) -> int:
    return len(list((shown.stage.data / "papers").glob(f"*receipt-{number}*.pdf")))


def test_a_receipt_that_could_not_be_printed_is_offered_in_its_case_and_is_then_the_original(show: Show) -> None:
    shown = show()
    shown.tour.to_card()
    shown.tour.to_notice()
    shown.stage.devices.simulate("printer", "paper_out")
    try:
        shown.tour.to_receipt()
        number = shown.tour.number()
        shown.hand.until(lambda: shown.part("finish").paper.state == "failed", "failed")
        shown.hand.until(lambda: bool(shown.store.papers.open_ends(number)), "written down")
    finally:
        shown.stage.devices.simulate("printer", "refill")
    assert [one.end for one in shown.store.papers.open_ends(number)] == [OpenEnd.PARKED]
    shown.hand.touch("primaryButton")
    shown.tour.at("rating")
    shown.hand.touch("rate_1")
    shown.tour.at("goodbye")
    shown.hand.touch("primaryButton")
    shown.tour.at("attract")
    assert papers_of(shown, number) == 0

    open_case(shown, number)
    shown.hand.until(lambda: shown.part("cases").property("openPrint") == "parked", "offered")
    assert "没有打出来" in shown.texts()
    shown.hand.touch("printAgain")
    shown.hand.until(lambda: shown.part("cases").paper.state == "printed", "printed")

    assert papers_of(shown, number) == 1
    assert "补打" not in shown.newest_paper()
    shown.hand.until(lambda: shown.store.papers.open_ends(number) == (), "nothing waits any more")


def test_a_printer_that_will_soon_be_out_of_paper_is_told_while_it_still_prints(show: Show) -> None:
    shown = show()
    shown.hand.until(lambda: shown.part("status").property("printerReady"), "ready")
    shown.stage.devices.simulate("printer", "paper_low")
    try:
        shown.hand.until(lambda: "打印纸不多了" in shown.texts(), "told in the corner")
        assert shown.part("status").property("printerReady") is True
        assert shown.part("status").property("printerFailure") == ""
    finally:
        shown.stage.devices.simulate("printer", "refill")
    shown.hand.until(lambda: "打印正常" in shown.texts(), "well again")
