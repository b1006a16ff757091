"""The pages of a database file one by one, each proven by its own HMAC: what a damaged file still holds.

SQLCipher 4 under a raw key: AES-256-CBC, and at the end of each page its IV and an HMAC-SHA512 over ciphertext, IV and
page number, whose key derives from the raw key and the salt in the first 16 bytes of the file. Nothing is written.
"""

import hashlib
import hmac
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

import msgspec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from local_db.driver import PAGE_BYTES
from local_db.files import write_durably
from local_db.reading import pages_in

COPY: Final = ".schema"
"""Ends the name of a file beside the database: its first page and the others that say where each table begins, as they
were when the schema was made. Without them little else can be found."""

USABLE: Final = PAGE_BYTES - 80
_SALT: Final = 16
_HMAC: Final = 64
_IV: Final = 16
_MAGIC: Final = b"SQLite format 3\0"
_WAL_HEAD: Final = struct.Struct(">IIIIIIII")
_FRAME: Final = struct.Struct(">IIII8x")
_Copy = tuple[int, dict[int, bytes]]
_WAL_MAGIC: Final = 0x377F0682


class PageCipher:
    """Opens and proves pages of one file."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key = key
        self._proof = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ 0x3A for byte in salt), 2, 32)

    def proves(self, number: int, page: bytes) -> bool:
        """Whether a page was written under this key, in this place, and has not changed since."""
        if len(page) != PAGE_BYTES:
            return False
        covered = page[_SALT if number == 1 else 0 : -_HMAC] + number.to_bytes(4, "little")
        return hmac.compare_digest(hmac.digest(self._proof, covered, "sha512"), page[-_HMAC:])

    def opened(self, number: int, page: bytes) -> bytes:
        """The usable bytes of a page that proves itself."""
        begin = _SALT if number == 1 else 0
        iv = page[USABLE : USABLE + _IV]
        opening = Cipher(algorithms.AES(self._key), modes.CBC(iv)).decryptor()
        plain = opening.update(page[begin:USABLE]) + opening.finalize()
        return (_MAGIC if number == 1 else b"") + plain


class Pages:
    """A database file with the committed part of its write-ahead log laid over it. `damaged` are pages that are lost.

    Pages that are damaged and stand in the copy of the schema are taken from there.
    """

    def __init__(self, cipher: PageCipher, damaged: frozenset[int], found: dict[int, bytes]) -> None:
        self._cipher = cipher
        self._found = found
        self.damaged = damaged

    @classmethod
    def read(cls, path: Path, key: bytes, copy: Mapping[int, bytes] | None = None) -> Self | None:
        """All pages of a file; None where no first page, or nothing of the file itself, opens with this key.

        `copy`: see `copied_pages`.

        Raises:
            OSError: the file cannot be read at all.
        """
        return cls.of(b"".join(pages_in(path)), path, key, copy)

    @classmethod
    def of(cls, content: bytes, path: Path, key: bytes, copy: Mapping[int, bytes] | None = None) -> Self | None:
        """As `read`, of bytes that are here already."""
        raw, copy = _in_pages(content), copy or {}
        first = next((page for page in (raw.get(1, b""), copy.get(1, b"")) if _is_first(page, key)), None)
        if first is None:
            return None
        cipher = PageCipher(key, first[:_SALT])
        over = _committed(_bytes_of(path.with_name(path.name + "-wal")), cipher)
        found = {number: page for number, page in (raw | over).items() if cipher.proves(number, page)}
        if not found:  # the copy is another key's, or nothing is left to save
            return None
        damaged = frozenset(raw.keys() - found.keys())
        spare = {number: page for number, page in copy.items() if cipher.proves(number, page)}
        return cls(cipher, damaged, {**spare, **found})

    def numbers(self) -> list[int]:
        """The pages that are whole."""
        return sorted(self._found)

    def get(self, number: int) -> bytes | None:
        """A whole page's usable bytes."""
        page = self._found.get(number)
        return None if page is None else self._cipher.opened(number, page)

    def sealed(self, number: int) -> bytes:
        """A whole page as it lies in the file."""
        return self._found[number]


def copied_pages(path: Path) -> tuple[int, dict[int, bytes]]:
    """The schema version and the pages kept beside a database; 0 and none where nothing usable is."""
    try:
        version, pages = msgspec.msgpack.decode(_bytes_of(path.with_name(path.name + COPY)), type=_Copy)
    except (msgspec.DecodeError, OSError):
        return 0, {}
    return version, pages


def keep_copy(path: Path, version: int, pages: Mapping[int, bytes]) -> None:
    """Keep pages beside a database, in place of older ones.

    Raises:
        OSError: the file system refused.
    """
    write_durably(path.with_name(path.name + COPY), msgspec.msgpack.encode((version, dict(pages))))


def is_damaged(path: Path, key: bytes) -> bool:
    """Whether a page of a file proves nothing, and none in the log stands in for it; reads it page by page.

    Raises:
        OSError: the file cannot be read at all.
    """
    pages = pages_in(path)
    first = next(pages, b"")
    if not _is_first(first, key):
        return True
    cipher = PageCipher(key, first[:_SALT])
    bad = {number for number, page in enumerate(pages, 2) if not cipher.proves(number, page)}
    return bool(bad and bad - _committed(_bytes_of(path.with_name(path.name + "-wal")), cipher).keys())


def _is_first(page: bytes, key: bytes) -> bool:
    return len(page) == PAGE_BYTES and PageCipher(key, page[:_SALT]).proves(1, page)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _in_pages(content: bytes) -> dict[int, bytes]:
    return {
        place // PAGE_BYTES + 1: content[place : place + PAGE_BYTES] for place in range(0, len(content), PAGE_BYTES)
    }


def _committed(log: bytes, cipher: PageCipher) -> dict[int, bytes]:
    """The newest version of each page in the log up to its last commit; what comes after a torn frame never was."""
    if len(log) < _WAL_HEAD.size:
        return {}
    magic, _, size, _, *salts = _WAL_HEAD.unpack_from(log)[:6]
    if magic & ~1 != _WAL_MAGIC or size != PAGE_BYTES:
        return {}
    sure: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for place in range(_WAL_HEAD.size, len(log) - PAGE_BYTES - _FRAME.size + 1, PAGE_BYTES + _FRAME.size):
        number, committed, *frame_salts = _FRAME.unpack_from(log, place)
        page = log[place + _FRAME.size : place + _FRAME.size + PAGE_BYTES]
        if frame_salts != salts or not cipher.proves(number, page):
            break
        pending[number] = page
        if committed:
            sure |= pending
            pending = {}
    return sure
