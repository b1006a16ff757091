"""Frames: pieces of sealed blobs on their way up, many blobs in one request body, one after the other."""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from sync.wire.coding import WireError

FRAME_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Frame:
    """At most 64 KiB of one blob. The digest of the data lets a bad frame alone be repeated."""

    digest: bytes
    offset: int
    data: bytes

    def encode(self) -> bytes:
        """Header (name, offset, length, SHA-256 of the data) and the data."""
        return _header(self.digest, self.offset, self.data) + self.data


_FRAME = struct.Struct(">32sQI32s")
FRAME_HEADER_BYTES = _FRAME.size


def frames_of(
    digest: bytes, data: bytes | memoryview, have: int, size: int = FRAME_BYTES
) -> Iterator[bytes | memoryview]:
    """Frames of `size` bytes that complete a blob of which `have` bytes are held.

    A header, its data, the next header, its data, and so on, none of it joined.

    Raises:
        ValueError: more than `FRAME_BYTES` in a frame.
    """
    if size > FRAME_BYTES:
        raise ValueError(size)
    for offset in range(have, len(data), size):
        piece = data[offset : offset + size]
        yield _header(digest, offset, piece)
        yield piece


def _header(digest: bytes, offset: int, data: bytes | memoryview) -> bytes:
    return _FRAME.pack(digest, offset, len(data), hashlib.sha256(data).digest())


def frame_header(header: bytes) -> tuple[bytes, int, int, bytes]:
    """Name, offset, length and check of one frame header.

    Raises:
        WireError: the header is short or the length is beyond `FRAME_BYTES`.
    """
    if len(header) != FRAME_HEADER_BYTES:
        raise WireError("short frame header")
    digest, offset, length, check = _FRAME.unpack(header)
    if length > FRAME_BYTES:
        raise WireError("frame too long")
    return digest, offset, length, check
