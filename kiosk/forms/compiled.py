"""A form made ready: its fields, its validator and which questions the answers so far bring up.

A field is conditional when the schema names it only in the `then` (or `else`) of an `if`: it is shown, and asked for,
where that holds. Schemas are checked by jsonschema-rs with a linear-time regex engine, so that no pattern can hang.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Final

import jsonschema_rs

from kiosk.catalogue.item import Form
from kiosk.failure import Failure, KioskError
from kiosk.forms.fields import FormField, fields_of
from kiosk.forms.formats import FORMATS
from kiosk.forms.problem import FieldProblem
from kiosk.model.values import JsonObject

_FORMAT_CODES: Final = {
    "date": "not_a_date",
    "email": "not_an_email",
    "id-number": "not_an_id",
    "phone": "not_a_phone",
    "credit-code": "not_a_credit_code",
}
_TYPE_CODES: Final = {
    "integer": "not_whole",
    "number": "not_a_number",
    "string": "not_text",
    "boolean": "not_yes_no",
    "array": "not_a_list",
}
_CODES: Final = {
    "enum": "not_chosen",
    "oneOf": "not_chosen",
    "pattern": "pattern",
    "minLength": "too_short",
    "maxLength": "too_long",
    "minimum": "too_small",
    "maximum": "too_large",
    "exclusiveMinimum": "not_more",
    "exclusiveMaximum": "not_less",
    "multipleOf": "step",
    "minItems": "too_few",
    "maxItems": "too_many",
    "uniqueItems": "repeated",
}
_LIMITED: Final = frozenset(_CODES) - {"enum", "oneOf", "pattern", "uniqueItems"}


@dataclass(frozen=True, slots=True)
class Branch:
    """One `if` of a form: the fields it looks at, those it brings up when it holds, and those when it does not."""

    looks_at: frozenset[str]
    then: frozenset[str]
    then_required: frozenset[str]
    otherwise: frozenset[str]
    otherwise_required: frozenset[str]
    holds: jsonschema_rs.Draft202012Validator = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """One form, ready to be asked. Answers are one flat object; those of other forms in it are left alone.

    `whole` is the form's schema, `parts` the schemas of its fields without what holds between them.
    """

    form: Form
    fields: tuple[FormField, ...]
    branches: tuple[Branch, ...]
    whole: jsonschema_rs.Draft202012Validator = field(repr=False, compare=False)
    parts: jsonschema_rs.Draft202012Validator = field(repr=False, compare=False)

    @property
    def conditional(self) -> frozenset[str]:
        """Fields asked only where some `if` brings them up."""
        always = frozenset(self.form.schema.get("required", ()))
        return frozenset().union(*(branch.then | branch.otherwise for branch in self.branches)) - always

    def shown(self, answers: JsonObject) -> tuple[FormField, ...]:
        """The questions that these answers bring up, in order, each with whether it is required now."""
        own = self.answered(answers)
        active = [_active(branch, own) for branch in self.branches]
        shown = frozenset().union(*(names for names, _ in active))
        required = frozenset().union(*(names for _, names in active))
        hidden = self.conditional - shown
        return tuple(
            replace(one, required=one.required or one.name in required) for one in self.fields if one.name not in hidden
        )

    def answered(self, answers: JsonObject) -> JsonObject:
        """This form's share of the answers: no blank, and nothing left over from a question no longer asked."""
        own = {one.name: answers[one.name] for one in self.fields if not is_blank(answers.get(one.name))}
        while True:
            active = [_active(branch, own)[0] for branch in self.branches]
            hidden = self.conditional - frozenset().union(*active)
            kept = {name: value for name, value in own.items() if name not in hidden}
            if len(kept) == len(own):
                return own
            own = kept

    def problems(self, answers: JsonObject) -> tuple[FieldProblem, ...]:
        """What is missing or wrong, at most one problem a field, in the order of the questions."""
        return self._found(self.whole, self.answered(answers))

    def part_problems(self, answers: JsonObject) -> tuple[FieldProblem, ...]:
        """What is wrong with the answers that are there, when only some are, as in a correction: nothing is missing."""
        return self._found(self.parts, {name: value for name, value in answers.items() if not is_blank(value)})

    def _found(self, validator: jsonschema_rs.Draft202012Validator, answers: JsonObject) -> tuple[FieldProblem, ...]:
        found: dict[str, FieldProblem] = {}
        for error in validator.iter_errors(answers):
            # A value of the wrong type comes first and is all that is worth saying of it.
            problem = _problem(error)
            found.setdefault(problem.field, problem)
        return tuple(found[one.name] for one in self.fields if one.name in found)


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: absent, or nothing but space."""
    return value is None or (isinstance(value, str) and not value.strip())


def compile_form(form: Form) -> CompiledForm:
    """Make a form ready.

    Raises:
        KioskError: `CATALOGUE_BROKEN` naming the form when its schema is none, or one no screen could ask.
    """
    try:
        whole = validator_of(form.schema)
        parts = validator_of({"type": "object", "properties": form.schema.get("properties", {})})
        branches = tuple(_branch(schema) for schema in conditionals(form.schema))
        fields = fields_of(form)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, AttributeError, TypeError) as error:
        # The last two: our own keywords and the values of a choice, which JSON Schema leaves open.
        raise KioskError(Failure.CATALOGUE_BROKEN, where=f"forms/{form.id}/schema") from error
    return CompiledForm(form, fields, branches, whole, parts)


def validator_of(schema: JsonObject) -> jsonschema_rs.Draft202012Validator:
    """A validator that checks formats, never backtracks and never fetches anything."""
    return jsonschema_rs.Draft202012Validator(
        schema, validate_formats=True, formats=FORMATS, pattern_options=jsonschema_rs.RegexOptions(), offline=True
    )


def conditionals(schema: JsonObject) -> tuple[JsonObject, ...]:
    """Every `if` of a form: at the top and in `allOf`."""
    parts = [schema, *schema.get("allOf", ())]
    return tuple(part for part in parts if isinstance(part, dict) and "if" in part)


def _branch(schema: JsonObject) -> Branch:
    then, then_required = _names(schema.get("then", {}))
    otherwise, otherwise_required = _names(schema.get("else", {}))
    looks_at, _ = _names(schema["if"])
    return Branch(looks_at, then, then_required, otherwise, otherwise_required, validator_of(schema["if"]))


def _names(schema: Any) -> tuple[frozenset[str], frozenset[str]]:
    """The fields a subschema names, and those of them it requires."""
    if not isinstance(schema, dict):
        return frozenset(), frozenset()
    required = frozenset(schema.get("required", ()))
    return required | frozenset(schema.get("properties", {})), required


def _active(branch: Branch, answers: JsonObject) -> tuple[frozenset[str], frozenset[str]]:
    if branch.holds.is_valid(answers):
        return branch.then, branch.then_required
    return branch.otherwise, branch.otherwise_required


def _problem(error: jsonschema_rs.ValidationError) -> FieldProblem:
    keyword, value = error.kind.name, error.kind.value
    if keyword == "required":
        return FieldProblem(str(value), "required")
    name = str(error.instance_path[0]) if error.instance_path else ""
    if keyword == "type":
        return FieldProblem(name, _type_code(value))
    if keyword == "const":
        return FieldProblem(name, "must_agree" if value is True else "not_chosen")
    if keyword == "format":
        return FieldProblem(name, _FORMAT_CODES.get(str(value), "invalid"))
    return FieldProblem(name, _CODES.get(keyword, "invalid"), str(value) if keyword in _LIMITED else "")


def _type_code(types: Any) -> str:
    first = types[0] if isinstance(types, list) and types else types
    return _TYPE_CODES.get(str(first), "invalid")
