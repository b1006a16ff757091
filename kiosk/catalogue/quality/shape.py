"""Is this an item at all: every field known, present where needed and of its type. All faults at once, with paths."""

import re
import types
import typing
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import msgspec

from kiosk.catalogue.item import ServiceItem
from kiosk.catalogue.quality.violation import Violation

_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def shape_violations(raw: object) -> list[Violation]:
    """What keeps this JSON from being a service item, or would silently be passed over when it is read."""
    return [*_dataclass(raw, ServiceItem, ""), *_texts(raw, "")]


def _dataclass(raw: object, kind: Any, path: str) -> Iterator[Violation]:
    if not isinstance(raw, dict):
        yield Violation(path, "type", "应当是一个对象（花括号）")
        return
    hints = typing.get_type_hints(kind)
    for one in fields(kind):
        where = f"{path}/{one.name}".lstrip("/")
        if one.name in raw:
            yield from _value(raw[one.name], hints[one.name], where)
        elif one.default is MISSING and one.default_factory is MISSING:
            yield Violation(where, "missing", "缺少这一项")
    for name in raw.keys() - hints.keys():
        yield Violation(f"{path}/{name}".lstrip("/"), "unknown-field", "没有这个字段，请检查拼写")


def _value(value: object, hint: Any, path: str) -> Iterator[Violation]:
    if value is not None and isinstance(hint, types.UnionType):
        hint = next(one for one in typing.get_args(hint) if one is not types.NoneType)
    if is_dataclass(hint):
        yield from _dataclass(value, hint, path)
        return
    element = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else None
    if is_dataclass(element) and isinstance(value, list):
        for number, one in enumerate(value):
            yield from _dataclass(one, element, f"{path}/{_label(one, number)}")
        return
    try:
        msgspec.convert(value, hint)
    except msgspec.ValidationError as error:
        yield Violation(path, "type", f"类型不对：{error}")


def _label(raw: object, number: int) -> str:
    """Elements with an id are named by it, as in the messages about rules."""
    ident = raw.get("id") if isinstance(raw, dict) else None
    return ident if isinstance(ident, str) and ident else str(number)


def _texts(raw: object, path: str) -> Iterator[Violation]:
    """No text holds what no screen or printer can show."""
    if isinstance(raw, str):
        if _UNSHOWABLE.search(raw):
            yield Violation(path, "control-character", "文字中有不能显示的控制字符")
        return
    pairs: list[tuple[str, object]] = []
    if isinstance(raw, dict):
        pairs = [(str(key), value) for key, value in raw.items()]
    elif isinstance(raw, list):
        pairs = [(_label(value, number), value) for number, value in enumerate(raw)]
    for key, value in pairs:
        yield from _texts(value, f"{path}/{key}".lstrip("/"))
