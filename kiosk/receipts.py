"""Receipt QR codes: they open on any phone and verify offline on any terminal of the same platform.

`https://<platform>/r#<payload>`; the payload is base64url of: version (1 byte), seconds (4), day (4, 0 unknown),
counter (4), length-prefixed item code, device signature (64), the platform root's statement of the device key. It
carries no name, no ID number and no hash of one: it proves number, item, time and terminal, not who holds the paper.
"""

import base64
import binascii
import struct
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from kiosk import numbers
from kiosk.failure import KioskError
from kiosk.seal import signing
from kiosk.seal.statements import DeviceStatement, read_device_statement

_VERSION = 1
_HEAD = struct.Struct(">BIIIB")
_SIGNATURE = 64
_LONGEST_ITEM = 50


class Verdict(StrEnum):
    """What a check of a QR text found. `UNKNOWN_SIGNER` is not proof of forgery: ask the platform."""

    GENUINE = "genuine"
    NOT_GENUINE = "not_genuine"
    UNKNOWN_SIGNER = "unknown_signer"


@dataclass(frozen=True, slots=True)
class ReceiptProof:
    """A verdict and, when it is genuine, what the code proves."""

    verdict: Verdict
    submission_no: str = ""
    item_code: str = ""
    submitted_at: datetime | None = None
    terminal: str = ""


def receipt_qr(
    *, platform_url: str, number: str, item_code: str, submitted_at: datetime, statement: bytes, device_private: bytes
) -> str:
    """The text of a receipt's QR code, signed with the terminal's device key."""
    parts = numbers.parse(number)
    day = parts.day.toordinal() if parts.day else 0
    item = item_code.encode()[:_LONGEST_ITEM]
    head = _HEAD.pack(_VERSION, int(submitted_at.timestamp()) & 0xFFFFFFFF, day, parts.counter, len(item))
    body = head + item
    signature = signing.sign(device_private, "receipt", body + statement)
    payload = base64.urlsafe_b64encode(body + signature + statement).rstrip(b"=").decode()
    return f"https://{urlsplit(platform_url).netloc}/r#{payload}"


def verify_receipt(text: str, root_keys: Collection[bytes], revoked: Collection[str] = ()) -> ReceiptProof:
    """Check a QR text with no network.

    `revoked` names terminals with their epoch (`T00001A`) whose key the platform has withdrawn.
    """
    try:
        body, item, signature, statement = _split(text)
    except (ValueError, struct.error, UnicodeDecodeError, binascii.Error):
        return ReceiptProof(Verdict.NOT_GENUINE)
    device = _signer(statement, root_keys)
    if device is None:
        return ReceiptProof(Verdict.UNKNOWN_SIGNER)
    if not signing.verify(device.device_key, "receipt", body + statement, signature):
        return ReceiptProof(Verdict.NOT_GENUINE)
    if f"{device.terminal}{device.epoch}" in revoked:
        return ReceiptProof(Verdict.NOT_GENUINE, terminal=device.terminal)
    return _proof(body, item, device)


def _split(text: str) -> tuple[bytes, str, bytes, bytes]:
    payload = text.strip().rpartition("#")[2]
    data = base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_", validate=True)
    version, _, _, _, length = _HEAD.unpack_from(data)
    if version != _VERSION or length > _LONGEST_ITEM:
        raise ValueError("another version")
    end = _HEAD.size + length
    if len(data) <= end + _SIGNATURE:
        raise ValueError("too short")
    return data[:end], data[_HEAD.size : end].decode(), data[end : end + _SIGNATURE], data[end + _SIGNATURE :]


def _signer(statement: bytes, root_keys: Collection[bytes]) -> DeviceStatement | None:
    for root in root_keys:
        try:
            return read_device_statement(root, statement)
        except KioskError:
            continue
    return None


def _proof(body: bytes, item: str, device: DeviceStatement) -> ReceiptProof:
    _, seconds, ordinal, counter, _ = _HEAD.unpack_from(body)
    try:
        day = date.fromordinal(ordinal) if ordinal else None
    except (ValueError, OverflowError):
        return ReceiptProof(Verdict.NOT_GENUINE)
    number = numbers.submission_no(device.terminal, device.epoch, day, counter)
    return ReceiptProof(Verdict.GENUINE, number, item, datetime.fromtimestamp(seconds, UTC), device.terminal)
