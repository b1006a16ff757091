"""Something unexpected breaks in the middle of a visit: nothing is shown to the next person, nothing is lost."""

import time

import pytest
from PySide6.QtCore import QTimer

from kiosk.cli.headless import CARD
from tests.ui.conftest import Show


@pytest.mark.expects_logs
def test_after_an_unexpected_error_the_terminal_is_ready_in_five_seconds_and_the_work_waits_for_its_card(
    show: Show,
) -> None:
    shown = show()
    shown.tour.to_card()
    shown.tour.to_notice()
    visit = shown.part("visit")
    session = visit.session
    broken = time.monotonic()
    visit.ask(lambda: int("nothing"), lambda _: None)
    shown.tour.at("fault", show=False)
    incident = visit.property("incident")
    shown.tour.at("attract", show=False)
    took = time.monotonic() - broken
    shown.hand.find("startButton")
    told = shown.texts()
    shown.tour.to_card()
    forgotten = visit.property("incident")
    shown.tour.tap(CARD)
    shown.tour.at("kept")

    assert session.wiped
    assert took <= 5.0
    assert incident
    assert incident in told
    assert forgotten == ""
    assert [row for row in shown.part("cases").kept.rows if row.sameItem]


@pytest.mark.expects_logs
def test_an_error_that_qt_would_have_swallowed_ends_the_visit_too(show: Show, caplog: pytest.LogCaptureFixture) -> None:
    shown = show()
    shown.hand.touch("startButton")
    shown.tour.at("home")
    QTimer.singleShot(0, lambda: int("nothing"))
    shown.tour.at("fault")
    shown.hand.touch("primaryButton")
    shown.tour.at("attract", show=False)

    assert any("ValueError" in record.getMessage() for record in caplog.records)
