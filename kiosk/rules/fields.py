"""Lines about form fields."""

from collections.abc import Iterator

from kiosk.catalogue.item import Form, MaterialRule
from kiosk.forms import CompiledForm, FieldProblem
from kiosk.model.notice import Answer, NoticeLine, Subject
from kiosk.rules.materials import is_asked
from kiosk.rules.view import View


def is_form_asked(view: View, form: Form) -> bool:
    """Whether this case has to fill the form: it is no material of its own, or one that is asked for."""
    papers = _papers_of(view, form)
    return not papers or any(is_asked(view, rule, None).value for rule in papers)


def _papers_of(view: View, form: Form) -> tuple[MaterialRule, ...]:
    return tuple(rule for rule in view.rules.item.materials if rule.form_id == form.id)


def field_lines(view: View) -> Iterator[NoticeLine]:
    """Fields that are missing or wrong, of the forms this case has to fill; fields in order have no line."""
    seen: set[str] = set()
    for form in view.rules.case_forms:
        if not is_form_asked(view, form.form):
            continue
        for problem in view.problems[form.form.id]:
            if problem.field not in seen:
                seen.add(problem.field)
                yield field_line(form, problem, None)
    member_form = view.rules.member_form
    if member_form is not None:
        for member in view.facts.members:
            yield from (field_line(member_form, one, member.ref) for one in view.member_problems(member))


def field_line(form: CompiledForm, problem: FieldProblem, member: str | None) -> NoticeLine:
    """The line of one field that cannot be taken as it is."""
    title = next(one.title for one in form.fields if one.name == problem.field)
    code = "field_missing" if problem.code == "required" else "field_wrong"
    return NoticeLine(
        Subject.FIELD, problem.field, title, Answer.BLOCKS, member=member, reason_code=code, reason=problem.text()
    )
