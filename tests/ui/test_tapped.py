"""A card laid down before anything was chosen: it asks what for, and is not read before that is said."""

import pytest

from kiosk.cli.byways import HUSBAND
from kiosk.visit import VisitState
from tests.ui.conftest import Show, Shown


def take_away(shown: Shown) -> None:
    shown.stage.devices.simulate("idcard", "lift")
    shown.hand.until(lambda: not shown.part("card").property("lying"), "taken away")


def lay_down(shown: Shown) -> None:
    shown.stage.devices.simulate("idcard", "tap", name=HUSBAND)
    shown.tour.at("tapped")
    shown.hand.settle(0.3)


@pytest.mark.parametrize("first", ["attract", "home"])
def test_a_card_is_not_read_before_the_person_says_what_for(show: Show, first: str) -> None:
    shown = show()
    shown.tour.at("attract")
    if first == "home":
        shown.hand.touch("startButton")
        shown.tour.at("home")
    lay_down(shown)

    assert shown.part("card").property("phase") == "off"
    assert shown.part("visit").session.applicant is None
    assert shown.part("visit").session.card is None
    assert "现在还没有读卡" in shown.texts()
    shown.hand.touch("tapMyCases")
    shown.tour.at("my_cases")
    assert shown.part("visit").session.applicant is not None
    take_away(shown)


def test_who_does_not_want_the_card_read_goes_on_without_it(show: Show) -> None:
    shown = show()
    shown.tour.at("attract")
    lay_down(shown)
    shown.hand.touch("backButton")
    shown.tour.at("home")
    assert shown.part("visit").session.card is None
    take_away(shown)
    lay_down(shown)
    shown.hand.touch("tapMayGet")
    shown.tour.at("may_get")
    assert shown.part("visit").session.card is None
    take_away(shown)


def test_a_card_taken_away_and_laid_down_again_within_an_application_changes_nothing(show: Show) -> None:
    shown = show()
    shown.tour.to_guide()
    shown.stage.devices.simulate("idcard", "tap", name=HUSBAND)
    shown.hand.until(lambda: shown.part("card").property("lying"), "laid down")
    shown.hand.settle(0.3)

    assert shown.part("visit").property("state") == VisitState.GUIDE
    take_away(shown)
