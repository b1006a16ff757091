"""One sealed file with everything a terminal holds, made while it works.

The database is copied as one moment's reader sees it; the sealed files it names never change, so they are taken
afterwards. The file is read back before it takes an older one's place.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from kiosk import config
from kiosk.failure import Failure, KioskError
from kiosk.folders import flush
from kiosk.model.terminal import TerminalIdentity
from local_db import backupfile, keys, opening, rescue
from local_db.backupfile import PIECE_BYTES, Part, Reader
from local_db.blobfiles import BlobFiles
from local_db.connection import Row
from local_db.driver import connect, translated
from local_db.files import told
from local_db.keys import KeyProvider
from local_db.store import Store

DATABASE: Final = "database"
SETTINGS: Final = config.FILE_NAME
MANIFEST: Final = "manifest"
_SNAPSHOT: Final = f"{opening.FILE_NAME}.backup"
_TRIES: Final = 3
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a database holds. `numbers` is the newest counter of submission numbers, `waiting` what is to be sent."""

    cases: int
    receipts: int
    numbers: int
    waiting: int
    drafts: int
    journal: int
    files: int

    @classmethod
    def of(cls, rows: Callable[[str], list[Row]]) -> "Counts":
        """Counted by a connection's reader."""
        queries = (
            "SELECT count(*) FROM cases",
            "SELECT count(*) FROM receipts",
            "SELECT value FROM counters WHERE name = 'submission'",
            "SELECT count(*) FROM outbox WHERE state != 'settled'",
            "SELECT count(*) FROM drafts",
            "SELECT count(*) FROM journal",
            "SELECT count(*) FROM blobs",
        )
        return cls(*(int(rows(query)[0][0]) for query in queries))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `missing` are digests of files that the terminal itself no longer had whole."""

    terminal: str
    epoch: str
    at: datetime
    counts: Counts
    missing: tuple[str, ...] = ()


class _ChangedError(Exception):
    """A file went, by right, after the database was copied."""


def back_up(data: Path, file: Path, store: Store, at: datetime, provider: KeyProvider | None = None) -> Manifest:
    """Write the backup of an opened data directory; screen and agent may run. An older file is replaced last.

    Raises:
        KioskError: `NOT_PROVISIONED`; `STORE_FULL`, `STORE_UNREADABLE`, `STORE_CORRUPT`; `STORE_BUSY` while another
            backup is made (reason `running`) or where files go faster than they are copied (`changing`);
            `BACKUP_DAMAGED` where it does not read back. An older file is then as it was.
    """
    key = (provider or keys.provider_for(data)).key()
    identity = store.settings.identity()
    partial = file.with_name(file.name + ".part")
    with told("backup"), _snapshot_place(data) as snapshot:
        try:
            manifest = _written(data, key, store, identity, at, snapshot, partial)
            if check(partial, key) != manifest:
                raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="manifest")
            partial.rename(file)
        finally:
            partial.unlink(missing_ok=True)
        flush(file.absolute().parent)
    store.journal.append("backup.written", identity.terminal, "technician", {"files": str(manifest.counts.files)})
    return manifest


def check(file: Path, key: bytes) -> Manifest:
    """Read all of a backup, every file in it against its name; nothing is written.

    Raises:
        KioskError: `BACKUP_DAMAGED`, `BACKUP_OTHER_KEY`, `STORE_UNREADABLE`.
    """
    with opened(file, key) as reader:
        for name, _, pieces in reader.parts():
            if name == MANIFEST:
                return manifest_of(pieces, reader)
            digest = hashlib.sha256()
            for piece in pieces:
                digest.update(piece)
            if _DIGEST.fullmatch(name) and digest.hexdigest() != name:
                raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="digest")
    raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="end")


@contextmanager
def opened(file: Path, key: bytes) -> Iterator[Reader]:
    """A backup, to be read from its beginning.

    Raises:
        KioskError: `BACKUP_DAMAGED`, `BACKUP_OTHER_KEY`, `STORE_UNREADABLE`.
    """
    with told("backup"), file.open("rb") as sealed:
        # what was just written is to come from the medium, not from memory
        os.posix_fadvise(sealed.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        yield Reader(sealed, keys.backup_secret(key))


def manifest_of(pieces: Iterable[bytes], reader: Reader) -> Manifest:
    """The last part, and that nothing comes behind it.

    Raises:
        KioskError: `BACKUP_DAMAGED`.
    """
    try:
        found = msgspec.json.decode(b"".join(pieces), type=Manifest)
    except msgspec.DecodeError as error:
        raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="manifest") from error
    if next(reader.parts(), None) is not None:
        raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="end")
    return found


@contextmanager
def _snapshot_place(data: Path) -> Iterator[Path]:
    """Where the database is copied to, for one backup at a time; gone afterwards, also what a crash left there."""
    path = data / _SNAPSHOT
    with path.open("ab") as held:
        os.fchmod(held.fileno(), 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KioskError(Failure.STORE_BUSY, role="backup", reason="running") from error
        try:
            yield path
        finally:
            for ending in ("-journal", ""):
                path.with_name(path.name + ending).unlink(missing_ok=True)


def _written(
    data: Path, key: bytes, store: Store, identity: TerminalIdentity, at: datetime, snapshot: Path, partial: Path
) -> Manifest:
    sealed_key = b""
    with suppress(FileNotFoundError):
        sealed_key = (data / rescue.FILE_NAME).read_bytes()
    for _ in range(_TRIES):
        counts, digests = _copied(data / opening.FILE_NAME, snapshot, key)
        parts = _Parts(data, snapshot, store, digests, Manifest(identity.terminal, identity.epoch, at, counts))
        with suppress(_ChangedError), partial.open("wb") as file:
            os.fchmod(file.fileno(), 0o600)
            backupfile.write(file, keys.backup_secret(key), sealed_key, parts.all())
            file.flush()
            os.fsync(file.fileno())
            return parts.manifest
    raise KioskError(Failure.STORE_BUSY, role="backup", reason="changing")


def _copied(path: Path, snapshot: Path, key: bytes) -> tuple[Counts, list[bytes]]:
    """The database as it is at this moment, under the same key; what it holds, and the files it names."""
    snapshot.with_name(snapshot.name + "-journal").unlink(missing_ok=True)
    os.truncate(snapshot, 0)
    with translated(), closing(connect(path, key)) as database:
        database.isolation_level = None
        database.execute("ATTACH DATABASE ? AS copy KEY ?", (str(snapshot), f"x'{key.hex()}'"))
        database.execute("BEGIN")
        database.execute("SELECT sqlcipher_export('copy')").fetchall()
        (version,) = database.execute("PRAGMA main.user_version").fetchone()
        database.execute(f"PRAGMA copy.user_version = {int(version)}")
        database.execute("COMMIT")
        if database.execute("PRAGMA copy.integrity_check").fetchall() != [("ok",)]:
            raise KioskError(Failure.STORE_CORRUPT, role="database", reason="structure")
    with translated(), closing(connect(snapshot, key)) as copy:
        digests = [row[0] for row in copy.execute("SELECT digest FROM blobs ORDER BY id")]
        return Counts.of(lambda sql: copy.execute(sql).fetchall()), digests


class _Parts:
    """The parts of one backup; `manifest` is complete once all were given."""

    def __init__(self, data: Path, snapshot: Path, store: Store, digests: list[bytes], manifest: Manifest) -> None:
        self._data, self._snapshot, self._store, self._digests = data, snapshot, store, digests
        self.manifest = manifest

    def all(self) -> Iterator[Part]:
        """Database, settings, files, manifest.

        Raises:
            _ChangedError: the terminal let a file go meanwhile; it has to be begun again.
        """
        with self._snapshot.open("rb") as file:
            yield DATABASE, os.fstat(file.fileno()).st_size, _pieces(file)
        settings = self._data / config.FILE_NAME
        if settings.exists():
            found = settings.read_bytes()
            yield SETTINGS, len(found), [found]
        for digest in self._digests:
            sealed = self._file(digest)
            if sealed is not None:
                yield digest.hex(), len(sealed), [sealed]
        told_in_it = msgspec.json.encode(self.manifest)
        yield MANIFEST, len(told_in_it), [told_in_it]

    def _file(self, digest: bytes) -> bytes | None:
        try:
            return BlobFiles(self._data).read(digest)
        except KioskError as error:
            if error.failure is not Failure.BLOB_DAMAGED:
                raise
        if not self._named(digest.hex()):
            raise _ChangedError
        self.manifest = replace(self.manifest, missing=(*self.manifest.missing, digest.hex()))
        return None

    def _named(self, digest: str) -> bool:
        try:
            self._store.blobs.platform_wrap(digest)
        except KioskError:
            return False
        return True


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(PIECE_BYTES), b"")
