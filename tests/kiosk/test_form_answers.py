"""What is asked, what is typed, what is wrong with it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.item import Form
from kiosk.forms import (
    FieldChoice,
    FieldKind,
    compile_form,
    typed,
)
from kiosk.model.values import JsonObject
from tests.kiosk.form_sample import COMPILED, GOOD, SCHEMA, changed, field


def test_every_question_is_asked_in_its_own_way() -> None:
    kinds = {one.name: one.kind for one in COMPILED.fields}
    assert kinds == {
        "name": FieldKind.TEXT,
        "id_no": FieldKind.ID,
        "phone": FieldKind.PHONE,
        "sex": FieldKind.CHOICE,
        "birth": FieldKind.DATE,
        "address": FieldKind.TEXT,
        "married": FieldKind.YES_NO,
        "spouse_name": FieldKind.TEXT,
        "spouse_income": FieldKind.NUMBER,
        "single_reason": FieldKind.TEXT,
        "children": FieldKind.NUMBER,
        "help": FieldKind.MULTI,
        "bank_account": FieldKind.TEXT,
        "agree": FieldKind.YES_NO,
    }
    name, address = field("name"), field("address")
    assert (name.title, name.title_en, name.help, name.max_length, name.required) == (
        "姓名",
        "Name",
        "和证件上一样",
        10,
        True,
    )
    assert (name.long, address.long) == (False, True)
    assert field("help").choices == (FieldChoice("food", "吃饭", "Food"), FieldChoice("care", "看病"))
    assert field("sex").choices[1] == FieldChoice("女", "女", "Female")
    assert field("children").whole
    assert not field("spouse_income").whole


def test_the_order_of_questions_is_the_authors() -> None:
    form = compile_form(Form(id="f", title="表", schema=SCHEMA, order=("children", "name")))
    assert [one.name for one in form.fields][:3] == ["children", "name", "id_no"]


def test_what_only_some_are_asked_appears_with_the_answer_that_brings_it_up() -> None:
    def shown(answers: JsonObject) -> dict[str, bool]:
        return {one.name: one.required for one in COMPILED.shown(answers)}

    assert COMPILED.conditional == {"spouse_name", "spouse_income", "single_reason"}
    assert not shown({}).keys() & COMPILED.conditional
    married = shown({"married": True})
    assert (married["spouse_name"], married["spouse_income"]) == (True, False)
    assert "single_reason" not in married
    assert shown({"married": False})["single_reason"]


def test_an_answer_left_over_from_a_question_no_longer_asked_is_dropped() -> None:
    answers = changed(spouse_name="李", spouse_income=-3)
    assert COMPILED.problems(answers) == ()
    assert "spouse_name" not in COMPILED.answered(answers)


# ---- checking


def code_of(name: str, answers: JsonObject) -> str:
    found = [problem for problem in COMPILED.problems(answers) if problem.field == name]
    assert len(found) == 1, COMPILED.problems(answers)
    return found[0].code


def test_good_answers_are_taken() -> None:
    assert COMPILED.problems(GOOD) == ()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("name", None, "required"),
        ("name", "   ", "required"),
        ("name", "张", "too_short"),
        ("name", "张" * 11, "too_long"),
        ("name", 7, "not_text"),
        ("id_no", "000000196803120260", "not_an_id"),
        ("phone", "12", "not_a_phone"),
        ("birth", "1956-13-08", "not_a_date"),
        ("birth", "昨天", "not_a_date"),
        ("sex", "woman", "not_chosen"),
        ("sex", 7, "not_text"),
        ("married", "yes", "not_yes_no"),
        ("children", -1, "too_small"),
        ("children", 13, "too_large"),
        ("children", 1.5, "not_whole"),
        ("children", "1", "not_whole"),
        ("children", True, "not_whole"),
        ("help", [], "too_few"),
        ("help", ["food", "food"], "repeated"),
        ("help", ["food", "rent"], "not_chosen"),
        ("help", "food", "not_a_list"),
        ("bank_account", "12ab", "pattern"),
        ("agree", False, "must_agree"),
        ("agree", None, "required"),
        ("single_reason", None, "required"),
    ],
)
def test_a_wrong_answer_is_told_in_plain_words(name: str, value: Any, code: str) -> None:
    answers = changed(**{name: value})
    assert code_of(name, answers) == code
    problem = next(one for one in COMPILED.problems(answers) if one.field == name)
    assert problem.text("zh") != problem.text("en")
    assert "{" not in problem.text("zh") + problem.text("en")


def test_a_limit_is_named_in_the_message() -> None:
    problem = next(one for one in COMPILED.problems(changed(children=99)) if one.field == "children")
    assert problem.text() == "太大了，不能大于 12"
    assert problem.text("en") == "Too large: not more than 12"


def test_money_has_two_digits_after_the_point() -> None:
    assert code_of("spouse_income", changed(married=True, spouse_name="测试甲", spouse_income=1.234)) == "step"
    assert COMPILED.problems(changed(married=True, spouse_name="测试甲", spouse_income=1234.56)) == ()


def test_every_wrong_field_is_told_once_and_in_the_order_of_the_questions() -> None:
    problems = COMPILED.problems({"married": True, "children": "many", "name": "x"})
    assert [one.field for one in problems] == ["name", "id_no", "sex", "spouse_name", "children", "agree"]


def test_a_problem_never_repeats_the_answer() -> None:
    secret = "110101195603081234"
    for problem in COMPILED.problems({**GOOD, "id_no": secret, "phone": secret, "bank_account": secret + "x"}):
        assert secret not in repr(problem) + problem.text("zh") + problem.text("en")


def test_answers_of_another_form_are_left_alone() -> None:
    assert COMPILED.problems({**GOOD, "of_another_form": "x"}) == ()
    assert "of_another_form" not in COMPILED.answered({**GOOD, "of_another_form": "x"})


def test_of_a_correction_only_what_is_there_is_checked() -> None:
    assert COMPILED.part_problems({"spouse_name": "测试甲"}) == ()
    assert [one.field for one in COMPILED.part_problems({"spouse_name": "甲", "children": 3})] == ["spouse_name"]


# ---- typing

anything: st.SearchStrategy[Any] = st.text(max_size=30) | st.integers() | st.booleans() | st.none()


def typed_one(name: str, raw: Any) -> Any:
    read = typed([field(name)], {name: raw})
    return read.answers.get(name) if not read.problems else read.problems[0].code


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("children", " 3 ", 3),
        ("children", "３", 3),
        ("children", "3.0", 3),
        ("children", "3.5", "not_whole"),
        ("children", "三个", "not_whole"),
        ("children", "9" * 400, "not_whole"),
        ("children", "1e999999", "not_whole"),
        ("spouse_income", "1,234.50", 1234.5),
        ("spouse_income", "1234", 1234),
        ("spouse_income", "NaN", "not_a_number"),
        ("married", "是", True),
        ("married", "false", False),
        ("married", "也许", "not_yes_no"),
        ("married", True, True),
        ("birth", "1956年3月8日", "1956-03-08"),
        ("birth", "1956/3/8", "1956-03-08"),
        ("birth", "19560308", "1956-03-08"),
        ("birth", "1956-02-30", "not_a_date"),
        ("birth", "56-3-8", "not_a_date"),
        ("sex", "女", "女"),
        ("sex", "female", "not_chosen"),
        ("help", "food，看病", ["food", "care"]),
        ("help", ["food"], ["food"]),
        ("help", 3, "not_a_list"),
        ("id_no", " 00000019680312026x", "00000019680312026X"),
        ("phone", "+86 154 0000 0001", "15400000001"),
        ("name", " 演示·\u0000张\u200b小凤 ", "演示·张小凤"),
        ("name", "𠮷䶮㛃", "𠮷䶮㛃"),
        ("name", "\U00031350\ue863\uf9d1", "\U00031350\ue863\uf9d1"),
        ("name", "   ", None),
        ("name", "\x1b\u200b", None),
    ],
)
def test_what_was_typed_becomes_what_the_schema_knows(name: str, raw: Any, value: Any) -> None:
    assert typed_one(name, raw) == value


@settings(deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            one.name: st.text(max_size=30) | st.integers() | st.booleans() | st.none() for one in COMPILED.fields
        },
    )
)
def test_whatever_is_typed_ends_as_answers_or_problems_and_can_be_checked(raw: dict[str, Any]) -> None:
    read = typed(COMPILED.fields, raw)
    assert not read.answers.keys() & {one.field for one in read.problems}
    wrong = {one.field for one in COMPILED.problems(read.answers)}
    assert wrong <= {one.name for one in COMPILED.fields}
    assert typed(COMPILED.fields, read.answers).answers == read.answers


@settings(deadline=None)
@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_every_way_to_write_a_day_is_read_as_that_day(day: date) -> None:
    ways = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
    )
    assert {typed_one("birth", way) for way in ways} == {day.isoformat()}


# ---- prefill
