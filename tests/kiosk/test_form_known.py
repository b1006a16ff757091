"""What is known already, and how answers are shown."""

import pytest

from kiosk.catalogue.item import Form
from kiosk.forms import (
    Known,
    Meaning,
    compile_form,
    form_problems,
    masked_answers,
    prefill,
    shown_answers,
)
from kiosk.identity.synthetic import Wanted, synthetic_card, synthetic_person
from kiosk.model.people import Agent, AgentKind, Applicant, Member, Relation
from tests.kiosk.form_sample import COMPILED, GOOD, PERSON, SCHEMA, TODAY, broken


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
