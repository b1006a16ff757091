"""A newer catalogue made of the one held: the same as the whole package, or nothing at all."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.generated import generated_item
from kiosk.calendar import HolidayTable, parse_holidays
from kiosk.catalogue.difference import read_difference, write_difference
from kiosk.catalogue.package import read_package, signed_head, write_package
from kiosk.failure import Failure, KioskError
from kiosk.seal import signing
from local_db.store import Store
from tests.local_db.making import RECORD_PRIVATE
from tests.local_db.test_shelf import HEAD, HOLIDAYS

RECORD_KEY = signing.public_of(RECORD_PRIVATE)
NEXT_YEAR = parse_holidays({"years": {"2027": {"holidays": ["2027-01-01"], "workdays": []}}, "source": "s"})


def packed(version: int, items: list[dict[str, Any]], holidays: HolidayTable = HOLIDAYS) -> bytes:
    return write_package(replace(HEAD, version=version), items, holidays, RECORD_PRIVATE)


def between(old: bytes, new: bytes) -> bytes:
    return write_difference(read_package(old, RECORD_KEY), read_package(new, RECORD_KEY), *signed_head(new))


def changed(item: dict[str, Any], version: int = 2, **more: Any) -> dict[str, Any]:
    return {**item, "version": version, "as_of": "2026-11-20", "summary": f"第{version}版。", **more}


def shown(store: Store) -> tuple[object, ...]:
    shelf = store.shelf
    kept = store._connection.rows("SELECT * FROM shelf_retention ORDER BY 1, 2")
    raw = store._connection.rows("SELECT * FROM shelf_items ORDER BY code")
    return shelf.version(), shelf.head(), shelf.holidays(), shelf.entries(), shelf.items(), kept, raw


def failure_of(work: Callable[[], object]) -> Failure | None:
    try:
        work()
    except KioskError as error:
        return error.failure
    return None


def emptied(store: Store) -> Store:
    with store.write_tx():
        store._connection.run("DELETE FROM shelf_head")
    return store


OLD = [generated_item(index) for index in range(6)]
RETIRED = changed(OLD[0], 1, state="取消", cancel="2026-11-01")
LATER: list[tuple[list[dict[str, Any]], HolidayTable]] = [
    ([*OLD[:5], changed(OLD[5])], HOLIDAYS),  # one item changed
    (OLD[1:], HOLIDAYS),  # one is gone
    ([*OLD, generated_item(9)], HOLIDAYS),  # one is new
    ([RETIRED, changed(OLD[0]), *OLD[1:]], HOLIDAYS),  # the old version stays beside the new one
    (OLD, NEXT_YEAR),  # only the holidays
    ([generated_item(20)], NEXT_YEAR),  # nothing is left as it was
]


@pytest.mark.parametrize(("items", "holidays"), LATER)
def test_a_difference_makes_exactly_what_the_package_holds(
    store: Store, items: list[dict[str, Any]], holidays: HolidayTable
) -> None:
    old, new = packed(1, OLD), packed(2, items, holidays)
    store.shelf.replace(old)
    assert store.shelf.merge(between(old, new)) == 2
    merged = shown(store)
    third = packed(3, OLD)
    assert store.shelf.merge(between(new, third)) == 3, "and the next one starts from there"
    store.shelf.replace(packed(4, OLD))
    emptied(store).shelf.replace(new)
    assert merged == shown(store)


def test_a_hundredth_of_the_items_changed_costs_a_thousandth_of_the_package() -> None:
    items = [generated_item(index) for index in range(600)]
    old = packed(1, items)
    new = packed(2, [changed(item) if place % 100 == 0 else item for place, item in enumerate(items)])
    difference = between(old, new)
    assert len(difference) < 6 * 110 + 700, "a head, and some hundred bytes an item"
    assert len(difference) < len(new) / 25


def test_a_difference_from_another_catalogue_changes_nothing(store: Store) -> None:
    first, other, new = packed(1, OLD), packed(1, OLD[1:]), packed(2, OLD[2:])
    store.shelf.replace(first)
    before = shown(store)
    for difference in (between(other, new), between(packed(7, OLD), packed(8, OLD[1:])), between(new, first)):
        with pytest.raises(KioskError) as caught:
            store.shelf.merge(difference)
        assert caught.value.failure is Failure.CATALOGUE_OLDER
    assert shown(store) == before


def test_a_difference_to_no_newer_catalogue_changes_nothing(store: Store) -> None:
    held, older = packed(5, OLD), packed(4, OLD[1:])
    store.shelf.replace(held)
    with pytest.raises(KioskError) as caught:
        store.shelf.merge(between(held, older))
    assert caught.value.failure is Failure.CATALOGUE_OLDER
    assert store.shelf.version() == 5


def test_a_head_nobody_signed_is_refused(store: Store) -> None:
    old = packed(1, OLD)
    foreign = write_package(replace(HEAD, version=2), OLD[1:], HOLIDAYS, signing.new_signing_key())
    store.shelf.replace(old)
    difference = write_difference(
        read_package(old, RECORD_KEY), read_package(packed(2, OLD[1:]), RECORD_KEY), *signed_head(foreign)
    )
    with pytest.raises(KioskError) as caught:
        store.shelf.merge(difference)
    assert caught.value.failure is Failure.CATALOGUE_NOT_GENUINE


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_difference_with_any_byte_changed_makes_the_same_or_nothing(store: Store, data: st.DataObject) -> None:
    old, new = packed(1, OLD), packed(2, LATER[3][0])
    if store.shelf.version() != 1:
        emptied(store).shelf.replace(old)
    before = shown(store)
    difference = bytearray(between(old, new))
    place = data.draw(st.integers(0, len(difference) - 1))
    difference[place] ^= data.draw(st.integers(1, 255))
    refusal = failure_of(lambda: store.shelf.merge(bytes(difference)))
    if refusal is None:
        assert store.shelf.head().digest == read_package(new, RECORD_KEY).head.digest
    else:
        assert refusal in {Failure.CATALOGUE_BROKEN, Failure.CATALOGUE_NOT_GENUINE, Failure.CATALOGUE_OLDER}
        assert shown(store) == before


@given(st.binary(max_size=300))
def test_what_is_no_difference_is_named(data: bytes) -> None:
    assert failure_of(lambda: read_difference(data)) in {None, Failure.CATALOGUE_BROKEN}
