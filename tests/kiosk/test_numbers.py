"""Submission numbers as people type them, and as somebody else makes them up."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import numbers
from kiosk.failure import Failure, KioskError
from kiosk.numbers import SubmissionNumber

DAY = date(2026, 11, 24)
NUMBER = numbers.submission_no("T00001", "A", DAY, 42)


def refused(text: str) -> str:
    with pytest.raises(KioskError) as error:
        numbers.parse(text)
    assert error.value.failure is Failure.CASE_UNKNOWN
    return str(error.value.info["reason"])


def test_a_number_is_read_back_however_it_was_typed() -> None:
    assert numbers.parse(f"  {NUMBER.lower()} ") == SubmissionNumber("T00001", "A", DAY, 42)
    undated = numbers.submission_no("T00001", "A", None, 123_456)
    assert undated.startswith("T00001A-00000000-123456-")
    assert numbers.parse(undated) == SubmissionNumber("T00001", "A", None, 123_456)


def test_every_single_wrong_character_is_caught() -> None:
    alphabet = string.digits + string.ascii_uppercase
    for place, right in enumerate(NUMBER):
        for wrong in alphabet.replace(right, "") if right != "-" else "":
            assert refused(NUMBER[:place] + wrong + NUMBER[place + 1 :]) in {"shape", "check"}


@pytest.mark.parametrize("digits", ["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩"])
def test_digits_of_another_script_are_no_digits_here(digits: str) -> None:
    head, day, counter, check = NUMBER.split("-")
    foreign = str.maketrans(string.digits, digits)
    assert refused("-".join((head, day.translate(foreign), counter, check))) == "shape"
    assert refused("-".join((head, day, counter.translate(foreign), check))) == "shape"


def test_a_day_that_never_was_is_no_number() -> None:
    body = "T00001A-20260230-00042"
    check = next(c for c in string.digits + string.ascii_uppercase if refused(f"{body}-{c}") != "check")
    assert refused(f"{body}-{check}") == "date"


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_number_or_a_named_refusal(text: str) -> None:
    assert refused(text) in {"shape", "check", "date"}
