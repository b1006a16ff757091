"""IPP messages as bytes (RFC 8010): both sides of the talk, so that the simulator reads with the same eyes.

Nothing is guessed: an attribute keeps the tag it came with, text is UTF-8, what does not fit the format raises.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

LONGEST_ATTRIBUTES = 1 << 20
"""More attribute bytes than this are nobody's printer."""
_DEEPEST = 8
_HEAD = struct.Struct(">BBHi")
_INT = struct.Struct(">i")
_PAIR = struct.Struct(">ii")
_RESOLUTION = struct.Struct(">iib")
_SHORT = struct.Struct(">H")
_NUMBERS = {0x21: _INT, 0x23: _INT, 0x32: _RESOLUTION, 0x33: _PAIR}


class Tag(IntEnum):
    """Delimiters and value tags of RFC 8010 section 3.5."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    DATE = 0x31
    RESOLUTION = 0x32
    RANGE = 0x33
    COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    SCHEME = 0x46
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER = 0x4A


_LAST_DELIMITER = 0x0F
_LAST_OUT_OF_BAND = 0x1F
_FIRST_CHARACTER = 0x40


class IppFormatError(ValueError):
    """These bytes are no IPP message."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A value made of attributes."""

    members: tuple["Attribute", ...]

    def first(self, name: str) -> "Value | None":
        """The first value of a member, None without one."""
        return next((member.values[0] for member in self.members if member.name == name and member.values), None)


Value: TypeAlias = int | str | bytes | tuple[int, ...] | Collection


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute. Out-of-band values (`unknown`, `no-value`) leave `values` empty."""

    name: str
    tag: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Attributes that belong together: of the operation, one job, the printer."""

    tag: int
    attributes: tuple[Attribute, ...]

    def values(self) -> Mapping[str, tuple[Value, ...]]:
        """Every attribute's values by its name."""
        return {attribute.name: attribute.values for attribute in self.attributes}


@dataclass(frozen=True, slots=True)
class Message:
    """A request (`code` is the operation) or an answer (`code` is the status), and the document behind it."""

    code: int
    groups: tuple[Group, ...]
    request: int = 1
    document: bytes = field(default=b"", repr=False)
    version: tuple[int, int] = (2, 0)

    def of(self, tag: int) -> list[Mapping[str, tuple[Value, ...]]]:
        """Every group of a kind, by name."""
        return [group.values() for group in self.groups if group.tag == tag]


def attribute(name: str, tag: int, *values: Value) -> Attribute:
    """An attribute with its values."""
    return Attribute(name, tag, values)


def encode(message: Message) -> bytes:
    """A message as bytes, its document included."""
    out = bytearray(_HEAD.pack(*message.version, message.code, message.request))
    for group in message.groups:
        out.append(group.tag)
        for one in group.attributes:
            out += _attribute(one)
    out.append(Tag.END)
    return bytes(out) + message.document


def _attribute(one: Attribute) -> bytes:
    out, name = bytearray(), one.name
    for value in one.values:
        out += bytes((one.tag,)) + _counted(name.encode()) + _counted(_value(one.tag, value))
        if isinstance(value, Collection):
            out += _members(value)
        name = ""
    return bytes(out)


def _members(collection: Collection) -> bytes:
    out = bytearray()
    for member in collection.members:
        out += bytes((Tag.MEMBER, 0, 0)) + _counted(member.name.encode())
        out += _attribute(Attribute("", member.tag, member.values))
    return bytes(out) + bytes((Tag.END_COLLECTION, 0, 0, 0, 0))


def _value(tag: int, value: Value) -> bytes:
    match value:
        case Collection():
            return b""
        case int() if tag == Tag.BOOLEAN:
            return bytes((bool(value),))
        case int():
            return _INT.pack(value)
        case str():
            return value.encode()
        case tuple():
            return (_RESOLUTION if tag == Tag.RESOLUTION else _PAIR).pack(*value)
        case bytes():
            return value


def _counted(data: bytes) -> bytes:
    return _SHORT.pack(len(data)) + data


def decode(data: bytes) -> Message:
    """A message from its bytes.

    Raises:
        IppFormatError: they are not one, or are larger than any printer's.
    """
    try:
        major, minor, code, request = _HEAD.unpack_from(data)
        reader = _Reader(data, _HEAD.size)
        groups = tuple(reader.groups())
    except (struct.error, IndexError) as error:
        raise IppFormatError("cut short") from error
    return Message(code, groups, request, data[reader.place :], (major, minor))


class _Reader:
    """Walks over a message's attributes."""

    def __init__(self, data: bytes, place: int) -> None:
        self._data = data
        self.place = place

    def groups(self) -> Iterator[Group]:
        tag = self._byte()
        while tag != Tag.END:
            if tag > _LAST_DELIMITER:
                raise IppFormatError("no group")
            found, following = self._attributes()
            yield Group(tag, found)
            tag = following

    def _attributes(self) -> tuple[tuple[Attribute, ...], int]:
        found: list[tuple[str, int, list[Value]]] = []
        while (tag := self._byte()) > _LAST_DELIMITER:
            name = _text(self._counted())
            if name:
                found.append((name, tag, []))
            elif not found:
                raise IppFormatError("a value without a name")
            found[-1][2].extend(self._values(tag, 0))
        return tuple(Attribute(name, tag, tuple(values)) for name, tag, values in found), tag

    def _values(self, tag: int, depth: int) -> tuple[Value, ...]:
        raw = self._counted()
        if tag <= _LAST_OUT_OF_BAND:
            return ()
        if tag == Tag.COLLECTION:
            return (self._collection(depth + 1),)
        return (_parse(tag, raw),)

    def _collection(self, depth: int) -> Collection:
        if depth > _DEEPEST:
            raise IppFormatError("too deep")
        members: list[tuple[str, int, list[Value]]] = []
        while (tag := self._byte()) != Tag.END_COLLECTION:
            if self._counted():
                raise IppFormatError("a name inside a collection")
            if tag == Tag.MEMBER:
                members.append((_text(self._counted()), Tag.MEMBER, []))
            elif members:
                name, _, values = members[-1]
                values.extend(self._values(tag, depth))
                members[-1] = (name, tag, values)
            else:
                raise IppFormatError("a value without a member")
        self._counted(), self._counted()
        return Collection(tuple(Attribute(name, tag, tuple(values)) for name, tag, values in members))

    def _byte(self) -> int:
        if self.place > LONGEST_ATTRIBUTES:
            raise IppFormatError("too long")
        value = self._data[self.place]
        self.place += 1
        return value

    def _counted(self) -> bytes:
        (length,) = _SHORT.unpack_from(self._data, self.place)
        start = self.place + _SHORT.size
        self.place = start + length
        if self.place > len(self._data):
            raise IppFormatError("cut short")
        return self._data[start : self.place]


def _parse(tag: int, raw: bytes) -> Value:
    match tag:
        case Tag.BOOLEAN:
            return raw != b"\0"
        case Tag.TEXT_WITH_LANGUAGE | Tag.NAME_WITH_LANGUAGE:
            (skipped,) = _SHORT.unpack_from(raw)
            return _text(raw[skipped + 2 * _SHORT.size :])
        case Tag.INTEGER | Tag.ENUM | Tag.RANGE | Tag.RESOLUTION:
            numbers: tuple[int, ...] = _NUMBERS[tag].unpack(raw)
            return numbers[0] if len(numbers) == 1 else numbers
    return _text(raw) if tag >= _FIRST_CHARACTER else raw


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
