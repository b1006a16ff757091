"""What a case becomes before it is sealed, and back."""

import hashlib
import zlib
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from kiosk.failure import Failure, KioskError
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.case import Channel, Draft
from kiosk.model.payload import (
    DICTIONARY,
    MOST_PLAIN_BYTES,
    CasePayload,
    decode_payload,
    encode_payload,
    pack_payload,
)
from kiosk.model.people import Applicant
from kiosk.model.state import CaseState

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
PAGE = Path(__file__).parents[2] / "docs" / "sync-protocol.md"


def payload(answer: str = "") -> CasePayload:
    draft = Draft(
        case_id="c1",
        item_code="512B0357300000",
        catalogue_version=3,
        channel=Channel.TERMINAL,
        created_at=NOON,
        state=CaseState.CHECKED,
        applicant=Applicant(synthetic_person(1, Wanted(date(2026, 11, 24), 70))),
        answers={"phone": "15400000001", "reason": answer},
    )
    return CasePayload("T00001A-20261124-00001-T", "e1", "T00001", "演示事项", draft, NOON, clock_trusted=True)


def dictionary() -> bytes:
    return (files("kiosk.model") / DICTIONARY).read_bytes()


@pytest.mark.parametrize("answer", ["", "家里漏雨" * 500])
def test_a_case_comes_back_as_it_was_sealed(answer: str) -> None:
    assert decode_payload(pack_payload(payload(answer))) == payload(answer)
    assert decode_payload(encode_payload(payload(answer))) == payload(answer), "plain JSON is taken too"


def test_a_form_takes_less_than_half_the_bytes_of_its_json() -> None:
    assert len(pack_payload(payload())) < 0.5 * len(encode_payload(payload()))


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"nothing of the kind",
        pack_payload(payload())[:-1],
        pack_payload(payload()) + b"x",
        zlib.compress(encode_payload(payload()))[:50],
    ],
)
def test_what_is_no_payload_is_refused(broken: bytes) -> None:
    with pytest.raises(KioskError) as caught:
        decode_payload(broken)
    assert caught.value.failure is Failure.INTAKE_REFUSED


def test_a_bomb_is_refused_and_never_inflated_whole() -> None:
    packer = zlib.compressobj(9, zdict=dictionary())
    bomb = packer.compress(b"{" + bytes(20 * MOST_PLAIN_BYTES)) + packer.flush()
    assert len(bomb) < 1_000_000
    with pytest.raises(KioskError):
        decode_payload(bomb)


def test_the_page_for_other_platforms_names_the_dictionary_that_is_used() -> None:
    """A byte more in it and no platform could read what terminals sealed before."""
    page = PAGE.read_text(encoding="utf-8")
    assert f"{len(dictionary()):,} bytes" in page
    assert hashlib.sha256(dictionary()).hexdigest() in page
