"""What the authority asks to be corrected is corrected here, under the same number, with nothing else asked again."""

from datetime import UTC, datetime

from kiosk.cli.headless import CARD
from kiosk.model.case import Decision
from kiosk.model.state import CaseState
from tests.ui.conftest import Show


def test_a_paper_asked_for_again_is_scanned_again_under_the_same_number(show: Show) -> None:
    shown = show()
    stage, hand, tour = shown.stage, shown.hand, shown.tour
    stage.link.cut()
    try:
        number = tour.whole()
        shown.store.inbox.apply_decision(
            Decision(
                number, 1000, CaseState.CORRECTION, datetime.now(UTC), reason="户口簿看不清", correct=("hukou_book",)
            )
        )
        hand.touch("startButton")
        tour.at("home")
        hand.touch("myCases")
        tour.at("cases_card")
        tour.tap(CARD)
        tour.at("my_cases")
        hand.touch(f"case_{number}")
        tour.at("case")
        told = shown.texts()
        hand.touch("primaryButton")
        tour.at("notice")
        steps = shown.part("visit").property("stepTotal")
        asked = [row.ref for row in shown.part("notice").lines.rows if row.mood != "good"]
        tour.to_receipt()
        again = tour.number()
        receipt = shown.newest_paper()
        hand.touch("printReceipt")
        hand.until(lambda: "补打" in shown.newest_paper(), "a second copy")
    finally:
        stage.link.restore()

    assert "户口簿看不清" in told
    assert "户口簿" in told
    assert asked == ["hukou_book"]
    assert steps == 4
    assert again == number
    assert "回执（补正）" in receipt
    assert "补打" not in receipt
