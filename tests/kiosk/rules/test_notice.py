"""The one-time sheet: what is missing, what may follow, what is in order, each with its reason."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from kiosk.calendar import HolidayTable, HolidayYear
from kiosk.model.case import Channel, Draft, Material, MaterialSource
from kiosk.model.notice import Answer, Notice, Subject
from kiosk.model.people import AgentKind, Applicant, Assurance, IdType, Person, Relation
from kiosk.model.state import CaseState
from kiosk.rules import (
    Facts,
    asked_forms,
    compile_item,
    facts_of,
    may_submit,
    notice,
    reason_codes,
    reason_words,
    unknown_answers,
)
from kiosk.rules.minors import children
from tests.kiosk.rules.rule_items import (
    GOOD_ANSWERS,
    TODAY,
    agent,
    applicant,
    item,
    item_from,
    line,
    member,
    pages,
    person,
    pledge,
    raw_item,
    without_birth,
)

AID, HOUSEHOLD, CARD = (compile_item(item(name)) for name in ("aid", "household", "card"))
READY = Facts(
    TODAY,
    applicant=applicant(),
    answers=GOOD_ANSWERS,
    scenarios={"who": "one", "house": "own"},
    materials=(pages("hukou"), pledge("income_pledge")),
    confirmed=frozenset({"honest"}),
)


def sheet(**changes: Any) -> Notice:
    return notice(AID, replace(READY, **changes))


def answered(**answers: Any) -> dict[str, Any]:
    return {name: value for name, value in {**GOOD_ANSWERS, **answers}.items() if value is not None}


def test_a_complete_application_may_be_submitted_and_says_what_is_in_order() -> None:
    told = sheet()
    assert told.blocking == ()
    assert told.following == ()
    assert may_submit(told)
    assert line(told, "application").reason_code == "form_filled"
    assert line(told, "hukou").reason_code == "at_hand"
    assert line(told, "id_card").reason_code == "verified"
    assert line(told, "photo").answer is Answer.NOT_NEEDED


def test_everything_missing_is_told_on_one_sheet_in_the_catalogues_order() -> None:
    told = notice(AID, Facts(TODAY))
    order = [(one.subject, one.ref) for one in told.lines]
    assert order == [
        (Subject.ROLE, "applicant"),
        (Subject.ROLE, "agent"),
        *((Subject.CONDITION, one.id) for one in AID.item.conditions),
        *((Subject.FIELD, name) for name in ("name", "id_no", "hukou_local", "kind", "income")),
        *((Subject.MATERIAL, one.id) for one in AID.item.materials),
    ]
    assert {one.ref for one in told.blocking} >= {"applicant", "local", "income", "honest", "hukou", "income_pledge"}
    assert not may_submit(told)
    assert (told.item_code, told.catalogue_version) == ("DEMO-AID", 3)


def test_a_condition_not_met_blocks_with_advice_and_basis() -> None:
    refused = line(sheet(answers=answered(income=5000)), "income")
    assert refused.answer is Answer.BLOCKS
    assert refused.reason_code == "condition_not_met"
    assert (refused.reason, refused.basis) == ("收入高于标准", "演示办法第四条")


def test_a_condition_still_open_names_the_fields_that_decide_it() -> None:
    told = line(sheet(answers=answered(income=None, kind=None)), "income", about=Subject.CONDITION)
    assert (told.answer, told.reason_code) == (Answer.BLOCKS, "not_decided_yet")
    assert told.unknown == ("kind", "income")
    assert line(sheet(scenarios={}), "rent").unknown == ()
    assert line(sheet(scenarios={}, answers=answered(rent=2000)), "rent").unknown == ("scenario.house",)


def test_what_is_known_decides_as_soon_as_it_can() -> None:
    decided = sheet(answers=answered(income=None, kind="重残"))
    assert line(decided, "income", about=Subject.CONDITION).answer is Answer.SATISFIED
    assert line(sheet(scenarios={"house": "own"}, answers=answered(rent=None)), "rent").answer is Answer.SATISFIED


def test_a_wrong_answer_decides_nothing() -> None:
    told = sheet(answers=answered(income=-5))
    lines = [one for one in told.lines if one.ref == "income"]
    assert [(one.subject, one.reason_code) for one in lines] == [
        (Subject.CONDITION, "not_decided_yet"),
        (Subject.FIELD, "field_wrong"),
    ]


def test_a_condition_without_a_rule_is_confirmed_by_a_person() -> None:
    assert line(sheet(confirmed=frozenset()), "honest").reason_code == "to_confirm"
    assert line(sheet(), "honest").answer is Answer.SATISFIED


def test_a_missing_material_says_where_to_get_it_and_what_is_taken_instead() -> None:
    told = line(sheet(materials=()), "hukou")
    assert (told.answer, told.reason_code) == (Answer.BLOCKS, "missing")
    assert told.substitutes == ("户籍证明（盖章）", "居住证")
    assert (told.obtain, told.basis, told.reason) == ("户籍派出所", "演示办法（户口簿）", "首页和本人页清楚")
    assert (told.originals, told.copies) == (1, 2)


def test_a_material_that_may_follow_needs_a_pledge_and_gets_a_working_day() -> None:
    open_ = sheet(answers=answered(kind="重病"))
    told = line(open_, "illness")
    assert (told.answer, told.reason_code, told.follow_by) == (Answer.MAY_FOLLOW, "may_follow", date(2026, 12, 8))
    assert not may_submit(open_)
    promised = sheet(answers=answered(kind="重病"), materials=(*READY.materials, pledge("illness", date(2026, 12, 4))))
    told = line(promised, "illness")
    assert (told.answer, told.reason_code, told.follow_by) == (
        Answer.MAY_FOLLOW,
        "pledged_to_follow",
        date(2026, 12, 4),
    )
    assert may_submit(promised)
    brought = sheet(answers=answered(kind="重病"), materials=(*READY.materials, pages("illness")))
    assert line(brought, "illness").answer is Answer.SATISFIED


@pytest.mark.parametrize("until", [date(2026, 11, 23), date(2026, 12, 9), None])
def test_a_pledge_that_has_lapsed_or_promises_too_late_does_not_count(until: date | None) -> None:
    told = sheet(answers=answered(kind="重病"), materials=(*READY.materials, pledge("illness", until)))
    assert line(told, "illness").reason_code == "may_follow"
    assert not may_submit(told)


def test_the_day_to_follow_is_counted_by_the_holiday_table() -> None:
    off = frozenset({date(2026, 11, 25), date(2026, 11, 26)})
    table = HolidayTable({2026: HolidayYear(off, frozenset({date(2026, 11, 28)}))})
    told = line(sheet(answers=answered(kind="重病"), holidays=table), "illness")
    assert told.follow_by == date(2026, 12, 9)


def test_a_pledge_is_worth_nothing_where_the_catalogue_takes_none() -> None:
    told = sheet(materials=(pledge("hukou", date(2026, 11, 30)), pledge("income_pledge")))
    assert line(told, "hukou").answer is Answer.BLOCKS


def test_a_declared_commitment_stands_in_for_the_paper_where_the_item_allows_it() -> None:
    assert line(sheet(materials=(pages("hukou"),)), "income_pledge").reason_code == "bring_or_pledge"
    assert line(sheet(), "income_pledge").answer is Answer.SATISFIED
    assert line(sheet(materials=(pages("hukou"), pages("income_pledge"))), "income_pledge").reason_code == "at_hand"


def test_what_the_office_can_look_up_is_not_demanded() -> None:
    told = line(sheet(answers=answered(kind="重残")), "disability")
    assert (told.answer, told.reason_code) == (Answer.SATISFIED, "shared")


def test_an_earlier_case_or_an_electronic_licence_counts_where_the_catalogue_says_so() -> None:
    reused = Material("hukou", MaterialSource.REUSE)
    told = sheet(materials=(reused, pledge("income_pledge")))
    assert line(told, "hukou").reason_code == "reused"
    licence = Material("hukou", MaterialSource.ELICENCE)
    assert line(sheet(materials=(licence,)), "hukou").answer is Answer.BLOCKS
    assert (
        line(sheet(materials=(Material("income_pledge", MaterialSource.REUSE),)), "income_pledge").answer
        is Answer.BLOCKS
    )
    told = sheet(answers=answered(kind="重残"), materials=(Material("disability", MaterialSource.ELICENCE),))
    assert line(told, "disability").reason_code == "licence_found"


def test_a_material_that_may_come_to_be_needed_is_never_a_surprise_later() -> None:
    told = line(sheet(scenarios={"house": "rented"}, answers=answered(rent=None)), "lease")
    assert (told.answer, told.reason_code, told.unknown) == (Answer.BLOCKS, "possibly_needed", ("rent",))
    told = line(sheet(scenarios={}), "family_note")
    assert (told.reason_code, told.unknown) == ("possibly_needed", ("scenario.who",))
    assert line(sheet(scenarios={"who": "family"}), "family_note").reason_code == "missing"
    assert line(sheet(scenarios={"who": "one"}), "family_note").reason_code == "not_in_this_case"


def test_a_wrong_or_missing_field_has_its_line_and_the_form_is_not_finished() -> None:
    told = sheet(answers=answered(name=None, phone="12"))
    assert line(told, "name").reason_code == "field_missing"
    wrong = line(told, "phone")
    assert (wrong.subject, wrong.reason_code, wrong.title) == (Subject.FIELD, "field_wrong", "电话")
    assert "11 位" in wrong.reason
    assert line(told, "application").reason_code == "form_not_finished"


def test_the_identity_must_be_as_sure_as_the_item_asks() -> None:
    stated = Facts(TODAY, applicant=applicant(70, Assurance.STATED), materials=(pages("photo"),))
    assert line(notice(CARD, stated), "applicant").reason_code == "identity_too_weak"
    chip = replace(stated, applicant=applicant(70, Assurance.CHIP))
    assert may_submit(notice(CARD, chip))


def test_with_a_guardian_it_is_the_guardian_whose_identity_counts() -> None:
    facts = Facts(
        TODAY,
        applicant=applicant(70, Assurance.STATED),
        agent=agent(AgentKind.GUARDIAN),
        materials=(pages("photo"), pledge("mandate_paper")),
    )
    told = notice(CARD, facts)
    assert line(told, "applicant").answer is Answer.SATISFIED
    assert line(told, "agent").reason_code == "guardian_accepted"
    assert may_submit(told)
    weak = replace(agent(AgentKind.GUARDIAN), assurance=Assurance.STATED)
    assert line(notice(CARD, replace(facts, agent=weak)), "agent").reason_code == "identity_too_weak"


def test_an_agent_is_refused_where_the_item_wants_the_person_or_a_guardian() -> None:
    told = notice(CARD, Facts(TODAY, applicant=applicant(70), agent=agent()))
    assert line(told, "agent").reason_code == "agent_not_allowed"


def test_a_child_cannot_apply_alone() -> None:
    told = sheet(applicant=applicant(15))
    assert line(told, "agent").reason_code == "agent_required"
    assert not may_submit(told)
    unknown = sheet(
        applicant=Applicant(without_birth(replace(person(), id_type=IdType.FOREIGNER_ID_2017, id_no="USA110098080101")))
    )
    assert line(unknown, "agent").unknown == ("applicant.age",)


def test_for_a_child_under_14_a_guardian_has_to_consent_whatever_the_item_says() -> None:
    assert line(notice(CARD, Facts(TODAY, applicant=applicant(13))), "agent").reason_code == "child_needs_guardian"
    assert line(sheet(applicant=applicant(13), agent=agent()), "agent").reason_code == "child_needs_guardian"
    assert not may_submit(sheet(applicant=applicant(13)))
    guarded = sheet(applicant=applicant(13), agent=agent(AgentKind.GUARDIAN, ()))
    assert line(guarded, "agent").reason_code == "guardian_accepted"
    assert "agent" not in {one.ref for one in notice(CARD, Facts(TODAY, applicant=applicant(14))).lines}


def test_who_signs_for_a_household_with_a_child_is_told_what_that_means() -> None:
    household = notice(HOUSEHOLD, replace(READY, members=(member("m1", 13), member("m2", 14))))
    told = [(one.member, one.answer) for one in household.lines if one.reason_code == "child_in_household"]

    assert told == [("m1", Answer.SATISFIED)]


def test_who_of_a_case_is_under_14_is_marked() -> None:
    child, grown = applicant(13), applicant(14)
    household = (member("m1", 13), member("m2", 14))
    old_card = replace(person(), id_type=IdType.FOREIGNER_ID_2017, id_no="USA110098080101")
    nobody = replace(grown, person=without_birth(old_card))

    assert tuple(children(child, household, TODAY)) == ("applicant", "m1")
    assert tuple(children(grown, (), TODAY)) == ()
    assert tuple(children(nobody, (), TODAY)) == tuple(children(None, (), TODAY)) == ()


def test_a_mandate_is_asked_of_an_agent_and_names_what_may_be_done() -> None:
    told = sheet(agent=agent())
    assert line(told, "mandate").reason_code == "missing"
    assert line(told, "guardian_proof").answer is Answer.NOT_NEEDED
    assert line(sheet(agent=agent(powers=())), "agent").reason_code == "powers_missing"
    assert line(sheet(agent=agent(powers=("卖房子",))), "agent").reason_code == "powers_unknown"
    guardian = sheet(agent=agent(AgentKind.GUARDIAN, ()))
    assert line(guardian, "mandate").answer is Answer.NOT_NEEDED
    assert line(guardian, "guardian_proof").reason_code == "missing"


def test_nobody_is_their_own_agent() -> None:
    himself = replace(agent(), person=applicant().person)
    assert line(sheet(agent=himself), "agent").reason_code == "agent_is_applicant"


def test_each_member_of_the_household_has_its_own_lines() -> None:
    facts = Facts(
        TODAY,
        applicant=applicant(),
        members=(
            member("m1", 10, together=True, status="在家"),
            member("m2", 20, Relation.SIBLING, together=False, status="上学"),
        ),
        materials=(pages("book"), pages("member_id", "m1")),
    )
    told = notice(HOUSEHOLD, facts)
    assert line(told, "minors").answer is Answer.SATISFIED
    assert line(told, "together", "m1").answer is Answer.SATISFIED
    assert line(told, "together", "m2").reason == "不同住的人不用写"
    assert line(told, "near", "m2").reason_code == "condition_not_met"
    assert line(told, "school_name", "m2").reason_code == "field_missing"
    assert line(told, "member_id", "m1").answer is Answer.SATISFIED
    assert line(told, "member_id", "m2").reason_code == "missing"
    assert line(told, "member_form", "m1").reason_code == "form_filled"
    assert line(told, "member_form", "m2").reason_code == "form_not_finished"
    assert line(told, "school", "m1").reason_code == "not_in_this_case"
    assert line(told, "school", "m2").follow_by == date(2026, 12, 1)


def test_a_household_has_as_many_members_as_the_item_says_and_each_of_them_once() -> None:
    alone = Facts(TODAY, applicant=applicant())
    assert line(notice(HOUSEHOLD, alone), "members").reason_code == "members_too_few"
    many = replace(alone, members=tuple(member(f"m{number}", 10) for number in range(1, 5)))
    assert line(notice(HOUSEHOLD, many), "members").reason_code == "members_too_many"
    twice = replace(alone, members=(member("m1", 10), replace(member("m2", 10), person=applicant().person)))
    assert line(notice(HOUSEHOLD, twice), "members", "m2").reason_code == "member_twice"
    again = replace(alone, members=(member("m1", 10), replace(member("m1", 10), ref="m2")))
    assert line(notice(HOUSEHOLD, again), "members", "m2").reason_code == "member_twice"


def test_age_and_sex_come_from_the_number_where_the_person_does_not_say() -> None:
    elder = Applicant(without_birth(person(1, 70, "male")), Assurance.CHIP)
    told = notice(CARD, Facts(TODAY, applicant=elder))
    assert line(told, "age").answer is Answer.SATISFIED
    assert line(told, "sex").answer is Answer.SATISFIED
    foreigner = Person(IdType.FOREIGNER_ID_2017, "USA110098080101", "测试甲")
    told = notice(CARD, Facts(TODAY, applicant=Applicant(foreigner, Assurance.CHIP)))
    assert line(told, "age").unknown == ("applicant.age",)


def test_a_rule_that_fails_on_these_values_says_so_and_blocks() -> None:
    raw = raw_item("aid")
    raw["conditions"][0]["expr"] = "answers.rent / (household.size - 1) > 1"
    told = notice(compile_item(item_from(raw)), READY)
    assert line(told, "local").reason_code == "undecidable"
    assert not may_submit(told)


def test_a_form_that_is_only_for_agents_is_not_demanded_of_others() -> None:
    raw = raw_item("aid")
    raw["forms"].append(
        {
            "id": "paper",
            "title": "委托书",
            "order": ["powers"],
            "schema": {
                "type": "object",
                "required": ["powers"],
                "properties": {"powers": {"title": "委托事项", "type": "string"}},
            },
        }
    )
    raw["materials"][2]["form_id"] = "paper"
    rules = compile_item(item_from(raw))
    assert may_submit(notice(rules, READY))
    assert [one.form.id for one in asked_forms(rules, READY)] == ["main"]
    acting = replace(READY, agent=agent())
    assert [one.form.id for one in asked_forms(rules, acting)] == ["main", "paper"]
    told = notice(rules, acting)
    assert line(told, "powers").reason_code == "field_missing"
    filled = notice(rules, replace(acting, answers={**GOOD_ANSWERS, "powers": "提交材料"}))
    assert line(filled, "mandate").reason_code == "form_filled"
    assert may_submit(filled)


def test_answers_to_questions_nobody_asked_are_named() -> None:
    assert unknown_answers(AID, replace(READY, answers=answered(salary=1))) == ("salary",)
    facts = replace(READY, members=(member("m1", 9, together=True, colour="red"),))
    assert unknown_answers(HOUSEHOLD, replace(facts, answers={})) == ("m1.colour",)


def test_the_facts_of_a_draft_leave_out_choices_the_item_no_longer_offers() -> None:
    draft = Draft(
        case_id="c1",
        item_code="DEMO-AID",
        catalogue_version=1,
        channel=Channel.TERMINAL,
        created_at=datetime(2026, 11, 24, tzinfo=UTC),
        state=CaseState.DRAFT,
        scenarios={"who": "village", "house": "own", "gone": "x"},
        applicant=applicant(),
        answers=GOOD_ANSWERS,
        confirmed=("honest",),
    )
    facts = facts_of(AID.item, draft, TODAY, HolidayTable())
    assert facts.scenarios == {"house": "own"}
    assert facts.confirmed == {"honest"}
    assert line(notice(AID, facts), "family_note").reason_code == "possibly_needed"


def test_every_reason_that_can_be_given_has_words_in_both_languages() -> None:
    for code in reason_codes():
        assert reason_words(code, "zh")
        assert reason_words(code, "en").isascii() or "“" in reason_words(code, "en")
