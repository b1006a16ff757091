"""What the platform's root says: its own working keys, and which key a terminal has.

A device statement is compact binary, because it travels inside receipt QR codes.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from kiosk.failure import Failure, KioskError
from kiosk.seal import signing

_SIGNATURE = 64
_KEY = 32
_DEVICE_HEAD = struct.Struct(">BIB")


@dataclass(frozen=True, slots=True)
class PlatformStatement:
    """The platform's working keys: records are signed with `record_key`, forms sealed to `platform_key`."""

    platform: str
    record_key: bytes
    platform_key: bytes
    rescue_key: bytes
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class DeviceStatement:
    """Terminal `terminal`, epoch `epoch`, has this Ed25519 public key since `issued_at` (whole seconds)."""

    terminal: str
    epoch: str
    device_key: bytes
    issued_at: datetime


def make_platform_statement(root_private: bytes, statement: PlatformStatement) -> bytes:
    """The statement signed by the root."""
    body = msgspec.msgpack.encode(statement)
    return signing.sign(root_private, "platform", body) + body


def read_platform_statement(root_public: bytes, data: bytes) -> PlatformStatement:
    """A verified platform statement.

    Raises:
        KioskError: `PLATFORM_ROOT_WRONG` when this root did not sign it.
    """
    signature, body = data[:_SIGNATURE], data[_SIGNATURE:]
    if not signing.verify(root_public, "platform", body, signature):
        raise KioskError(Failure.PLATFORM_ROOT_WRONG)
    try:
        return msgspec.msgpack.decode(body, type=PlatformStatement)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KioskError(Failure.PLATFORM_ROOT_WRONG, reason="body") from error


def make_device_statement(root_private: bytes, statement: DeviceStatement) -> bytes:
    """Signature, version, seconds, length-prefixed terminal with its epoch, device key: about 110 bytes."""
    name = f"{statement.terminal}{statement.epoch}".encode("ascii")
    head = _DEVICE_HEAD.pack(1, int(statement.issued_at.timestamp()), len(name))
    body = head + name + statement.device_key
    return signing.sign(root_private, "device", body) + body


def read_device_statement(root_public: bytes, data: bytes) -> DeviceStatement:
    """A verified device statement.

    Raises:
        KioskError: `PAPER_SIGNER_UNKNOWN` when this root did not sign it, or it is no such statement.
    """
    signature, body = data[:_SIGNATURE], data[_SIGNATURE:]
    if not signing.verify(root_public, "device", body, signature):
        raise KioskError(Failure.PAPER_SIGNER_UNKNOWN)
    try:
        version, seconds, length = _DEVICE_HEAD.unpack_from(body)
        name = body[_DEVICE_HEAD.size : _DEVICE_HEAD.size + length].decode("ascii")
    except (struct.error, UnicodeDecodeError) as error:  # the root's, of a later make
        raise KioskError(Failure.PAPER_SIGNER_UNKNOWN, reason="shape") from error
    key = body[_DEVICE_HEAD.size + length :]
    if version != 1 or len(key) != _KEY or not name:
        raise KioskError(Failure.PAPER_SIGNER_UNKNOWN, reason="shape")
    return DeviceStatement(name[:-1], name[-1], key, datetime.fromtimestamp(seconds, UTC))
