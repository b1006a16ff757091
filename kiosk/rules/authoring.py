"""What an author got wrong in an item's rules and forms, all of it at once, each with its path inside the item."""

from collections.abc import Iterator

from kiosk.catalogue.item import Condition, MaterialRule, Scope, ServiceItem
from kiosk.failure import KioskError
from kiosk.forms import CompiledForm, compile_form, form_problems
from kiosk.rules.compiled import PORTRAIT_WHEN, Rule, RuleError, RuleReader, fee_path, where
from kiosk.rules.names import PORTRAIT, Name, name_of_field

Problem = tuple[str, str]


def problems(item: ServiceItem) -> list[Problem]:
    """Everything that keeps an item's expressions and forms from being used, or makes them say what was not meant.

    `compile_item` takes an item for which this is empty. What rules make of a form is judged once its schema is sound.
    """
    wrong = [(form.id, path, text) for form in item.forms for path, text in form_problems(form)]
    found = [(f"forms/{form}/{path}", text) for form, path, text in wrong]
    found += [*_repeated(item), *_references(item)]
    if any(path.startswith("schema") for _, path, _ in wrong):
        return found
    return [*found, *_mixed_fields(item), *_expressions(item)]


def _repeated(item: ServiceItem) -> Iterator[Problem]:
    """Ids are what rules, notices and cases go by."""
    kinds = {
        "conditions": [one.id for one in item.conditions],
        "materials": [one.id for one in item.materials],
        "forms": [one.id for one in item.forms],
        "scenarios": [one.id for one in item.scenarios],
        **{f"scenarios/{one.id}/choices": [choice.id for choice in one.choices] for one in item.scenarios},
    }
    for kind, ids in kinds.items():
        yield from ((f"{kind}/{one}", "is there twice") for one in sorted({one for one in ids if ids.count(one) > 1}))
    for one in item.scenarios:
        if not (one.id.isascii() and one.id.isidentifier()):
            yield f"scenarios/{one.id}", "a scenario id is a plain ASCII word that rules can use"


def _mixed_fields(item: ServiceItem) -> Iterator[Problem]:
    """Answers are one flat object, so two forms that ask the same field must mean the same by it."""
    seen: dict[str, Name] = {}
    for form in _usable_forms(item):
        for one in form.fields if form.form.scope is Scope.CASE else ():
            name = name_of_field(one, "answers")
            if seen.setdefault(one.name, name).type != name.type:
                yield (
                    f"forms/{form.form.id}/schema/properties/{one.name}",
                    "another form has this field by another type",
                )


def _usable_forms(item: ServiceItem) -> Iterator[CompiledForm]:
    for form in item.forms:
        try:
            yield compile_form(form)
        except KioskError:
            continue


def _references(item: ServiceItem) -> Iterator[Problem]:
    forms = {form.id: form.scope for form in item.forms}
    choices = {choice.id for one in item.scenarios for choice in one.choices}
    for rule in item.materials:
        if rule.form_id and forms.get(rule.form_id) is not rule.scope:
            yield f"materials/{rule.id}/form_id", f"{rule.form_id} is no form of this scope"
        for choice in set(rule.scenario_ids) - choices:
            yield f"materials/{rule.id}/scenario_ids", f"{choice} is no choice of any scenario"
    mandate = item.agent.mandate_material
    if mandate and mandate not in {rule.id for rule in item.materials}:
        yield "agent/mandate_material", f"{mandate} is no material"
    yield from _members(item, forms)


def _members(item: ServiceItem, forms: dict[str, Scope]) -> Iterator[Problem]:
    members = item.members
    if members.form_id and forms.get(members.form_id) is not Scope.MEMBER:
        yield "members/form_id", f"{members.form_id} is no form asked of members"
    if members.most < members.least:
        yield "members/most", "is less than the least"
    by_member: list[Condition | MaterialRule] = [*item.conditions, *item.materials]
    if members.most == 0:
        for one in by_member:
            if one.scope is Scope.MEMBER:
                yield f"{where(one).rpartition('/')[0]}/scope", "the item has no members"


def _expressions(item: ServiceItem) -> Iterator[Problem]:
    try:
        readers = {scope: RuleReader(item, scope) for scope in Scope}
    except (RuntimeError, TypeError) as error:
        yield "forms", f"names cannot be declared: {error}"
        return
    conditional = _conditional_fields(item)
    found = [(where(one), one.scope, one.expr) for one in item.conditions if one.expr]
    found += [(where(one), one.scope, one.when) for one in item.materials if one.when]
    if item.agent.required_when:
        found.append(("agent/required_when", Scope.CASE, item.agent.required_when))
    if item.portrait_when:
        found.append((PORTRAIT_WHEN, Scope.CASE, item.portrait_when))
    found += [(fee_path(place), Scope.CASE, one.when) for place, one in enumerate(item.fee.items) if one.when]
    for path, scope, text in found:
        try:
            rule = readers[scope].read(text)
        except RuleError as error:
            yield path, str(error)
            continue
        yield from ((path, message) for message in (*_impossible(rule), *_unguarded(rule, conditional)))
        if path == PORTRAIT_WHEN and PORTRAIT in {name.name for name in rule.uses}:
            yield path, f"{PORTRAIT} is what this decides"


def _impossible(rule: Rule) -> Iterator[str]:
    """A comparison with a value that can never occur is a slip of the pen, and would silently be false."""
    values = {name.name: name.values for name in rule.uses}
    for name, literal in rule.tests:
        allowed = values.get(name)
        if allowed is not None and literal not in allowed and literal != "":
            yield f"{name} is never {literal!r}"


def _conditional_fields(item: ServiceItem) -> dict[str, frozenset[str]]:
    """Names of fields not always asked, each with the names that decide whether it is."""
    found: dict[str, frozenset[str]] = {}
    for form in _usable_forms(item):
        prefix = "answers" if form.form.scope is Scope.CASE else "member.answers"
        for name in form.conditional:
            deciding = [branch.looks_at for branch in form.branches if name in branch.then | branch.otherwise]
            found[f"{prefix}.{name}"] = frozenset(f"{prefix}.{one}" for looks in deciding for one in looks)
    return found


def _unguarded(rule: Rule, conditional: dict[str, frozenset[str]]) -> Iterator[str]:
    """Such a field may never be answered, so the rule must also look at what decides that, or it could stay open."""
    used = {name.name for name in rule.uses}
    for name in sorted(used & conditional.keys()):
        if not used & conditional[name]:
            yield f"{name} is not always asked: look also at {' or '.join(sorted(conditional[name]))}"
