"""Forms: questions from a schema, answers typed and checked in plain words, nothing asked twice, nobody recognised."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.item import Form, Scope
from kiosk.failure import Failure, KioskError
from kiosk.forms import (
    CompiledForm,
    FieldChoice,
    FieldKind,
    FormField,
    Known,
    Meaning,
    compile_form,
    form_problems,
    masked_answers,
    prefill,
    shown_answers,
    typed,
)
from kiosk.forms.problem import words
from kiosk.identity.synthetic import Wanted, synthetic_card, synthetic_person
from kiosk.model.people import Agent, AgentKind, Applicant, Member, Relation
from kiosk.model.values import JsonObject

TODAY = date(2026, 11, 24)
PERSON = synthetic_person(1, Wanted(TODAY, 70, "female"))

SCHEMA: JsonObject = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "id_no", "sex", "married", "children", "agree"],
    "properties": {
        "name": {"title": "姓名", "type": "string", "minLength": 2, "maxLength": 10},
        "id_no": {"title": "身份证号", "type": "string", "format": "id-number"},
        "phone": {"title": "电话", "type": "string", "format": "phone"},
        "sex": {"title": "性别", "type": "string", "enum": ["男", "女"], "x-titles-en": {"女": "Female", "男": "Male"}},
        "birth": {"title": "出生日期", "type": "string", "format": "date"},
        "address": {"title": "住址", "type": "string", "maxLength": 100},
        "married": {"title": "结婚了吗", "type": "boolean"},
        "spouse_name": {"title": "配偶姓名", "type": "string", "minLength": 2},
        "spouse_income": {"title": "配偶收入", "type": "number", "minimum": 0, "multipleOf": 0.01},
        "single_reason": {"title": "说明", "type": "string"},
        "children": {"title": "几个孩子", "type": "integer", "minimum": 0, "maximum": 12},
        "help": {
            "title": "需要什么",
            "type": "array",
            "items": {
                "oneOf": [{"const": "food", "title": "吃饭", "x-title-en": "Food"}, {"const": "care", "title": "看病"}]
            },
            "minItems": 1,
            "maxItems": 2,
            "uniqueItems": True,
        },
        "bank_account": {"title": "账号", "type": "string", "pattern": "^[0-9]{12,19}$"},
        "agree": {"title": "我同意", "const": True},
    },
    "allOf": [
        {
            "if": {"properties": {"married": {"const": True}}, "required": ["married"]},
            "then": {"required": ["spouse_name"], "properties": {"spouse_income": {}}},
        },
        {
            "if": {"properties": {"married": {"const": False}}, "required": ["married"]},
            "then": {"required": ["single_reason"]},
        },
    ],
}
FORM = Form(
    id="main",
    title="演示表",
    schema=SCHEMA,
    order=tuple(SCHEMA["properties"]),
    help={"name": "和证件上一样"},
    titles_en={"name": "Name", "sex": "Sex"},
    prefill={
        "name": "applicant.name",
        "id_no": "applicant.id_no",
        "phone": "applicant.phone",
        "sex": "applicant.sex",
        "birth": "applicant.birth",
        "address": "applicant.address",
    },
)
COMPILED = compile_form(FORM)
GOOD: JsonObject = {
    "name": "演示·张小凤",
    "id_no": PERSON.id_no,
    "sex": "女",
    "married": False,
    "single_reason": "一个人过",
    "children": 0,
    "agree": True,
}


def changed(**answers: Any) -> JsonObject:
    return {name: value for name, value in {**GOOD, **answers}.items() if value is not None}


def field(name: str) -> FormField:
    return next(one for one in COMPILED.fields if one.name == name)


def broken(**changes: Any) -> Form:
    schema = {**SCHEMA, **changes.pop("schema", {})}
    parts = {"id": FORM.id, "title": FORM.title, "order": FORM.order, "prefill": FORM.prefill, "schema": schema}
    return Form(**{**parts, **changes})


# ---- questions


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


def test_what_the_card_says_is_not_asked_again() -> None:
    filled = prefill(COMPILED, Known(TODAY, Applicant(PERSON)))
    assert filled == {
        "name": PERSON.name,
        "id_no": PERSON.id_no,
        "phone": PERSON.phone,
        "sex": "女",
        "birth": PERSON.birth.isoformat() if PERSON.birth else "",
        "address": PERSON.address,
    }
    assert prefill(COMPILED, Known(TODAY)) == {}


def test_a_prefill_the_field_would_refuse_is_left_out() -> None:
    narrow = {**SCHEMA["properties"], "name": {"title": "姓名", "type": "string", "maxLength": 2}}
    filled = prefill(compile_form(broken(schema={"properties": narrow})), Known(TODAY, Applicant(PERSON)))
    assert "name" not in filled
    assert filled["id_no"] == PERSON.id_no


def test_agent_member_and_card_can_fill_a_form_too() -> None:
    properties = {
        "agent_name": {"title": "代办人", "type": "string"},
        "relation": {"title": "关系", "type": "string", "enum": ["配偶", "子女", "其他"]},
        "age": {"title": "年龄", "type": "integer"},
        "issuer": {"title": "发证机关", "type": "string"},
        "member_relation": {"title": "是您的", "type": "string", "enum": ["父母", "子女"]},
        "nation": {"title": "民族", "type": "string", "enum": ["汉族", "其他"]},
        "day": {"title": "日期", "type": "string", "format": "date"},
    }
    sources = {
        "agent_name": "agent.name",
        "relation": "agent.relation",
        "age": "card.age",
        "issuer": "card.issuer",
        "member_relation": "member.relation",
        "nation": "applicant.nation",
        "day": "today",
    }
    form = Form("f", "表", {"type": "object", "properties": properties}, tuple(properties), prefill=sources)
    assert form_problems(form) == []
    other = synthetic_person(2, Wanted(TODAY, 45))
    known = Known(
        TODAY,
        Applicant(PERSON),
        Agent(other, AgentKind.AGENT, Relation.CHILD),
        Member("m1", other, Relation.PARENT),
        synthetic_card(3, Wanted(TODAY, 66)),
    )
    assert prefill(compile_form(form), known) == {
        "agent_name": other.name,
        "relation": "子女",
        "age": 66,
        "issuer": "演示县公安局",
        "member_relation": "父母",
        "nation": "汉族",
        "day": "2026-11-24",
    }


# ---- showing


def test_the_read_back_shows_whole_answers_in_words_and_in_order() -> None:
    answers = {**GOOD, "help": ["food", "care"]}
    assert shown_answers(COMPILED, answers) == (
        ("姓名", "演示·张小凤"),
        ("身份证号", PERSON.id_no),
        ("性别", "女"),
        ("结婚了吗", "否"),
        ("说明", "一个人过"),
        ("几个孩子", "0"),
        ("需要什么", "吃饭、看病"),
        ("我同意", "是"),
    )
    english = dict(shown_answers(COMPILED, answers, "en"))
    assert (english["Sex"], english["需要什么"]) == ("Female", "Food, 看病")


def test_in_a_list_nobody_can_be_recognised() -> None:
    answers = {
        **GOOD,
        "birth": "1956-03-08",
        "phone": "15400000001",
        "address": "演示省演示市演示县近办镇 1 号",
        "bank_account": "990000000000000016",
    }
    masked = masked_answers(COMPILED, answers)
    assert masked["name"] == "演示·张**"
    assert masked["birth"] == "1956****"
    assert masked["single_reason"] == "已填写"
    assert masked["children"] == "0"
    shown = " ".join(masked.values())
    for name in ("name", "id_no", "phone", "address", "bank_account", "single_reason"):
        assert str(answers[name]) not in shown
    assert masked_answers(COMPILED, answers, "en")["single_reason"] == "filled in"


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("guardian_id_no", Meaning.ID_NO),
        ("contact_phone", Meaning.PHONE),
        ("mobile", Meaning.PHONE),
        ("school_name", Meaning.NAME),
        ("bank_card", Meaning.ACCOUNT),
        ("home_address", Meaning.ADDRESS),
        ("colour", Meaning.PLAIN),
    ],
)
def test_a_field_that_may_hold_personal_data_is_known_by_its_name(name: str, meaning: Meaning) -> None:
    form = Form("f", "表", {"type": "object", "properties": {name: {"title": "栏", "type": "string"}}}, (name,))
    assert compile_form(form).fields[0].meaning is meaning


# ---- authors


def problems_of(**changes: Any) -> list[str]:
    return [": ".join(one) for one in form_problems(broken(**changes))]


def with_field(name: str, schema: JsonObject) -> JsonObject:
    return {"properties": {**SCHEMA["properties"], name: {"title": "栏", **schema}}}


TOO_EARLY = {"if": {"properties": {"married": {"const": True}}}, "then": {"required": ["name"]}}


def test_a_sound_form_has_no_problem() -> None:
    assert form_problems(FORM) == []
    assert form_problems(Form("m", "表", SCHEMA, FORM.order, sample=GOOD, scope=Scope.MEMBER)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"schema": {"type": "array"}}, "schema: must be one flat object"),
        ({"schema": {"required": "name"}}, "schema/required: is not JSON Schema"),
        (
            {"schema": with_field("x", {"type": "string", "title": ""})},
            "schema/properties/x/title: a field needs a title",
        ),
        ({"schema": with_field("x", {"type": "object"})}, "schema/properties/x/type: must be string"),
        ({"schema": with_field("in", {"type": "string"})}, "schema/properties/in: a field name"),
        ({"schema": with_field("栏", {"type": "string"})}, "schema/properties/栏: a field name"),
        ({"schema": with_field("x", {"$ref": "https://example.org/x", "type": "string"})}, "x/$ref"),
        (
            {"schema": with_field("x", {"type": "array", "items": {"type": "string"}})},
            "x/items: an array",
        ),
        (
            {"schema": with_field("x", {"type": "string", "format": "dat"})},
            "x/format: unknown format dat",
        ),
        ({"schema": {"patternProperties": {}}}, "schema/patternProperties: is not used"),
        ({"schema": {"required": ["nothing"]}}, "schema/required: nothing is not a field"),
        ({"order": (*FORM.order, "gone")}, "order: gone is not a field"),
        ({"order": FORM.order[1:]}, "order: name is missing"),
        ({"order": (*FORM.order, "name")}, "order: name comes twice"),
        ({"prefill": {"name": "applicant.nickname"}}, "prefill/name: unknown source applicant.nickname"),
        ({"prefill": {"gone": "applicant.name"}}, "prefill/gone: is not a field"),
        ({"help": {"gone": "x"}}, "help/gone: is not a field"),
        ({"sample": {**GOOD, "children": 50}}, "sample/children: Too large"),
        ({"sample": {**GOOD, "gone": 1}}, "sample/gone: is not a field"),
        (
            {
                "schema": {
                    "allOf": [{"if": {"properties": {"married": {"const": True}}}, "then": {"required": ["name"]}}]
                }
            },
            "schema/if: must require every field it looks at",
        ),
    ],
)
def test_what_an_author_got_wrong_is_told_with_its_place(changes: dict[str, Any], told: str) -> None:
    found = problems_of(**changes)
    assert any(told in one for one in found), found


def test_a_pattern_that_could_hang_the_terminal_is_refused() -> None:
    evil = broken(schema=with_field("x", {"type": "string", "pattern": "(?=a)b"}), sample=GOOD)
    with pytest.raises(KioskError) as caught:
        compile_form(evil)
    assert caught.value.failure is Failure.CATALOGUE_BROKEN
    assert caught.value.info == {"where": "forms/main/schema"}
    assert any("cannot be used" in text for _, text in form_problems(evil))


def test_a_form_never_fetches_anything() -> None:
    schema = {"type": "object", "properties": {"x": {"$ref": "http://localhost:9/never"}}}
    with pytest.raises(KioskError) as caught:
        compile_form(Form("f", "表", schema, ("x",)))
    assert caught.value.failure is Failure.CATALOGUE_BROKEN


def test_every_message_has_words_in_both_languages() -> None:
    form: CompiledForm = COMPILED
    assert form.form is FORM
    for code in ("required", "not_a_credit_code", "not_an_email", "invalid", "unknown_field", "not_more", "not_less"):
        assert words(code, "zh")
        assert words(code, "en").isascii()
