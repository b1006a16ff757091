"""What has to go up: in the right order, never forgotten, never blocked by one bad case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.failure import Failure, KioskError
from kiosk.model.case import BlobRef
from kiosk.model.state import CaseState
from local_db.driver import DriverError
from local_db.store import Store, open_store
from tests.local_db.making import NOON, Application, SetClock, draft, enrol, material, page, submit

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def due(store: Store, now: datetime = NOON, limit: int = 100) -> list[str]:
    return [entry.event_id for entry in store.outbox.next_batch(now, limit)]


def test_the_oldest_case_goes_first(store: Store) -> None:
    events = [submit(store).event_id for _ in range(5)]

    assert due(store) == events
    assert due(store, limit=2) == events[:2]
    assert store.outbox.next_due() == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_postponed_case_waits_and_lets_the_others_by(store: Store) -> None:
    first, second, third = (submit(store).event_id for _ in range(3))
    store.outbox.postpone([first], "link.down", NOON + 5 * MINUTE)
    store.outbox.postpone([second], "link.down", NOON + 2 * MINUTE)

    assert due(store) == [third]
    assert due(store, NOON + 2 * MINUTE) == [third, second]
    assert due(store, NOON + 5 * MINUTE) == [third, second, first]
    assert store.outbox.next_batch(NOON + 5 * MINUTE)[2].attempts == 1


def test_the_list_says_when_and_why_a_case_is_tried_again(store: Store) -> None:
    taken = submit(store)
    store.outbox.postpone([taken.event_id], "link.down", NOON + MINUTE)

    case = store.cases.show(taken.summary.submission_no)

    assert (case.attempts, case.failure, case.next_attempt) == (1, "link.down", NOON + MINUTE)
    assert store.outbox.next_due() == NOON + MINUTE


def test_no_form_waits_for_a_scan(store: Store) -> None:
    begun = submit(store, pages=1).event_id
    store.outbox.form_taken(begun, b"ack")
    fresh = submit(store).event_id
    tried = submit(store).event_id
    store.outbox.postpone([tried], "link.down", NOON)

    assert due(store) == [fresh, tried, begun]
    assert [entry.form_taken for entry in store.outbox.next_batch(NOON)] == [False, False, True]


def test_a_clock_set_back_leaves_nothing_waiting_for_years(store: Store, clock: SetClock) -> None:
    event = submit(store).event_id
    store.outbox.postpone([event], "link.down", datetime(2093, 1, 1, tzinfo=UTC))

    assert due(store) == [event]
    assert store.outbox.next_due() == clock.at


def test_an_empty_outbox_waits_for_nothing(store: Store) -> None:
    assert store.outbox.next_batch(NOON) == ()
    assert store.outbox.next_due() is None
    assert store.outbox.counts() == (0, 0, 0)


def test_a_taken_form_makes_the_case_submitted_and_leaves_the_scans(store: Store) -> None:
    taken = submit(store, pages=2)
    number = taken.summary.submission_no

    store.outbox.form_taken(taken.event_id, b"signed form")
    store.outbox.form_taken(taken.event_id, b"said again")

    case = store.cases.show(number)
    assert (case.state, case.pending) == (CaseState.SUBMITTED, True)
    assert store.outbox.counts() == (1, 0, sum(one.size for one in taken.materials))
    assert store.outbox.acknowledgement(taken.event_id) == b"signed form"


def test_a_settled_case_is_delivered_and_its_proof_is_kept(store: Store) -> None:
    taken = submit(store, pages=1)

    store.outbox.settle(taken.event_id, b"signed whole")
    store.outbox.settle(taken.event_id, b"said again")
    store.outbox.form_taken(taken.event_id, b"late answer")
    store.outbox.park(taken.event_id, "link.refused", "late")
    store.outbox.postpone([taken.event_id], "link.down", NOON)

    case = store.cases.show(taken.summary.submission_no)
    assert (case.state, case.pending, case.parked, case.attempts) == (CaseState.SUBMITTED, False, False, 0)
    assert store.outbox.counts() == (0, 0, 0)
    assert due(store) == []
    assert store.outbox.acknowledgement(taken.event_id) == b"signed whole"
    assert store.blobs.read(taken.materials[0].digest)
    acts = [entry.act for entry in store.journal.entries() if entry.subject == taken.summary.submission_no]
    assert acts == ["case.submitted", "event.settled"]


def test_a_parked_case_blocks_nothing_and_is_counted(store: Store) -> None:
    bad, good = submit(store, pages=1), submit(store)
    store.outbox.park(bad.event_id, "link.intake_refused", "item/unknown")

    assert due(store) == [good.event_id]
    case = store.cases.show(bad.summary.submission_no)
    assert (case.parked, case.pending, case.failure, case.reason) == (
        True,
        True,
        "link.intake_refused",
        "item/unknown",
    )
    assert store.outbox.counts()[:2] == (2, 1)

    assert store.outbox.unpark(bad.summary.submission_no, "clerk-7") == 1
    assert store.outbox.unpark(bad.summary.submission_no, "clerk-7") == 0
    assert due(store) == [bad.event_id, good.event_id]
    assert store.outbox.counts()[:2] == (2, 0)


def test_an_unknown_event_is_unknown(store: Store) -> None:
    acts: list[Callable[[], object]] = [
        lambda: store.outbox.settle("?", b""),
        lambda: store.outbox.form_taken("?", b""),
        lambda: store.outbox.park("?", "", ""),
        lambda: store.outbox.unpark("?", "clerk-7"),
        lambda: store.outbox.acknowledgement("?"),
    ]
    for act in acts:
        with pytest.raises(KioskError) as error:
            act()
        assert error.value.failure is Failure.CASE_UNKNOWN
    store.outbox.postpone(["?"], "link.down", NOON)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM outbox",
        "DELETE FROM outbox_payloads",
        "DELETE FROM blobs",
        "UPDATE outbox SET event_id = 'other'",
        "UPDATE outbox SET submission_no = 'other'",
        "UPDATE outbox_payloads SET payload = x'00'",
        "DELETE FROM cases",
    ],
)
def test_the_file_itself_refuses_to_lose_unsent_work(store: Store, sql: str) -> None:
    submit(store, pages=1)

    with pytest.raises(DriverError), store.write_tx():
        store._connection.run(sql)


def test_counts_follow_whatever_happens(store: Store, data: Path) -> None:
    events = [submit(store, pages=1) for _ in range(6)]
    store.outbox.form_taken(events[0].event_id, b"a")
    store.outbox.park(events[1].event_id, "f", "r")
    store.outbox.settle(events[1].event_id, b"a")
    store.outbox.settle(events[2].event_id, b"a")
    store.outbox.park(events[3].event_id, "f", "r")

    with open_store(data) as other:
        assert other.outbox.counts() == counted(other)
    assert store.outbox.counts()[:2] == (4, 1)


def counted(store: Store) -> tuple[int, int, int]:
    row = store._connection.row(
        "SELECT count(*) FILTER (WHERE state <> 'settled'), count(*) FILTER (WHERE state = 'parked'),"
        " coalesce(sum(bytes_left), 0) FROM outbox WHERE kind <> 'rating'"
    )
    assert row is not None
    return row[0], row[1], row[2]


ACTS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["submit", "form", "settle", "park", "unpark", "postpone"])),
    max_size=25,
)


@settings(max_examples=12, deadline=None)
@given(ACTS)
def test_counts_are_what_counting_would_give_after_any_history(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[int, str]]
) -> None:
    with open_store(tmp_path_factory.mktemp("any") / "data", create=True, clock=SetClock()) as store:
        enrol(store)
        taken = [submit(store) for _ in range(4)]
        for which, act in acts:
            event = taken[which].event_id
            if act == "submit":
                taken[which] = submit(store, pages=1)
            elif act == "form":
                store.outbox.form_taken(event, b"a")
            elif act == "settle":
                store.outbox.settle(event, b"a")
            elif act == "park":
                store.outbox.park(event, "f", "r")
            elif act == "unpark":
                store.outbox.unpark(taken[which].summary.submission_no, "clerk-7")
            else:
                store.outbox.postpone([event], "f", NOON)

        assert store.outbox.counts() == counted(store)
        assert len(due(store)) == store.outbox.counts()[0] - store.outbox.counts()[1]


def test_nothing_is_released_before_the_platform_has_signed_and_the_time_is_over(store: Store) -> None:
    shelve_retention(store, m0=10, m1=30)
    taken = submit(store, pages=2)
    first, second = (one.digest for one in taken.materials)
    assert store.outbox.releasable(NOON + 900 * DAY) == ()

    store.outbox.settle(taken.event_id, b"ack")

    assert store.outbox.releasable(NOON + 9 * DAY) == ()
    assert store.outbox.releasable(NOON + 11 * DAY) == (first,)
    assert set(store.outbox.releasable(NOON + 31 * DAY)) == {first, second}


def test_release_deletes_what_is_releasable_and_nothing_else(store: Store) -> None:
    shelve_retention(store, m0=10, m1=30)
    done, waiting = submit(store, pages=2), submit(store, pages=2)
    store.outbox.settle(done.event_id, b"ack")

    assert store.outbox.release(NOON + 11 * DAY) == 1
    assert readable(store, done.materials[0].digest) is False
    assert readable(store, done.materials[1].digest) is True
    assert store.outbox.release(NOON + 31 * DAY) == 1
    assert store.outbox.release(NOON + 31 * DAY) == 0
    assert readable(store, done.materials[1].digest) is False
    assert all(readable(store, one.digest) for one in waiting.materials)
    assert store.outbox.acknowledgement(done.event_id) == b"ack"
    assert store.cases.show(done.summary.submission_no)


def test_a_file_another_case_or_draft_still_holds_is_not_released(store: Store) -> None:
    shelve_retention(store, m0=1)
    ref = store.blobs.keep(page())
    first = store.cases.submit(Application((material(store, ref, "m0"),)).build)
    second = store.cases.submit(Application((material(store, ref, "m0"),)).build)
    store.outbox.settle(first.event_id, b"ack")

    assert store.outbox.releasable(NOON + 9 * DAY) == ()
    store.outbox.release(NOON + 9 * DAY)
    assert readable(store, ref.digest)

    store.drafts.save(draft("d", (ref.digest,)))
    store.outbox.settle(second.event_id, b"ack")
    assert store.outbox.releasable(NOON + 9 * DAY) == ()
    store.outbox.release(NOON + 9 * DAY)
    assert readable(store, ref.digest)

    store.drafts.discard("d")
    assert not readable(store, ref.digest)


def test_files_delivered_while_the_clock_stood_in_1970_stay_as_long_as_any(tmp_path: Path) -> None:
    flat = SetClock(datetime(1970, 1, 1, tzinfo=UTC))
    with open_store(tmp_path / "data", create=True, clock=flat) as store:
        enrol(store)
        shelve_retention(store, m0=10)
        taken = submit(store, pages=1)
        store.outbox.settle(taken.event_id, b"ack")

        assert store.outbox.release(NOON) == 0
        assert store.outbox.release(NOON + 9 * DAY) == 0
        assert store.outbox.release(NOON + 11 * DAY) == 1


def test_what_no_catalogue_speaks_of_is_kept(store: Store) -> None:
    taken = submit(store, pages=1)
    store.outbox.settle(taken.event_id, b"ack")

    assert store.outbox.release(NOON + 9000 * DAY) == 0
    assert readable(store, taken.materials[0].digest)


def shelve_retention(store: Store, **days: int) -> None:
    """What a catalogue leaves in the table; `test_shelf` proves that it does."""
    with store.write_tx():
        for name, value in days.items():
            store._connection.run(
                "INSERT INTO shelf_retention (item_code, material_id, days) VALUES ('000000-0001', ?, ?)", (name, value)
            )


def readable(store: Store, digest: str) -> bool:
    try:
        store.blobs.read(digest)
    except KioskError:
        return False
    return True


def test_the_same_page_handed_in_again_is_known_while_the_first_is_held_and_never_afterwards(store: Store) -> None:
    def kept(mark: bytes | None) -> BlobRef:
        return store.blobs.keep(replace(page(), mark=mark))

    shelve_retention(store, m0=10)
    first = kept(b"same")
    assert store.blobs.twin(kept(b"same").digest) is None, "a page of a draft is nobody else's yet"
    done = store.cases.submit(Application((material(store, first, "m0"),)).build)
    again = kept(b"same")
    assert store.blobs.twin(again.digest) == first
    assert store.blobs.twin(first.digest) is None
    assert store.blobs.twin(kept(b"another").digest) is None
    assert store.blobs.twin(kept(None).digest) is None

    store.outbox.settle(done.event_id, b"ack")
    assert store.outbox.release(NOON + 11 * DAY) == 1
    assert store.blobs.twin(again.digest) is None, "what is gone from here cannot be named any more"
