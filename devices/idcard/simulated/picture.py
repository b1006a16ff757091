"""The marked photo of the demo cards: the block a chip carries, and a decoder for it that draws nobody.

The decoder is a shipped example of `devices.idcard.photo`: it knows the mark and refuses every other block, so that a
drawing is never taken for a real person's picture.
"""

import struct
import zlib

from devices.idcard.record import PHOTO_BYTES

MARK = "演示照片 SYNTHETIC PHOTO ".encode()
WIDTH, HEIGHT = 102, 126
"""Size of a picture on a card, in pixels."""
_STRIPE, _PERIOD = 5, 30


def decode(block: bytes) -> bytes:
    """A PNG of a grey figure on a tinted ground with diagonal stripes; the tint comes from the block.

    Raises:
        ValueError: this is not a demo card's photo.
    """
    if len(block) != PHOTO_BYTES or not block.startswith(MARK):
        raise ValueError("not a marked photo")
    tint = tuple(150 + byte % 80 for byte in block[len(MARK) : len(MARK) + 3])
    rows = (b"\0" + b"".join(bytes(_colour(x, y, tint)) for x in range(WIDTH)) for y in range(HEIGHT))
    return _png(b"".join(rows))


def _colour(x: int, y: int, tint: tuple[int, ...]) -> tuple[int, ...]:
    if (x + y) % _PERIOD < _STRIPE:
        return (196, 70, 70)
    head = ((x - WIDTH / 2) / 22) ** 2 + ((y - 48) / 28) ** 2 <= 1
    shoulders = ((x - WIDTH / 2) / 44) ** 2 + ((y - 128) / 44) ** 2 <= 1
    return (96, 100, 108) if head or shoulders else tint


def _png(rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
