"""Sorted lines in a packed file, searched where they lie: unpacked a block at a time, the last few blocks kept.

The files are gzip files of many members ("blocks") of whole lines, each of which says in its header how long it is:
BGZF, as sequence analysis uses it (SAM/BAM format specification, section 4.1), so that `zcat` reads them like any
other. Unpacked into memory the shipped words would take six megabytes for a keyboard that looks at a hundredth of
them; as a list of strings, thirty.
"""

import os
import struct
import weakref
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

BLOCK: Final = 16 * 1024
"""At most so many unpacked bytes a block, unless a single line is longer."""
_KEPT: Final = 48
_LONGEST_KEY: Final = 128
_SHIFT: Final = 16
_WITHIN: Final = (1 << _SHIFT) - 1
_HEAD: Final = struct.Struct("<4sIBBHBBHH")
_TAIL: Final = struct.Struct("<II")
_GZIP: Final = b"\x1f\x8b\x08\x04"
_RAW: Final = -15


class Lines:
    """A line is found by its place: the number of its block and the byte of it where the line begins, in one number."""

    def __init__(self, file: Path) -> None:
        self._file = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._file)
        data = file.read_bytes()
        self._packed = tuple(_members(data))
        self._firsts = [_first(data[begin : begin + length]) for begin, length in self._packed]
        self._block = lru_cache(maxsize=_KEPT)(self._unpack)

    def place(self, beginning: str) -> int:
        """The place of the first line that is not less than this, or behind the last."""
        wanted = beginning.encode()
        number = max(0, bisect_left(self._firsts, wanted) - 1)
        block = self._block(number)
        low, high = 0, len(block)
        while low < high:
            middle = (low + high) // 2
            start = block.rfind(b"\n", low, middle) + 1 or low
            # A shorter line ends in a line feed, which is less than whatever may stand in a line.
            if block[start : start + len(wanted)] < wanted:
                low = block.find(b"\n", middle) + 1
            else:
                high = start
        return number << _SHIFT | low if low < len(block) else number + 1 << _SHIFT

    def begins(self, at: int, beginning: str) -> bool:
        """Whether a line begins at this place, and begins so."""
        number = at >> _SHIFT
        return number < len(self._packed) and self._block(number).startswith(beginning.encode(), at & _WITHIN)

    def line(self, at: int) -> str:
        """The line at this place."""
        block, start = self._block(at >> _SHIFT), at & _WITHIN
        return block[start : block.find(b"\n", start)].decode()

    def after(self, at: int) -> int:
        """The place of the line that follows."""
        number = at >> _SHIFT
        block = self._block(number)
        behind = block.find(b"\n", at & _WITHIN) + 1
        return number << _SHIFT | behind if behind < len(block) else number + 1 << _SHIFT

    def tail(self, key: str) -> str:
        """What stands behind a key, or nothing."""
        at = self.place(key + " ")
        return self.line(at)[len(key) + 1 :] if self.begins(at, key + " ") else ""

    def _unpack(self, number: int) -> bytes:
        begin, length = self._packed[number]
        return zlib.decompress(os.pread(self._file, length, begin), _RAW, BLOCK)


def _first(packed: bytes) -> bytes:
    """The beginning of a block's first line: no key is longer."""
    return zlib.decompressobj(_RAW).decompress(packed, _LONGEST_KEY)


def _members(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the packed bytes of each block begin, and how many; the empty block that ends the file is none."""
    at = 0
    while at < len(data):
        size = _HEAD.unpack_from(data, at)[-1] + 1
        begin, end = at + _HEAD.size, at + size - _TAIL.size
        _, unpacked = _TAIL.unpack_from(data, end)
        if unpacked:
            yield begin, end - begin
        at += size


def pack(lines: Iterable[str]) -> tuple[bytes, list[int]]:
    """Sorted lines as such a file, the same bytes every time, and the place of each line."""
    blocks: list[bytearray] = []
    places: list[int] = []
    for line in lines:
        written = line.encode() + b"\n"
        if not blocks or len(blocks[-1]) + len(written) > BLOCK:
            blocks.append(bytearray())
        places.append(len(blocks) - 1 << _SHIFT | len(blocks[-1]))
        blocks[-1] += written
    return b"".join(_member(bytes(block)) for block in (*blocks, b"")), places


def _member(block: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    packed = packer.compress(block) + packer.flush()
    size = _HEAD.size + len(packed) + _TAIL.size - 1
    head = _HEAD.pack(_GZIP, 0, 0, 255, 6, ord("B"), ord("C"), 2, size)
    return head + packed + _TAIL.pack(zlib.crc32(block), len(block))
