"""Somebody who has the whole disk and its key file, knows this program, and tries every key they can find or derive."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.failure import KioskError
from kiosk.seal import content, drafts, records, wraps
from local_db.driver import connect
from local_db.keys import FileKey, provider_secret
from local_db.opening import FILE_NAME

KEY_BYTES = 32
_KEPT_HERE = ("settings.value", "staff.pin_hash", "staff.login_salt")
"""Where secrets of the terminal lie: looked through at every place. Elsewhere a key would be a value of its own."""

_HEX = re.compile(rb"[0-9a-f]{64}")
_LABELS = (b"jinban/card-kek/1", b"jinban/login-kek/1", b"jinban/provider-secret/1")

Columns = dict[str, list[bytes]]


def columns(data: Path) -> Columns:
    """Every value of every column as bytes, by `table.column`; the views are made of them."""
    found: Columns = {}
    with closing(connect(data / FILE_NAME, FileKey(data).key(), "ro")) as database:
        tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in tables:
            cursor = database.execute(f"SELECT * FROM {table}")  # noqa: S608 -- names from the schema
            names = [name for name, *_ in cursor.description]
            rows = cursor.fetchall()
            for place, name in enumerate(names):
                found[f"{table}.{name}"] = [_bytes(row[place]) for row in rows if row[place] is not None]
    return found


def files(data: Path) -> dict[str, bytes]:
    """Every file of the data directory."""
    return {str(path.relative_to(data)): path.read_bytes() for path in data.rglob("*") if path.is_file()}


class Thief:
    """Tries what was found on whatever is sealed."""

    def __init__(self, data: Path, *more: bytes) -> None:
        self.columns = columns(data)
        self.files = files(data)
        key = FileKey(data).key()
        self.secret = provider_secret(key)
        values = [value for column in self.columns.values() for value in column]
        looked_through = [value for name in _KEPT_HERE for value in self.columns[name]]
        raw = {window for value in looked_through for window in _windows(value)}
        raw |= {value for value in (*values, *self.files.values()) if len(value) == KEY_BYTES}
        raw |= {bytes.fromhex(text.decode()) for value in values for text in _HEX.findall(value)}
        self.keys = (*more, key, self.secret, bytes(KEY_BYTES), *sorted(raw))
        self.outer = (*self.keys, *self._derived(key))

    def _derived(self, key: bytes) -> Iterator[bytes]:
        """What the program itself would derive from what lies here, if a value here were all it takes."""
        for secret in (key, self.secret):
            for label in _LABELS:
                for salt in self.keys:
                    yield HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=label).derive(secret)
        for value in {value for column in self.columns.values() for value in column if len(value) >= KEY_BYTES // 2}:
            yield drafts.card_kek(self.secret, value)

    def open_record(self, sealed: bytes, contexts: Iterable[str]) -> bytes | None:
        """What a sealed record says, if any key opens it in any of these contexts."""
        for context in contexts:
            for key in self.keys:
                with suppress(KioskError):
                    return records.open_record(sealed, key, context)
        return None

    def open_page(self, sealed: bytes, platform_wrap: bytes, draft_wrap: bytes | None) -> bytes | None:
        """A page, through its wraps or under a key as it lies here."""
        found = _opening(wraps.open_platform_wrap, platform_wrap, self.keys)
        found += _opening(wraps.unwrap_under, draft_wrap, self.outer) if draft_wrap else []
        return _first(sealed, [*found, *self.keys], content.PAGE)

    def open_draft(self, case_id: str, sealed: bytes, wrap: bytes, release_wrap: bytes | None) -> bytes | None:
        """A kept draft, through its wraps."""
        found = _opening(wraps.unwrap_under, wrap, self.outer)
        found += _opening(wraps.open_release_wrap, release_wrap, self.keys) if release_wrap else []
        return _first(sealed, [*found, *self.keys], content.DRAFT + case_id.encode())


def _opening(unwrap: Callable[[bytes, bytes], bytes], wrap: bytes, keys: Iterable[bytes]) -> list[bytes]:
    """What the wrap holds, under the first key that opens it."""
    for key in keys:
        with suppress(KioskError):
            return [unwrap(wrap, key)]
    return []


def _first(sealed: bytes, keys: Iterable[bytes], context: bytes) -> bytes | None:
    for key in keys:
        with suppress(KioskError):
            return content.decrypt(sealed, key, context)
    return None


def _windows(value: bytes) -> Iterator[bytes]:
    return (value[start : start + KEY_BYTES] for start in range(len(value) - KEY_BYTES + 1))


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
