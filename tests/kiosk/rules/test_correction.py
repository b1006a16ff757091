"""A correction holds only what is corrected: what was in order is not asked for again."""

from kiosk.model.notice import Answer, Subject
from kiosk.rules import Facts, compile_item, correction_notice, may_submit
from tests.kiosk.rules.rule_items import TODAY, item, line, member, pages, pledge

AID, HOUSEHOLD = compile_item(item("aid")), compile_item(item("household"))


def test_what_the_authority_named_must_be_there_and_nothing_else() -> None:
    told = correction_notice(AID, Facts(TODAY), ["hukou", "rent"])
    assert [(one.subject, one.ref, one.answer) for one in told.lines] == [
        (Subject.FIELD, "rent", Answer.BLOCKS),
        (Subject.MATERIAL, "hukou", Answer.BLOCKS),
    ]
    assert line(told, "hukou").reason_code == "to_correct"
    assert line(told, "hukou").obtain == "户籍派出所"


def test_a_corrected_page_and_field_are_enough() -> None:
    facts = Facts(TODAY, answers={"rent": 300}, materials=(pages("hukou"),))
    assert may_submit(correction_notice(AID, facts, ["hukou", "rent"]))


def test_what_else_is_corrected_must_be_right_too() -> None:
    told = correction_notice(AID, Facts(TODAY, answers={"rent": 300, "income": -1}), ["rent"])
    assert line(told, "income").reason_code == "field_wrong"


def test_a_field_asked_only_in_some_cases_can_be_corrected_alone() -> None:
    facts = Facts(TODAY, members=(member("m1", 12, school_name="演示中学"),))
    assert may_submit(correction_notice(HOUSEHOLD, facts, ["school_name"]))


def test_a_promise_is_no_correction() -> None:
    told = correction_notice(AID, Facts(TODAY, materials=(pledge("hukou", TODAY),)), ["hukou"])
    assert line(told, "hukou").answer is Answer.BLOCKS


def test_a_form_is_corrected_by_filling_it_again() -> None:
    assert not may_submit(correction_notice(AID, Facts(TODAY), ["application"]))
    assert may_submit(correction_notice(AID, Facts(TODAY, answers={"name": "测试甲"}), ["application"]))


def test_a_paper_asked_of_each_member_counts_for_the_one_it_came_for() -> None:
    facts = Facts(TODAY, members=(member("m1", 12), member("m2", 14)), materials=(pages("member_id", "m2"),))
    told = correction_notice(HOUSEHOLD, facts, ["member_id"])
    assert [(one.ref, one.member) for one in told.lines] == [("member_id", "m2")]
    assert may_submit(told)
