"""The text block on the chip of an identity card: 256 bytes of UTF-16LE in four layouts.

The character at byte 248 tells them apart: `J` residence permits of Hong Kong, Macao and Taiwan residents, `I`
foreigners' permanent residence cards of 2017, `Y` those issued since 2023-12-01, anything but a letter a resident ID.
Layouts as published by reader vendors after GB/T 490 and GA/T 467-2019; the bytes behind 220 of a resident ID are
reserved and never looked at. A letter nobody knows is a card nobody knows: it is refused, not read as a citizen's.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import NoReturn, TypeAlias

from devices.idcard.nations import nation_code, nation_name
from devices.idcard.rare import written_today
from kiosk.failure import Failure, KioskError
from kiosk.model.people import IdCard, IdType

RECORD_BYTES = 256
PHOTO_BYTES = 1024
NO_END = "长期"

_FLAG = (248, 2)
_FLAG_OF = {
    IdType.RESIDENT_ID: " ",
    IdType.RESIDENCE_PERMIT: "J",
    IdType.FOREIGNER_ID_2017: "I",
    IdType.FOREIGNER_ID: "Y",
}
_TYPE_OF = {flag: kind for kind, flag in _FLAG_OF.items()}
_SEXES = {"1": "male", "2": "female", "0": "", "9": ""}
_SEX_CODE = {"male": "1", "female": "2", "": "0"}
_NUMBER_18 = re.compile(r"[0-9]{17}[0-9X]")
_NUMBER_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")
_DAY = re.compile(r"[0-9]{8}")
_PADDING = " \x00\u3000"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


_Fields: TypeAlias = dict[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where each field stands: (offset, length) in bytes. A field of several pieces is their text joined."""

    number: re.Pattern[str]
    fields: _Fields


_COMMON: _Fields = {
    "name": ((0, 30),),
    "sex": ((30, 2),),
    "birth": ((36, 16),),
    "number": ((122, 36),),
    "from": ((188, 16),),
    "to": ((204, 16),),
}
_LAYOUTS = {
    IdType.RESIDENT_ID: _Layout(
        _NUMBER_18, _COMMON | {"nation": ((32, 4),), "address": ((52, 70),), "issuer": ((158, 30),)}
    ),
    IdType.RESIDENCE_PERMIT: _Layout(
        _NUMBER_18,
        _COMMON | {"address": ((52, 70),), "issuer": ((158, 30),), "pass_no": ((220, 18),), "issues": ((238, 4),)},
    ),
    IdType.FOREIGNER_ID_2017: _Layout(
        _NUMBER_2017,
        {
            "english": ((0, 120),),
            "sex": ((120, 2),),
            "number": ((122, 30),),
            "nationality": ((152, 6),),
            "name": ((158, 30),),
            "from": ((188, 16),),
            "to": ((204, 16),),
            "birth": ((220, 16),),
            "version": ((236, 4),),
            "issuer": ((240, 8),),
        },
    ),
    IdType.FOREIGNER_ID: _Layout(
        _NUMBER_18,
        _COMMON
        | {
            "renewals": ((32, 4),),
            "english": ((52, 70), (220, 22)),
            "nationality": ((242, 6),),
            "old_number": ((250, 6),),
        },
    ),
}


def parse(text: bytes, photo: bytes) -> IdCard:
    """The card a reader answered: its text block and, as `secret`, its photo block (1024 bytes, not decoded).

    Rare characters come out as they are written today, `nation` as a name such as 汉, `sex` as `male`, `female` or
    empty, `valid_to` None for 长期. Whether the number is right and the card valid today is not decided here.

    Raises:
        KioskError: `CARD_UNREADABLE` with the field that makes no sense.
    """
    if len(text) != RECORD_BYTES or len(photo) != PHOTO_BYTES:
        _refuse("length")
    kind = _kind_of(_text(text, _FLAG, "flag"))
    layout = _LAYOUTS[kind]
    value = {name: _field(text, pieces, name) for name, pieces in layout.fields.items()}
    if not layout.number.fullmatch(value["number"]):
        _refuse("number")
    if not value["name"] and not value.get("english"):
        _refuse("name")
    return IdCard(
        id_type=kind,
        id_no=value["number"],
        name=value["name"],
        sex=_meaning(_SEXES.get(value["sex"]), "sex"),
        nation=_meaning(nation_name(value["nation"]), "nation") if "nation" in value else "",
        birth=_day(value["birth"], "birth"),
        address=value.get("address", ""),
        issuer=value.get("issuer", ""),
        valid_from=_day(value["from"], "from"),
        valid_to=None if value["to"] == NO_END else _day(value["to"], "to"),
        english_name=value.get("english", ""),
        nationality=value.get("nationality", ""),
        secret=photo,
    )


def parse_address(text: str) -> str:
    """An address that stands apart from the record, as the newest one on a card does, written as it is today.

    Raises:
        KioskError: `CARD_UNREADABLE` when it makes no sense.
    """
    address = text.strip(_PADDING)
    if _CONTROL.search(address) or "\ufffd" in address:
        _refuse("address")
    return written_today(address)


def encode(card: IdCard, **also: str) -> bytes:
    """The text block of a card, for simulators and tests. `also` sets fields an `IdCard` does not keep.

    Those are `pass_no` and `issues` (J), `version` (I), `renewals` and `old_number` (Y).

    Raises:
        ValueError: a field does not fit, or this kind of card has no such field.
    """
    layout = _LAYOUTS[card.id_type]
    values = {
        "name": card.name,
        "english": card.english_name,
        "sex": _SEX_CODE[card.sex],
        "nation": nation_code(card.nation) or "",
        "birth": f"{card.birth:%Y%m%d}" if card.birth else "",
        "address": card.address,
        "number": card.id_no,
        "issuer": card.issuer,
        "from": f"{card.valid_from:%Y%m%d}" if card.valid_from else "",
        "to": f"{card.valid_to:%Y%m%d}" if card.valid_to else NO_END,
        "nationality": card.nationality,
    }
    record = bytearray(" ".encode("utf-16-le") * (RECORD_BYTES // 2))
    for name, text in (values | also).items():
        if text and name not in layout.fields:
            raise ValueError(f"a {card.id_type} has no field {name}")
        if text:
            _put(record, layout.fields[name], text.encode("utf-16-le"), name)
    _put(record, (_FLAG,), _FLAG_OF[card.id_type].encode("utf-16-le"), "flag")
    return bytes(record)


def _kind_of(flag: str) -> IdType:
    known = _TYPE_OF.get(flag)
    if known is not None:
        return known
    if flag.isascii() and flag.isalpha():
        _refuse("flag")
    return IdType.RESIDENT_ID


def _field(record: bytes, pieces: tuple[tuple[int, int], ...], name: str) -> str:
    text = "".join(_text(record, piece, name) for piece in pieces).strip(_PADDING)
    if _CONTROL.search(text):
        _refuse(name)
    return written_today(text)


def _text(record: bytes, piece: tuple[int, int], name: str) -> str:
    offset, length = piece
    try:
        return record[offset : offset + length].decode("utf-16-le")
    except UnicodeDecodeError:
        _refuse(name)


def _put(record: bytearray, pieces: tuple[tuple[int, int], ...], text: bytes, name: str) -> None:
    if len(text) > sum(length for _, length in pieces):
        raise ValueError(f"{name} is too long for the card")
    for offset, length in pieces:
        part, text = text[:length], text[length:]
        record[offset : offset + len(part)] = part


def _day(digits: str, name: str) -> date:
    if not _DAY.fullmatch(digits):
        _refuse(name)
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        _refuse(name)


def _meaning(value: str | None, name: str) -> str:
    if value is None:
        _refuse(name)
    return value


def _refuse(field: str) -> NoReturn:
    # No chain: an error below may quote what was read.
    raise KioskError(Failure.CARD_UNREADABLE, field=field) from None
