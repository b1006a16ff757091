"""The catalogue package: every item with its whole guide and the holiday table, signed by the platform.

Layout: magic (8 bytes), Ed25519 signature of the head (64), length of the head (4, big-endian), head as JSON, body as
zlib. The body is lines of canonical JSON: the holiday table, then one item a line. The hash of an item is the SHA-256
of its line; the head's `digest` is the SHA-256 over `holidays <hash>` and the sorted lines `<code> <version> <hash>`,
so a right whole proves every item, and a later version can be put together from single items and proved the same way.
Its `packed` is the SHA-256 of the zlib bytes: zlib can write one body in many ways, and only the platform's is taken.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import NoReturn, TypeVar

import msgspec

from kiosk.calendar import HolidayTable, holidays_to_json, parse_holidays
from kiosk.catalogue.entry import Entry
from kiosk.catalogue.item import ServiceItem
from kiosk.failure import Failure, KioskError
from kiosk.model.values import JsonObject
from kiosk.seal import signing

FORMAT = 1
MAGIC = b"JBCAT\x00\r\n"
DOMAIN = "catalogue"
MOST_PACKAGE_BYTES = 64 * 1024 * 1024
MOST_BODY_BYTES = 512 * 1024 * 1024
MOST_HEAD_BYTES = 64 * 1024
MOST_ITEM_BYTES = 1024 * 1024
MOST_ITEMS = 100_000
_LENGTH = struct.Struct(">I")
_SIGNATURE_BYTES = 64
_FIXED_BYTES = len(MAGIC) + _SIGNATURE_BYTES + _LENGTH.size

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Head:
    """What the platform signs. `digest` is the hash of the whole in hex, `size` the length of the inflated body.

    `packed` is the hash of the packed body in hex, empty in packages made before there was one.
    """

    id: str
    title: str
    version: int
    as_of: date
    issued_at: datetime
    region12: str = ""
    demo: bool = False
    items: int = 0
    digest: str = ""
    size: int = 0
    format: int = FORMAT
    packed: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One item's light record, its hash in hex, and where its line lies in the body."""

    entry: Entry
    digest: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A verified catalogue. Guides are decoded when asked for; `lines` holds one per item and version."""

    head: Head
    holidays: HolidayTable
    lines: tuple[Line, ...]
    chosen: Mapping[str, Line] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """One light record per code: the live version, else the newest."""
        return tuple(line.entry for line in self.chosen.values())

    def raw(self, line: Line) -> bytes:
        """The canonical JSON of one version of one item."""
        return self.body[line.start : line.end]

    def item(self, code: str) -> ServiceItem:
        """The whole guide of an item: its live version, else the newest, whose state tells why it is not live.

        Raises:
            KioskError: `ITEM_UNKNOWN`, or `CATALOGUE_BROKEN` where this program cannot read that one guide.
        """
        line = self.chosen.get(code)
        if line is None:
            raise KioskError(Failure.ITEM_UNKNOWN)
        return decode_item(self.raw(line))


def decode_item(raw: bytes) -> ServiceItem:
    """One item from its canonical JSON. Unknown fields are ignored, so that a newer catalogue still serves.

    Raises:
        KioskError: `CATALOGUE_BROKEN` naming the path inside the item.
    """
    return _decode(raw, ServiceItem, "item")


def canonical(value: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8 unescaped: what hashes are taken of.

    Raises:
        ValueError: not JSON, a number that is none, or half a surrogate pair.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def write_package(head: Head, items: Iterable[JsonObject], holidays: HolidayTable, record_private: bytes) -> bytes:
    """A package of these items (each as `ServiceItem` in JSON), signed with the platform's record key.

    `head` brings what an author decides; items, digest and size are filled in here. Same input, same bytes.

    Raises:
        KioskError: `CATALOGUE_BROKEN` where the result could not be read back.
    """
    parts = sorted((str(item.get("code")), str(item.get("version")), canonical(item)) for item in items)
    body = b"\n".join([canonical(holidays_to_json(holidays)), *(line for _, _, line in parts)])
    _, lines = _read_lines(body)
    _choose(lines)
    squeezed = zlib.compress(body, 9)
    head = replace(
        head,
        items=len(lines),
        digest=_whole_digest(body, lines),
        size=len(body),
        format=FORMAT,
        packed=hashlib.sha256(squeezed).hexdigest(),
    )
    plain = msgspec.json.encode(head)
    signature = signing.sign(record_private, DOMAIN, plain)
    package = MAGIC + signature + _LENGTH.pack(len(plain)) + plain + squeezed
    read_head(package, signing.public_of(record_private))
    return package


def read_head(data: bytes, record_key: bytes) -> Head:
    """The verified head alone: enough to see which catalogue and version a package holds.

    Raises:
        KioskError: as `read_package`.
    """
    return read_signed_head(*signed_head(data), record_key)


def signed_head(data: bytes) -> tuple[bytes, bytes]:
    """The head of a package as it was signed, and its signature; whose that is stays open.

    Raises:
        KioskError: `CATALOGUE_BROKEN`.
    """
    return _signed_part(data), data[len(MAGIC) : len(MAGIC) + _SIGNATURE_BYTES]


def read_signed_head(plain: bytes, signature: bytes, record_key: bytes) -> Head:
    """A head that the platform signed.

    Raises:
        KioskError: `CATALOGUE_NOT_GENUINE`, or `CATALOGUE_BROKEN` for one this program cannot use.
    """
    if not signing.verify(record_key, DOMAIN, plain, signature):
        raise KioskError(Failure.CATALOGUE_NOT_GENUINE, where="signature")
    return _head(plain)


def read_package(data: bytes, record_key: bytes) -> Catalogue:
    """A catalogue, with signature, whole hash, sizes and live versions verified.

    Raises:
        KioskError: `CATALOGUE_NOT_GENUINE` when `record_key` did not sign it or the body is not the signed one;
            `CATALOGUE_BROKEN` (with `where`) when it is damaged, too large, of a newer format, or holds two live
            versions of one item.
    """
    return _catalogue(read_head(data, record_key), data)


def inspect_package(data: bytes) -> Catalogue:
    """As `read_package`, but whose it is stays open: for an author who checks contents and trusts the file anyway.

    Raises:
        KioskError: as `read_package`, except for a foreign signature.
    """
    return _catalogue(_head(_signed_part(data)), data)


def _signed_part(data: bytes) -> bytes:
    if len(data) > MOST_PACKAGE_BYTES:
        _broken("size")
    if len(data) < _FIXED_BYTES or not data.startswith(MAGIC):
        _broken("magic")
    (length,) = _LENGTH.unpack_from(data, len(MAGIC) + _SIGNATURE_BYTES)
    if length > min(MOST_HEAD_BYTES, len(data) - _FIXED_BYTES):
        _broken("head")
    return data[_FIXED_BYTES : _FIXED_BYTES + length]


def _head(plain: bytes) -> Head:
    head = _decode(plain, Head, "head")
    if head.format != FORMAT:
        _broken("format")
    if not 0 <= head.size <= MOST_BODY_BYTES or head.items > MOST_ITEMS:
        _broken("size")
    return head


def _catalogue(head: Head, data: bytes) -> Catalogue:
    (length,) = _LENGTH.unpack_from(data, len(MAGIC) + _SIGNATURE_BYTES)
    squeezed = memoryview(data)[_FIXED_BYTES + length :]
    body = _inflate(squeezed, head.size)
    holidays, lines = _read_lines(body)
    if len(lines) != head.items:
        _broken("items")
    if _whole_digest(body, lines) != head.digest:
        raise KioskError(Failure.CATALOGUE_NOT_GENUINE, where="digest")
    if head.packed and hashlib.sha256(squeezed).hexdigest() != head.packed:
        raise KioskError(Failure.CATALOGUE_NOT_GENUINE, where="packed")
    return Catalogue(head, holidays, lines, _choose(lines), body)


def _inflate(packed: memoryview, size: int) -> bytes:
    inflater = zlib.decompressobj()
    try:
        body = inflater.decompress(packed, size + 1)
    except zlib.error as error:
        raise KioskError(Failure.CATALOGUE_BROKEN, where="body") from error
    if len(body) != size or not inflater.eof or inflater.unused_data:
        _broken("body")
    return body


def _read_lines(body: bytes) -> tuple[HolidayTable, tuple[Line, ...]]:
    spans = _spans(body)
    start, end = next(spans)
    holidays = parse_holidays(_decode(body[start:end], dict[str, object], "holidays"))
    view = memoryview(body)
    return holidays, tuple(_line(view, start, end, number) for number, (start, end) in enumerate(spans, 1))


def _line(view: memoryview, start: int, end: int, number: int) -> Line:
    where = f"line {number}"
    if end - start > MOST_ITEM_BYTES:
        _broken(where)
    entry = _decode(view[start:end], Entry, where)
    if not entry.code or any(character.isspace() or not character.isprintable() for character in entry.code):
        _broken(where)
    return Line(entry, hashlib.sha256(view[start:end]).hexdigest(), start, end)


def _spans(body: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := body.find(b"\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(body)


def whole_digest(holidays: bytes, items: Iterable[tuple[str, int, str]]) -> str:
    """The hash of the whole, in hex, from the holiday line and every item's code, version and hash in hex."""
    whole = hashlib.sha256(f"holidays {hashlib.sha256(holidays).hexdigest()}\n".encode())
    for text in sorted(f"{code} {version} {digest}\n" for code, version, digest in items):
        whole.update(text.encode())
    return whole.hexdigest()


def _whole_digest(body: bytes, lines: tuple[Line, ...]) -> str:
    _, end = next(_spans(body))
    return whole_digest(body[:end], ((line.entry.code, line.entry.version, line.digest) for line in lines))


def _choose(lines: tuple[Line, ...]) -> Mapping[str, Line]:
    """Per code the live line, else the newest."""
    chosen: dict[str, Line] = {}
    versions: set[tuple[str, int]] = set()
    for line in lines:
        entry = line.entry
        before = chosen.get(entry.code)
        if (entry.code, entry.version) in versions or (before and before.entry.live and entry.live):
            _broken(f"duplicate {entry.code}")
        versions.add((entry.code, entry.version))
        if before is None or (entry.live, entry.version) > (before.entry.live, before.entry.version):
            chosen[entry.code] = line
    return MappingProxyType(chosen)


def _decode(data: bytes | memoryview, kind: type[_T], where: str) -> _T:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        path = str(error).rpartition("`")[0].rpartition("`")[2]
        raise KioskError(Failure.CATALOGUE_BROKEN, where=f"{where} {path}".strip()) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise KioskError(Failure.CATALOGUE_BROKEN, where=where) from error


def _broken(where: str) -> NoReturn:
    raise KioskError(Failure.CATALOGUE_BROKEN, where=where)
