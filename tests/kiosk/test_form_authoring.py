"""What an author may get wrong in a form."""

from typing import Any

import pytest

from kiosk.catalogue.item import Form, Scope
from kiosk.failure import Failure, KioskError
from kiosk.forms import (
    CompiledForm,
    compile_form,
    form_problems,
)
from kiosk.forms.problem import words
from kiosk.model.values import JsonObject
from tests.kiosk.form_sample import COMPILED, FORM, GOOD, SCHEMA, broken


def problems_of(**changes: Any) -> list[str]:
    return [": ".join(one) for one in form_problems(broken(**changes))]


def with_field(name: str, schema: JsonObject) -> JsonObject:
    return {"properties": {**SCHEMA["properties"], name: {"title": "栏", **schema}}}


TOO_EARLY = {"if": {"properties": {"married": {"const": True}}}, "then": {"required": ["name"]}}


def test_a_sound_form_has_no_problem() -> None:
    assert form_problems(FORM) == []
    assert form_problems(Form("m", "表", SCHEMA, FORM.order, sample=GOOD, scope=Scope.MEMBER)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"schema": {"type": "array"}}, "schema: must be one flat object"),
        ({"schema": {"required": "name"}}, "schema/required: is not JSON Schema"),
        (
            {"schema": with_field("x", {"type": "string", "title": ""})},
            "schema/properties/x/title: a field needs a title",
        ),
        ({"schema": with_field("x", {"type": "object"})}, "schema/properties/x/type: must be string"),
        ({"schema": with_field("in", {"type": "string"})}, "schema/properties/in: a field name"),
        ({"schema": with_field("栏", {"type": "string"})}, "schema/properties/栏: a field name"),
        ({"schema": with_field("x", {"$ref": "https://example.org/x", "type": "string"})}, "x/$ref"),
        (
            {"schema": with_field("x", {"type": "array", "items": {"type": "string"}})},
            "x/items: an array",
        ),
        (
            {"schema": with_field("x", {"type": "string", "format": "dat"})},
            "x/format: unknown format dat",
        ),
        ({"schema": {"patternProperties": {}}}, "schema/patternProperties: is not used"),
        ({"schema": with_field("x", {"enum": ["甲", ["乙"]]})}, "x/enum: a choice is a text"),
        (
            {"schema": with_field("x", {"oneOf": [{"const": {"a": 1}}]})},
            "x/oneOf/0: a choice is an object with one plain",
        ),
        (
            {"schema": with_field("x", {"oneOf": [{"const": "a", "x-title-en": 5}]})},
            "x/oneOf/0/x-title-en: must be a text",
        ),
        ({"schema": with_field("x", {"enum": ["甲"], "x-titles-en": "A"})}, "x/x-titles-en: must be an object"),
        ({"schema": with_field("x", {"enum": ["甲"], "x-titles-en": {"甲": 1}})}, "x/x-titles-en/甲: must be a text"),
        (
            {"schema": with_field("x", {"enum": ["甲"], "x-titles-en": {"乙": "B"}})},
            "x/x-titles-en/乙: is not a choice",
        ),
        (
            {"schema": with_field("x", {"type": "array", "items": {"enum": [["甲"]]}})},
            "x/items/enum: a choice is a text",
        ),
        ({"schema": {"required": ["nothing"]}}, "schema/required: nothing is not a field"),
        ({"order": (*FORM.order, "gone")}, "order: gone is not a field"),
        ({"order": FORM.order[1:]}, "order: name is missing"),
        ({"order": (*FORM.order, "name")}, "order: name comes twice"),
        ({"prefill": {"name": "applicant.nickname"}}, "prefill/name: unknown source applicant.nickname"),
        ({"prefill": {"gone": "applicant.name"}}, "prefill/gone: is not a field"),
        ({"help": {"gone": "x"}}, "help/gone: is not a field"),
        ({"sample": {**GOOD, "children": 50}}, "sample/children: Too large"),
        ({"sample": {**GOOD, "gone": 1}}, "sample/gone: is not a field"),
        (
            {
                "schema": {
                    "allOf": [{"if": {"properties": {"married": {"const": True}}}, "then": {"required": ["name"]}}]
                }
            },
            "schema/if: must require every field it looks at",
        ),
    ],
)
def test_what_an_author_got_wrong_is_told_with_its_place(changes: dict[str, Any], told: str) -> None:
    found = problems_of(**changes)
    assert any(told in one for one in found), found


def test_a_pattern_that_could_hang_the_terminal_is_refused() -> None:
    evil = broken(schema=with_field("x", {"type": "string", "pattern": "(?=a)b"}), sample=GOOD)
    with pytest.raises(KioskError) as caught:
        compile_form(evil)
    assert caught.value.failure is Failure.CATALOGUE_BROKEN
    assert caught.value.info == {"where": "forms/main/schema"}
    assert any("cannot be used" in text for _, text in form_problems(evil))


def test_a_form_never_fetches_anything() -> None:
    schema = {"type": "object", "properties": {"x": {"$ref": "http://localhost:9/never"}}}
    with pytest.raises(KioskError) as caught:
        compile_form(Form("f", "表", schema, ("x",)))
    assert caught.value.failure is Failure.CATALOGUE_BROKEN


def test_every_message_has_words_in_both_languages() -> None:
    form: CompiledForm = COMPILED
    assert form.form is FORM
    for code in ("required", "not_a_credit_code", "not_an_email", "invalid", "unknown_field", "not_more", "not_less"):
        assert words(code, "zh")
        assert words(code, "en").isascii()


def test_a_form_no_screen_could_ask_is_a_broken_catalogue_not_a_crash() -> None:
    with pytest.raises(KioskError) as refused:
        compile_form(broken(schema=with_field("x", {"enum": ["甲"], "x-titles-en": "A"})))

    assert refused.value.failure is Failure.CATALOGUE_BROKEN
