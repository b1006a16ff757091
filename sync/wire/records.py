"""Statements of the platform: signed with its record key, sealed to one terminal where they speak of a person."""

from typing import TypeVar

from kiosk.failure import Failure, KioskError
from kiosk.seal import records, signing
from kiosk.seal.suite import AES, Suite
from sync.wire.coding import WireError, decode, encode
from sync.wire.messages import Message, SignedRecord

_T = TypeVar("_T", bound=Message)


def make_record(kind: str, body: Message, record_private: bytes) -> SignedRecord:
    """A record anybody may read."""
    data = encode(body)
    return SignedRecord(kind, data, signing.sign(record_private, "record", _signed(kind, data)))


def make_sealed_record(
    kind: str, body: Message, record_private: bytes, terminal: str, terminal_key: bytes, suite: Suite = AES
) -> SignedRecord:
    """A record only `terminal` can read; the signature covers the sealed bytes."""
    data = records.seal_record(encode(body), terminal_key, f"{kind}/{terminal}", suite)
    signature = signing.sign(record_private, "record", _signed(kind, data))
    return SignedRecord(kind, data, signature, sealed=True)


def read_record(record: SignedRecord, kind: str, body: type[_T], record_key: bytes) -> _T:
    """The verified body of an open record.

    Raises:
        KioskError: `RECORD_NOT_GENUINE` for another kind, a wrong signature or an unreadable body.
    """
    _check(record, kind, record_key, sealed=False)
    return _decode(record.body, body)


def read_sealed_record(
    record: SignedRecord, kind: str, body: type[_T], record_key: bytes, terminal: str, terminal_private: bytes
) -> _T:
    """The verified and opened body of a sealed record.

    Raises:
        KioskError: `RECORD_NOT_GENUINE` as `read_record`, or when it is sealed to another terminal.
    """
    _check(record, kind, record_key, sealed=True)
    try:
        plain = records.open_record(record.body, terminal_private, f"{kind}/{terminal}")
    except KioskError as error:
        raise KioskError(Failure.RECORD_NOT_GENUINE, reason="seal", kind=kind) from error
    return _decode(plain, body)


def _check(record: SignedRecord, kind: str, record_key: bytes, *, sealed: bool) -> None:
    if record.kind != kind or record.sealed is not sealed:
        raise KioskError(Failure.RECORD_NOT_GENUINE, reason="kind", kind=kind)
    if not signing.verify(record_key, "record", _signed(kind, record.body), record.signature):
        raise KioskError(Failure.RECORD_NOT_GENUINE, reason="signature", kind=kind)


def _decode(data: bytes, body: type[_T]) -> _T:
    try:
        return decode(data, body)
    except WireError as error:
        raise KioskError(Failure.RECORD_NOT_GENUINE, reason="body") from error


def _signed(kind: str, data: bytes) -> bytes:
    return kind.encode() + b"\0" + data
