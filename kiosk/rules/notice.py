"""一次性告知: everything that stands between an application and its submission, told once, from what is known now.

The answer depends on the item and the facts alone. Lines come in the catalogue's order: people, conditions, form
fields, materials; satisfied lines are there too, so that the sheet can also say what is in order.
"""

from kiosk.forms import CompiledForm
from kiosk.model.notice import Answer, Notice
from kiosk.rules.compiled import ItemRules
from kiosk.rules.conditions import condition_lines
from kiosk.rules.facts import Facts
from kiosk.rules.fields import field_lines, is_form_asked
from kiosk.rules.materials import material_lines
from kiosk.rules.people import people_lines
from kiosk.rules.view import view_of


def notice(rules: ItemRules, facts: Facts) -> Notice:
    """The whole sheet for these facts."""
    view = view_of(rules, facts)
    lines = (*people_lines(view), *condition_lines(view), *field_lines(view), *material_lines(view))
    return Notice(rules.item.code, rules.item.version, lines)


def may_submit(sheet: Notice) -> bool:
    """Whether nothing blocks, and every material that may follow has its pledge."""
    return not any(line.answer is Answer.BLOCKS or line.reason_code == "may_follow" for line in sheet.lines)


def asked_forms(rules: ItemRules, facts: Facts) -> tuple[CompiledForm, ...]:
    """The case forms this application has to fill: those that are no material, or a material that is asked for."""
    view = view_of(rules, facts)
    return tuple(form for form in rules.case_forms if is_form_asked(view, form.form))


def unknown_answers(rules: ItemRules, facts: Facts) -> tuple[str, ...]:
    """Answers to questions the catalogue does not ask, members' as `member ref.field`."""
    known = {one.name for form in rules.case_forms for one in form.fields}
    found = [name for name in facts.answers if name not in known]
    form = rules.member_form
    of_member = {one.name for one in form.fields} if form is not None else set()
    found += [f"{one.ref}.{name}" for one in facts.members for name in one.answers if name not in of_member]
    return tuple(found)
