"""Delivery, appointments and fees at the platform: a wish meets the room there is, and its terminal hears of it."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from central import arranging
from kiosk.catalogue.afterwards import Booking, Delivery, Fee, FeeItem, Period
from kiosk.model.afterwards import AppointmentWish, Arranged, BookingState, DeliveryChoice, DeliveryWay, Slot
from kiosk.model.case import Draft
from kiosk.model.inquiry import InquiryKind, InquiryReply
from kiosk.model.people import Applicant, Assurance, Person
from tests.central.catalogue import item, publish
from tests.central.conftest import Platform
from tests.central.terminal import Terminal
from tests.central.test_inquiries import DAUGHTER, MOTHER, ask

PERIODS = (Period("09:00", "10:00", 2), Period("14:00", "15:00", 1))
DEAR = FeeItem("工本费", "每张 20 元", "演示收费文件", yuan="20.00", when="answers.income > 1000")


@pytest.fixture(scope="module")
def hall(founded: Callable[..., Platform]) -> Iterator[Platform]:
    """A platform whose item can be booked, is sent by post and costs something for whoever earns well."""
    running = founded("hall")
    office = running.office()
    made = item(
        2,
        appointment=True,
        express=True,
        booking=Booking("当面核对", PERIODS, days=3),
        delivery=Delivery((DeliveryWay.WINDOW, DeliveryWay.POST)),
        fee=Fee(charged=True, items=(DEAR,), pay_online=True),
    )
    publish(office, made)
    office.close()
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def window(hall: Platform) -> Terminal:
    return hall.enrolled()


def free(at: Terminal) -> tuple[Slot, ...]:
    return ask(at, MOTHER, InquiryKind.SLOTS, agreed_at=None).slots


def hand_in(at: Terminal, person: Person = MOTHER, income: int = 900, **wishes: Any) -> str:
    """A case of this person; its number."""
    draft: Draft = at.draft(
        catalogue_version=2,
        applicant=Applicant(person, Assurance.CHIP),
        answers={"phone": "15400000001", "income": income},
        **wishes,
    )
    filed = at.file(draft=draft, item_version=2)
    (answer,) = at.exchange(filed.event).answers
    assert (answer.field, answer.reason) == ("", ""), answer
    return filed.event.number


def told_of(at: Terminal, number: str) -> Arranged | None:
    """What the newest word about a case says of it."""
    said = [one for one in at.decisions() if one.number == number and one.arranged is not None]
    return said[-1].arranged if said else None


def wish(slot: Slot) -> AppointmentWish:
    return AppointmentWish(slot.day, slot.begins, slot.ends)


def test_room_is_told_for_the_declared_periods_of_the_next_working_days(window: Terminal) -> None:
    slots = free(window)

    assert len({slot.day for slot in slots}) == 3
    assert [(slot.begins, slot.left) for slot in slots[:2]] == [("09:00", 2), ("14:00", 1)]


def test_a_wish_that_finds_room_is_confirmed_and_takes_it_and_the_next_one_is_told_that_it_is_full(
    window: Terminal,
) -> None:
    slot = next(one for one in free(window) if one.left == 1)
    first = hand_in(window, appointment=wish(slot))
    second = hand_in(window, DAUGHTER, appointment=wish(slot))

    assert next(one.left for one in free(window) if (one.day, one.begins) == (slot.day, slot.begins)) == 0
    one, other = told_of(window, first), told_of(window, second)
    assert one is not None
    assert other is not None
    assert (one.booking, one.day, one.begins) == ("confirmed", slot.day, slot.begins)
    assert other.booking == "full"


def test_a_wish_that_arrives_after_its_time_is_told_so(window: Terminal) -> None:
    slot = free(window)[0]
    number = hand_in(window, appointment=wish(replace(slot, day=slot.day - timedelta(days=30))))

    told = told_of(window, number)
    assert told is not None
    assert told.booking == "past"


def test_the_same_case_sent_twice_is_booked_once(window: Terminal) -> None:
    slot = next(one for one in free(window) if one.left == 2)
    draft = window.draft(catalogue_version=2, applicant=Applicant(MOTHER, Assurance.CHIP), appointment=wish(slot))
    filed = window.file(draft=draft, item_version=2)
    window.exchange(filed.event)
    window.exchange(filed.event)

    assert next(one.left for one in free(window) if (one.day, one.begins) == (slot.day, slot.begins)) == 1
    assert len([one for one in window.decisions() if one.number == filed.event.number]) == 1


def test_a_case_that_asks_for_nothing_of_it_says_nothing_of_it(hall: Platform, window: Terminal) -> None:
    number = hand_in(window)

    assert told_of(window, number) is None
    assert hall.ask("cases", "show", number)["arranged"] is None
    assert hall.ask("paid", number, status=1)["failure"] == "case.unknown"


def test_a_fee_is_billed_once_accepted_where_its_condition_holds_and_the_payment_comes_down(
    hall: Platform, window: Terminal
) -> None:
    number = hand_in(window, income=2000)
    assert ask(window, MOTHER, InquiryKind.BILL, about=number).bill is None
    hall.ask("decide", number, "accept")
    bill = ask(window, MOTHER, InquiryKind.BILL, about=number).bill
    assert bill is not None
    assert (bill.fen, bill.paid) == (2000, False)
    assert bill.qr_text == arranging.PAY_MARK + bill.code
    assert told_of(window, number) == Arranged(fen=2000)

    assert hall.ask("paid", number) == {"ok": True, "submission_no": number, "yuan": "20.00"}
    hall.ask("paid", number)

    paid = ask(window, MOTHER, InquiryKind.BILL, about=number).bill
    assert paid == replace(bill, paid=True)
    assert told_of(window, number) == Arranged(fen=2000, paid=True)
    assert [one.state for one in window.decisions() if one.number == number] == ["submitted", "accepted", "accepted"]


def test_nobody_learns_of_the_bill_of_another(window: Terminal) -> None:
    number = hand_in(window, income=2000)
    reply = ask(window, DAUGHTER, InquiryKind.BILL, about=number)

    assert (reply.bill, reply.refused) == (None, "case_unknown")


def test_a_decision_after_it_keeps_the_booking_and_before_it_its_reason_is_kept(
    hall: Platform, window: Terminal
) -> None:
    number = hand_in(window, income=2000, delivery=DeliveryChoice(DeliveryWay.WINDOW))
    hall.ask("decide", number, "correct", "--material", "proof")
    hall.ask("paid", number)
    last = [one for one in window.decisions() if one.number == number][-1]

    assert last.state == "correction"
    assert last.correct == ("proof",)
    assert last.reason
    assert last.arranged == Arranged(way=DeliveryWay.WINDOW, fen=2000, paid=True)


def test_at_another_terminal_a_person_sees_what_is_arranged(hall: Platform, window: Terminal) -> None:
    number = hand_in(window, delivery=DeliveryChoice(DeliveryWay.WINDOW))
    elsewhere = hall.enrolled()
    words = {one.submission_no: one for one in ask(elsewhere, MOTHER, InquiryKind.CASES).cases}

    assert words[number].arranged == Arranged(way=DeliveryWay.WINDOW)


def test_the_address_is_exported_and_lies_nowhere_open_in_the_database(
    hall: Platform, window: Terminal, tmp_path: Path
) -> None:
    to = DeliveryChoice(DeliveryWay.POST, MOTHER.name, "15400000009", "演示县某处 7 号")
    number = hand_in(window, delivery=to)
    hall.command("export", str(tmp_path))
    form = json.loads((tmp_path / number / "form.json").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(hall.data / "central.db")) as db:
        everything = b"".join(
            repr(row).encode()
            for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            for row in db.execute(f"SELECT * FROM {table}")  # noqa: S608 -- a name the database itself gave
        )

    assert form["draft"]["delivery"] == {"way": "post", "name": to.name, "phone": to.phone, "address": to.address}
    assert form["arranged"]["way"] == "post"
    assert to.phone.encode() not in everything
    assert "某处".encode() not in everything


def booked_again(at: Terminal, number: str, slot: Slot, person: Person = MOTHER) -> InquiryReply:
    return ask(at, person, InquiryKind.BOOK, about=number, slot=slot, agreed_at=None)


def test_a_refused_time_is_chosen_anew_by_its_own_person_and_said_twice_it_is_booked_once(
    hall: Platform, window: Terminal
) -> None:
    past = replace(free(window)[0], day=free(window)[0].day - timedelta(days=30))
    number = hand_in(window, appointment=wish(past))
    slot = next(one for one in free(window) if one.left > 0)
    of_another = booked_again(window, number, slot, DAUGHTER)
    first, second = booked_again(window, number, slot), booked_again(window, number, slot)
    left = {(one.day, one.begins): one.left for one in free(window)}

    assert of_another.refused == "case_unknown"
    assert first.arranged == second.arranged == told_of(window, number)
    assert first.arranged == Arranged(booking=BookingState.CONFIRMED, day=slot.day, begins=slot.begins, ends=slot.ends)
    assert left[slot.day, slot.begins] == slot.left - 1
    assert len([one for one in window.decisions() if one.number == number]) == 2
    assert hall.ask("cases", "show", number)["arranged"]["booking"] == "confirmed"


def test_a_time_taken_meanwhile_changes_nothing_and_a_kept_one_is_not_moved(window: Terminal) -> None:
    slots = free(window)
    kept = next(one for one in slots if one.left > 0)
    number = hand_in(window, appointment=wish(replace(kept, day=kept.day - timedelta(days=30))))
    before = told_of(window, number)
    never = booked_again(window, number, replace(kept, begins="03:00", ends="04:00"))
    booked_again(window, number, kept)
    moved = booked_again(window, number, next(one for one in slots if (one.day, one.begins) != (kept.day, kept.begins)))

    assert before is not None
    assert (before.booking, before.to_choose_again) == (BookingState.PAST, True)
    assert never.arranged is not None
    assert never.arranged.booking is BookingState.FULL
    assert moved.refused == "nothing_to_book"
    told = told_of(window, number)
    assert told is not None
    assert (told.booking, told.day, told.begins) == (BookingState.CONFIRMED, kept.day, kept.begins)


def test_a_place_that_cannot_keep_a_time_says_so_and_its_room_is_free_again(hall: Platform, window: Terminal) -> None:
    slot = next(one for one in free(window) if one.left > 0)
    number = hand_in(window, appointment=wish(slot))
    hall.ask("unbook", number)
    told = told_of(window, number)

    assert told is not None
    assert (told.booking, told.day) == (BookingState.FULL, slot.day)
    assert next(one.left for one in free(window) if (one.day, one.begins) == (slot.day, slot.begins)) == slot.left
    assert hall.ask("unbook", number, status=1)["failure"] == "case.unknown"


def test_whose_case_was_refused_has_no_time_to_choose(hall: Platform, window: Terminal) -> None:
    slot = free(window)[0]
    number = hand_in(window, appointment=wish(replace(slot, day=slot.day - timedelta(days=30))))
    hall.ask("decide", number, "refuse", "--reason", "r-income")

    assert booked_again(window, number, free(window)[0]).refused == "nothing_to_book"
