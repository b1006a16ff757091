"""A catalogue package is taken whole and genuine, or not at all."""

import contextlib
import hashlib
import itertools
import json
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generated import generated_item
from kiosk.calendar import parse_holidays
from kiosk.catalogue.item import ItemState
from kiosk.catalogue.package import (
    MAGIC,
    MOST_ITEM_BYTES,
    Head,
    canonical,
    decode_item,
    read_head,
    read_package,
    write_package,
)
from kiosk.failure import Failure, KioskError
from kiosk.seal import signing

PRIVATE = bytes(range(32))
PUBLIC = signing.public_of(PRIVATE)
HEAD = Head("demo", "演示目录", 7, date(2026, 11, 1), datetime(2026, 11, 24, 8, tzinfo=UTC), "511602000000", demo=True)
HOLIDAYS = parse_holidays({"years": {"2026": {"holidays": ["2026-01-01"], "workdays": ["2026-01-04"]}}, "source": "s"})


def package(*items: dict[str, Any]) -> bytes:
    return write_package(HEAD, items or tuple(generated_item(index) for index in range(5)), HOLIDAYS, PRIVATE)


def failure_of(data: bytes, key: bytes = PUBLIC) -> tuple[Failure, str]:
    with pytest.raises(KioskError) as caught:
        read_package(data, key)
    return caught.value.failure, str(caught.value.info["where"])


def signed(head: dict[str, Any], body: bytes) -> bytes:
    """A package whose signature is right, whatever it says."""
    plain = json.dumps(head | {"packed": hashlib.sha256(body).hexdigest()}).encode()
    return MAGIC + signing.sign(PRIVATE, "catalogue", plain) + struct.pack(">I", len(plain)) + plain + body


def parts(data: bytes) -> tuple[dict[str, Any], bytes]:
    (length,) = struct.unpack_from(">I", data, 72)
    return json.loads(data[76 : 76 + length]), data[76 + length :]


def test_what_was_written_is_read_back_with_every_item_and_the_holidays() -> None:
    items = [generated_item(index) for index in range(30)]
    catalogue = read_package(package(*items), PUBLIC)
    assert (catalogue.head.id, catalogue.head.version, catalogue.head.items, catalogue.head.demo) == (
        "demo",
        7,
        30,
        True,
    )
    assert catalogue.holidays == HOLIDAYS
    assert {entry.code for entry in catalogue.entries} == {item["code"] for item in items}
    item = catalogue.item(items[3]["code"])
    assert item.name == items[3]["name"]
    assert item.materials[0].basis == items[3]["materials"][0]["basis"]
    assert [json.loads(catalogue.raw(line)) for line in catalogue.lines] == sorted(items, key=lambda raw: raw["code"])


def test_the_same_catalogue_gives_the_same_bytes_whatever_the_order_of_its_items() -> None:
    items = [generated_item(index) for index in range(8)]
    shuffled = [dict(reversed(item.items())) for item in reversed(items)]
    assert package(*items) == package(*shuffled)


def test_one_changed_word_changes_one_items_hash_and_the_whole() -> None:
    items = [generated_item(index) for index in range(4)]
    before = read_package(package(*items), PUBLIC)
    items[2]["notes"] = "新的说明"
    after = read_package(package(*items), PUBLIC)
    old = {line.entry.code: line.digest for line in before.lines}
    changed = [line.entry.code for line in after.lines if old[line.entry.code] != line.digest]
    assert changed == [items[2]["code"]]
    assert before.head.digest != after.head.digest


def test_new_holidays_change_the_whole() -> None:
    other = parse_holidays({"years": {}, "source": ""})
    first = read_head(package(generated_item(0)), PUBLIC)
    second = read_head(write_package(HEAD, [generated_item(0)], other, PRIVATE), PUBLIC)
    assert first.digest != second.digest


def test_another_platforms_catalogue_is_not_genuine() -> None:
    stranger = signing.public_of(bytes(32))
    assert failure_of(package(), stranger) == (Failure.CATALOGUE_NOT_GENUINE, "signature")


def test_a_signature_for_another_purpose_does_not_serve() -> None:
    head, body = parts(package())
    plain = json.dumps(head).encode()
    forged = MAGIC + signing.sign(PRIVATE, "paper", plain) + struct.pack(">I", len(plain)) + plain + body
    assert failure_of(forged) == (Failure.CATALOGUE_NOT_GENUINE, "signature")


def test_a_genuine_head_over_other_items_is_not_genuine() -> None:
    head, _ = parts(package(generated_item(0)))
    item = canonical(generated_item(0) | {"name": "改名"})
    body = canonical({"years": {}, "source": ""}) + b"\n" + item
    forged = signed(head | {"size": len(body)}, zlib.compress(body))
    assert failure_of(forged) == (Failure.CATALOGUE_NOT_GENUINE, "digest")


def test_another_way_to_pack_the_same_body_is_not_the_platforms_own() -> None:
    whole = package(generated_item(0))
    _, packed = parts(whole)
    body = zlib.decompress(packed)
    twins = []
    for place, bit in itertools.product(range(len(packed)), range(8)):
        flipped = packed[:place] + bytes([packed[place] ^ 1 << bit]) + packed[place + 1 :]
        with contextlib.suppress(zlib.error):
            if zlib.decompress(flipped) == body:
                twins.append(flipped)

    assert twins
    for packing in (*twins, zlib.compress(body, 1)):
        repacked = whole[: -len(packed)] + packing
        assert failure_of(repacked) == (Failure.CATALOGUE_NOT_GENUINE, "packed")


def test_a_package_from_before_packings_were_signed_is_still_read() -> None:
    head, packed = parts(package(generated_item(0)))
    plain = json.dumps({name: value for name, value in head.items() if name != "packed"}).encode()
    older = MAGIC + signing.sign(PRIVATE, "catalogue", plain) + struct.pack(">I", len(plain)) + plain + packed
    assert read_package(older, PUBLIC).head.items == 1


@settings(deadline=None)
@given(st.data())
def test_no_flipped_bit_is_taken(data: st.DataObject) -> None:
    whole = package(generated_item(0))
    place = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    damaged = whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]
    assert failure_of(damaged)[0] in {Failure.CATALOGUE_NOT_GENUINE, Failure.CATALOGUE_BROKEN}


@settings(deadline=None)
@given(length=st.integers(0, 2000))
def test_no_cut_package_is_taken(length: int) -> None:
    whole = package(generated_item(0))
    cut = whole[: min(length, len(whole) - 1)]
    assert failure_of(cut)[0] in {Failure.CATALOGUE_NOT_GENUINE, Failure.CATALOGUE_BROKEN}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + bytes(200), b"<html>portal</html>" * 20, MAGIC + bytes(80)])
def test_other_files_are_no_package(data: bytes) -> None:
    assert failure_of(data)[0] in {Failure.CATALOGUE_BROKEN, Failure.CATALOGUE_NOT_GENUINE}


def test_bytes_after_the_end_are_refused() -> None:
    assert failure_of(package() + b"\0") == (Failure.CATALOGUE_BROKEN, "body")


def test_a_body_that_inflates_beyond_its_stated_size_is_stopped() -> None:
    head, _ = parts(package(generated_item(0)))
    bomb = zlib.compress(bytes(50_000_000), 9)
    assert failure_of(signed(head, bomb)) == (Failure.CATALOGUE_BROKEN, "body")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"size": 10**12}, "size"),
        ({"items": 10**7}, "size"),
        ({"items": 99}, "items"),
        ({"format": 2}, "format"),
        ({"version": "seven"}, "head $.version"),
    ],
)
def test_a_head_beyond_the_bounds_is_refused(change: dict[str, Any], where: str) -> None:
    head, body = parts(package())
    assert failure_of(signed(head | change, body)) == (Failure.CATALOGUE_BROKEN, where)


def test_a_head_longer_than_the_file_is_refused() -> None:
    data = package()
    assert failure_of(data[:72] + struct.pack(">I", 2**31) + data[76:]) == (Failure.CATALOGUE_BROKEN, "head")


@pytest.mark.parametrize(
    ("make", "where"),
    [
        (lambda item: item | {"code": ""}, "line 1"),
        (lambda item: item | {"code": "a b"}, "line 1"),
        (lambda item: item | {"name": 5}, "line 1 $.name"),
        (lambda item: item | {"notes": "x" * (MOST_ITEM_BYTES + 1)}, "line 1"),
    ],
)
def test_nobody_can_write_what_nobody_could_read(make: Callable[[dict[str, Any]], dict[str, Any]], where: str) -> None:
    with pytest.raises(KioskError) as caught:
        package(make(generated_item(0)))
    assert (caught.value.failure, caught.value.info["where"]) == (Failure.CATALOGUE_BROKEN, where)


def test_two_live_versions_of_one_item_are_refused_and_named() -> None:
    first = generated_item(0)
    with pytest.raises(KioskError) as caught:
        package(first, first | {"version": 2})
    assert caught.value.info["where"] == f"duplicate {first['code']}"
    with pytest.raises(KioskError):
        package(first | {"state": "取消"}, first)


def test_the_live_version_is_chosen_and_without_one_the_newest() -> None:
    live, old = generated_item(0) | {"version": 3}, generated_item(0) | {"version": 4, "state": "暂停"}
    gone = generated_item(1) | {"state": "取消", "version": 1}
    newer = generated_item(1) | {"state": "暂停", "version": 2}
    catalogue = read_package(package(old, live, newer, gone), PUBLIC)
    assert catalogue.item(live["code"]).version == 3
    withdrawn = catalogue.item(gone["code"])
    assert (withdrawn.version, withdrawn.state) == (2, ItemState.PAUSED)
    assert len(catalogue.entries) == 2
    assert len(catalogue.lines) == 4


def test_an_unknown_item_is_said_to_be_unknown() -> None:
    with pytest.raises(KioskError) as caught:
        read_package(package(), PUBLIC).item("nothing")
    assert caught.value.failure is Failure.ITEM_UNKNOWN


def test_fields_of_a_newer_program_are_passed_over() -> None:
    item = generated_item(0) | {"novelty": {"deep": [1, 2]}}
    catalogue = read_package(package(item), PUBLIC)
    assert catalogue.item(item["code"]).name == item["name"]
    assert b"novelty" in catalogue.raw(catalogue.lines[0])


def test_one_guide_this_program_cannot_read_leaves_the_others_readable() -> None:
    strange = generated_item(0)
    strange["materials"][1]["need"] = "以后再说"
    catalogue = read_package(package(strange, generated_item(1)), PUBLIC)
    assert catalogue.item(generated_item(1)["code"]).name == generated_item(1)["name"]
    with pytest.raises(KioskError) as caught:
        catalogue.item(strange["code"])
    assert caught.value.failure is Failure.CATALOGUE_BROKEN
    assert caught.value.info["where"] == "item $.materials[1].need"


def test_canonical_json_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": "福"}) == '{"a":"福","b":1}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


def test_a_decoded_item_is_what_was_authored() -> None:
    raw = generated_item(5)
    decoded = msgspec.to_builtins(decode_item(canonical(raw)))
    for key, value in raw["materials"][0].items():
        assert decoded["materials"][0][key] == value
    assert decoded["forms"][0]["schema"] == raw["forms"][0]["schema"]


def test_five_thousand_items_need_no_full_decoding_to_be_listed() -> None:
    data = package(*(generated_item(index) for index in range(5_000)))
    catalogue = read_package(data, PUBLIC)
    assert len(catalogue.entries) == 5_000
    assert catalogue.item(generated_item(4_999)["code"]).name == generated_item(4_999)["name"]
