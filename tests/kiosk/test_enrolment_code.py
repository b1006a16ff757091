"""The one-time code, as a technician types it and as somebody else would like it to be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import enrolment
from kiosk.failure import Failure, KioskError
from kiosk.seal import signing

ROOT = signing.public_of(signing.new_signing_key())
CODE = enrolment.new_code(ROOT)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def refused(text: str) -> str:
    with pytest.raises(KioskError) as error:
        enrolment.parse(text)
    assert error.value.failure is Failure.ENROLMENT_CODE_REFUSED
    return str(error.value.info["reason"])


def test_a_code_is_read_however_it_was_typed() -> None:
    text = CODE.text()
    assert [len(group) for group in text.split("-")] == [5] * 6
    for typed in (text, text.lower(), text.replace("-", " "), f" {text}\n", text.replace("1", "l").replace("0", "O")):
        assert enrolment.parse(typed) == CODE


def test_a_code_never_shows_its_secret_by_accident_and_names_one_root() -> None:
    assert CODE.secret not in repr(CODE)
    assert len({enrolment.new_code(ROOT).secret for _ in range(50)}) == 50
    assert CODE.fingerprint == enrolment.fingerprint_of(ROOT)
    assert CODE.fingerprint != enrolment.fingerprint_of(signing.public_of(signing.new_signing_key()))


def test_every_mistyped_character_is_caught() -> None:
    body = CODE.text().replace("-", "")
    for place, right in enumerate(body):
        for wrong in ALPHABET.replace(right, ""):
            assert refused(body[:place] + wrong + body[place + 1 :]) == "check"


@given(st.text(max_size=45))
def test_whatever_else_is_typed_is_refused_by_name(text: str) -> None:
    assert refused(text) in {"length", "characters", "check"}
