"""Open the database and give out transactions."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from central.store.schema import SCHEMA_VERSION, metadata
from kiosk.failure import Failure, KioskError

_BUSY_SECONDS = 30
_WRITE = {"begin": "BEGIN IMMEDIATE"}
_FAILURES = {
    sqlite3.SQLITE_FULL: Failure.STORE_FULL,
    sqlite3.SQLITE_IOERR: Failure.STORE_UNREADABLE,
    sqlite3.SQLITE_BUSY: Failure.STORE_BUSY,
    sqlite3.SQLITE_CORRUPT: Failure.STORE_CORRUPT,
    sqlite3.SQLITE_NOTADB: Failure.STORE_CORRUPT,
    sqlite3.SQLITE_CANTOPEN: Failure.STORE_UNREADABLE,
    sqlite3.SQLITE_READONLY: Failure.STORE_UNREADABLE,
}


class Store:
    """One database. Writers of this process queue at a lock, writers of other processes at BEGIN IMMEDIATE."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**_WRITE)
        self._lock = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is durable when the block ends, and never happened when it raises.

        Raises:
            KioskError: `STORE_FULL`, `STORE_BUSY`, `STORE_CORRUPT` or `STORE_UNREADABLE`.
        """
        with self._lock, _named_failures(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view that waits for no writer."""
        with _named_failures(), self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give the files back."""
        self._engine.dispose()


def open_store(url: str, *, create: bool) -> Store:
    """Open the database of that SQLAlchemy URL.

    Raises:
        KioskError: `STORE_UNREADABLE` when it is not there and may not be created, `STORE_NEWER` when a later version
            wrote it, `NOT_YET` for a database other than SQLite.
    """
    engine = _engine(url, create=create)
    store = Store(engine)
    with store.read() as connection:
        version = _version(connection)
    if version < SCHEMA_VERSION:
        with store.write() as connection:
            if _version(connection) < SCHEMA_VERSION:
                metadata.create_all(connection)  # so far every version only added tables; those there stay
                connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    if version > SCHEMA_VERSION:
        store.close()
        raise KioskError(Failure.STORE_NEWER, found=version, known=SCHEMA_VERSION)
    return store


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path}"


def _engine(text: str, *, create: bool) -> Engine:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise KioskError(Failure.STORE_UNREADABLE, reason="url") from error
    if url.get_backend_name() != "sqlite":
        raise KioskError(Failure.NOT_YET, reason="only_sqlite")
    if not url.database or url.database == ":memory:":
        raise KioskError(Failure.STORE_UNREADABLE, reason="no_file")
    if not create and not Path(url.database).exists():
        raise KioskError(Failure.STORE_UNREADABLE, reason="absent")
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS}, pool_size=16, max_overflow=16)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are ours, not the driver's
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


@contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code not in _FAILURES:
            raise
        raise KioskError(_FAILURES[code]) from error
