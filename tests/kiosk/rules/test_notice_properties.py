"""What must hold of every sheet, whatever is known and whatever was handed in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.case import BlobRef, Material, MaterialSource
from kiosk.model.notice import Answer, Notice, NoticeLine, Subject
from kiosk.model.people import AgentKind, Assurance, Relation
from kiosk.rules import Facts, ItemRules, compile_item, may_submit, notice, reason_words
from tests.kiosk.rules.rule_items import TODAY, agent, applicant, item, member, person

RULES = {name: compile_item(item(name)) for name in ("aid", "household", "card")}
GOODNESS = {Answer.BLOCKS: 0, Answer.MAY_FOLLOW: 1, Answer.NOT_NEEDED: 2, Answer.SATISFIED: 2}

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.just("测试甲"),
    "id_no": st.just(person().id_no),
    "phone": st.just("15400000001"),
    "hukou_local": st.booleans(),
    "kind": st.sampled_from(["重病", "重残", "其他"]),
    "income": st.floats(0, 3000) | st.integers(0, 3000),
    "rent": st.integers(0, 2000),
    "note": st.just("无"),
}
OF_MEMBER: dict[str, st.SearchStrategy[Any]] = {
    "together": st.booleans(),
    "status": st.sampled_from(["上班", "上学", "在家"]),
    "school_name": st.just("演示中学"),
}
MATERIALS = [*sorted({one.id for rules in RULES.values() for one in rules.item.materials}), "elsewhere"]

materials = st.builds(
    Material,
    material_id=st.sampled_from(MATERIALS),
    source=st.sampled_from(MaterialSource),
    files=st.sampled_from([(), (BlobRef("0" * 64, 9, "jpg"),)]),
    member=st.sampled_from([None, "m1", "m2", "m9"]),
    pledged_until=st.none() | st.integers(-5, 30).map(lambda days: TODAY + timedelta(days=days)),
)
members = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from(Relation), st.fixed_dictionaries({}, optional=OF_MEMBER)), max_size=4
).map(lambda found: tuple(member(f"m{at}", age, of, **given) for at, (age, of, given) in enumerate(found, 1)))
agents = st.none() | st.builds(
    agent, st.sampled_from(AgentKind), st.sampled_from([(), ("提交材料",), ("提交材料", "领取结果"), ("卖房子",)])
)
facts = st.builds(
    Facts,
    today=st.just(TODAY),
    applicant=st.none() | st.builds(applicant, st.integers(1, 100), st.sampled_from(Assurance)),
    agent=agents,
    members=members,
    answers=st.fixed_dictionaries({}, optional=VALUES),
    scenarios=st.fixed_dictionaries(
        {}, optional={"who": st.sampled_from(["one", "family"]), "house": st.sampled_from(["own", "rented"])}
    ),
    materials=st.lists(materials, max_size=8).map(tuple),
    confirmed=st.sampled_from([frozenset(), frozenset({"honest"})]),
)
any_item = st.sampled_from(sorted(RULES))


def by_place(sheet: Notice) -> dict[tuple[Subject, str, str | None], NoticeLine]:
    return {(one.subject, one.ref, one.member): one for one in sheet.lines}


@settings(deadline=None)
@given(any_item, facts)
def test_a_sheet_names_only_what_the_catalogue_names_each_once_and_in_words(name: str, known: Facts) -> None:
    rules = RULES[name]
    sheet = notice(rules, known)
    assert len(by_place(sheet)) == len(sheet.lines)
    fields = {one.name for form in rules.forms.values() for one in form.fields}
    named = {
        Subject.ROLE: {"applicant", "agent", "members"},
        Subject.CONDITION: {one.id for one in rules.item.conditions},
        Subject.FIELD: fields,
        Subject.MATERIAL: {one.id for one in rules.item.materials},
    }
    for line in sheet.lines:
        assert line.ref in named[line.subject]
        assert line.title
        assert reason_words(line.reason_code, "zh")
        assert all(one in fields or one in rules.names for one in line.unknown)
        assert (line.follow_by is not None) == (line.answer is Answer.MAY_FOLLOW)
        assert line.member is None or line.member in {one.ref for one in known.members}


@settings(deadline=None)
@given(any_item, facts, materials)
def test_bringing_something_never_makes_any_line_worse(name: str, known: Facts, brought: Material) -> None:
    before = by_place(notice(RULES[name], known))
    after = by_place(notice(RULES[name], replace(known, materials=(*known.materials, brought))))
    assert before.keys() == after.keys()
    for place, line in before.items():
        assert GOODNESS[after[place].answer] >= GOODNESS[line.answer]
        if place[1] != brought.material_id:
            assert after[place] == line


@settings(deadline=None)
@given(any_item, facts, st.data())
def test_nothing_is_asked_later_that_the_first_sheet_could_have_told(
    name: str, known: Facts, data: st.DataObject
) -> None:
    """Whoever only answers more questions never meets a condition or material that was not open before."""
    more = data.draw(st.fixed_dictionaries({}, optional=VALUES))
    later = replace(
        known,
        answers={**more, **known.answers},
        scenarios={"who": "family", "house": "rented", **known.scenarios},
    )
    first, second = by_place(notice(RULES[name], known)), by_place(notice(RULES[name], later))
    for place, line in second.items():
        if place[0] in {Subject.CONDITION, Subject.MATERIAL} and line.answer in {Answer.BLOCKS, Answer.MAY_FOLLOW}:
            assert first[place].answer in {Answer.BLOCKS, Answer.MAY_FOLLOW}, (place, line)


@settings(deadline=None)
@given(any_item, facts)
def test_the_sheet_depends_on_the_facts_alone_and_a_case_may_go_when_it_blocks_nothing(name: str, known: Facts) -> None:
    first, second = notice(RULES[name], known), notice(compile_item(item(name)), known)
    assert first == second
    unpledged = [one for one in first.following if not _promised(RULES[name], known, one)]
    assert may_submit(first) == (not first.blocking and not unpledged)


def _promised(rules: ItemRules, known: Facts, line: NoticeLine) -> bool:
    rule = next(one for one in rules.item.materials if one.id == line.ref)
    latest = known.latest(rule.follow_days)
    return any(
        one.material_id == line.ref
        and one.member == line.member
        and one.source is MaterialSource.PLEDGE
        and one.pledged_until is not None
        and TODAY <= one.pledged_until <= latest
        for one in known.materials
    )
