"""Taking a case: everything in one commit, a number never twice, lists that tell the truth."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk import numbers
from kiosk.failure import Failure, KioskError
from kiosk.model.case import Rating
from kiosk.model.state import CaseState
from kiosk.ports import Submission
from kiosk.seal import records
from local_db.store import Store, open_store
from tests.local_db.making import NOON, PLATFORM_PRIVATE, Application, draft, material, page, submit


def test_one_submission_writes_everything(store: Store) -> None:
    refs = [store.blobs.keep(page()) for _ in range(3)]
    store.drafts.save(draft("d1", tuple(ref.digest for ref in refs)))
    materials = tuple(material(store, ref, f"m{place}", place) for place, ref in enumerate(refs))
    application = Application(materials, draft_id="d1", owners=(b"mother", b"daughter"), form=b"form")

    taken = store.cases.submit(application.build)

    number = taken.summary.submission_no
    assert store.cases.show(number) == taken.summary
    assert store.cases.receipt(number) == taken.receipt
    assert set(store.cases.owners(number)) == {b"mother", b"daughter"}
    (entry,) = store.outbox.next_batch(NOON)
    assert (entry.event_id, entry.kind, entry.submission_no) == (taken.event_id, "case", number)
    assert entry.materials == materials
    assert records.open_record(entry.payload, PLATFORM_PRIVATE, f"form/{taken.event_id}") == b"form"
    assert store.outbox.counts() == (1, 0, len(taken.payload) + sum(ref.size for ref in refs))
    last = store.journal.entries()[-1]
    assert (last.act, last.subject, last.actor) == ("case.submitted", number, "terminal")


def test_submission_takes_the_draft_and_its_wraps_away(store: Store) -> None:
    kept, unused = store.blobs.keep(page()), store.blobs.keep(page())
    store.drafts.save(draft("d1", (kept.digest, unused.digest)))

    store.cases.submit(Application((material(store, kept),), draft_id="d1").build)

    for wanted, digest, failure in (
        (store.drafts.load, "d1", Failure.CASE_UNKNOWN),
        (store.blobs.draft_wrap, kept.digest, Failure.DRAFT_LOCKED),
        (store.blobs.read, unused.digest, Failure.BLOB_DAMAGED),
    ):
        with pytest.raises(KioskError) as error:
            wanted(digest)
        assert error.value.failure is failure
    assert store.blobs.read(kept.digest)


def test_a_page_another_draft_still_needs_survives_the_submission(store: Store) -> None:
    shared = store.blobs.keep(page())
    store.drafts.save(draft("d1", (shared.digest,)))
    store.drafts.save(draft("d2", (shared.digest,)))

    submit(store, draft_id="d1")

    assert store.blobs.draft_wrap(shared.digest)


def test_a_case_never_goes_out_without_its_pages(store: Store) -> None:
    ref = store.blobs.keep(page())
    lost = material(store, ref)
    store.drafts.save(draft("d1", (ref.digest,)))
    path = store.blobs._files._path(bytes.fromhex(ref.digest))
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(KioskError) as error:
        store.cases.submit(Application((lost,), draft_id="d1").build)

    assert error.value.failure is Failure.BLOB_DAMAGED
    assert store.cases.page() == ()
    assert store.outbox.counts() == (0, 0, 0)
    assert store.drafts.load("d1")
    assert store.blobs.draft_wrap(ref.digest)


def test_the_counter_never_resets_and_never_repeats(store: Store) -> None:
    application = Application()
    store.cases.submit(application.build)
    submit(store)

    def fails(counter: int) -> Submission:
        application.counters.append(counter)
        raise KioskError(Failure.MATERIALS_MISSING)

    with pytest.raises(KioskError):
        store.cases.submit(fails)
    taken = submit(store)

    assert numbers.parse(taken.summary.submission_no).counter == 3
    assert len({case.submission_no for case in store.cases.page()}) == 3


def test_an_amendment_keeps_the_number_and_the_state_and_is_an_event_of_its_own(store: Store) -> None:
    first = submit(store, pages=1)
    number = first.summary.submission_no
    store.outbox.settle(first.event_id, b"ack")

    second = submit(store, pages=1, replaces=number)

    assert second.event_id != first.event_id
    assert [case.submission_no for case in store.cases.page()] == [number]
    (entry,) = store.outbox.next_batch(NOON)
    assert (entry.kind, entry.replaces, entry.submission_no) == ("amendment", number, number)
    summary = store.cases.show(number)
    assert (summary.state, summary.pending) == (CaseState.SUBMITTED, True)
    assert store.cases.receipt(number) == second.receipt
    assert store.outbox.counts()[0] == 1


def test_an_amendment_of_a_case_from_elsewhere_is_shown_here_too(store: Store) -> None:
    elsewhere = numbers.submission_no("T00002", "B", None, 7)
    submit(store, replaces=elsewhere)

    assert store.cases.show(elsewhere).pending


def test_the_same_reference_is_taken_once(store: Store) -> None:
    taken = submit(store, ref="county-17", ref_digest=b"digest")

    assert store.cases.by_ref("county-17") == (taken.summary.submission_no, b"digest")
    assert store.cases.by_ref("county-18") is None
    with pytest.raises(KioskError) as error:
        submit(store, ref="county-17", ref_digest=b"other")
    assert error.value.failure is Failure.REF_REUSED
    assert store.outbox.counts()[0] == 1


def test_a_person_finds_their_own_cases_newest_first(store: Store) -> None:
    mine = [submit(store, owners=(b"me",), at=NOON + timedelta(minutes=step)) for step in range(3)]
    submit(store, owners=(b"somebody",))
    ours = submit(store, owners=(b"me", b"somebody"), at=NOON + timedelta(hours=1))

    found = [case.submission_no for case in store.cases.owned_by(b"me")]

    assert found == [one.summary.submission_no for one in (ours, *reversed(mine))]
    assert store.cases.owned_by(b"nobody") == ()


def test_pages_together_show_every_case_once(store: Store) -> None:
    """Also where many cases bear the same instant."""
    for step in range(40):
        submit(store, at=NOON + timedelta(seconds=step // 7))
    seen: list[str] = []
    before: datetime | None = None
    while turn := store.cases.page(before, limit=5):
        assert len(turn) <= 5 + 7
        seen += [case.submission_no for case in turn]
        before = turn[-1].submitted_at

    counters = [numbers.parse(number).counter for number in seen]
    assert sorted(counters) == list(range(1, 41))
    assert counters == sorted(counters, reverse=True)


def test_a_case_from_1970_is_listed_and_sent_like_any_other(store: Store) -> None:
    taken = submit(store, at=datetime(1970, 1, 1, 0, 3, tzinfo=UTC))

    assert store.cases.page()[0].submitted_at == taken.summary.submitted_at
    assert store.outbox.next_batch(NOON)[0].created_at == taken.summary.submitted_at


def test_a_rating_goes_up_sealed_and_counts_as_no_case(store: Store) -> None:
    number = submit(store).summary.submission_no
    store.cases.rate(Rating(number, 1, NOON, ("耐心",)))
    store.cases.rate(Rating(None, 5, NOON))

    assert store.outbox.counts()[0] == 1
    assert not [case for case in store.cases.page() if case.attempts]
    about, anonymous = [entry for entry in store.outbox.next_batch(NOON) if entry.kind == "rating"]
    assert (about.submission_no, anonymous.submission_no) == (number, "")
    plain = records.open_record(about.payload, PLATFORM_PRIVATE, f"form/{about.event_id}")
    assert "耐心".encode() in plain
    assert "耐心".encode() not in about.payload


def test_a_rating_never_makes_a_delivered_case_look_undelivered(store: Store) -> None:
    taken = submit(store)
    store.cases.rate(Rating(taken.summary.submission_no, 2, NOON))
    store.outbox.settle(taken.event_id, b"ack")

    assert not store.cases.show(taken.summary.submission_no).pending
    assert store.outbox.counts()[:2] == (0, 0)


def test_an_unknown_number_is_unknown(store: Store) -> None:
    for wanted in (store.cases.show, store.cases.receipt):
        with pytest.raises(KioskError) as error:
            wanted("T00001A-20261124-00001-X")
        assert error.value.failure is Failure.CASE_UNKNOWN
    assert store.cases.owners("T00001A-20261124-00001-X") == ()
    assert store.cases.decision_paper("T00001A-20261124-00001-X") is None


def test_everything_is_there_again_after_a_restart(store: Store, data: Path) -> None:
    submit(store, pages=1)
    before = (store.cases.page(), store.outbox.next_batch(NOON), store.journal.head())
    store.close()

    with open_store(data) as again:
        assert (again.cases.page(), again.outbox.next_batch(NOON), again.journal.head()) == before


def test_items_done_most_here_of_late_come_first(store: Store) -> None:
    for code in ("item-a", "item-b", "item-b", "item-c", "item-b", "item-c"):
        submit(store, item_code=code)

    assert store.cases.most_done() == ("item-b", "item-c", "item-a")
