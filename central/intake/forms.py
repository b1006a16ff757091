"""Whether the answers of a case satisfy the forms of its item, by the same rules as at the terminal."""

from collections.abc import Sequence

from central.intake.unfit import Unfit
from kiosk.calendar import HolidayTable, shanghai_day
from kiosk.forms import CompiledForm
from kiosk.model.case import Draft
from kiosk.model.values import JsonObject
from kiosk.rules import ItemRules, asked_forms, facts_of


def check_forms(rules: ItemRules, draft: Draft) -> None:
    """Hold every form of the item against what was answered.

    Raises:
        Unfit: naming the first field that is missing, wrong or not asked by this item.
    """
    facts = facts_of(rules.item, draft, shanghai_day(draft.created_at), HolidayTable())
    _check(rules.case_forms, asked_forms(rules, facts), draft.answers, "answers")
    members = [rules.member_form] if rules.member_form else []
    for member in draft.members:
        _check(members, members, member.answers, f"members.{member.ref}.answers")


def _check(known: Sequence[CompiledForm], forms: Sequence[CompiledForm], answers: JsonObject, path: str) -> None:
    asked = {one.name for form in known for one in form.fields}
    for name in answers:
        if name not in asked:
            raise Unfit(path, "not_asked")
    for form in forms:
        for problem in form.problems(answers):
            raise Unfit(f"{path}.{problem.field}", problem.code)
