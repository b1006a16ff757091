"""What makes a newer catalogue of the one a terminal holds, a thousandth of a whole package.

Every changed item is coded against the line held of it, so three changed words cost some fifty bytes. Nothing in a
difference is believed by itself: it brings the platform's signed head, and what comes out must have the head's hash of
the whole, which proves every line (`kiosk.catalogue.package`).
"""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from kiosk.calendar import HolidayTable, holidays_to_json
from kiosk.catalogue.package import (
    MOST_ITEM_BYTES,
    MOST_ITEMS,
    Catalogue,
    Head,
    canonical,
    read_signed_head,
    whole_digest,
)
from kiosk.failure import Failure, KioskError

MOST_DIFFERENCE_BYTES: Final = 16 * 1024 * 1024
_LEVEL: Final = 9
_RAW: Final = -zlib.MAX_WBITS
_WINDOW: Final = 32 * 1024


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an item, by the SHA-256 of its line."""

    code: str
    version: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Changed:
    """An item as it is now: raw deflate of its line, with the line held before as preset dictionary, if any."""

    code: str
    coded: bytes


@dataclass(frozen=True, slots=True)
class Difference:
    """From version `base`, whose hash of the whole is `held`, to what `head` says, signed with `signature`.

    `holidays` is the new holiday line, empty where it is the same. `gone` items are offered no more. `added` and
    `removed` are versions that are not offered but stand in the catalogue, for cases begun by them.
    """

    base: int
    held: bytes
    head: bytes
    signature: bytes
    holidays: bytes = b""
    changed: tuple[Changed, ...] = ()
    gone: tuple[str, ...] = ()
    added: tuple[Version, ...] = ()
    removed: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """A proven newer catalogue as far as it differs: new lines by code, codes to let go, versions not offered."""

    head: Head
    holidays: bytes
    lines: Mapping[str, bytes]
    gone: tuple[str, ...]
    others: tuple[Version, ...]


def others_of(catalogue: Catalogue) -> tuple[Version, ...]:
    """The versions in a catalogue that are not offered, in order."""
    chosen = {id(line) for line in catalogue.chosen.values()}
    rest = (line for line in catalogue.lines if id(line) not in chosen)
    found = (Version(line.entry.code, line.entry.version, bytes.fromhex(line.digest)) for line in rest)
    return tuple(sorted(found, key=_key))


def write_difference(old: Catalogue, new: Catalogue, head: bytes, signature: bytes) -> bytes:
    """What makes `new` of `old`; `head` and `signature` as they stand in the package of `new`."""
    before = {code: old.raw(line) for code, line in old.chosen.items()}
    after = {code: new.raw(line) for code, line in new.chosen.items()}
    were, are = set(others_of(old)), set(others_of(new))
    held, offered = holiday_line(old.holidays), holiday_line(new.holidays)
    difference = Difference(
        base=old.head.version,
        held=bytes.fromhex(old.head.digest),
        head=head,
        signature=signature,
        holidays=b"" if held == offered else offered,
        changed=tuple(
            Changed(code, _coded(line, before.get(code, b"")))
            for code, line in sorted(after.items())
            if before.get(code) != line
        ),
        gone=tuple(sorted(before.keys() - after.keys())),
        added=tuple(sorted(are - were, key=_key)),
        removed=tuple(sorted(were - are, key=_key)),
    )
    return msgspec.msgpack.encode(difference)


def read_difference(data: bytes) -> Difference:
    """A difference from its bytes.

    Raises:
        KioskError: `CATALOGUE_BROKEN` when it is none.
    """
    if len(data) > MOST_DIFFERENCE_BYTES:
        raise KioskError(Failure.CATALOGUE_BROKEN, where="difference")
    try:
        return msgspec.msgpack.decode(data, type=Difference)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KioskError(Failure.CATALOGUE_BROKEN, where="difference") from error


def merge(
    difference: Difference,
    record_key: bytes,
    lines: Mapping[str, bytes],
    holidays: bytes,
    others: Iterable[Version],
    versions: Mapping[str, int],
) -> Merged:
    """The newer catalogue, proven; `lines`, `holidays`, `others` and `versions` (by code) are what is held.

    Raises:
        KioskError: `CATALOGUE_NOT_GENUINE` where the head is not the platform's or the whole is not what it says;
            `CATALOGUE_BROKEN` where a line cannot be read.
    """
    head = read_signed_head(difference.head, difference.signature, record_key)
    new = {change.code: _decoded(change, lines.get(change.code, b"")) for change in difference.changed}
    gone = set(difference.gone)
    kept = (set(others) | set(difference.added)) - set(difference.removed)
    offered = difference.holidays or holidays
    numbers = {code: number for code, number in versions.items() if code not in gone}
    numbers.update({code: _version_of(line) for code, line in new.items()})
    if len(numbers) + len(kept) > MOST_ITEMS:
        raise KioskError(Failure.CATALOGUE_BROKEN, where="items")
    whole = [
        Version(code, number, hashlib.sha256(new.get(code) or lines[code]).digest())
        for code, number in numbers.items()
        if code in new or code in lines
    ]
    listed = [(one.code, one.version, one.digest.hex()) for one in (*whole, *kept)]
    if len(listed) != head.items or whole_digest(offered, listed) != head.digest:
        raise KioskError(Failure.CATALOGUE_NOT_GENUINE, where="digest")
    return Merged(head, offered, new, tuple(sorted(gone)), tuple(sorted(kept, key=_key)))


def holiday_line(table: HolidayTable) -> bytes:
    """A holiday table as the line of the package."""
    return canonical(holidays_to_json(table))


def _key(one: Version) -> tuple[str, int, bytes]:
    return one.code, one.version, one.digest


class _Number(msgspec.Struct):
    version: int


def _version_of(line: bytes) -> int:
    try:
        return msgspec.json.decode(line, type=_Number).version
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KioskError(Failure.CATALOGUE_BROKEN, where="line") from error


def _coded(line: bytes, held: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, wbits=_RAW, zdict=held[-_WINDOW:])
    return packer.compress(line) + packer.flush()


def _decoded(change: Changed, held: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=_RAW, zdict=held[-_WINDOW:])
    try:
        line = inflater.decompress(change.coded, MOST_ITEM_BYTES)
    except zlib.error as error:
        raise KioskError(Failure.CATALOGUE_BROKEN, where=change.code) from error
    if not inflater.eof or inflater.unused_data:
        raise KioskError(Failure.CATALOGUE_BROKEN, where=change.code)
    return line
