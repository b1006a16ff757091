"""The typed names that an item's expressions may use, and nothing else may be named.

`answers.<field>` from the item's case forms, `member.answers.<field>` from its members' form, the rest fixed. Fields
of a date are text as `2026-03-08`, which compares rightly with `<`. A name not yet answered is unknown, never false.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from cel_expr_python import cel

from kiosk.catalogue.item import Scope, ServiceItem
from kiosk.forms import FormField, fields_of
from kiosk.model.people import AgentKind, IdType, Relation


@dataclass(frozen=True, slots=True)
class Name:
    """One name: its CEL type and, where only certain values can ever occur, those."""

    name: str
    type: str
    values: frozenset[Any] | None = None

    @property
    def cel_type(self) -> Any:
        """The type as CEL knows it."""
        return _CEL_TYPES[self.type]

    @property
    def field(self) -> str:
        """As a notice names it: a form field by its own name, everything else by its full name."""
        return (
            self.name.removeprefix("member.").removeprefix("answers.") if ".answers." in f".{self.name}" else self.name
        )


_CEL_TYPES: Final = {
    "string": cel.Type.STRING,
    "integer": cel.Type.INT,
    "number": cel.Type.DOUBLE,
    "boolean": cel.Type.BOOL,
    "array": cel.Type.List(cel.Type.STRING),
}
_SEX: Final = frozenset({"male", "female"})
_RELATIONS: Final = frozenset(str(relation) for relation in Relation)
_KINDS: Final = frozenset(str(kind) for kind in AgentKind)

PORTRAIT: Final = "applicant.portrait"
"""Whether the photograph in the applicant's card goes along with the case."""

_FIXED: Final = (
    Name("applicant.age", "integer"),
    Name("applicant.sex", "string", _SEX),
    Name("applicant.id_type", "string", frozenset(str(kind) for kind in IdType)),
    Name("applicant.area", "string"),
    Name(PORTRAIT, "boolean"),
    Name("agent.present", "boolean"),
    Name("agent.kind", "string", _KINDS),
    Name("agent.relation", "string", _RELATIONS),
    Name("household.size", "integer"),
    Name("household.minors", "integer"),
    Name("today.year", "integer"),
    Name("today.month", "integer"),
    Name("today.day", "integer"),
)
_OF_MEMBER: Final = (
    Name("member.age", "integer"),
    Name("member.sex", "string", _SEX),
    Name("member.relation", "string", _RELATIONS),
)


def names_of(item: ServiceItem, scope: Scope) -> dict[str, Name]:
    """Every name an expression of this scope may use. Where two forms ask the same field, the first one counts."""
    scenarios = [
        Name(f"scenario.{one.id}", "string", frozenset(choice.id for choice in one.choices)) for one in item.scenarios
    ]
    names = [*_answers(item, Scope.CASE, "answers"), *scenarios, *_FIXED]
    if scope is Scope.MEMBER:
        names = [*_answers(item, Scope.MEMBER, "member.answers"), *_OF_MEMBER, *names]
    known: dict[str, Name] = {}
    for name in names:
        known.setdefault(name.name, name)
    return known


def _answers(item: ServiceItem, scope: Scope, prefix: str) -> Iterable[Name]:
    for form in item.forms:
        if form.scope is scope:
            yield from (name_of_field(one, prefix) for one in fields_of(form))


def name_of_field(one: FormField, prefix: str) -> Name:
    """The name by which rules know a field."""
    values = frozenset(choice.value for choice in one.choices) if one.choices else None
    return Name(f"{prefix}.{one.name}", one.type if one.type in _CEL_TYPES else "string", values)
