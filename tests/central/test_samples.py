"""The sample catalogue is content: what it says must hold together, and each item must be possible to apply for."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

import central
from kiosk.calendar import HolidayTable, is_working_day, parse_holidays
from kiosk.catalogue.check import check_catalogue
from kiosk.catalogue.item import Form, MaterialRule, Need, Obtain, Scope, ServiceItem
from kiosk.identity.codes import parse_handle_item_code, parse_task_code, parse_uscc
from kiosk.identity.ids import parse_id_number
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.case import BlobRef, Material, MaterialSource
from kiosk.model.notice import Answer, Notice, NoticeLine, Subject
from kiosk.model.people import Agent, AgentKind, Applicant, Assurance, IdType, Member, Person, Relation
from kiosk.rules import Facts, compile_item, may_submit, notice, problems

TODAY = date(2026, 11, 24)
FOLDER = Path(central.__file__).parent / "samples"
FILES = sorted((FOLDER / "items").glob("*.json"))
ITEMS = {path.stem[3:]: msgspec.json.decode(path.read_bytes(), type=ServiceItem) for path in FILES}
HOLIDAYS = parse_holidays(json.loads((FOLDER / "holidays.json").read_text(encoding="utf-8")))
EVERY = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)


def case_form(item: ServiceItem) -> Form:
    return next(form for form in item.forms if form.scope is Scope.CASE)


def sample_applicant(item: ServiceItem) -> Applicant:
    """The person of the filled sample, taken from the fields that a card would fill."""
    form = case_form(item)
    said = {source: form.sample[name] for name, source in form.prefill.items() if name in form.sample}
    person = Person(
        IdType.RESIDENT_ID, said["applicant.id_no"], said["applicant.name"], said.get("applicant.phone", "")
    )
    return Applicant(person, Assurance.CHIP)


def sample_facts(item: ServiceItem) -> Facts:
    """The sample's answers, the first choice of every question, everything confirmed, no paper yet."""
    return Facts(
        today=TODAY,
        applicant=sample_applicant(item),
        answers=dict(case_form(item).sample),
        scenarios={one.id: one.choices[0].id for one in item.scenarios},
        confirmed=frozenset(one.id for one in item.conditions if not one.expr),
        holidays=HOLIDAYS,
    )


def handed_in(item: ServiceItem, facts: Facts) -> Facts:
    """The same facts with a page for whatever blocks and a pledge for whatever may be pledged."""
    rules = {rule.id: rule for rule in item.materials}
    sheet = notice(compile_item(item), facts)
    open_ = [line for line in sheet.lines if line.subject is Subject.MATERIAL and line.answer is not Answer.SATISFIED]
    given = [_given(rules[line.ref], line) for line in open_ if line.answer in {Answer.BLOCKS, Answer.MAY_FOLLOW}]
    return replace(facts, materials=tuple(given))


def _given(rule: MaterialRule, line: NoticeLine) -> Material:
    if rule.obtain_by is Obtain.PLEDGE or rule.need is Need.MAY_FOLLOW:
        return Material(rule.id, MaterialSource.PLEDGE, member=line.member, pledged_until=line.follow_by)
    page = BlobRef("0" * 64, 10, "jpg")
    return Material(rule.id, MaterialSource.SCAN, (page,), line.member)


def blocking(sheet: Notice, *subjects: Subject) -> set[str]:
    return {line.ref for line in sheet.blocking if not subjects or line.subject in subjects}


def asked(item: ServiceItem, facts: Facts) -> set[str]:
    """Materials this case asks for, or may come to ask for; those it does not are left out."""
    lines = notice(compile_item(item), facts).lines
    return {line.ref for line in lines if line.subject is Subject.MATERIAL and line.reason_code != "not_in_this_case"}


def somebody(index: int, age: int, sex: str = "female") -> Person:
    return synthetic_person(index, Wanted(TODAY, age, sex))


def helper(kind: AgentKind, item: ServiceItem, relation: Relation = Relation.CHILD) -> Agent:
    return Agent(somebody(9, 45), kind, relation, item.agent.powers, Assurance.CHIP)


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a JSON value with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from texts(inner, f"{path}/{place}")


def left_out(given: object, kept: object, path: str = "") -> Iterator[str]:
    """Paths of the file that the decoded item does not have: misspelt fields."""
    if isinstance(given, dict) and isinstance(kept, dict):
        for key, inner in given.items():
            if key not in kept:
                yield f"{path}/{key}"
            else:
                yield from left_out(inner, kept[key], f"{path}/{key}")
    elif isinstance(given, list) and isinstance(kept, list):
        for place, (inner, other) in enumerate(zip(given, kept, strict=True)):
            yield from left_out(inner, other, f"{path}/{place}")


def test_there_are_at_least_fifteen_items_and_no_two_share_a_code() -> None:
    assert len(ITEMS) >= 15
    for codes in (
        {item.code for item in ITEMS.values()},
        {item.task_code for item in ITEMS.values()},
        {item.name for item in ITEMS.values()},
    ):
        assert len(codes) == len(ITEMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_field_of_a_file_is_misspelt(path: Path) -> None:
    given = json.loads(path.read_bytes())
    kept = msgspec.to_builtins(msgspec.json.decode(path.read_bytes(), type=ServiceItem))
    assert list(left_out(given, kept)) == []


def test_no_quality_rule_is_broken() -> None:
    assert check_catalogue(FOLDER) == []


@EVERY
def test_rules_and_forms_of_every_item_can_be_used(item: ServiceItem) -> None:
    assert problems(item) == []


@EVERY
def test_codes_belong_to_nobody_and_have_right_check_characters(item: ServiceItem) -> None:
    for department in (item.dept, *item.joint_depts):
        assert parse_uscc(department.uscc).region == "990101"
    task = parse_task_code(item.task_code)
    assert (task.uscc.code, task.level, task.catalog.code) == (item.dept.uscc, item.use_level, item.catalog_code)
    assert parse_handle_item_code(item.handle_item_code).code.startswith(item.task_code)
    assert item.region12.startswith("990101")


@EVERY
def test_whoever_is_named_in_a_sample_does_not_exist(item: ServiceItem) -> None:
    for path, text in texts(msgspec.to_builtins(item)):
        for number in re.findall(r"(?<![0-9])[0-9]{17}[0-9X](?![0-9A-Z])", text):
            if "uscc" not in path and "code" not in path:
                assert parse_id_number(number, TODAY).synthetic, path
        for phone in re.findall(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])", text):
            pytest.fail(f"{path} holds {phone}, which may be somebody's")
    for form in item.forms:
        for name in [name for name in form.sample if name == "name" or name.endswith("_name")]:
            assert form.sample[name].startswith("演示·")


@EVERY
def test_every_item_says_that_nobody_has_checked_it(item: ServiceItem) -> None:
    assert item.verified is False
    assert "演示" in item.notes
    assert item.source
    assert item.as_of <= TODAY


@EVERY
def test_everything_on_screen_is_there_in_english_too(item: ServiceItem) -> None:
    english = [item.name_en, item.summary_en]
    for scenario in item.scenarios:
        english += [scenario.question_en, *(choice.name_en for choice in scenario.choices)]
    for form in item.forms:
        assert set(form.titles_en) == set(form.order)
        english += form.titles_en.values()
        for schema in form.schema["properties"].values():
            assert set(schema.get("x-titles-en", {})) == set(schema.get("enum", ()))
            english += schema.get("x-titles-en", {}).values()
    assert all(text and not re.search(r"[\u3000-\u9fff\uff00-\uffef]", text) for text in english)


@EVERY
def test_a_resident_is_told_what_to_do_and_where_to_get_each_paper(item: ServiceItem) -> None:
    assert all(one.advice and one.basis for one in item.conditions)
    assert all(one.obtain_where and one.accept_standard and one.basis for one in item.materials)
    assert all(form.help.get(name) for form in item.forms for name in form.order)
    assert all(one.follow_days > 0 for one in item.materials if one.need is Need.MAY_FOLLOW)


@EVERY
def test_texts_for_residents_are_plain_chinese(item: ServiceItem) -> None:
    jargon = re.compile("同步|队列|草稿|会话|校验|适老模式|提交成功|全权办理")
    narrow = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
    for path, text in texts(msgspec.to_builtins(item)):
        if "/expr" in path or "/when" in path or "_en" in path or "titles-en" in path:
            continue
        assert not jargon.search(text), path
        assert not narrow.search(text), path


@EVERY
def test_papers_named_are_there_and_none_is_left_over(item: ServiceItem) -> None:
    named = {text for one in item.materials for text in (one.blank, one.sample) if text}
    named |= {one.sample for one in item.results}
    assert named == set(item.papers)
    assert all("演示数据" in text for name, text in item.papers.items() if not name.endswith("-blank"))


@EVERY
def test_every_question_asked_changes_something(item: ServiceItem) -> None:
    rules = compile_item(item)
    decided = [*rules.conditions.values(), *rules.asked.values()]
    used = {name.name for rule in decided for name in rule.uses}
    by_choice = {choice for rule in item.materials for choice in rule.scenario_ids}
    for scenario in item.scenarios:
        assert f"scenario.{scenario.id}" in used or by_choice & {choice.id for choice in scenario.choices}


@EVERY
def test_the_person_of_the_sample_can_hand_the_application_in(item: ServiceItem) -> None:
    facts = sample_facts(item)
    before = notice(compile_item(item), facts)
    assert blocking(before, Subject.CONDITION, Subject.FIELD, Subject.ROLE) == set()
    sheet = notice(compile_item(item), handed_in(item, facts))
    assert may_submit(sheet), blocking(sheet)


@EVERY
def test_every_choice_of_every_question_leads_to_a_case_that_can_be_decided(item: ServiceItem) -> None:
    facts = sample_facts(item)
    for scenario in item.scenarios:
        for choice in scenario.choices:
            sheet = notice(compile_item(item), replace(facts, scenarios={**facts.scenarios, scenario.id: choice.id}))
            assert [line.ref for line in sheet.lines if line.unknown or line.reason_code == "undecidable"] == []


def test_a_family_applies_for_dibao_with_rules_and_papers_for_each_member() -> None:
    item = ITEMS["minimum-living-allowance"]
    husband = Member("m1", somebody(11, 60, "male"), Relation.SPOUSE, {**_at_home, "health": "重病"})
    son = Member("m2", somebody(12, 20, "male"), Relation.CHILD, {**_at_home, "status": "上学"})
    facts = replace(sample_facts(item), members=(husband, son))
    sheet = notice(compile_item(item), facts)
    lines = {(line.ref, line.member): line.answer for line in sheet.lines}
    assert lines["member_authorisation", "m1"] is Answer.BLOCKS
    assert lines["member_illness", "m1"] is Answer.MAY_FOLLOW
    assert lines["member_illness", "m2"] is Answer.NOT_NEEDED
    assert lines["member_student", "m2"] is Answer.MAY_FOLLOW
    assert may_submit(notice(compile_item(item), handed_in(item, facts)))


def test_the_dibao_line_is_held_against_the_income_of_each_head() -> None:
    item = ITEMS["minimum-living-allowance"]
    facts = sample_facts(item)
    answers = {**facts.answers, "family_income_month": 1500}
    alone = replace(facts, answers=answers, members=())
    pair = replace(alone, members=(Member("m1", somebody(11, 60), Relation.SPOUSE, _at_home),))
    three = replace(alone, members=(*pair.members, Member("m2", somebody(12, 9), Relation.CHILD, _at_home)))
    assert blocking(notice(compile_item(item), alone), Subject.CONDITION) == {"income"}
    assert blocking(notice(compile_item(item), pair), Subject.CONDITION) == {"income"}
    assert blocking(notice(compile_item(item), three), Subject.CONDITION) == set()


def test_somebody_who_lives_apart_is_no_member_of_the_household() -> None:
    item = ITEMS["minimum-living-allowance"]
    apart = Member("m1", somebody(11, 30), Relation.CHILD, {**_at_home, "lives_together": False})
    sheet = notice(compile_item(item), replace(sample_facts(item), members=(apart,)))
    assert "member_together" in blocking(sheet, Subject.CONDITION)


_at_home: dict[str, Any] = {
    "lives_together": True,
    "status": "没有工作",
    "income_month": 0,
    "health": "健康",
    "disabled": False,
}


@pytest.mark.parametrize(("age", "kind"), [(12, "肢体"), (40, "智力"), (40, "精神")])
def test_a_disability_card_for_a_child_or_a_troubled_mind_takes_a_guardian(age: int, kind: str) -> None:
    item = ITEMS["disability-card"]
    facts = sample_facts(item)
    facts = replace(
        facts, applicant=Applicant(somebody(3, age), Assurance.STATED), answers={**facts.answers, "kind": kind}
    )
    alone = notice(compile_item(item), facts)
    assert {"agent", "guardian"} <= blocking(alone)
    by_agent = replace(facts, agent=helper(AgentKind.AGENT, item))
    assert "guardian" in blocking(notice(compile_item(item), by_agent), Subject.CONDITION)
    by_guardian = replace(facts, agent=helper(AgentKind.GUARDIAN, item, Relation.PARENT))
    assert "guardian_proof" in asked(item, by_guardian)
    assert "mandate" not in asked(item, by_guardian)
    assert may_submit(notice(compile_item(item), handed_in(item, by_guardian)))


def test_a_daughter_claims_the_old_age_allowance_with_both_identity_cards() -> None:
    item = ITEMS["old-age-allowance"]
    facts = sample_facts(item)
    old = Applicant(somebody(4, 83), Assurance.STATED)
    by_daughter = replace(facts, applicant=old, agent=helper(AgentKind.AGENT, item))
    assert {"applicant_id_card", "agent_id_card", "mandate"} <= asked(item, by_daughter)
    assert "applicant_id_card" in blocking(notice(compile_item(item), by_daughter), Subject.MATERIAL)
    assert may_submit(notice(compile_item(item), handed_in(item, by_daughter)))
    young = replace(by_daughter, applicant=Applicant(somebody(5, 79), Assurance.STATED))
    assert "age" in blocking(notice(compile_item(item), young), Subject.CONDITION)


def test_a_residence_permit_is_not_fetched_by_a_neighbour() -> None:
    item = ITEMS["residence-permit"]
    facts = sample_facts(item)
    by_neighbour = replace(facts, agent=helper(AgentKind.AGENT, item, Relation.NEIGHBOUR))
    by_wife = replace(facts, agent=helper(AgentKind.AGENT, item, Relation.SPOUSE))
    assert "kin" in blocking(notice(compile_item(item), by_neighbour), Subject.CONDITION)
    assert "kin" not in blocking(notice(compile_item(item), by_wife), Subject.CONDITION)


def test_in_an_emergency_the_papers_may_follow() -> None:
    item = ITEMS["temporary-assistance"]
    facts = sample_facts(item)
    urgent = asked(item, replace(facts, scenarios={"urgency": "urgent", "cause": "illness"}))
    calm = asked(item, replace(facts, scenarios={"urgency": "normal", "cause": "illness"}))
    assert urgent - calm == {"later_proof"}
    assert calm - urgent == {"illness_proof"}


def test_the_other_parent_is_a_member_of_a_birth_registration_only_when_both_want_it() -> None:
    item = ITEMS["birth-registration"]
    facts = sample_facts(item)
    both = replace(facts, scenarios={**facts.scenarios, "other_parent": "both"})
    assert "both_listed" in blocking(notice(compile_item(item), both), Subject.CONDITION)
    father = Member("m1", somebody(6, 32, "male"), Relation.SPOUSE, {"children_before": 0, "agree": True})
    listed = replace(both, members=(father,))
    assert may_submit(notice(compile_item(item), handed_in(item, listed)))


def test_the_working_days_are_those_of_the_state_councils_notices() -> None:
    assert isinstance(HOLIDAYS, HolidayTable)
    assert HOLIDAYS.knows(2025)
    assert HOLIDAYS.knows(2026)
    assert "国办发明电〔2025〕7号" in HOLIDAYS.source
    assert not is_working_day(date(2026, 2, 23), HOLIDAYS)  # last day of Spring Festival, a Monday
    assert is_working_day(date(2026, 2, 28), HOLIDAYS)  # a Saturday worked in exchange
    assert not is_working_day(date(2026, 10, 7), HOLIDAYS)
    assert is_working_day(date(2025, 10, 11), HOLIDAYS)
