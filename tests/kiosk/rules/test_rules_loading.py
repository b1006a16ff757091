"""A catalogue whose rules cannot be used is refused when it is loaded, not when somebody stands at the terminal."""

from typing import Any

import pytest

from kiosk.failure import Failure, KioskError
from kiosk.rules import compile_item, problems
from tests.kiosk.rules.rule_items import item, item_from, raw_item


def with_condition(expr: str, scope: str = "case", name: str = "aid") -> dict[str, Any]:
    raw = raw_item(name)
    raw["conditions"].insert(0, {"id": "tried", "text": "tried", "expr": expr, "scope": scope})
    return raw


def problem_of(raw: dict[str, Any]) -> str:
    found = problems(item_from(raw))
    assert len(found) == 1, found
    return ": ".join(found[0])


@pytest.mark.parametrize("name", ["aid", "household", "card"])
def test_a_sound_item_has_no_problem_and_compiles(name: str) -> None:
    assert problems(item(name)) == []
    assert compile_item(item(name)).item.name == item(name).name


@pytest.mark.parametrize(
    ("expr", "words"),
    [
        ("answers.incoem < 3.0", "undeclared reference to 'answers.incoem'"),
        ("answers.kind > 3", "no matching overload for '_>_' applied to '(string, int)'"),
        ("answers.income < 700", "no matching overload for '_<_' applied to '(double, int)'"),
        ("answers.income", "must be true or false"),
        ("dyn(answers.hukou_local)", "must be true or false"),
        ("answers.hukou_local &&", "Syntax error"),
        ("member.age > 3", "undeclared reference to 'member.age'"),
        ("applicant.name == 'x'", "undeclared reference to 'applicant.name'"),
        ("scenario.where == 'one'", "undeclared reference to 'scenario.where'"),
        ("has(answers.hukou_local)", "has() is not used"),
        ("answers.kind == '重疾'", "answers.kind is never '重疾'"),
        ("answers.kind in ['重病', '重疾']", "answers.kind is never '重疾'"),
        ("'男' == applicant.sex", "applicant.sex is never '男'"),
        ("scenario.who != 'two'", "scenario.who is never 'two'"),
        ("agent.relation == 'daughter'", "agent.relation is never 'daughter'"),
    ],
)
def test_an_expression_that_cannot_be_right_is_a_load_error(expr: str, words: str) -> None:
    told = problem_of(with_condition(expr))
    assert told.startswith("conditions/tried/expr: ")
    assert words in told


def test_the_first_broken_expression_names_its_place_when_an_item_is_made_ready() -> None:
    with pytest.raises(KioskError) as caught:
        compile_item(item_from(with_condition("answers.kind > 3")))
    assert caught.value.failure is Failure.CATALOGUE_BROKEN
    assert caught.value.info == {"where": "conditions/tried/expr"}


def test_all_problems_are_told_at_once_each_with_its_path() -> None:
    raw = with_condition("answers.nothing")
    raw["materials"][3]["when"] = "agent.kind == 7"
    raw["materials"][0]["form_id"] = "other"
    raw["materials"][6]["scenario_ids"] = ["many"]
    raw["agent"]["required_when"] = "applicant.age"
    raw["agent"]["mandate_material"] = "nothing"
    raw["members"] = {"least": 2, "most": 1, "form_id": "main"}
    raw["conditions"].append(dict(raw["conditions"][1]))
    assert {path for path, _ in problems(item_from(raw))} == {
        "conditions/tried/expr",
        "conditions/local",
        "materials/guardian_proof/when",
        "materials/application/form_id",
        "materials/family_note/scenario_ids",
        "agent/required_when",
        "agent/mandate_material",
        "members/form_id",
        "members/most",
    }


def test_a_text_that_looks_like_a_name_is_not_one() -> None:
    assert problems(item_from(with_condition("answers.note != 'answers.nothing has(x)'"))) == []


def test_a_macro_variable_may_be_called_like_anything() -> None:
    rules = compile_item(item_from(with_condition("[1, 2].exists(answers, answers > 1) && answers.hukou_local")))
    assert [name.name for name in rules.conditions["tried"].uses] == ["answers.hukou_local"]


def test_names_about_a_member_are_known_only_where_a_member_is_asked() -> None:
    assert problems(item_from(with_condition("member.age > household.size", "member", "household"))) == []
    assert "undeclared" in problem_of(with_condition("member.age > 1", "case", "household"))


def test_a_rule_about_members_in_an_item_without_members_is_told() -> None:
    assert "the item has no members" in problem_of(with_condition("member.age > 1", "member"))


def test_a_field_not_always_asked_must_be_guarded_or_the_rule_could_stay_open_for_good() -> None:
    told = problem_of(with_condition("member.answers.school_name != ''", "member", "household"))
    assert "look also at member.answers.status" in told
    guarded = "member.answers.status != '上学' || member.answers.school_name != ''"
    assert problems(item_from(with_condition(guarded, "member", "household"))) == []


def test_two_forms_may_not_mean_different_things_by_one_field() -> None:
    raw = raw_item("aid")
    other = {"title": "收入", "type": "string"}
    raw["forms"].append(
        {
            "id": "second",
            "title": "表二",
            "order": ["income"],
            "schema": {"type": "object", "properties": {"income": other}},
        }
    )
    assert "another form has this field by another type" in problem_of(raw)


def test_an_endless_expression_ends() -> None:
    nested = "[1,2,3,4,5,6,7,8,9,0].all(a, " * 9 + "answers.hukou_local" + ")" * 9
    verdict = compile_item(item_from(with_condition(nested))).conditions["tried"].judge({"answers.hukou_local": True})
    assert verdict.value is None
    assert verdict.unknown == ()
