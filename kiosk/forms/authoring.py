"""What an author got wrong in a form, all at once, each with its path inside the form."""

import re
from typing import Any, Final

import jsonschema_rs

from kiosk.catalogue.item import Form
from kiosk.failure import KioskError
from kiosk.forms.compiled import compile_form, conditionals
from kiosk.forms.formats import FORMATS, STANDARD_FORMATS
from kiosk.forms.prefill import is_source
from kiosk.model.values import JsonObject

Problem = tuple[str, str]
"""Path inside what is checked, and what is wrong there."""

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Words that CEL keeps for itself, so that no rule could ask for a field of that name.
_RESERVED: Final = frozenset(
    {"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import"}
    | {"let", "loop", "package", "namespace", "return", "var", "void", "while"}
)
_TOP: Final = frozenset(
    {"$schema", "$id", "title", "description", "type", "properties", "required", "additionalProperties"}
    | {"allOf", "if", "then", "else"}
)
_TYPES: Final = frozenset({"string", "integer", "number", "boolean", "array"})


def form_problems(form: Form) -> list[Problem]:
    """Every problem of one form. A form without any can be asked, validated and used in rules."""
    try:
        jsonschema_rs.meta.validate(form.schema)
    except jsonschema_rs.ValidationError as error:
        where = "/".join(str(part) for part in error.instance_path)
        return [(f"schema/{where}", "is not JSON Schema draft 2020-12")]
    properties = form.schema.get("properties")
    if form.schema.get("type") != "object" or not isinstance(properties, dict) or not properties:
        return [("schema", "must be one flat object with properties")]
    found = [problem for name, schema in properties.items() for problem in _field_problems(name, schema)]
    return found or [*_shape_problems(form, properties), *_conditional_problems(form), *_sample_problems(form)]


def _field_problems(name: str, schema: Any) -> list[Problem]:
    path = f"schema/properties/{name}"
    if not _NAME.fullmatch(name) or name in _RESERVED:
        return [(path, "a field name is a plain ASCII word that rules can use")]
    if not isinstance(schema, dict):
        return [(path, "a field needs a schema of its own")]
    found = [] if schema.get("title") else [(f"{path}/title", "a field needs a title")]
    if "$ref" in schema:
        return [(f"{path}/$ref", "a form refers to nothing outside itself")]
    declared = schema.get("type")
    listed = "enum" in schema or "oneOf" in schema or "const" in schema
    if not (declared in _TYPES or (declared is None and listed)):
        found.append((f"{path}/type", "must be string, integer, number, boolean or array"))
    if declared == "array" and not _is_list_of_choices(schema.get("items")):
        found.append((f"{path}/items", "an array is a choice of several: items need enum or oneOf"))
        return found
    found += _choice_problems(path, schema)
    if declared == "array":
        found += _choice_problems(f"{path}/items", schema["items"])
    form = schema.get("format")
    if form is not None and form not in FORMATS and form not in STANDARD_FORMATS:
        found.append((f"{path}/format", f"unknown format {form}"))
    return found


def _choice_problems(path: str, schema: JsonObject) -> list[Problem]:
    """What is chosen is one plain value, and every name of it a text."""
    found: list[Problem] = []
    if not all(isinstance(value, str | int | float) for value in schema.get("enum", ())):
        found.append((f"{path}/enum", "a choice is a text, a number or yes/no"))
    for place, option in enumerate(schema.get("oneOf", ())):
        if not isinstance(option, dict) or not isinstance(option.get("const"), str | int | float):
            found.append((f"{path}/oneOf/{place}", "a choice is an object with one plain const"))
        elif not isinstance(option.get("x-title-en", ""), str):
            found.append((f"{path}/oneOf/{place}/x-title-en", "must be a text"))
    english = schema.get("x-titles-en", {})
    if not isinstance(english, dict):
        return [*found, (f"{path}/x-titles-en", "must be an object from choice to text")]
    values = {str(value) for value in schema.get("enum", ())}
    found += [
        (f"{path}/x-titles-en/{name}", "must be a text") for name, text in english.items() if not isinstance(text, str)
    ]
    return found + [(f"{path}/x-titles-en/{name}", "is not a choice") for name in english if name not in values]


def _is_list_of_choices(items: Any) -> bool:
    return isinstance(items, dict) and ("enum" in items or "oneOf" in items)


def _shape_problems(form: Form, properties: JsonObject) -> list[Problem]:
    found = [(f"schema/{key}", "is not used in forms") for key in form.schema if key not in _TOP]
    found += [("order", f"{name} is not a field") for name in form.order if name not in properties]
    found += [("order", f"{name} is missing") for name in properties if name not in form.order]
    found += [("order", f"{name} comes twice") for name in set(form.order) if form.order.count(name) > 1]
    found += [
        ("schema/required", f"{name} is not a field")
        for name in form.schema.get("required", ())
        if name not in properties
    ]
    for part, keys in (("help", form.help), ("titles_en", form.titles_en), ("prefill", form.prefill)):
        found += [(f"{part}/{name}", "is not a field") for name in keys if name not in properties]
    found += [(f"prefill/{name}", f"unknown source {key}") for name, key in form.prefill.items() if not is_source(key)]
    return found


def _conditional_problems(form: Form) -> list[Problem]:
    """An `if` without `required` holds while its field is still blank, and would ask for things too early."""
    properties = form.schema["properties"]
    found: list[Problem] = []
    for condition in conditionals(form.schema):
        test = condition["if"]
        looks_at = test.get("properties", {}) if isinstance(test, dict) else {}
        if set(looks_at) - set(test.get("required", ()) if isinstance(test, dict) else ()):
            found.append(("schema/if", "must require every field it looks at"))
        named = [*looks_at]
        for branch in ("then", "else"):
            part = condition.get(branch, {})
            named += [*part.get("properties", {}), *part.get("required", ())] if isinstance(part, dict) else []
        found += [("schema/if", f"{name} is not a field") for name in named if name not in properties]
    return found


def _sample_problems(form: Form) -> list[Problem]:
    """A filled-in sample must pass its own form."""
    if not form.sample:
        return []
    try:
        compiled = compile_form(form)
    except KioskError:
        return [("schema", "a pattern or a condition in it cannot be used")]
    found = [(f"sample/{name}", "is not a field") for name in form.sample if name not in form.schema["properties"]]
    return found + [(f"sample/{one.field}", one.text("en")) for one in compiled.problems(form.sample)]
