"""The sheet of a correction (补正), which holds only what is corrected.

What the authority named must be there, what else was corrected must be right, and nothing that was in order is asked
for again.
"""

from collections.abc import Iterable, Iterator

from kiosk.catalogue.item import MaterialRule
from kiosk.forms import CompiledForm, FieldProblem, is_blank
from kiosk.model.notice import Answer, Notice, NoticeLine, Subject
from kiosk.model.people import Member
from kiosk.model.values import JsonObject
from kiosk.rules.compiled import ItemRules
from kiosk.rules.facts import Facts
from kiosk.rules.fields import field_line
from kiosk.rules.materials import held
from kiosk.rules.view import View, view_of


def correction_notice(rules: ItemRules, facts: Facts, correct: Iterable[str]) -> Notice:
    """The sheet for these facts. `correct` names the fields and materials the authority wants mended.

    A named material asked of each member is mended when it came for any of them: the authority's reason says for whom.
    """
    view, wanted = view_of(rules, facts), frozenset(correct)
    lines = (*_field_lines(view, wanted), *_material_lines(view, wanted))
    return Notice(rules.item.code, rules.item.version, lines)


def _field_lines(view: View, wanted: frozenset[str]) -> Iterator[NoticeLine]:
    for form in view.rules.case_forms:
        yield from _of_form(form, view.facts.answers, None, wanted)
    member_form = view.rules.member_form
    if member_form is not None:
        for member in view.facts.members:
            yield from _of_form(member_form, member.answers, member.ref, wanted)


def _of_form(
    form: CompiledForm, answers: JsonObject, member: str | None, wanted: frozenset[str]
) -> Iterator[NoticeLine]:
    wrong = {problem.field: problem for problem in form.part_problems(answers)}
    for one in form.fields:
        missing = one.name in wanted and is_blank(answers.get(one.name))
        problem = FieldProblem(one.name, "required") if missing else wrong.get(one.name)
        if problem is not None:
            yield field_line(form, problem, member)


def _material_lines(view: View, wanted: frozenset[str]) -> Iterator[NoticeLine]:
    members: dict[str | None, Member | None] = {None: None, **{one.ref: one for one in view.facts.members}}
    for rule in view.rules.item.materials:
        given = [one.member for one in view.facts.materials if one.material_id == rule.id and one.member in members]
        for ref in dict.fromkeys(given):
            yield _line(rule, ref, held(view, rule, members[ref]))
        if rule.id in wanted and not given:
            refilled = rule.form_id in view.rules.forms and _touched(view.rules.forms[rule.form_id], view.facts.answers)
            yield _line(rule, None, "form_filled" if refilled else "")


def _touched(form: CompiledForm, answers: JsonObject) -> bool:
    return any(not is_blank(answers.get(one.name)) for one in form.fields)


def _line(rule: MaterialRule, member: str | None, code: str) -> NoticeLine:
    return NoticeLine(
        subject=Subject.MATERIAL,
        ref=rule.id,
        title=rule.name,
        answer=Answer.SATISFIED if code else Answer.BLOCKS,
        member=member,
        reason_code=code or "to_correct",
        reason="" if code else rule.accept_standard,
        basis=rule.basis,
        obtain="" if code else rule.obtain_where,
        originals=rule.originals,
        copies=rule.copies,
        title_en=rule.name_en,
    )
