"""What somebody may be entitled to, over many items, by a few plain questions: decided by the items' own conditions.

A question is an age, or a form field that the conditions of several items share under the same name, words and
choices. What is not answered is unknown, so an item is ruled out only by a condition that is false whatever else is
so; and nothing here is a decision of the authority.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from kiosk.catalogue.item import Scope
from kiosk.forms import FieldChoice, FieldKind, FormField
from kiosk.rules.compiled import ItemRules, Rule
from kiosk.rules.names import name_of_field

AGES: Final = (range(16), range(16, 18), range(18, 40), range(40, 60), range(60, 80), range(80, 121))
"""Ages as people are asked for them, in years. A condition counts as decided only where it is for the whole range."""

MOST_QUESTIONS: Final = 6
_AGE: Final = "applicant.age"
_SHARED: Final = 2
_KINDS: Final = frozenset({FieldKind.YES_NO, FieldKind.CHOICE})


class Chance(StrEnum):
    """How an item stands after what was told. Items ruled out are not listed."""

    LIKELY = "likely"
    """Every condition a program can decide is met."""
    POSSIBLE = "possible"
    """Nothing told speaks against it, but not everything is known."""


@dataclass(frozen=True, slots=True)
class PlainQuestion:
    """One question. `choices` is empty where the answer is yes or no."""

    id: str
    title: str
    title_en: str
    choices: tuple[FieldChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What was told so far: the age in years, and answers by question. None is an answer, too: 说不清."""

    ages: range
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One item somebody may look at, and how it stands."""

    code: str
    chance: Chance


def next_question(items: Collection[ItemRules], told: Told, today: date) -> PlainQuestion | None:
    """The question that most of the items still open wait for, None where no two wait for the same or enough was asked.

    Of questions equally wanted the one comes first that conditions ask first, so that what decides everything else
    (has one a certificate at all?) stands before what hangs on it.
    """
    if len(told.answers) >= MOST_QUESTIONS:
        return None
    found: dict[str, PlainQuestion] = {}
    waiting: dict[str, list[int]] = {}
    for rules in items:
        for place, question in _open_questions(rules, told, today):
            found.setdefault(question.id, question)
            waiting.setdefault(question.id, []).append(place)
    shared = [name for name, places in waiting.items() if len(places) >= _SHARED]
    best = min(shared, key=lambda name: (-len(waiting[name]), sum(waiting[name])), default=None)
    return found[best] if best is not None else None


def suggestions(items: Sequence[ItemRules], told: Told, today: date) -> tuple[Suggestion, ...]:
    """Items not ruled out: likely ones first, then those of which most conditions are known to be met."""
    ranked = []
    for rules in items:
        verdicts = [_judged(rule, rules, told, today) for rule in _case_rules(rules)]
        if False not in verdicts:
            met = verdicts.count(True)
            chance = Chance.LIKELY if met and met == len(verdicts) else Chance.POSSIBLE
            ranked.append((chance is Chance.POSSIBLE, -met, Suggestion(rules.item.code, chance)))
    return tuple(suggestion for _, _, suggestion in sorted(ranked, key=lambda one: one[:2]))


def _case_rules(rules: ItemRules) -> list[Rule]:
    conditions = (one for one in rules.item.conditions if one.scope is Scope.CASE)
    return [rules.conditions[one.id] for one in conditions if one.id in rules.conditions]


def _open_questions(rules: ItemRules, told: Told, today: date) -> Iterator[tuple[int, PlainQuestion]]:
    """Each question this item waits for, once, with the place of the first condition that does."""
    case_rules = _case_rules(rules)
    verdicts = [_judged(rule, rules, told, today) for rule in case_rules]
    if False in verdicts:
        return
    fields = _fields(rules)
    seen: set[str] = set()
    for place, (rule, verdict) in enumerate(zip(case_rules, verdicts, strict=True)):
        names = () if verdict is not None else (name.name for name in rule.uses)
        for one in (fields[name] for name in names if name in fields):
            question = _question(one)
            if question.id not in told.answers and question.id not in seen:
                seen.add(question.id)
                yield place, question


def _fields(rules: ItemRules) -> dict[str, FormField]:
    named = ((name_of_field(one, "answers").name, one) for form in rules.case_forms for one in form.fields)
    return {name: one for name, one in named if one.kind in _KINDS}


def _question(one: FormField) -> PlainQuestion:
    values = "/".join(str(choice.value) for choice in one.choices)
    identity = f"{one.name}|{one.title}|{values}"
    return PlainQuestion(identity, one.title, one.title_en, one.choices if one.kind is FieldKind.CHOICE else ())


def _judged(rule: Rule, rules: ItemRules, told: Told, today: date) -> bool | None:
    values: dict[str, Any] = {"today.year": today.year, "today.month": today.month, "today.day": today.day}
    for name, one in _fields(rules).items():
        answer = told.answers.get(_question(one).id)
        if answer is not None:
            values[name] = answer
    ages = told.ages if any(name.name == _AGE for name in rule.uses) else told.ages[:1]
    verdicts = {rule.judge({**values, _AGE: age}).value for age in ages}
    return verdicts.pop() if len(verdicts) == 1 else None
