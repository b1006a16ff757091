"""Drafts: kept as sealed, found by their owner, gone with everything they held."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.failure import Failure, KioskError
from local_db.store import Store
from tests.local_db.making import NOON, draft, page


def test_a_draft_comes_back_as_it_was_saved(store: Store) -> None:
    refs = [store.blobs.keep(page()) for _ in range(2)]
    saved = draft("d1", tuple(ref.digest for ref in refs), NOON + timedelta(days=7), owner=b"card")

    store.drafts.save(saved)

    assert store.drafts.load("d1") == saved


def test_saving_again_replaces_it_whole(store: Store) -> None:
    first, second = store.blobs.keep(page()), store.blobs.keep(page())
    store.drafts.save(draft("d1", (first.digest,), NOON))
    again = draft("d1", (second.digest,))

    store.drafts.save(again)

    assert store.drafts.load("d1") == again
    assert len(store.drafts.owned_by(b"o")) == 1


def test_an_owner_sees_only_their_own(store: Store) -> None:
    store.drafts.save(draft("mine", owner=b"me"))
    store.drafts.save(draft("yours", owner=b"you"))

    assert [one.case_id for one in store.drafts.owned_by(b"me")] == ["mine"]
    assert store.drafts.owned_by(b"nobody") == ()


def test_a_discarded_draft_is_gone_with_its_pages(store: Store) -> None:
    ref = store.blobs.keep(page())
    store.drafts.save(draft("d1", (ref.digest,)))

    store.drafts.discard("d1")
    store.drafts.discard("d1")

    for wanted in (lambda: store.drafts.load("d1"), lambda: store.blobs.read(ref.digest)):
        with pytest.raises(KioskError):
            wanted()


def test_what_was_kept_for_some_days_goes_when_they_are_over(store: Store) -> None:
    ref = store.blobs.keep(page())
    store.drafts.save(draft("week", (ref.digest,), NOON + timedelta(days=7)))
    store.drafts.save(draft("month", keep_until=NOON + timedelta(days=30)))
    store.drafts.save(draft("open"))

    assert store.drafts.discard_expired(NOON + timedelta(days=6)) == 0
    assert store.drafts.discard_expired(NOON + timedelta(days=8)) == 1

    assert {one.case_id for one in store.drafts.owned_by(b"o")} == {"month", "open"}
    with pytest.raises(KioskError) as error:
        store.blobs.read(ref.digest)
    assert error.value.failure is Failure.BLOB_DAMAGED


def test_a_draft_kept_while_the_clock_stood_in_1970_is_kept_as_long_as_promised(store: Store) -> None:
    flat = datetime(1970, 1, 1, tzinfo=UTC)
    week = draft("week", keep_until=flat + timedelta(days=7))
    store.drafts.save(replace(week, summary=replace(week.summary, updated_at=flat)))

    assert store.drafts.discard_expired(NOON) == 0
    assert store.drafts.discard_expired(NOON + timedelta(days=6)) == 0
    assert store.drafts.discard_expired(NOON + timedelta(days=8)) == 1


def test_an_unknown_draft_is_unknown(store: Store) -> None:
    with pytest.raises(KioskError) as error:
        store.drafts.load("nobody")
    assert error.value.failure is Failure.CASE_UNKNOWN
