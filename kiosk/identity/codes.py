"""Codes of organisations, service items and e-licences.

USCC: GB 32100-2015. Item codes: 基本编码 has 12 digits, 实施编码 31 characters (USCC, level, base code), 业务办理项编码
two more (a serial). E-licences: 电子证照标识, four parts checked by ISO 7064 MOD 37,36. Everything here is strict, as
authors must write; who takes over real catalogues, which are dirty, asks `kiosk.identity.reasons.fault` and warns.
"""

import re
from dataclasses import dataclass

from kiosk.identity import iso7064
from kiosk.identity.reasons import Reason, fault, refuse

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_LENGTH = 18
_USCC = re.compile(rf"[{_USCC_ALPHABET}]{{2}}[0-9]{{6}}[{_USCC_ALPHABET}]{{10}}")
_CATALOG_LENGTH = 12
_TASK_LENGTH = 31
_HANDLE_LENGTH = 33
_ELICENCE = re.compile(r"1\.2\.156\.3005\.2((?:\.[0-9A-Z]+){3})\.([0-9]{3})\.([0-9A-Z])")
_ELICENCE_TYPE_LENGTH = 21
_REGION = re.compile(r"[1-9][0-9]{11}")


@dataclass(frozen=True, slots=True)
class Uscc:
    """统一社会信用代码: registering authority, category, region and the inner organisation code."""

    code: str
    authority: str
    category: str
    region: str
    organisation: str


@dataclass(frozen=True, slots=True)
class CatalogCode:
    """基本编码: province (`00` national), type, main item and sub-item."""

    code: str
    province: str
    type: str
    main: str
    sub: str


@dataclass(frozen=True, slots=True)
class TaskCode:
    """实施编码 or, with a `serial`, 业务办理项编码: who implements, at which level, what."""

    code: str
    uscc: Uscc
    level: str
    catalog: CatalogCode
    serial: str = ""


@dataclass(frozen=True, slots=True)
class ELicenceId:
    """电子证照标识: licence type, issuer (USCC or region), serial and version."""

    code: str
    type: str
    issuer: str
    serial: str
    version: str


def parse_uscc(text: str) -> Uscc:
    """A unified social credit code with the right check character.

    Raises:
        KioskError: `IDENTITY_INVALID` with reason `length`, `characters` or `check_digit`.
    """
    code = text.strip().upper()
    if len(code) != _USCC_LENGTH:
        refuse(Reason.LENGTH, "uscc")
    if not _USCC.fullmatch(code):
        refuse(Reason.CHARACTERS, "uscc")
    if uscc_check(code[:-1]) != code[-1]:
        refuse(Reason.CHECK_DIGIT, "uscc")
    return Uscc(code, code[0], code[1], code[2:8], code[8:17])


def uscc_check(body: str) -> str:
    """Check character of 17 characters: weights are powers of 3 modulo 31.

    Raises:
        ValueError: a character outside the code's alphabet (there is no I, O, S, V or Z).
    """
    total = sum(_USCC_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return _USCC_ALPHABET[-total % 31]


def parse_catalog_code(text: str) -> CatalogCode:
    """A base code as an author must write it: twelve digits.

    Raises:
        KioskError: `IDENTITY_INVALID` with reason `length` or `characters`.
    """
    code = text.strip()
    if len(code) != _CATALOG_LENGTH:
        refuse(Reason.LENGTH, "catalog_code")
    if not (code.isascii() and code.isdigit()):
        refuse(Reason.CHARACTERS, "catalog_code")
    return CatalogCode(code, code[:2], code[2:4], code[4:9], code[9:])


def parse_task_code(text: str) -> TaskCode:
    """An implementation code: USCC with right check, level 1–7, base code.

    Raises:
        KioskError: `IDENTITY_INVALID` with reason `length`, `characters`, `check_digit` or `level`.
    """
    return _task(text.strip().upper(), _TASK_LENGTH, "task_code")


def parse_handle_item_code(text: str) -> TaskCode:
    """A handling-item code: an implementation code and two digits.

    Raises:
        KioskError: as `parse_task_code`.
    """
    code = text.strip().upper()
    parsed = _task(code, _HANDLE_LENGTH, "task_handle_item")
    serial = code[_TASK_LENGTH:]
    if not (serial.isascii() and serial.isdigit()):
        refuse(Reason.CHARACTERS, "task_handle_item")
    return TaskCode(code, parsed.uscc, parsed.level, parsed.catalog, serial)


def _task(code: str, length: int, kind: str) -> TaskCode:
    if len(code) != length:
        refuse(Reason.LENGTH, kind)
    uscc = parse_uscc(code[:_USCC_LENGTH])
    level = code[_USCC_LENGTH]
    if level not in "1234567":
        refuse(Reason.LEVEL, kind)
    return TaskCode(code, uscc, level, parse_catalog_code(code[_USCC_LENGTH + 1 : _TASK_LENGTH]))


def parse_elicence_id(text: str) -> ELicenceId:
    """An e-licence identifier with the right check character.

    Raises:
        KioskError: `IDENTITY_INVALID` with reason `characters` (not this shape), `length` (of the type code),
            `issuer` (neither a credit code nor a region) or `check_digit`.
    """
    code = text.strip().upper()
    match = _ELICENCE.fullmatch(code)
    if match is None:
        refuse(Reason.CHARACTERS, "elicence")
    kind, issuer, serial = match[1][1:].split(".")
    if iso7064.mod_37_36(kind + issuer + serial + match[2]) != match[3]:
        refuse(Reason.CHECK_DIGIT, "elicence")
    if len(kind) != _ELICENCE_TYPE_LENGTH:
        refuse(Reason.LENGTH, "elicence")
    if not _names_issuer(issuer):
        refuse(Reason.ISSUER, "elicence")
    return ELicenceId(code, kind, issuer, serial, match[2])


def _names_issuer(issuer: str) -> bool:
    if len(issuer) == _USCC_LENGTH:
        return fault(parse_uscc, issuer) is None
    return issuer.isascii() and issuer.isdigit() and len(issuer) in {6, 9, 12}


def is_region12(text: str) -> bool:
    """Whether this has the shape of a statistics region code: county 6, town 3, village 3."""
    return _REGION.fullmatch(text) is not None
