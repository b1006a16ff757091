"""Bytes to messages and back; nothing unparsed goes further than this."""

import zlib
from typing import TypeVar

import msgspec

from sync.wire.messages import Message

MAX_BODY_BYTES = 32 * 1024 * 1024
MEDIA_TYPE = "application/vnd.jinban+msgpack"
FRAMES_TYPE = "application/vnd.jinban.frames"

_T = TypeVar("_T")


class WireError(ValueError):
    """The bytes are not a message of this protocol."""


def encode(message: Message) -> bytes:
    """A message as msgpack."""
    return msgspec.msgpack.encode(message)


def decode(data: bytes, kind: type[_T]) -> _T:
    """A message from msgpack.

    Raises:
        WireError: the bytes are not such a message.
    """
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WireError(f"not a {kind.__name__}") from error


def pack(message: Message) -> bytes:
    """A message as deflated msgpack."""
    return zlib.compress(encode(message), 6)


def unpack(data: bytes, kind: type[_T], limit: int = MAX_BODY_BYTES) -> _T:
    """A message from deflated msgpack, never more than `limit` bytes of it.

    Raises:
        WireError: broken, truncated or too long.
    """
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(data, limit)
    except zlib.error as error:
        raise WireError("not deflated") from error
    if not inflater.eof or inflater.unused_data:
        raise WireError("truncated, too long or followed by something")
    return decode(plain, kind)
