"""One line of an applications file, parsed at the edge."""

import codecs
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import IO, Annotated, Any

import msgspec

from kiosk.failure import Failure, KioskError
from kiosk.model.afterwards import DeliveryWay
from kiosk.model.people import AgentKind, IdType, Relation
from kiosk.model.values import JsonObject

LONGEST_LINE = 4 * 1024 * 1024
MOST_FILES = 500
"""The platform takes no more in one case; refused here, because a case that was taken must be able to arrive."""
_BLOCK = 64 * 1024

# One line of text that fits its place on a paper: no control characters, no marks that turn the direction of writing.
_PLAIN = r"\A[^\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*\Z"
Name = Annotated[str, msgspec.Meta(max_length=120, pattern=_PLAIN)]
ShortText = Annotated[str, msgspec.Meta(max_length=400, pattern=_PLAIN)]
MemberRef = Annotated[str, msgspec.Meta(pattern=r"\A[0-9A-Za-z_][0-9A-Za-z_.-]{0,63}\Z")]


class PersonLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who applies. The number decides the kind of document; `id_type` may confirm it."""

    id_no: str
    name: Name
    id_type: IdType | None = None
    phone: ShortText = ""
    address: ShortText = ""


class MemberLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One household member; `ref` is how materials name them."""

    ref: MemberRef
    id_no: str
    name: Name
    relation: Relation
    id_type: IdType | None = None
    phone: ShortText = ""
    address: ShortText = ""
    answers: dict[str, Any] = {}


class AgentLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who acts for the applicant; `mandate` names the file of the written mandate."""

    id_no: str
    name: Name
    relation: Relation
    kind: AgentKind = AgentKind.AGENT
    powers: tuple[str, ...] = ()
    mandate: str = ""
    id_type: IdType | None = None
    phone: ShortText = ""
    address: ShortText = ""


class MaterialLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Files for one material, in order; without files it is a pledge."""

    material: str
    files: tuple[str, ...] = ()
    original_seen: bool = False
    member: str | None = None


class DeliveryLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the result is to come, as the item declares it."""

    way: DeliveryWay
    name: Name = ""
    phone: ShortText = ""
    address: ShortText = ""


class AppointmentLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the person would like to come: a day and a period the item declares."""

    day: date
    begins: str
    ends: str


class ApplicationLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One application as described in the operators' contract. `scenario` maps a question to the chosen answer."""

    item: str
    applicant: PersonLine
    ref: str | None = None
    scenario: dict[str, str] | str | None = None
    members: tuple[MemberLine, ...] = ()
    agent: AgentLine | None = None
    answers: dict[str, Any] = {}
    materials: tuple[MaterialLine, ...] = ()
    confirmed: tuple[str, ...] = ()
    delivery: DeliveryLine | None = None
    appointment: AppointmentLine | None = None


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of the file with its number from 1; `failure` instead of bytes when it was too long."""

    number: int
    text: bytes = field(repr=False)
    failure: Failure | None = None


def lines_of(stream: IO[bytes]) -> Iterator[NumberedLine]:
    """Every line, blank ones included, never holding more than `LONGEST_LINE` bytes of one.

    A byte order mark before the first line, as Windows editors write it, is no part of it.
    """
    number, pending, too_long = 1, bytearray(), False
    start = stream.read(len(codecs.BOM_UTF8))
    blocks = iter(lambda: stream.read(_BLOCK), b"")
    for block in chain([start.removeprefix(codecs.BOM_UTF8)], blocks):
        parts = block.split(b"\n")
        for part in parts[:-1]:
            yield _finished(number, pending, part, too_long=too_long)
            number, too_long = number + 1, False
            pending.clear()
        if len(pending) + len(parts[-1]) > LONGEST_LINE:
            pending.clear()
            too_long = True
        elif not too_long:
            pending += parts[-1]
    if pending or too_long:
        yield _finished(number, pending, b"", too_long=too_long)


def parse_line(text: bytes) -> ApplicationLine:
    """One application.

    Raises:
        KioskError: `LINE_BROKEN` with `where` naming the place, never the value.
    """
    if b"\x00" in text:
        raise KioskError(Failure.LINE_BROKEN, where="NUL byte")
    try:
        application = msgspec.json.decode(text, type=ApplicationLine)
    except msgspec.ValidationError as error:
        raise KioskError(Failure.LINE_BROKEN, where=_place(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KioskError(Failure.LINE_BROKEN, where="JSON") from error
    mandate = bool(application.agent and application.agent.mandate)
    if sum(len(one.files) for one in application.materials) + mandate > MOST_FILES:
        raise KioskError(Failure.LINE_BROKEN, where="$.materials", most_files=MOST_FILES)
    return application


def content_digest(line: ApplicationLine, files: dict[str, bytes]) -> bytes:
    """SHA-256 over what the line says (keys in order, `ref` left out) and over every file's bytes."""
    said: JsonObject = msgspec.to_builtins(msgspec.structs.replace(line, ref=None))
    for name in ("delivery", "appointment"):
        if said[name] is None:
            del said[name]  # a line that says nothing of it is the line it was before there was any of it
    digest = hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode())
    for name in sorted(files):
        digest.update(hashlib.sha256(files[name]).digest())
    return digest.digest()


def resolved(name: str, folder: Path, shipped: Path) -> Path:
    """Where a named file lies.

    Raises:
        KioskError: `FILE_OUTSIDE` unless it lies in the applications' folder or among the shipped samples after
            resolving links; `FILE_MISSING` when it is no file.
    """
    try:
        path = (folder / name).resolve()
        inside = any(path.is_relative_to(allowed.resolve()) for allowed in (folder, shipped))
        if inside and path.is_file():
            return path
    except (OSError, ValueError, RuntimeError) as error:
        raise KioskError(Failure.FILE_MISSING) from error
    raise KioskError(Failure.FILE_MISSING if inside else Failure.FILE_OUTSIDE)


def _finished(number: int, pending: bytearray, rest: bytes, *, too_long: bool) -> NumberedLine:
    if too_long or len(pending) + len(rest) > LONGEST_LINE:
        return NumberedLine(number, b"", Failure.LINE_TOO_LONG)
    return NumberedLine(number, bytes(pending) + rest)


def _place(error: msgspec.ValidationError) -> str:
    """`$.materials[0].files` out of msgspec's message; field names of the file's own keys are not repeated."""
    place = str(error).rpartition(" - at `")[2].rstrip("`")
    return place if place.startswith("$") and len(place) < 80 and "..." not in place else "$"  # noqa: PLR2004 -- a line
