"""The elements on a social-security card: records of tag, length and value, and what they mean.

File structure and elements as published for the card's file EF05 (issuer) and EF06 (holder). The tag names the element
wherever the record stands. Numbers (CN) are packed two digits a byte and filled with F, texts (AN) are filled with
zeros; names are GBK, which GB 18030 contains.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from typing import NoReturn

from devices.idcard.nations import nation_code, nation_name
from devices.idcard.rare import written_today
from kiosk.failure import Failure, KioskError
from kiosk.identity.ids import IdNumber, parse_id_number
from kiosk.model.people import CardMedium, IdCard

NAME_BYTES = 30
_IDENTIFICATION_BYTES = 16
_LONG_FORM = 0x80
_MOST_LENGTH_BYTES = 2
_FILL = frozenset({0x00, 0xFF})
_DAY = re.compile(r"[0-9]{8}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffd]")


class Element(IntEnum):
    """Tags of the elements this driver knows. Those below `NUMBER` stand in EF05, the others in EF06."""

    IDENTIFICATION = 0x01
    CARD_CLASS = 0x02
    VERSION = 0x03
    ISSUER = 0x04
    ISSUED = 0x05
    EXPIRES = 0x06
    CARD_NUMBER = 0x07
    NUMBER = 0x08
    NAME = 0x09
    SEX = 0x0A
    NATION = 0x0B
    BIRTHPLACE = 0x0C
    BIRTH = 0x0D
    NAME_REST = 0x4E


VALUE_BYTES: Mapping[int, int] = {
    Element.IDENTIFICATION: _IDENTIFICATION_BYTES,
    Element.CARD_CLASS: 1,
    Element.VERSION: 4,
    Element.ISSUER: 12,
    Element.ISSUED: 4,
    Element.EXPIRES: 4,
    Element.CARD_NUMBER: 9,
    Element.NUMBER: 18,
    Element.NAME: NAME_BYTES,
    Element.SEX: 1,
    Element.NATION: 1,
    Element.BIRTHPLACE: 3,
    Element.BIRTH: 4,
    Element.NAME_REST: 20,
}
"""How long a value is by the specification, in bytes; a first guess, since cards say themselves how long theirs are."""


class ShortRecordError(ValueError):
    """A record ends before its own length does. `needed` is the whole length it announces, in bytes."""

    def __init__(self, needed: int) -> None:
        super().__init__("record is shorter than it says")
        self.needed = needed


def split(record: bytes) -> dict[int, bytes]:
    """Tag → value of every element in a record; what fills the record up is left out, the first of a tag counts.

    Raises:
        ShortRecordError: the last element is cut off.
        ValueError: a length that cannot be one.
    """
    found: dict[int, bytes] = {}
    place = 0
    while place < len(record) and record[place] not in _FILL:
        tag = record[place]
        start, length = _length_at(record, place + 1)
        if start + length > len(record):
            raise ShortRecordError(start + length)
        found.setdefault(tag, record[start : start + length])
        place = start + length
    return found


def card_of(elements: Mapping[int, bytes]) -> IdCard:
    """The card these elements describe. Number, sex and birth are the number's own; no address is on the chip.

    `secret` is the identification code, which stands nowhere on the card; empty when the issuer left it blank.
    `valid_to` is None when the issuer set no end.

    Raises:
        KioskError: `CARD_UNREADABLE` with the element that is missing or makes no sense.
    """
    parsed = _parsed_number(_needed(elements, Element.NUMBER, "number"))
    return IdCard(
        id_type=parsed.kind,
        id_no=parsed.number,
        name=_name(elements),
        sex=parsed.sex,
        nation=nation_name(elements.get(Element.NATION, b"").hex()) or "",
        birth=parsed.birth,
        valid_from=_day(elements.get(Element.ISSUED, b""), "from"),
        valid_to=_day(_needed(elements, Element.EXPIRES, "to"), "to"),
        secret=_identification(elements),
        medium=CardMedium.SOCIAL_SECURITY,
    )


def encode(card: IdCard, *, split_name: bool = False) -> dict[int, bytes]:
    """The elements of a card, for simulators and tests. `split_name` cuts a long name between its two elements.

    Raises:
        ValueError: the card does not fit.
    """
    name = card.name.encode("gb18030")
    if len(name) > NAME_BYTES and not split_name:
        raise ValueError("the name is too long for one element")
    end = card.valid_to.strftime("%Y%m%d") if card.valid_to else ""
    values = {
        Element.IDENTIFICATION: card.secret,
        Element.CARD_CLASS: b"1",
        Element.VERSION: b"2.00",
        Element.ISSUER: bytes.fromhex("000000156000000000000000"),
        Element.ISSUED: _packed(card.valid_from.strftime("%Y%m%d") if card.valid_from else ""),
        Element.EXPIRES: _packed(end),
        Element.CARD_NUMBER: b"DEMO00001",
        Element.NUMBER: card.id_no.encode("ascii"),
        Element.NAME: name[:NAME_BYTES],
        Element.SEX: {"male": b"1", "female": b"2"}.get(card.sex, b"9"),
        Element.NATION: bytes.fromhex(nation_code(card.nation) or "ff"),
        Element.BIRTHPLACE: bytes.fromhex("000000"),
        Element.BIRTH: _packed(card.birth.strftime("%Y%m%d") if card.birth else ""),
    }
    if split_name:
        values[Element.NAME_REST] = name[NAME_BYTES:]
    return {tag: _fitted(tag, value) for tag, value in values.items()}


def record(tag: int, value: bytes) -> bytes:
    """One record as it lies on the card."""
    return bytes((tag, len(value))) + value if len(value) < _LONG_FORM else bytes((tag, 0x81, len(value))) + value


def _length_at(record: bytes, place: int) -> tuple[int, int]:
    """Where the value begins and how long it is: one byte below 80, or 81 or 82 and as many bytes."""
    if place >= len(record):
        raise ShortRecordError(place + 1)
    first = record[place]
    if first < _LONG_FORM:
        return place + 1, first
    count = first - _LONG_FORM
    if not 0 < count <= _MOST_LENGTH_BYTES:
        raise ValueError("no length")
    end = place + 1 + count
    if end > len(record):
        raise ShortRecordError(end)
    return end, int.from_bytes(record[place + 1 : end], "big")


def _needed(elements: Mapping[int, bytes], tag: Element, name: str) -> bytes:
    value = elements.get(tag)
    if value is None:
        _refuse(name)
    return value


def _parsed_number(value: bytes) -> IdNumber:
    try:
        return parse_id_number(value.strip(b"\x00\xff ").decode("ascii"), None)
    except (UnicodeDecodeError, KioskError):
        _refuse("number")


def _name(elements: Mapping[int, bytes]) -> str:
    """The name, with its rest where it did not fit; bytes that fill it up are no part of it."""
    value = _needed(elements, Element.NAME, "name").rstrip(b"\x00\xff")
    if len(value) >= NAME_BYTES - 1:
        value += elements.get(Element.NAME_REST, b"").rstrip(b"\x00\xff")
    try:
        name = written_today(value.decode("gb18030")).strip(" \u3000")
    except UnicodeDecodeError:
        _refuse("name")
    if not name or _CONTROL.search(name):
        _refuse("name")
    return name


def _identification(elements: Mapping[int, bytes]) -> bytes:
    """The identification code. A card whose issuer left it blank gives no secret: nothing kept could tell it apart."""
    code = _needed(elements, Element.IDENTIFICATION, "identification")
    return code if len(code) >= _IDENTIFICATION_BYTES and len(set(code)) > 1 else b""


def _day(value: bytes, name: str) -> date | None:
    """A day of packed digits; None for one the issuer left blank."""
    digits = value.hex()
    if not set(digits) - {"f"} or not set(digits) - {"0"}:
        return None
    if not _DAY.fullmatch(digits):
        _refuse(name)
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        _refuse(name)


def _packed(digits: str) -> bytes:
    return bytes.fromhex(digits + "f" * (len(digits) % 2))


def _fitted(tag: int, value: bytes) -> bytes:
    length = VALUE_BYTES[tag]
    if len(value) > length:
        raise ValueError(f"element {tag:02X} is too long for the card")
    packed = tag in {Element.ISSUED, Element.EXPIRES, Element.BIRTH}
    return value.ljust(length, b"\xff" if packed else b"\x00")


def _refuse(field: str) -> NoReturn:
    # No chain: an error below may quote what was read.
    raise KioskError(Failure.CARD_UNREADABLE, field=field) from None
