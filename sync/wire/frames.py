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
        check = hashlib.sha256(self.data).digest()
        return _FRAME.pack(self.digest, self.offset, len(self.data), check) + self.data


_FRAME = struct.Struct(">32sQI32s")
FRAME_HEADER_BYTES = _FRAME.size


def frames_of(digest: bytes, data: bytes, have: int, size: int = FRAME_BYTES) -> Iterator[Frame]:
    """The frames, of `size` bytes each, that complete a blob of which the platform holds the first `have` bytes."""
    for offset in range(have, len(data), size):
        yield Frame(digest, offset, data[offset : offset + size])


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
