"""Cells and records of SQLite's file format (https://www.sqlite.org/fileformat2.html), read from single pages.

Anything that does not add up is a `CellError`: a page that proved itself may still have been written by a crash of
SQLite itself, and one bad cell must not cost its neighbours.
"""

import struct
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from local_db.pages import USABLE, Pages

TABLE_INNER, TABLE_LEAF, INDEX_INNER, INDEX_LEAF = 5, 13, 2, 10
INNER: Final = {TABLE_INNER, INDEX_INNER}
LEAVES: Final = {TABLE_LEAF, INDEX_LEAF}
BY_NUMBER: Final = {TABLE_INNER, TABLE_LEAF}
_INTEGER_BYTES: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_REAL, _ZERO, _ONE, _BLOB_FROM = 7, 8, 9, 12
_VARINT_BYTES: Final = 9
_LEAST: Final = (USABLE - 12) * 32 // 255 - 23
_MOST: Final = {True: USABLE - 35, False: (USABLE - 12) * 64 // 255 - 23}

Fetch = Callable[[int], bytes | None]
Values = tuple[Any, ...]


class CellError(Exception):
    """This cell cannot be read."""


class Cell(NamedTuple):
    """One row: its number (0 where rows have none) and its values as stored."""

    number: int
    values: Values


def kind_of(number: int, page: bytes) -> int:
    """The kind of tree page, or another number where it is none."""
    return page[_head(number)]


def children(number: int, page: bytes) -> list[int]:
    """The pages below an inner page, in order; none below a leaf."""
    head = _head(number)
    if page[head] not in INNER:
        return []
    below = [_number_at(page, place) for place in _places(number, page)]
    return [*below, _number_at(page, head + 8)]


def schema_pages(pages: Pages) -> dict[int, bytes]:
    """The pages that say where each table begins, as they lie in the file; what `keep_copy` keeps."""
    found, below = {}, [1]
    while below:
        number = below.pop()
        page = pages.get(number)
        if page is not None and number not in found:
            found[number] = pages.sealed(number)
            below += children(number, page)
    return found


def cells(number: int, page: bytes, fetch: Fetch) -> Iterator[Cell | None]:
    """The rows a page holds; None for each that cannot be read. `fetch` gives the pages long rows go on in."""
    kind = kind_of(number, page)
    if kind == TABLE_INNER or kind not in INNER | LEAVES:
        return
    for place in _places(number, page):
        try:
            yield _cell(page, place + (4 if kind == INDEX_INNER else 0), fetch, by_number=kind == TABLE_LEAF)
        except (CellError, IndexError, struct.error, UnicodeDecodeError):
            yield None


def _head(number: int) -> int:
    return 100 if number == 1 else 0


def _places(number: int, page: bytes) -> list[int]:
    head = _head(number)
    count = int.from_bytes(page[head + 3 : head + 5], "big")
    begin = head + (12 if page[head] in INNER else 8)
    if begin + 2 * count > USABLE:
        return []
    return list(struct.unpack_from(f">{count}H", page, begin))


def _number_at(page: bytes, place: int) -> int:
    return int.from_bytes(page[place : place + 4], "big")


def _cell(page: bytes, place: int, fetch: Fetch, *, by_number: bool) -> Cell:
    size, place = _varint(page, place)
    number = 0
    if by_number:
        number, place = _varint(page, place)
    if size > _MOST[by_number]:
        here = _LEAST + (size - _LEAST) % (USABLE - 4)
        here = here if here <= _MOST[by_number] else _LEAST
        rest = _overflow(_number_at(page, place + here), size - here, fetch)
        return Cell(number, _record(page[place : place + here] + rest))
    return Cell(number, _record(page[place : place + size]))


def _overflow(following: int, size: int, fetch: Fetch) -> bytes:
    rest = bytearray()
    while len(rest) < size:
        page = fetch(following) if following else None
        if page is None:
            raise CellError
        following = _number_at(page, 0)
        rest += page[4:USABLE]
    return bytes(rest[:size])


def _record(data: bytes) -> Values:
    end, place = _varint(data, 0)
    types = []
    while place < end:
        kind, place = _varint(data, place)
        types.append(kind)
    values = []
    for kind in types:
        value, place = _value(data, place, kind)
        values.append(value)
    if place != len(data):
        raise CellError
    return tuple(values)


def _value(data: bytes, place: int, kind: int) -> tuple[Any, int]:
    if kind in _INTEGER_BYTES:
        end = place + _INTEGER_BYTES[kind]
        return int.from_bytes(data[place:end], "big", signed=True), end
    if kind in (_ZERO, _ONE):
        return kind - _ZERO, place
    if kind == 0:
        return None, place
    if kind < _BLOB_FROM:  # a real, or reserved: this schema stores neither
        raise CellError
    end = place + (kind - _BLOB_FROM) // 2
    if end > len(data):
        raise CellError
    stored = data[place:end]
    return (stored.decode() if kind % 2 else stored), end


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for step in range(_VARINT_BYTES):
        byte = data[place + step]
        if step == _VARINT_BYTES - 1:
            value = (value << 8) | byte
            break
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:  # noqa: PLR2004 -- the high bit says that more follows
            break
    if value >= 1 << 63:
        value -= 1 << 64
    return value, place + step + 1
