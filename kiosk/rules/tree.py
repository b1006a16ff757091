"""Which names a checked CEL expression uses, and which values it holds them against.

cel-expr-python gives the checked tree only as bytes: a `cel.expr.CheckedExpr` message (checked.proto and syntax.proto
of google/cel-spec) inside a `google.protobuf.Any`. The few fields needed here are read directly; a checked tree, unlike
the text, tells a declared `answers.kind` from a string or a macro variable that looks like one.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_ANY_VALUE: Final = 2
_CHECKED_EXPR: Final = 4
_EXPR_CONST, _EXPR_IDENT, _EXPR_SELECT, _EXPR_CALL, _EXPR_LIST, _EXPR_STRUCT, _EXPR_LOOP = 3, 4, 5, 6, 7, 8, 9
_CONST_BOOL, _CONST_INT, _CONST_DOUBLE, _CONST_STRING = 2, 3, 5, 6
_CALL_TARGET, _CALL_FUNCTION, _CALL_ARGUMENT = 1, 2, 3
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_COMPARED: Final = frozenset({"_==_", "_!=_"})
_IN: Final = "@in"

_Field = tuple[int, Any]


@dataclass(frozen=True, slots=True)
class Uses:
    """Names an expression mentions, and (name, literal) wherever it tests the one against the other."""

    names: frozenset[str]
    literals: tuple[tuple[str, Any], ...]


def uses_of(serialized: bytes) -> Uses:
    """What the serialized checked expression uses.

    Raises:
        ValueError: the bytes are no checked expression.
    """
    checked = _one(_fields(serialized), _ANY_VALUE)
    expression = _one(_fields(checked), _CHECKED_EXPR)
    names: set[str] = set()
    literals: list[tuple[str, Any]] = []
    waiting = [expression]
    while waiting:
        fields = list(_fields(waiting.pop()))
        name = _identifier(fields)
        if name is not None:
            names.add(name)
        literals += _tested(fields)
        waiting += _children(fields)
    return Uses(frozenset(names), tuple(literals))


def _children(fields: list[_Field]) -> list[bytes]:
    """Every expression directly inside one expression."""
    found: list[bytes] = []
    for number, value in fields:
        if number == _EXPR_SELECT:
            found += _all(value, {1})
        elif number == _EXPR_CALL:
            found += _all(value, {_CALL_TARGET, _CALL_ARGUMENT})
        elif number == _EXPR_LIST:
            found += _all(value, {1})
        elif number == _EXPR_STRUCT:
            for entry in _all(value, {2}):
                found += _all(entry, {3, 4})
        elif number == _EXPR_LOOP:
            found += _all(value, {2, 4, 5, 6, 7})
    return found


def _tested(fields: list[_Field]) -> list[tuple[str, Any]]:
    """`name == "x"`, `name in ["x", "y"]` and `"x" in name`, as pairs of name and literal."""
    call = next((list(_fields(value)) for number, value in fields if number == _EXPR_CALL), None)
    if call is None:
        return []
    function = next((value.decode() for number, value in call if number == _CALL_FUNCTION), "")
    arguments = [list(_fields(value)) for number, value in call if number == _CALL_ARGUMENT]
    if len(arguments) != 2 or function not in _COMPARED | {_IN}:  # noqa: PLR2004 - both sides of an operator
        return []
    left, right = arguments
    pairs = [(left, literal) for literal in _literals(right)]
    pairs += [(right, literal) for literal in _literals(left)]
    return [(name, literal) for side, literal in pairs if (name := _identifier(side)) is not None]


def _literals(fields: list[_Field]) -> list[Any]:
    for number, value in fields:
        if number == _EXPR_CONST:
            return _constant(value)
        if number == _EXPR_LIST:
            return [literal for element in _all(value, {1}) for literal in _literals(list(_fields(element)))]
    return []


def _constant(data: bytes) -> list[Any]:
    for number, value in _fields(data):
        if number == _CONST_STRING:
            return [value.decode()]
        if number == _CONST_BOOL:
            return [bool(value)]
        if number == _CONST_INT:
            return [value - 2**64 if value >= 2**63 else value]
        if number == _CONST_DOUBLE:
            return [value]
    return []


def _identifier(fields: list[_Field]) -> str | None:
    for number, value in fields:
        if number == _EXPR_IDENT:
            name: str = _one(_fields(value), 1).decode()
            return name
    return None


def _all(data: bytes, numbers: set[int]) -> list[bytes]:
    return [value for number, value in _fields(data) if number in numbers]


def _one(fields: Iterator[_Field], wanted: int) -> bytes:
    for number, value in fields:
        if number == wanted and isinstance(value, bytes):
            return value
    raise ValueError("not a checked expression")


def _fields(data: Any) -> Iterator[_Field]:
    """Field numbers and values of one protobuf message."""
    if not isinstance(data, bytes):
        raise ValueError("not a protobuf message")  # noqa: TRY004 - one kind of refusal, whatever the bytes are
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield number, value
        elif kind == _BYTES:
            length, at = _varint(data, at)
            yield number, _slice(data, at, length)
            at += length
        elif kind == _FIXED64:
            yield number, struct.unpack("<d", _slice(data, at, 8))[0]
            at += 8
        elif kind == _FIXED32:
            at += 4
        else:
            raise ValueError("not a protobuf message")


def _slice(data: bytes, at: int, length: int) -> bytes:
    if at + length > len(data):
        raise ValueError("not a protobuf message")
    return data[at : at + length]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data):
            raise ValueError("not a protobuf message")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 - the continuation bit
            return value, at
        shift += 7
