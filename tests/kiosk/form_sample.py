"""A form with every kind of question, for the tests of forms."""

from datetime import date
from typing import Any

from kiosk.catalogue.item import Form
from kiosk.forms import (
    FormField,
    compile_form,
)
from kiosk.identity.synthetic import Wanted, synthetic_person
from kiosk.model.values import JsonObject

TODAY = date(2026, 11, 24)
PERSON = synthetic_person(1, Wanted(TODAY, 70, "female"))

SCHEMA: JsonObject = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "id_no", "sex", "married", "children", "agree"],
    "properties": {
        "name": {"title": "姓名", "type": "string", "minLength": 2, "maxLength": 10},
        "id_no": {"title": "身份证号", "type": "string", "format": "id-number"},
        "phone": {"title": "电话", "type": "string", "format": "phone"},
        "sex": {"title": "性别", "type": "string", "enum": ["男", "女"], "x-titles-en": {"女": "Female", "男": "Male"}},
        "birth": {"title": "出生日期", "type": "string", "format": "date"},
        "address": {"title": "住址", "type": "string", "maxLength": 100},
        "married": {"title": "结婚了吗", "type": "boolean"},
        "spouse_name": {"title": "配偶姓名", "type": "string", "minLength": 2},
        "spouse_income": {"title": "配偶收入", "type": "number", "minimum": 0, "multipleOf": 0.01},
        "single_reason": {"title": "说明", "type": "string"},
        "children": {"title": "几个孩子", "type": "integer", "minimum": 0, "maximum": 12},
        "help": {
            "title": "需要什么",
            "type": "array",
            "items": {
                "oneOf": [{"const": "food", "title": "吃饭", "x-title-en": "Food"}, {"const": "care", "title": "看病"}]
            },
            "minItems": 1,
            "maxItems": 2,
            "uniqueItems": True,
        },
        "bank_account": {"title": "账号", "type": "string", "pattern": "^[0-9]{12,19}$"},
        "agree": {"title": "我同意", "const": True},
    },
    "allOf": [
        {
            "if": {"properties": {"married": {"const": True}}, "required": ["married"]},
            "then": {"required": ["spouse_name"], "properties": {"spouse_income": {}}},
        },
        {
            "if": {"properties": {"married": {"const": False}}, "required": ["married"]},
            "then": {"required": ["single_reason"]},
        },
    ],
}
FORM = Form(
    id="main",
    title="演示表",
    schema=SCHEMA,
    order=tuple(SCHEMA["properties"]),
    help={"name": "和证件上一样"},
    titles_en={"name": "Name", "sex": "Sex"},
    prefill={
        "name": "applicant.name",
        "id_no": "applicant.id_no",
        "phone": "applicant.phone",
        "sex": "applicant.sex",
        "birth": "applicant.birth",
        "address": "applicant.address",
    },
)
COMPILED = compile_form(FORM)
GOOD: JsonObject = {
    "name": "演示·张小凤",
    "id_no": PERSON.id_no,
    "sex": "女",
    "married": False,
    "single_reason": "一个人过",
    "children": 0,
    "agree": True,
}


def changed(**answers: Any) -> JsonObject:
    return {name: value for name, value in {**GOOD, **answers}.items() if value is not None}


def field(name: str) -> FormField:
    return next(one for one in COMPILED.fields if one.name == name)


def broken(**changes: Any) -> Form:
    schema = {**SCHEMA, **changes.pop("schema", {})}
    parts = {"id": FORM.id, "title": FORM.title, "order": FORM.order, "prefill": FORM.prefill, "schema": schema}
    return Form(**{**parts, **changes})


# ---- questions
