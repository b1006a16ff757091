"""The day's reckoning: three figures that must be one, and a name for whatever keeps them apart."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.model.case import Rating
from kiosk.model.dayreport import Cause, DayReport, ReceiptEnd, Sending
from kiosk.model.printing import edition_of
from local_db.store import Store
from tests.local_db.making import NOON, SetClock, submit

TODAY = date(2026, 11, 24)
LAST_MOMENT = datetime(2026, 11, 24, 15, 59, 59, 999999, tzinfo=UTC)


def receipt(store: Store, subject: str, *outcomes: str) -> None:
    for outcome in outcomes:
        entry, _ = store.papers.begin("receipt", subject, "d")
        if outcome != "running":
            store.papers.end(entry, outcome)


def causes(report: DayReport) -> list[tuple[str, str]]:
    return [(str(one.cause), one.number) for one in report.differences]


def explained(report: DayReport) -> bool:
    """Every case that is missing from a figure is named with a cause, once a figure."""
    named = [one.cause.split(".")[0] for one in report.differences]
    return (report.submitted - report.printed, report.submitted - report.acknowledged) == (
        named.count("receipt"),
        named.count("sending"),
    )


def test_a_day_on_which_all_went_well_agrees(store: Store) -> None:
    for _ in range(3):
        taken = submit(store)
        receipt(store, taken.summary.submission_no, "printed")
        store.outbox.settle(taken.event_id, b"ack")
    report = store.daybook.report(TODAY)

    assert (report.submitted, report.printed, report.acknowledged) == (3, 3, 3)
    assert report.agrees
    assert report.differences == ()


@pytest.mark.parametrize(
    ("outcomes", "end"),
    [
        ((), ReceiptEnd.UNASKED),
        (("running",), ReceiptEnd.RUNNING),
        (("parked",), ReceiptEnd.WAITING),
        (("uncertain",), ReceiptEnd.UNCERTAIN),
        (("failed",), ReceiptEnd.GIVEN_UP),
        (("parked", "failed"), ReceiptEnd.GIVEN_UP),
        (("failed", "printed"), ReceiptEnd.PRINTED),
        (("uncertain", "printed"), ReceiptEnd.PRINTED),
        (("uncertain", "failed"), ReceiptEnd.UNCERTAIN),
    ],
)
def test_a_receipt_that_is_not_there_says_why(store: Store, outcomes: tuple[str, ...], end: ReceiptEnd) -> None:
    taken = submit(store)
    receipt(store, taken.summary.submission_no, *outcomes)
    store.outbox.settle(taken.event_id, b"ack")
    report = store.daybook.report(TODAY)

    assert report.events[0].receipt is end
    assert causes(report) == ([] if end is ReceiptEnd.PRINTED else [(f"receipt.{end}", taken.summary.submission_no)])
    assert explained(report)


def test_a_case_that_has_not_arrived_says_why(store: Store) -> None:
    names = ("queued", "trying", "scans", "parked", "complete")
    taken = {name: submit(store) for name in names}
    for one in taken.values():
        receipt(store, one.summary.submission_no, "printed")
    store.outbox.postpone([taken["trying"].event_id], "link.down", NOON)
    store.outbox.form_taken(taken["scans"].event_id, b"ack")
    store.outbox.park(taken["parked"].event_id, "link.intake_refused", "item/withdrawn")
    store.outbox.settle(taken["complete"].event_id, b"ack")
    report = store.daybook.report(TODAY)
    found = {one.cause: one for one in report.differences}

    assert (report.submitted, report.printed, report.acknowledged) == (5, 5, 1)
    assert {str(cause) for cause in found} == {f"sending.{name}" for name in names[:-1]}
    assert found[Cause.SENDING_TRYING].failure == "link.down"
    assert found[Cause.SENDING_PARKED].reason == "item/withdrawn"
    assert explained(report)


def test_reprints_are_counted_and_are_no_further_receipts(store: Store) -> None:
    taken = submit(store)
    receipt(store, taken.summary.submission_no, "printed", "printed", "failed", "printed")
    report = store.daybook.report(TODAY)

    assert (report.printed, report.reprints) == (1, 2)
    assert [(one.kind, one.printed, one.reprints) for one in report.papers] == [("receipt", 3, 2)]


def test_each_correction_of_a_case_has_a_receipt_of_its_own(store: Store) -> None:
    first = submit(store, paper=b"{}")
    number = first.summary.submission_no
    receipt(store, number, "printed")
    submit(store, replaces=number, paper=b"2")
    receipt(store, f"{number}-{edition_of(b'2')}", "printed", "printed")
    submit(store, replaces=number, paper=b"3")
    receipt(store, f"{number}-{edition_of(b'3')}", "uncertain")
    submit(store, paper=b"{}")  # the next number begins alike and is none of this case
    report = store.daybook.report(TODAY)

    assert [(one.kind, one.receipt, one.reprints) for one in report.events] == [
        ("case", ReceiptEnd.PRINTED, 0),
        ("amendment", ReceiptEnd.PRINTED, 1),
        ("amendment", ReceiptEnd.UNCERTAIN, 0),
        ("case", ReceiptEnd.UNASKED, 0),
    ]


def test_the_day_is_the_one_people_here_live_by(store: Store) -> None:
    late, early = submit(store, at=LAST_MOMENT), submit(store, at=LAST_MOMENT + timedelta(microseconds=1))

    assert [one.number for one in store.daybook.report(TODAY).events] == [late.summary.submission_no]
    assert [one.number for one in store.daybook.report(date(2026, 11, 25)).events] == [early.summary.submission_no]


def test_what_is_open_from_before_stays_on_the_sheet_until_it_has_arrived(store: Store) -> None:
    old = submit(store, at=NOON - timedelta(days=9))
    assert [one.number for one in store.daybook.report(TODAY).earlier] == [old.summary.submission_no]
    assert not store.daybook.report(TODAY).agrees

    store.outbox.settle(old.event_id, b"ack")
    assert store.daybook.report(TODAY).earlier == ()
    assert store.daybook.report(TODAY).agrees


def test_a_case_taken_under_a_clock_of_1970_is_on_the_sheet_of_the_day_it_arrives(
    store: Store, clock: SetClock
) -> None:
    lost = datetime(1970, 1, 1, 3, tzinfo=UTC)
    taken = submit(store, at=lost, clock_trusted=False)
    for day in (TODAY, TODAY + timedelta(days=1)):
        report = store.daybook.report(day)
        assert [(one.number, one.sending) for one in report.undated] == [(taken.summary.submission_no, Sending.QUEUED)]
        assert not report.agrees

    clock.at = NOON
    store.outbox.settle(taken.event_id, b"ack")
    assert [one.sending for one in store.daybook.report(TODAY).undated] == [Sending.COMPLETE]
    assert store.daybook.report(TODAY).agrees
    assert store.daybook.report(TODAY + timedelta(days=1)).undated == ()


def test_ratings_are_no_cases(store: Store) -> None:
    taken = submit(store)
    store.outbox.settle(taken.event_id, b"ack")
    store.cases.rate(Rating(taken.summary.submission_no, 1, NOON))

    assert len(store.daybook.report(TODAY).events) == 1
