"""Opening the database file, or saying exactly why not, without changing a byte of what is refused."""

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.folders import flush
from local_db.cells import schema_pages
from local_db.driver import PAGE_BYTES, Database, DriverError, connect, database, failure_of, translated
from local_db.files import told
from local_db.migrations import SCHEMA_VERSION, migrate
from local_db.pages import PageCipher, Pages, copied_pages, keep_copy
from local_db.reading import pages_in

FILE_NAME: Final = "jinban.db"
_SALT: Final = 16
_MOST_PROBED: Final = 64


def create(path: Path, key: bytes) -> None:
    """Make the database beside its place and move it there whole; the one that is there stays.

    Raises:
        KioskError: `STORE_FULL`, `STORE_UNREADABLE`.
    """
    if path.exists():
        return
    new = path.with_name(f"{path.name}.{os.getpid()}.part")
    with told("database"):
        try:
            _make(new, key)
            _keep_schema(path, key, new.read_bytes())
            with suppress(FileExistsError):
                path.hardlink_to(new)
        finally:
            new.unlink(missing_ok=True)
        flush(path.parent)


def open_database(path: Path, key: bytes) -> Database:
    """The database at this program's schema.

    Raises:
        KioskError: `NOT_PROVISIONED`, `STORE_NEWER`, `STORE_WRONG_KEY`, `STORE_CORRUPT`, `STORE_UNREADABLE`,
            `STORE_BUSY`.
    """
    version = _probe(path, key)
    if version > SCHEMA_VERSION:
        raise KioskError(Failure.STORE_NEWER, role="database", found=version, known=SCHEMA_VERSION)
    with translated():
        db = database(path, key)
    if version < SCHEMA_VERSION:
        try:
            _migrate(db)
        except BaseException:
            db.conn.close()
            raise
    _copy_schema(db, path, key)
    return db


def _copy_schema(db: Database, path: Path, key: bytes) -> None:
    """Keep beside the database what says where its tables begin. A disk too full for it costs nobody the opening."""
    version, copied = copied_pages(path)
    (salt,) = db.conn.execute("PRAGMA cipher_salt").fetchone()
    if version == SCHEMA_VERSION and copied.get(1, b"")[:_SALT].hex() == salt.lower():
        return
    with suppress(OSError):
        _keep_schema(path, key, b"".join(pages_in(path)))


def _keep_schema(path: Path, key: bytes, content: bytes) -> None:
    pages = Pages.of(content, path, key)
    if pages is not None and not pages.damaged:
        keep_copy(path, SCHEMA_VERSION, schema_pages(pages))


def _make(path: Path, key: bytes) -> None:
    with translated():
        db = database(path, key, "rwc")
        try:
            path.chmod(0o600)
            _migrate(db)
        finally:
            db.conn.close()


def _migrate(db: Database) -> None:
    with translated():
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            migrate(db)
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise


def _probe(path: Path, key: bytes) -> int:
    """The schema version, read through a connection that cannot write, not even by tidying up when it closes."""
    _look(path)
    try:
        connection = connect(path, key, "ro")
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()
    except DriverError as error:
        raise KioskError(_why_not(path, key, error), role="database") from error
    return int(version)


def _look(path: Path) -> None:
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise KioskError(Failure.NOT_PROVISIONED, role="database") from error
    except OSError as error:
        raise KioskError(Failure.STORE_UNREADABLE, role="database") from error
    # SQLite would take an empty file for a new database.
    if size < PAGE_BYTES:
        raise KioskError(Failure.STORE_CORRUPT, role="database", reason="size")


def _why_not(path: Path, key: bytes, error: DriverError) -> Failure:
    failure = failure_of(error) or Failure.STORE_UNREADABLE
    if failure is not Failure.STORE_CORRUPT:
        return failure
    try:
        return Failure.STORE_CORRUPT if key_fits(path, key) else Failure.STORE_WRONG_KEY
    except OSError:
        return Failure.STORE_UNREADABLE


def key_fits(path: Path, key: bytes) -> bool:
    """Whether at least one page of the file was written under this key.

    SQLCipher answers a wrong key and a damaged first page alike. Each page ends with an HMAC-SHA512 of its own under a
    key derived from the raw key and the salt in the file's first 16 bytes (SQLCipher 4 defaults); a damaged file still
    has pages that agree, a wrong key has none.
    """
    cipher = None
    for number, page in enumerate(islice(pages_in(path), _MOST_PROBED), 1):
        cipher = cipher or PageCipher(key, page[:_SALT])
        if cipher.proves(number, page):
            return True
    return False
