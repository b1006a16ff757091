"""Assurance levels and synthetic people."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.failure import Failure, KioskError
from kiosk.identity.age import age_on
from kiosk.identity.assurance import Evidence, assurance_of, demand, enough
from kiosk.identity.ids import parse_id_number
from kiosk.identity.synthetic import Wanted, synthetic_card, synthetic_person
from kiosk.model.people import Assurance

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("evidence", "level"),
    [
        (Evidence(), Assurance.STATED),
        (Evidence(person_compared=True), Assurance.STATED),
        (Evidence(paper_seen_by_staff=True), Assurance.PAPER_SEEN),
        (Evidence(chip_read=True), Assurance.CHIP),
        (Evidence(chip_read=True, paper_seen_by_staff=True), Assurance.CHIP),
        (Evidence(chip_read=True, person_compared=True), Assurance.CHIP_AND_PERSON),
    ],
)
def test_evidence_gives_a_level(evidence: Evidence, level: Assurance) -> None:
    assert assurance_of(evidence) is level


def test_an_item_that_wants_a_chip_takes_no_typed_number() -> None:
    assert enough(Assurance.CHIP, Assurance.CHIP)
    assert enough(Assurance.CHIP_AND_PERSON, Assurance.PAPER_SEEN)
    demand(Assurance.CHIP, Assurance.PAPER_SEEN)
    with pytest.raises(KioskError) as caught:
        demand(Assurance.STATED, Assurance.CHIP)
    assert caught.value.failure is Failure.IDENTITY_TOO_WEAK
    assert caught.value.info == {"level": 1, "needed": 3}


@given(index=st.integers(0, 9_999), age=st.none() | st.integers(0, 110), sex=st.sampled_from(["", "male", "female"]))
def test_a_synthetic_person_is_as_wished_and_the_same_every_time(index: int, age: int | None, sex: str) -> None:
    wanted = Wanted(TODAY, age, sex)
    person = synthetic_person(index, wanted)
    parsed = parse_id_number(person.id_no, TODAY)
    assert parsed.synthetic
    assert (parsed.birth, parsed.sex) == (person.birth, person.sex)
    assert person.birth is not None
    assert age is None or age_on(person.birth, TODAY) == age
    assert age is not None or age_on(person.birth, TODAY) >= 18
    assert sex in {"", person.sex}
    assert person.name.startswith("演示·")
    assert person == synthetic_person(index, wanted)


def test_a_thousand_synthetic_people_have_a_thousand_numbers() -> None:
    people = [synthetic_person(index, Wanted(TODAY, 40)) for index in range(10_000)]
    assert len({person.id_no for person in people}) == len(people)
    assert len({person.phone for person in people}) == len(people)


def test_two_synthetic_cards_differ_in_what_is_not_printed_on_them() -> None:
    first, second = synthetic_card(1, Wanted(TODAY)), synthetic_card(2, Wanted(TODAY))
    assert first.secret != second.secret
    assert len(first.secret) >= 256
    assert first.valid_from is not None
    assert first.valid_to is not None
    assert first.valid_from < TODAY < first.valid_to


def test_an_impossible_synthetic_person_is_refused() -> None:
    with pytest.raises(ValueError, match="index"):
        synthetic_person(-1, Wanted(TODAY))
    with pytest.raises(ValueError, match="age"):
        synthetic_person(0, Wanted(TODAY, age=130))
    with pytest.raises(ValueError, match="sex"):
        synthetic_person(0, Wanted(TODAY, sex="x"))
