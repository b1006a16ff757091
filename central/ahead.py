"""Pieces of a file that came before their turn: kept beside its part until the gap before them is closed.

Several connections carry one file, and on a lossy line the first to leave is not the first to arrive. The caller holds
the file's lock. A record that a power cut tore ends the list; wrong bytes are found out by the digest of the whole.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

MOST_PIECES: Final = 64
"""Of one file: a terminal that sends beyond a gap without ever closing it does not fill the disk."""

_RECORD: Final = struct.Struct(">QI")


class Ahead:
    """The pieces of one file, each with its offset, one after the other in `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, offset: int, data: bytes) -> int:
        """Keep a piece, unless there are too many or it is here; how many bytes are kept now.

        Raises:
            OSError: the disk's.
        """
        with self._path.open("a+b") as file:
            records = list(_records(file))
            end = records[-1][2] + records[-1][1] if records else 0
            known = any(start <= offset and offset + len(data) <= start + length for start, length, _ in records)
            if not known and len(records) < MOST_PIECES:
                file.truncate(end)
                file.write(_RECORD.pack(offset, len(data)) + data)
                records.append((offset, len(data), end))
        return sum(length for _, length, _ in records)

    def after(self, have: int) -> Iterator[bytes]:
        """What goes on from `have`, piece by piece, without a gap."""
        with suppress(FileNotFoundError), self._path.open("rb") as file:
            for offset, length, place in sorted(_records(file)):
                if offset > have:
                    return
                if offset + length > have:
                    file.seek(place + have - offset)
                    piece = file.read(offset + length - have)
                    have += len(piece)
                    yield piece

    def stretches(self, have: int) -> tuple[tuple[int, int], ...]:
        """What lies beyond a gap after `have`: first byte and the one after the last, in order, what touches as one."""
        found: list[tuple[int, int]] = []
        with suppress(FileNotFoundError), self._path.open("rb") as file:
            for offset, length, _ in sorted(_records(file)):
                if found and offset <= found[-1][1]:
                    found[-1] = (found[-1][0], max(found[-1][1], offset + length))
                elif offset > have:
                    found.append((offset, offset + length))
        return tuple(found)

    def drop_before(self, have: int) -> int:
        """Forget the file when nothing in it lies beyond `have`; how many bytes do.

        Raises:
            OSError: the disk's.
        """
        try:
            with self._path.open("rb") as file:
                left = sum(length for offset, length, _ in _records(file) if offset > have)
        except FileNotFoundError:
            return 0
        if left == 0:
            self._path.unlink(missing_ok=True)
        return left


def _records(file: IO[bytes]) -> Iterator[tuple[int, int, int]]:
    """Offset, length and place in the file of every whole piece."""
    size, place = os.fstat(file.fileno()).st_size, 0
    while place + _RECORD.size <= size:
        file.seek(place)
        offset, length = _RECORD.unpack(file.read(_RECORD.size))
        place += _RECORD.size
        if length == 0 or place + length > size:
            return
        yield offset, length, place
        place += length
