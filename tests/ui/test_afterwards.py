"""How the result comes, when the person comes, what is to be paid: by touch, with the line up and down."""

import time

import pytest

from central import arranging
from central.office import open_office
from kiosk.cli.afterways import Afterways
from kiosk.cli.stage import Stage
from kiosk.model.afterwards import BookingState, DeliveryWay
from kiosk.visit import VisitState
from sync.line import AgentLine
from tests.ui.conftest import Show, Shown


@pytest.fixture(scope="module")
def stage(knowing_stage: Stage) -> Stage:
    """A stage on which the husband has kept nothing."""
    return knowing_stage


def walk_of(shown: Shown) -> Afterways:
    return Afterways(shown.screen, shown.hand, shown.stage.devices, lambda _: None, at_platform=shown.stage.at_platform)


def to_the_receipt(shown: Shown, walk: Afterways) -> str:
    """Sign, hand in, wait for the paper; the number."""
    walk.sign_and_hand_in()
    walk.at("receipt")
    shown.hand.until(lambda: shown.part("finish").paper.state in ("printed", "failed"), "printed")
    return walk.number()


def end(shown: Shown, walk: Afterways) -> None:
    """Past the rating, back to the attract picture."""
    walk.at("rating")
    shown.hand.touch("primaryButton")
    walk.at("goodbye")
    shown.hand.touch("primaryButton")
    walk.at("attract")


def test_a_new_card_is_sent_home_and_its_fee_is_paid_by_telephone_while_the_person_looks_on(show: Show) -> None:
    shown = show()
    walk = walk_of(shown)
    walk.to_delivery()
    shown.hand.touch("way_post")
    walk._rest()
    assert shown.part("arranging").name == "演示·王建国"
    assert shown.part("arranging").address != ""
    assert "演示·王**" in shown.texts()
    assert "演示·王建国" not in shown.texts()
    phone = shown.part("arranging").phone
    shown.hand.touch("known_phone_open")
    shown.hand.type("delivery_phone_input", "1")
    assert shown.part("arranging").phone == phone + "1"
    shown.hand.touch("primaryButton")
    number = to_the_receipt(shown, walk)
    paper = shown.newest_paper()
    shown.hand.touch("primaryButton")
    walk.at("payment")
    first = shown.texts()
    shown.hand.until(lambda: shown.part("arranged").billState == "ready", "the code")
    shown.part("idle").moreTime()
    with open_office(shown.stage.data / "platform") as office:
        arranging.note_paid(office, number)
    shown.hand.until(lambda: shown.part("arranged").billState == "paid", "paid")
    walk._rest()
    last = shown.texts()
    shown.hand.touch("primaryButton")
    end(shown, walk)

    assert "邮寄给 演示·王**" in paper
    assert "20.00 元" in paper
    assert "不收现金" in paper
    assert "20.00 元" in first
    assert "费用已经缴了" in last
    assert shown.store.cases.arranged(number) is not None


def test_without_a_line_nothing_is_asked_of_the_platform_and_the_fee_is_only_told(show: Show) -> None:
    shown = show(size="1080x1920")
    walk = walk_of(shown)
    shown.stage.link.cut()
    try:
        walk.to_delivery()
        shown.hand.touch("primaryButton")
        number = to_the_receipt(shown, walk)
        shown.hand.touch("primaryButton")
        walk.at("payment")
        shown.hand.until(lambda: shown.part("arranged").billState == "offline", "offline")
        walk._rest()
        said = shown.texts()
        shown.hand.touch("primaryButton")
        end(shown, walk)
        known = shown.store.cases.arranged(number)
    finally:
        shown.stage.link.restore()

    assert "部门受理以后再缴，现在不用缴。" in said
    assert "演示县政务服务中心社保窗口" in said
    assert "不影响您办事" in said
    assert known is not None
    assert (known.way, known.fen, known.paid) == (DeliveryWay.WINDOW, 2000, False)


def test_a_wish_made_without_a_line_is_confirmed_in_the_case_once_there_is_one(show: Show) -> None:
    shown = show()
    walk = walk_of(shown)
    shown.stage.link.cut()
    try:
        walk.to_appointment()
        said = shown.texts()
        day = shown.part("arranging").periods.days.rows[2].day
        shown.hand.touch(f"day_{day}")
        shown.hand.touch("period_14:00")
        shown.hand.touch("primaryButton")
        number = to_the_receipt(shown, walk)
        paper = shown.newest_paper()
        shown.hand.touch("primaryButton")
        end(shown, walk)
    finally:
        shown.stage.link.restore()
    AgentLine(shown.stage.data, shown.store.outbox.counts).wake()
    until = time.monotonic() + 60
    while (known := shown.store.cases.arranged(number)) is None or known.booking is BookingState.WISHED:
        assert time.monotonic() < until
        shown.hand.settle(0.2)
    walk.to_my_case(number)

    assert "先记下您想哪天来" in said
    assert "接通以后为您预约" in paper
    assert known.day is not None
    assert (known.booking, known.day.isoformat(), known.begins) == (BookingState.CONFIRMED, day, "14:00")
    assert "约好了" in shown.texts()
    walk.leave()


def test_nobody_has_to_book_and_what_lacks_for_the_post_is_said_at_its_place(show: Show) -> None:
    shown = show()
    walk = walk_of(shown)
    walk.to_delivery()
    shown.hand.touch("way_post")
    walk._rest()
    shown.part("arranging").type("phone", " ")
    shown.hand.touch("primaryButton")
    walk._rest()
    assert walk.state() == VisitState.DELIVERY
    assert list(shown.part("arranging").wrong) == ["phone"]
    assert "这一项要填" in shown.texts()
    walk.leave()
    walk.to_appointment()
    shown.hand.touch("withoutAppointment")
    walk.at("signature")
    shown.hand.touch("backButton")
    walk.at("appointment")
    walk.leave()


def test_a_time_that_cannot_be_kept_is_chosen_anew_at_the_case_and_booked_while_the_person_looks_on(show: Show) -> None:
    shown = show(size="1080x1920")
    walk = walk_of(shown)
    number = walk.a_booked_case()
    walk.unbooked(number)
    walk.to_my_case(number)
    refused, day = shown.texts(), shown.part("arranged").day
    shown.hand.touch("chooseAgain")
    walk.to_other_times()
    shown.hand.touch("period_15:00")
    shown.hand.touch("primaryButton")
    walk.at("case")
    shown.hand.until(lambda: shown.part("arranged").booking == "confirmed", "booked")
    walk._rest()

    assert "这个时间约不上了，可以换个时间" in refused
    assert shown.part("arranged").day == day
    assert shown.part("arranged").time == "15:00—16:00"
    assert "约好了" in shown.texts()
    assert not shown.hand.seen("chooseAgain")
    shown.hand.touch("backButton")
    walk.at("my_cases")
    walk.leave()


def test_where_no_answer_comes_nobody_is_told_that_it_was_not_booked(show: Show) -> None:
    shown = show()
    walk = walk_of(shown)
    number = walk.a_booked_case()
    walk.unbooked(number)
    walk.to_my_case(number)
    shown.hand.touch("chooseAgain")
    walk.to_other_times()
    rebooking = shown.part("rebooking")
    rebooking._patience.setInterval(0)
    shown.hand.touch("period_15:00")
    shown.hand.touch("primaryButton")
    shown.hand.until(lambda: rebooking.asked == "unsure", "patience is over")
    walk._rest()

    assert "没有等到回音，不知道约上没有。" in shown.texts()
    assert not shown.hand.seen("rebookOffline")
    rebooking._patience.setInterval(10_000)
    shown.hand.touch("primaryButton")
    shown.hand.until(lambda: rebooking.asked == "told", "the free times")
    shown.hand.touch("backButton")
    walk.at("case")
    walk.leave()


def test_without_a_line_no_time_is_offered_that_nobody_could_book(show: Show) -> None:
    shown = show()
    walk = walk_of(shown)
    number = walk.a_booked_case()
    walk.unbooked(number)
    walk.to_my_case(number)
    shown.stage.link.cut()
    try:
        shown.hand.touch("chooseAgain")
        walk.to_other_times()
        said = shown.texts()
        offered = shown.part("rebooking").periods.days.rows
    finally:
        shown.stage.link.restore()
    shown.hand.touch("primaryButton")
    shown.hand.until(lambda: shown.part("rebooking").asked == "told", "a line again")
    walk._rest()

    assert "现在没有网络，换不了时间。" in said
    assert "0000-8110021" in said
    assert offered == ()
    assert shown.part("rebooking").periods.days.rows != ()
    shown.hand.touch("backButton")
    walk.at("case")
    walk.leave()
