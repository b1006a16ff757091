"""A few plain questions, and what one may be entitled to by the sample catalogue's own conditions."""

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest

from kiosk.catalogue.item import ServiceItem
from kiosk.rules import ItemRules, compile_item
from kiosk.rules.entitlement import AGES, MOST_QUESTIONS, Chance, Told, next_question, suggestions

SAMPLES = Path(__file__).parents[3] / "central" / "samples" / "items"
TODAY = date(2026, 11, 24)
CHILD, _, _, MIDDLE, SIXTY, EIGHTY = AGES
OLD_AGE, PENSION_ENROLMENT, CARE, LIVING = "512B0003600037", "512B0359100011", "51201103900004", "51201103900003"


@pytest.fixture(scope="module")
def catalogue() -> tuple[ItemRules, ...]:
    raw = (json.loads(path.read_text("utf-8")) for path in sorted(SAMPLES.glob("*.json")))
    texts = ({name: value for name, value in item.items() if name != "papers"} for item in raw)
    return tuple(compile_item(msgspec.convert(item, ServiceItem)) for item in texts)


def walk(catalogue: tuple[ItemRules, ...], ages: range, **said: object) -> tuple[list[str], Told]:
    """Answer whatever is asked: by the field's name where it is said, else that one cannot tell."""
    told, asked = Told(ages), []
    while question := next_question(catalogue, told, TODAY):
        name = question.id.partition("|")[0]
        asked.append(name)
        told = Told(ages, {**told.answers, question.id: said.get(name)})
    return asked, told


def chances(catalogue: tuple[ItemRules, ...], told: Told) -> dict[str, Chance]:
    return {one.code: one.chance for one in suggestions(catalogue, told, TODAY)}


def test_a_woman_of_eighty_five_from_here_is_told_of_the_old_age_allowance(catalogue: tuple[ItemRules, ...]) -> None:
    asked, told = walk(catalogue, EIGHTY, hukou_local=True, has_card=False)
    found = chances(catalogue, told)

    assert asked[0] == "hukou_local"
    assert found[OLD_AGE] is Chance.LIKELY
    assert PENSION_ENROLMENT not in found
    assert not {CARE, LIVING} & found.keys()


def test_whoever_comes_from_elsewhere_is_not_sent_after_what_is_for_locals(catalogue: tuple[ItemRules, ...]) -> None:
    _, told = walk(catalogue, EIGHTY, hukou_local=False)

    assert OLD_AGE not in chances(catalogue, told)


def test_what_hangs_on_an_answer_is_not_asked_after_a_no(catalogue: tuple[ItemRules, ...]) -> None:
    without, _ = walk(catalogue, MIDDLE, has_card=False)
    holding, _ = walk(catalogue, MIDDLE, has_card=True)

    assert "disabled_level" not in without
    assert holding.index("has_card") < holding.index("disabled_level")


def test_who_cannot_tell_loses_nothing(catalogue: tuple[ItemRules, ...]) -> None:
    asked, told = walk(catalogue, SIXTY)
    before = chances(catalogue, Told(SIXTY))

    assert 0 < len(asked) <= MOST_QUESTIONS
    assert chances(catalogue, told) == before


def test_an_age_decides_only_where_it_does_for_the_whole_range(catalogue: tuple[ItemRules, ...]) -> None:
    assert OLD_AGE not in chances(catalogue, Told(CHILD))
    assert OLD_AGE not in chances(catalogue, Told(SIXTY))
    assert chances(catalogue, Told(range(70, 90)))[OLD_AGE] is Chance.POSSIBLE
