"""An item made ready to be judged: every expression compiled and type-checked, every form compiled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cel_expr_python import cel

from kiosk.catalogue.item import Condition, MaterialRule, Scope, ServiceItem
from kiosk.failure import Failure, KioskError
from kiosk.forms import CompiledForm, compile_form
from kiosk.rules.names import Name, names_of
from kiosk.rules.tree import Uses, uses_of

_LOCATED: Final = re.compile(r"<input>:\d+:(\d+): (.*)")
_STRINGS: Final = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
_HAS: Final = re.compile(r"\bhas\s*\(")


class RuleError(Exception):
    """An expression that cannot be used, in words for its author."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an expression says: true, false, or None. `unknown` are the names whose values would decide it.

    None without `unknown` means that the expression itself fails on these values, such as a division by zero.
    """

    value: bool | None
    unknown: tuple[Name, ...] = ()


PORTRAIT_WHEN: Final = "portrait_when"
ALWAYS: Final = Verdict(value=True)
NEVER: Final = Verdict(value=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled expression with the names it uses, in the order in which they were declared."""

    text: str
    uses: tuple[Name, ...]
    tests: tuple[tuple[str, Any], ...] = field(repr=False)
    program: Any = field(repr=False, compare=False)

    def judge(self, values: Mapping[str, Any]) -> Verdict:
        """The verdict on what is known. `values` holds known names only; `missing || true` is true."""
        known = {name.name: values[name.name] for name in self.uses if name.name in values}
        try:
            answer = self.program.eval(data=known)
        except RuntimeError:
            # The engine gave up, as it does where loops in loops exceed its budget.
            return Verdict(None)
        value = answer.value() if answer.type() == cel.Type.BOOL else None
        if isinstance(value, bool):
            return Verdict(value)
        return Verdict(None, tuple(name for name in self.uses if name.name not in values))


class RuleReader:
    """Compiles expressions of one scope of one item against the names declared there."""

    def __init__(self, item: ServiceItem, scope: Scope) -> None:
        self.names = names_of(item, scope)
        self._environment = cel.NewEnv(variables={name.name: name.cel_type for name in self.names.values()})

    def read(self, text: str) -> Rule:
        """The expression, ready.

        Raises:
            RuleError: no CEL, an unknown name, types that do not fit, or a result that is not true or false.
        """
        if _HAS.search(_STRINGS.sub("''", text)):
            raise RuleError("has() is not used: what is not answered yet is unknown by itself")
        try:
            program = self._environment.compile(text)
        except RuntimeError as error:
            raise RuleError(_first_line(str(error))) from error
        if program.return_type() != cel.Type.BOOL:
            raise RuleError("must be true or false")
        uses = uses_of(program.serialize())
        return Rule(text, self._declared(uses), uses.literals, program)

    def _declared(self, uses: Uses) -> tuple[Name, ...]:
        return tuple(name for name in self.names.values() if name.name in uses.names)


def _first_line(message: str) -> str:
    match = _LOCATED.search(message)
    return f"column {match[1]}: {match[2]}" if match else message.splitlines()[0]


@dataclass(frozen=True, slots=True)
class ItemRules:
    """One item, ready to be judged. Rules are keyed by the id of their condition or material.

    `names` are all names its expressions may use, those about a member included. `fees` go by their place in the list.
    """

    item: ServiceItem
    names: dict[str, Name]
    conditions: dict[str, Rule]
    asked: dict[str, Rule]
    agent_required: Rule | None
    portrait: Rule | None
    fees: dict[int, Rule]
    forms: dict[str, CompiledForm]

    @property
    def case_forms(self) -> tuple[CompiledForm, ...]:
        """Forms asked once per case, in the catalogue's order."""
        return tuple(form for form in self.forms.values() if form.form.scope is Scope.CASE)

    @property
    def member_form(self) -> CompiledForm | None:
        """The form asked of each member, if any."""
        return self.forms.get(self.item.members.form_id)


def compile_item(item: ServiceItem) -> ItemRules:
    """Make an item ready.

    Raises:
        KioskError: `CATALOGUE_BROKEN` with `where` on the first expression or form that cannot be used. An author sees
            all of them at once through `kiosk.rules.problems`.
    """
    readers = {scope: RuleReader(item, scope) for scope in Scope}
    required = item.agent.required_when
    return ItemRules(
        item=item,
        names=readers[Scope.MEMBER].names,
        conditions={one.id: _read(readers[one.scope], one.expr, where(one)) for one in item.conditions if one.expr},
        asked={one.id: _read(readers[one.scope], one.when, where(one)) for one in item.materials if one.when},
        agent_required=_read(readers[Scope.CASE], required, "agent/required_when") if required else None,
        portrait=_read(readers[Scope.CASE], item.portrait_when, PORTRAIT_WHEN) if item.portrait_when else None,
        fees={
            place: _read(readers[Scope.CASE], one.when, fee_path(place))
            for place, one in enumerate(item.fee.items)
            if one.when
        },
        forms={form.id: compile_form(form) for form in item.forms},
    )


def fee_path(place: int) -> str:
    """The path of a charge's condition inside its item."""
    return f"fee/items/{place}/when"


def where(one: Condition | MaterialRule) -> str:
    """The path of an expression inside its item."""
    return f"conditions/{one.id}/expr" if isinstance(one, Condition) else f"materials/{one.id}/when"


def _read(reader: RuleReader, text: str, path: str) -> Rule:
    try:
        return reader.read(text)
    except RuleError as error:
        raise KioskError(Failure.CATALOGUE_BROKEN, where=path) from error
