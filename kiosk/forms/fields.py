"""What a screen needs to know of one field of a form, read off its JSON Schema."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kiosk.catalogue.item import Form
from kiosk.model.values import JsonObject

LONG_TEXT = 60
"""Texts that may be longer than this many characters get several lines on screen."""


class FieldKind(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    MULTI = "multi"
    YES_NO = "yesno"
    ID = "id"
    PHONE = "phone"


class Meaning(StrEnum):
    """What a text field holds of a person, for masking."""

    PLAIN = ""
    NAME = "name"
    ID_NO = "id_no"
    PHONE = "phone"
    ADDRESS = "address"
    BIRTH = "birth"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One value that may be chosen, and how it is called."""

    value: Any
    title: str
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form. `type` is the JSON type its answer has; `whole` marks numbers without a fraction.

    `required` is what holds for the answers the field was made for (`CompiledForm.shown`); `max_length` counts
    characters, 0 means no limit.
    """

    name: str
    title: str
    title_en: str
    kind: FieldKind
    type: str
    required: bool = False
    choices: tuple[FieldChoice, ...] = ()
    help: str = ""
    max_length: int = 0
    whole: bool = False
    long: bool = False
    meaning: Meaning = Meaning.PLAIN


def fields_of(form: Form) -> tuple[FormField, ...]:
    """Every field of a form in the order of its questions; fields missing in `order` come last."""
    properties: JsonObject = form.schema.get("properties", {})
    named = [name for name in form.order if name in properties]
    names = [*named, *(name for name in properties if name not in named)]
    return tuple(_field(form, name, properties[name]) for name in names)


def _field(form: Form, name: str, schema: JsonObject) -> FormField:
    choices = _choices(schema)
    meaning = _meaning(form, name, schema)
    kind = _kind(schema, choices, meaning)
    length = schema.get("maxLength", 0)
    return FormField(
        name=name,
        title=schema.get("title", name),
        title_en=form.titles_en.get(name, ""),
        kind=kind,
        type=json_type(schema),
        required=name in form.schema.get("required", ()),
        choices=choices,
        help=form.help.get(name) or schema.get("description", ""),
        max_length=length,
        whole=json_type(schema) == "integer",
        long=kind is FieldKind.TEXT and length > LONG_TEXT,
        meaning=meaning,
    )


def json_type(schema: JsonObject) -> str:
    """The JSON type of a field; a field that only lists its values has the type of these."""
    declared = schema.get("type")
    if isinstance(declared, str):
        return declared
    values = [choice.value for choice in _choices(schema)] or [schema.get("const")]
    if all(isinstance(value, bool) for value in values):
        return "boolean"
    if all(isinstance(value, int) for value in values):
        return "integer"
    return "string"


def _choices(schema: JsonObject) -> tuple[FieldChoice, ...]:
    if schema.get("type") == "array":
        return _choices(schema.get("items", {}))
    if "oneOf" in schema:
        return tuple(
            FieldChoice(option["const"], option.get("title", str(option["const"])), option.get("x-title-en", ""))
            for option in schema["oneOf"]
            if isinstance(option, dict) and "const" in option
        )
    english: JsonObject = schema.get("x-titles-en", {})
    return tuple(FieldChoice(value, str(value), english.get(str(value), "")) for value in schema.get("enum", ()))


def _kind(schema: JsonObject, choices: tuple[FieldChoice, ...], meaning: Meaning) -> FieldKind:
    by_type = {"array": FieldKind.MULTI, "boolean": FieldKind.YES_NO}
    declared = json_type(schema)
    if declared in by_type:
        return by_type[declared]
    if choices:
        return FieldKind.CHOICE
    if declared in {"integer", "number"}:
        return FieldKind.NUMBER
    if schema.get("format") == "date":
        return FieldKind.DATE
    return {Meaning.ID_NO: FieldKind.ID, Meaning.PHONE: FieldKind.PHONE}.get(meaning, FieldKind.TEXT)


_BY_FORMAT = {"id-number": Meaning.ID_NO, "phone": Meaning.PHONE}
_BY_SOURCE = {
    "name": Meaning.NAME,
    "id_no": Meaning.ID_NO,
    "phone": Meaning.PHONE,
    "address": Meaning.ADDRESS,
    "birth": Meaning.BIRTH,
}
_BY_NAME = (
    (("id_no", "id_number", "idcard", "id_card"), Meaning.ID_NO),
    (("phone", "mobile", "tel"), Meaning.PHONE),
    (("account", "account_no", "bank_card", "card_no"), Meaning.ACCOUNT),
    (("address", "addr"), Meaning.ADDRESS),
    (("birth", "birthday", "birth_date"), Meaning.BIRTH),
    (("name",), Meaning.NAME),
)


def _meaning(form: Form, name: str, schema: JsonObject) -> Meaning:
    """By format, else by what it is prefilled from, else by its name: rather masked once too often than too seldom."""
    if schema.get("format") in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    source = form.prefill.get(name, "").rpartition(".")[2]
    if source in _BY_SOURCE:
        return _BY_SOURCE[source]
    for endings, meaning in _BY_NAME:
        if any(name == ending or name.endswith("_" + ending) for ending in endings):
            return meaning
    return Meaning.PLAIN
