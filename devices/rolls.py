"""A roll on its way to a driver's process: its lines as JSON, each with the name of its kind."""

from typing import Any, Final

import msgspec

from kiosk.model.roll import Boxed, Code, Cut, Feed, Pair, Roll, RollLine, Rule, Text

_KINDS: Final[dict[str, type[RollLine]]] = {kind.__name__: kind for kind in (Text, Pair, Rule, Boxed, Code, Feed, Cut)}


def pack(roll: Roll) -> bytes:
    """The lines as bytes."""
    return msgspec.json.encode([(type(line).__name__, line) for line in roll])


def unpack(packed: bytes) -> Roll:
    """The lines again.

    Raises:
        msgspec.MsgspecError: these are no lines packed by `pack`.
    """
    lines = msgspec.json.decode(packed, type=list[tuple[str, dict[str, Any]]])
    return tuple(_line(kind, fields) for kind, fields in lines)


def _line(kind: str, fields: dict[str, Any]) -> RollLine:
    if kind not in _KINDS:
        raise msgspec.ValidationError("no kind of line")
    line: RollLine = msgspec.convert(fields, type=_KINDS[kind])
    return line
