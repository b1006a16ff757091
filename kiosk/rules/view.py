"""Facts as the rules of one item see them: values by name, problems by form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from kiosk.failure import KioskError
from kiosk.forms import CompiledForm, FieldProblem
from kiosk.identity.age import age_on
from kiosk.identity.ids import IdNumber, parse_id_number
from kiosk.model.people import Member, Person
from kiosk.model.values import JsonObject
from kiosk.rules.compiled import ALWAYS, ItemRules, Rule, Verdict
from kiosk.rules.facts import Facts
from kiosk.rules.names import PORTRAIT, name_of_field

_ADULT: Final = 18
_PYTHON_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list, tuple),
}


@dataclass(frozen=True, slots=True)
class View:
    """One set of facts in the eyes of one item."""

    rules: ItemRules
    facts: Facts
    values: Mapping[str, Any] = field(repr=False)
    problems: Mapping[str, tuple[FieldProblem, ...]]

    def judge(self, rule: Rule | None, member: Member | None = None) -> Verdict:
        """What a rule says of the case, or of one member of it; no rule says yes."""
        if rule is None:
            return ALWAYS
        return rule.judge(self.values if member is None else {**self.values, **_member_values(self, member)})

    def member_problems(self, member: Member) -> tuple[FieldProblem, ...]:
        """What is wrong with one member's form."""
        form = self.rules.member_form
        return () if form is None else form.problems(member.answers)


def view_of(rules: ItemRules, facts: Facts) -> View:
    """The view of these facts."""
    problems = {form.form.id: form.problems(facts.answers) for form in rules.case_forms}
    values = {**_answered(rules.case_forms, facts.answers, "answers", problems), **_fixed(facts)}
    values |= {f"scenario.{scenario}": choice for scenario, choice in facts.scenarios.items()}
    portrait = _portrait(rules, facts, values)
    if portrait is not None:
        values[PORTRAIT] = portrait
    return View(rules, facts, values, problems)


def portrait_goes_along(rules: ItemRules, facts: Facts) -> bool:
    """Whether the photograph in the applicant's card is handed in with this case."""
    return view_of(rules, facts).values.get(PORTRAIT) is True


def _portrait(rules: ItemRules, facts: Facts, values: Mapping[str, Any]) -> bool | None:
    """None while it hangs on something not answered yet; without a photograph there is nothing to hang on."""
    if not rules.item.portrait or facts.applicant is None or facts.applicant.portrait is None:
        return False
    return True if rules.portrait is None else rules.portrait.judge(values).value


def _answered(
    forms: Iterable[CompiledForm], answers: JsonObject, prefix: str, problems: Mapping[str, tuple[FieldProblem, ...]]
) -> dict[str, Any]:
    """Answers a rule may rely on: given, of the declared type, and not refused by the form."""
    wrong = {problem.field for found in problems.values() for problem in found}
    values: dict[str, Any] = {}
    for form in forms:
        given = form.answered(answers)
        for one in form.fields:
            name = name_of_field(one, prefix)
            if one.name in given and one.name not in wrong and _is_a(given[one.name], name.type):
                values.setdefault(name.name, _converted(given[one.name], name.type))
    return values


def _is_a(value: Any, kind: str) -> bool:
    """A JSON number without a fraction is an integer, whatever Python makes of it; true and false are none."""
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer" and isinstance(value, float):
        return value.is_integer()
    return isinstance(value, _PYTHON_TYPES[kind])


def _converted(value: Any, kind: str) -> Any:
    if kind == "integer":
        return int(value)
    if kind == "number":
        return float(value)
    return list(value) if kind == "array" else value


def _fixed(facts: Facts) -> dict[str, Any]:
    agent, today = facts.agent, facts.today
    ages = [age_of(member.person, today) for member in facts.members]
    values: dict[str, Any] = {
        "agent.present": agent is not None,
        "agent.kind": "" if agent is None else str(agent.kind),
        "agent.relation": "" if agent is None else str(agent.relation),
        "household.size": 1 + len(facts.members),
        "today.year": today.year,
        "today.month": today.month,
        "today.day": today.day,
    }
    if facts.applicant is not None:
        applicant = facts.applicant.person
        values |= _person_values(applicant, today, "applicant") | {"applicant.id_type": str(applicant.id_type)}
        number = _number(applicant)
        if number is not None and number.area:
            values["applicant.area"] = number.area
        ages.append(age_of(applicant, today))
    if facts.applicant is not None and None not in ages:
        values["household.minors"] = sum(1 for age in ages if age is not None and age < _ADULT)
    return values


def _member_values(view: View, member: Member) -> dict[str, Any]:
    values = _person_values(member.person, view.facts.today, "member") | {"member.relation": str(member.relation)}
    form = view.rules.member_form
    if form is not None:
        values |= _answered((form,), member.answers, "member.answers", {"": view.member_problems(member)})
    return values


def _person_values(person: Person, today: date, prefix: str) -> dict[str, Any]:
    """Age and sex, from the person or else from the number; unknown where neither tells."""
    values: dict[str, Any] = {}
    age = age_of(person, today)
    if age is not None:
        values[f"{prefix}.age"] = age
    number = _number(person)
    sex = person.sex or (number.sex if number is not None else "")
    if sex in {"male", "female"}:
        values[f"{prefix}.sex"] = sex
    return values


def age_of(person: Person, today: date) -> int | None:
    """Full years, from the day of birth or else from the number; None where neither tells."""
    number = _number(person) if person.birth is None else None
    birth = person.birth or (number.birth if number is not None else None)
    return None if birth is None else age_on(birth, today)


def _number(person: Person) -> IdNumber | None:
    try:
        return parse_id_number(person.id_no, None, person.id_type)
    except KioskError:
        return None
