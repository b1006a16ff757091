"""Delivery, appointment and fee in the visit: asked where the item declares them, and never otherwise."""

import pytest

from kiosk.failure import KioskError
from kiosk.visit import Mark, Visit, VisitEvent, VisitState
from tests.kiosk.visit.test_visit import AFTERWARDS, EVERYTHING, E, S, walked

TO_MATERIALS = [
    *(E.TOUCH, E.CHOOSE_ITEM, E.APPLY, E.CONSENT, E.CARD_READ, E.FOR_MYSELF, E.SCENARIO_DONE, E.MEMBERS_DONE),
    *(E.FORM_DONE, E.NOTICE_READ),
]


def after(events: list[VisitEvent], asks: frozenset[VisitState]) -> Visit:
    return walked([*TO_MATERIALS, *events], EVERYTHING | asks)


def test_an_item_that_declares_nothing_goes_from_the_materials_to_the_signature() -> None:
    assert after([E.MATERIALS_DONE], frozenset()).state is S.SIGNATURE


@pytest.mark.parametrize(
    ("asks", "events", "state"),
    [
        ({S.DELIVERY}, [E.MATERIALS_DONE], S.DELIVERY),
        ({S.APPOINTMENT}, [E.MATERIALS_DONE], S.APPOINTMENT),
        ({S.DELIVERY}, [E.MATERIALS_DONE, E.DELIVERY_CHOSEN], S.SIGNATURE),
        ({S.DELIVERY, S.APPOINTMENT}, [E.MATERIALS_DONE, E.DELIVERY_CHOSEN], S.APPOINTMENT),
        ({S.DELIVERY, S.APPOINTMENT}, [E.MATERIALS_DONE, E.DELIVERY_CHOSEN, E.APPOINTMENT_CHOSEN], S.SIGNATURE),
    ],
)
def test_what_is_declared_is_asked_before_the_signature(
    asks: set[VisitState], events: list[VisitEvent], state: VisitState
) -> None:
    assert after(events, frozenset(asks)).state is state


def test_who_goes_back_and_chooses_otherwise_signs_anew() -> None:
    visit = after([E.MATERIALS_DONE, E.DELIVERY_CHOSEN, E.SIGNED, E.BACK, E.BACK], frozenset({S.DELIVERY}))

    assert visit.state is S.DELIVERY
    assert Mark.SIGNED in visit.marks
    assert Mark.SIGNED not in visit.step(E.DELIVERY_CHOSEN).marks


def test_the_fee_comes_between_receipt_and_rating_where_something_is_due() -> None:
    done = after([E.MATERIALS_DONE, E.SIGNED, E.CONFIRMED], frozenset())

    due = done.step(E.SUBMITTED, asks=frozenset({S.PAYMENT})).step(E.NEXT)
    assert due.state is S.PAYMENT
    assert due.step(E.PAYMENT_SEEN).state is S.RATING
    assert done.step(E.SUBMITTED, asks=frozenset()).step(E.NEXT).state is S.RATING


def test_from_a_case_one_looks_at_its_fee_and_comes_back() -> None:
    case = walked([E.TOUCH, E.MY_CASES, E.CARD_READ]).step(E.OPEN_CASE, case="T00001A-20261124-00001-0", item="x")
    fee = case.step(E.PAY, asks=AFTERWARDS)

    assert fee.state is S.PAYMENT
    assert fee.step(E.BACK).state is S.CASE


def test_nothing_of_it_can_be_chosen_out_of_turn() -> None:
    with pytest.raises(KioskError):
        walked([E.TOUCH]).step(E.DELIVERY_CHOSEN)


def test_from_a_case_another_time_is_chosen_and_one_is_back_at_the_case_and_its_list() -> None:
    case = walked([E.TOUCH, E.MY_CASES, E.CARD_READ]).step(E.OPEN_CASE, case="T00001A-20261124-00001-0", item="x")
    chosen = case.step(E.REBOOK).step(E.REBOOKED)

    assert case.step(E.REBOOK).step(E.BACK) == case
    assert chosen.state is S.CASE
    assert chosen.step(E.BACK).state is S.MY_CASES
