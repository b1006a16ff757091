"""The shelf: only what the platform signed, only newer, whole or not at all, and quick to open however long."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generated import generated_item
from kiosk.calendar import parse_holidays
from kiosk.catalogue.package import Head, write_package
from kiosk.failure import Failure, KioskError
from kiosk.seal import signing
from local_db.store import Store, open_store
from tests.local_db.making import NOON, RECORD_PRIVATE, Application, SetClock, material, page

HOLIDAYS = parse_holidays({"years": {"2026": {"holidays": ["2026-10-01"], "workdays": ["2026-10-10"]}}, "source": "s"})
HEAD = Head("demo", "演示目录", 1, date(2026, 11, 1), datetime(2026, 11, 24, 8, tzinfo=UTC), demo=True)


def package(version: int, *items: dict[str, Any], private: bytes = RECORD_PRIVATE) -> bytes:
    return write_package(replace(HEAD, version=version), items or [generated_item(0)], HOLIDAYS, private)


def refusal(store: Store, data: bytes) -> Failure:
    with pytest.raises(KioskError) as error:
        store.shelf.replace(data)
    return error.value.failure


def test_an_empty_shelf_says_so(store: Store) -> None:
    assert store.shelf.version() == 0
    assert store.shelf.items() == ()
    for wanted in (store.shelf.head, store.shelf.holidays, store.shelf.entries, lambda: store.shelf.item("x")):
        with pytest.raises(KioskError) as error:
            wanted()
        assert error.value.failure is Failure.CATALOGUE_ABSENT


def test_a_shelved_catalogue_answers_item_by_item(store: Store) -> None:
    items = [generated_item(index) for index in range(20)]

    assert store.shelf.replace(package(7, *items)) == 7

    assert store.shelf.version() == 7
    assert (store.shelf.head().title, store.shelf.head().items) == ("演示目录", 20)
    assert store.shelf.holidays() == HOLIDAYS
    assert {entry.code for entry in store.shelf.entries()} == {item["code"] for item in items}
    assert {item.code for item in store.shelf.items()} == {item["code"] for item in items}
    assert store.shelf.item(items[3]["code"]).name == items[3]["name"]
    with pytest.raises(KioskError) as error:
        store.shelf.item("nothing")
    assert error.value.failure is Failure.ITEM_UNKNOWN


def test_a_newer_catalogue_takes_the_place_of_the_old_one(store: Store) -> None:
    store.shelf.replace(package(1, generated_item(0), generated_item(1)))
    store.shelf.replace(package(2, generated_item(1), generated_item(2)))

    codes = {entry.code for entry in store.shelf.entries()}
    assert codes == {generated_item(1)["code"], generated_item(2)["code"]}
    with pytest.raises(KioskError):
        store.shelf.item(generated_item(0)["code"])


def test_versions_only_rise(store: Store) -> None:
    store.shelf.replace(package(5))
    before = store.shelf.head()

    assert refusal(store, package(4)) is Failure.CATALOGUE_OLDER
    assert refusal(store, package(5, generated_item(9))) is Failure.CATALOGUE_OLDER
    assert store.shelf.head() == before


def test_the_same_catalogue_again_is_no_change(store: Store) -> None:
    store.shelf.replace(package(5))
    journal = store.journal.head()

    assert store.shelf.replace(package(5)) == 5
    assert store.journal.head() == journal


def test_what_the_platform_did_not_sign_never_reaches_the_shelf(store: Store) -> None:
    store.shelf.replace(package(1))
    forged = package(2, private=signing.new_signing_key())
    torn = package(2)[:-20]
    bent = bytearray(package(2))
    bent[-9] ^= 1

    assert refusal(store, forged) is Failure.CATALOGUE_NOT_GENUINE
    assert refusal(store, torn) is Failure.CATALOGUE_BROKEN
    assert refusal(store, bytes(bent)) in {Failure.CATALOGUE_BROKEN, Failure.CATALOGUE_NOT_GENUINE}
    assert refusal(store, b"<html>") is Failure.CATALOGUE_BROKEN
    assert store.shelf.version() == 1


def test_a_terminal_without_an_identity_trusts_no_catalogue(data: Path) -> None:
    with open_store(data, create=True, clock=SetClock()) as store:
        assert refusal(store, package(1)) is Failure.NOT_PROVISIONED


def test_the_other_process_sees_the_new_catalogue_at_once(store: Store, data: Path) -> None:
    store.shelf.replace(package(1, generated_item(0)))
    with open_store(data, clock=SetClock()) as agent:
        agent.shelf.replace(package(2, generated_item(1)))

    assert store.shelf.version() == 2
    assert store.shelf.item(generated_item(1)["code"])


def test_files_stay_as_long_as_the_shelved_item_says(store: Store) -> None:
    item = generated_item(0)
    rule = item["materials"][0]
    rule["retention_days"] = 3
    store.shelf.replace(package(1, item))
    ref = store.blobs.keep(page())
    taken = store.cases.submit(Application((material(store, ref, rule["id"]),), item_code=item["code"]).build)
    store.outbox.settle(taken.event_id, b"ack")

    assert store.outbox.releasable(NOON + timedelta(days=2)) == ()
    assert store.outbox.releasable(NOON + timedelta(days=4)) == (ref.digest,)


def test_five_thousand_items_are_shelved_and_do_not_slow_the_opening(store: Store, data: Path) -> None:
    """Not a timed test of the machine: opening is compared with shelving, which reads everything."""
    big = package(1, *(generated_item(index) for index in range(5000)))
    started = time.perf_counter()
    store.shelf.replace(big)
    shelving = time.perf_counter() - started
    store.close()

    started = time.perf_counter()
    with open_store(data, clock=SetClock()) as again:
        opening = time.perf_counter() - started
        assert again.shelf.item(generated_item(4999)["code"]).code == generated_item(4999)["code"]
        assert len(again.shelf.entries()) == 5000
    assert opening < shelving / 5
