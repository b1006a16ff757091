"""What is sealed opens whole, for the right reader, for what it was sealed as; anything else is one named refusal."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.failure import Failure, KioskError
from kiosk.seal import content, keys, records, signing, statements, wraps
from kiosk.seal.statements import DeviceStatement, PlatformStatement
from kiosk.seal.suite import SM

KEY, OUTER = content.new_key(), content.new_key()
PRIVATE = keys.new_sealing_key()
PUBLIC = keys.sealing_public(PRIVATE)
ROOT = signing.new_signing_key()
DEVICE = DeviceStatement("T00001", "A", signing.public_of(ROOT), datetime(2026, 11, 24, tzinfo=UTC))
PLATFORM = PlatformStatement("P-1", b"r" * 32, PUBLIC, PUBLIC, datetime(2026, 11, 24, tzinfo=UTC))
PLAIN = "演示·测试甲".encode() * 3000

Sealed = tuple[bytes, Callable[[bytes], object], Failure]
SEALED: dict[str, Sealed] = {
    "page": (
        content.encrypt(PLAIN, KEY, content.PAGE),
        lambda data: content.decrypt(data, KEY, content.PAGE),
        Failure.BLOB_DAMAGED,
    ),
    "record": (
        records.seal_record(PLAIN, PUBLIC, "form/e1"),
        lambda data: records.open_record(data, PRIVATE, "form/e1"),
        Failure.BLOB_DAMAGED,
    ),
    "wrap for the platform": (
        wraps.wrap_for_platform(KEY, PUBLIC),
        lambda data: wraps.open_platform_wrap(data, PRIVATE),
        Failure.BLOB_DAMAGED,
    ),
    "wrap of a draft": (
        wraps.wrap_under(KEY, OUTER),
        lambda data: wraps.unwrap_under(data, OUTER),
        Failure.DRAFT_LOCKED,
    ),
    "page, SM": (
        content.encrypt(PLAIN, KEY, content.PAGE, SM),
        lambda data: content.decrypt(data, KEY, content.PAGE),
        Failure.BLOB_DAMAGED,
    ),
    "record, SM": (
        records.seal_record(PLAIN, PUBLIC, "form/e1", SM),
        lambda data: records.open_record(data, PRIVATE, "form/e1"),
        Failure.BLOB_DAMAGED,
    ),
    "wrap for the platform, SM": (
        wraps.wrap_for_platform(KEY, PUBLIC, SM),
        lambda data: wraps.open_platform_wrap(data, PRIVATE),
        Failure.BLOB_DAMAGED,
    ),
    "wrap of a draft, SM": (
        wraps.wrap_under(KEY, OUTER, SM),
        lambda data: wraps.unwrap_under(data, OUTER),
        Failure.DRAFT_LOCKED,
    ),
    "device statement": (
        statements.make_device_statement(ROOT, DEVICE),
        lambda data: statements.read_device_statement(signing.public_of(ROOT), data),
        Failure.PAPER_SIGNER_UNKNOWN,
    ),
    "platform statement": (
        statements.make_platform_statement(ROOT, PLATFORM),
        lambda data: statements.read_platform_statement(signing.public_of(ROOT), data),
        Failure.PLATFORM_ROOT_WRONG,
    ),
}


def refused(failure: Failure, work: Callable[[], object]) -> None:
    with pytest.raises(KioskError) as error:
        work()
    assert error.value.failure is failure


def test_what_is_sealed_opens_again_whole() -> None:
    opened = {name: read(sealed) for name, (sealed, read, _) in SEALED.items()}
    assert opened == {
        "page": PLAIN,
        "record": PLAIN,
        "wrap for the platform": KEY,
        "wrap of a draft": KEY,
        "page, SM": PLAIN,
        "record, SM": PLAIN,
        "wrap for the platform, SM": KEY,
        "wrap of a draft, SM": KEY,
        "device statement": DEVICE,
        "platform statement": PLATFORM,
    }


@pytest.mark.parametrize("name", SEALED)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_single_changed_bit_is_refused(name: str, place: float, bit: int) -> None:
    sealed, read, failure = SEALED[name]
    changed = bytearray(sealed)
    changed[int(place * len(sealed))] ^= 1 << bit
    refused(failure, lambda: read(bytes(changed)))


@pytest.mark.parametrize("name", SEALED)
@given(place=st.floats(0, 1, exclude_max=True), more=st.binary(min_size=1, max_size=100))
def test_less_or_more_than_was_sealed_is_refused(name: str, place: float, more: bytes) -> None:
    sealed, read, failure = SEALED[name]
    refused(failure, lambda: read(sealed[: int(place * len(sealed))]))
    refused(failure, lambda: read(sealed + more))


@pytest.mark.parametrize("suite", ["", ", SM"])
def test_nothing_opens_for_another_reader_or_as_something_else(suite: str) -> None:
    page, record = SEALED[f"page{suite}"][0], SEALED[f"record{suite}"][0]
    other = keys.new_sealing_key()
    refused(Failure.BLOB_DAMAGED, lambda: content.decrypt(page, KEY, content.DRAFT))
    refused(Failure.BLOB_DAMAGED, lambda: content.decrypt(page, OUTER, content.PAGE))
    refused(Failure.BLOB_DAMAGED, lambda: records.open_record(record, PRIVATE, "form/e2"))
    refused(Failure.BLOB_DAMAGED, lambda: records.open_record(record, other, "form/e1"))
    refused(Failure.BLOB_DAMAGED, lambda: wraps.open_platform_wrap(SEALED[f"wrap for the platform{suite}"][0], other))
    refused(Failure.DRAFT_LOCKED, lambda: wraps.unwrap_under(SEALED[f"wrap of a draft{suite}"][0], KEY))


def test_a_signature_for_one_purpose_is_nothing_for_another() -> None:
    public, data = signing.public_of(ROOT), os.urandom(100)
    signature = signing.sign(ROOT, "record", data)
    assert signing.verify(public, "record", data, signature)
    assert not signing.verify(public, "paper", data, signature)
    assert not signing.verify(public, "record", data + b"x", signature)
    assert not signing.verify(signing.public_of(signing.new_signing_key()), "record", data, signature)
    assert not signing.verify(b"no key", "record", data, signature)
    device, platform = SEALED["device statement"][0], SEALED["platform statement"][0]
    refused(Failure.PLATFORM_ROOT_WRONG, lambda: statements.read_platform_statement(public, device))
    refused(Failure.PAPER_SIGNER_UNKNOWN, lambda: statements.read_device_statement(public, platform))
