"""Nothing is asked twice: what the card or the case already answers is offered in the form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from kiosk.catalogue.item import Form
from kiosk.forms.compiled import CompiledForm, validator_of
from kiosk.forms.fields import FieldChoice, FieldKind, FormField
from kiosk.identity.age import age_on
from kiosk.model.people import Agent, Applicant, CardMedium, IdCard, Member, Person
from kiosk.model.values import JsonObject

_PERSON: Final = frozenset({"name", "id_no", "phone", "address", "nation", "sex", "birth", "age", "id_type"})
_CARD: Final = frozenset({"issuer", "valid_from", "valid_to"})
SOURCES: Final = frozenset(
    {f"{who}.{what}" for who in ("applicant", "agent", "member") for what in _PERSON}
    | {"agent.relation", "member.relation", "today"}
    | {f"card.{what}" for what in _CARD | _PERSON - {"phone"}}
)
"""What a form's `prefill` may name, besides `known.<name>`: what a registry or an earlier case answers."""
_KNOWN: Final = re.compile(r"known\.[a-z][a-z0-9_]{0,39}")
_FALLS_BACK: Final = {"applicant.phone": "phone"}
"""What a card never says, and an earlier case may."""

_ALIASES: Final = {
    "male": ("男", "男性", "1", "M"),
    "female": ("女", "女性", "2", "F"),
    "spouse": ("配偶", "夫妻"),
    "child": ("子女", "儿女"),
    "parent": ("父母",),
    "grandparent": ("祖父母", "外祖父母", "祖父母/外祖父母"),
    "grandchild": ("孙子女", "外孙子女", "孙子女/外孙子女"),
    "sibling": ("兄弟姐妹",),
    "guardian": ("监护人",),
    "neighbour": ("邻居",),
    "village_staff": ("村干部", "村(社区)工作人员", "村（社区）工作人员"),
    "self": ("本人",),
    "other": ("其他",),
    "resident_id": ("居民身份证", "身份证"),
    "residence_permit": ("港澳台居民居住证",),
    "foreigner_id": ("外国人永久居留身份证",),
}


@dataclass(frozen=True, slots=True)
class Known:
    """Who is known when a form opens. `member` only for the form asked of one household member."""

    today: date
    applicant: Applicant | None = None
    agent: Agent | None = None
    member: Member | None = None
    card: IdCard | None = None
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What registries and earlier cases answer, by name."""


def is_source(source: str) -> bool:
    """Whether a form's `prefill` may name this."""
    return source in SOURCES or _KNOWN.fullmatch(source) is not None


def known_names(form: Form) -> Iterator[str]:
    """The names of what a registry or an earlier case may answer in this form."""
    for source in form.prefill.values():
        name = source.removeprefix("known.") if _KNOWN.fullmatch(source) else _FALLS_BACK.get(source, "")
        if name:
            yield name


def prefill(form: CompiledForm, known: Known) -> JsonObject:
    """Answers already known, by field: only such as the field's own schema takes, so that a prefill is never wrong."""
    filled = {one.name: _fitted(one, _value(_source(form.form, one), known)) for one in form.fields}
    properties = form.form.schema.get("properties", {})
    return {
        name: value
        for name, value in filled.items()
        if value not in (None, "") and validator_of(properties[name]).is_valid(value)
    }


def _source(form: Form, one: FormField) -> str:
    return form.prefill.get(one.name, "")


def _value(source: str, known: Known) -> Any:
    who, _, what = source.partition(".")
    if source == "today" or who == "known":
        return known.today if source == "today" else known.facts.get(what)
    if who == "card":
        return _of_card(known.card, what, known.today)
    if who == "agent" and known.agent is not None:
        return str(known.agent.relation) if what == "relation" else _of_person(known.agent.person, what, known.today)
    if who == "member" and known.member is not None:
        return str(known.member.relation) if what == "relation" else _of_person(known.member.person, what, known.today)
    if who == "applicant" and known.applicant is not None:
        told = _of_person(known.applicant.person, what, known.today)
        return told or known.facts.get(_FALLS_BACK.get(source, ""))
    return None


def _of_card(card: IdCard | None, what: str, today: date) -> Any:
    if card is None:
        return None
    if what not in _CARD:
        return _of_person(card.person(), what, today)
    # A form asks about the identity document: the days on a social-security card are others.
    return getattr(card, what) if card.medium is CardMedium.IDENTITY_DOCUMENT else None


def _of_person(person: Person, what: str, today: date) -> Any:
    if what == "age":
        return None if person.birth is None else age_on(person.birth, today)
    return getattr(person, what) if what in _PERSON else None


def _fitted(one: FormField, value: Any) -> Any:
    """The value as this field wants it: a date as text, one of the choices by its own name."""
    if isinstance(value, date):
        value = value.isoformat()
    if value is None or one.kind is not FieldKind.CHOICE:
        return value if one.type != "string" or value is None else str(value)
    return next((choice.value for choice in one.choices if choice.value == value or _same(choice, str(value))), None)


def _same(choice: FieldChoice, value: str) -> bool:
    called = {str(choice.value), choice.title}
    wanted = {value, *_ALIASES.get(value, ()), f"{value}族"}
    return bool(called & wanted)
