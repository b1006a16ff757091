"""Whether the answers of a case satisfy the forms of its item, by the same rules as at the terminal."""

from collections.abc import Iterable, Sequence

from central.intake.unfit import Unfit
from kiosk.calendar import HolidayTable, shanghai_day
from kiosk.catalogue.item import Form, Scope, ServiceItem
from kiosk.forms import CompiledForm, compile_form
from kiosk.model.case import Draft
from kiosk.model.values import JsonObject
from kiosk.rules import asked_forms, compile_item, facts_of


def check_forms(item: ServiceItem, draft: Draft) -> None:
    """Hold every form of the item against what was answered.

    Raises:
        Unfit: naming the first field that is missing, wrong or not asked by this item.
    """
    rules = compile_item(item)
    facts = facts_of(item, draft, shanghai_day(draft.created_at), HolidayTable())
    _check(rules.case_forms, asked_forms(rules, facts), draft.answers, "answers")
    members = [compile_form(form) for form in _member_forms(item)]
    for member in draft.members:
        _check(members, members, member.answers, f"members.{member.ref}.answers")


def _member_forms(item: ServiceItem) -> Iterable[Form]:
    return (form for form in item.forms if form.scope is Scope.MEMBER and form.id == item.members.form_id)


def _check(known: Sequence[CompiledForm], forms: Sequence[CompiledForm], answers: JsonObject, path: str) -> None:
    asked = {one.name for form in known for one in form.fields}
    for name in answers:
        if name not in asked:
            raise Unfit(path, "not_asked")
    for form in forms:
        for problem in form.problems(answers):
            raise Unfit(f"{path}.{problem.field}", problem.code)
