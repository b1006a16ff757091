"""SQLCipher under sqlite-utils, and what its errors mean here.

sqlite-utils looks for a module named `pysqlite3` before it takes the standard library's driver. Handing it SQLCipher
under that name is the only way in which it catches the right exception classes; without it a failed `RETURNING` leaves
a transaction open for good. Import this module before anything imports sqlite_utils.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlcipher3 import dbapi2

from kiosk.failure import Failure, KioskError
from kiosk.lean import without

# SQLCipher is the driver; numpy and pandas would be loaded wherever they are installed, and nothing here uses them.
sys.modules.setdefault("pysqlite3", dbapi2)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)
with without("numpy", "pandas"):
    from sqlite_utils import Database, Migrations, utils

if utils.OperationalError is not dbapi2.OperationalError:
    raise ImportError("sqlite_utils was imported before local_db.driver and uses another SQLite")

__all__ = [
    "BUSY_SECONDS",
    "PAGE_BYTES",
    "Database",
    "DriverError",
    "Migrations",
    "connect",
    "database",
    "failure_of",
    "in_memory",
    "translated",
]

DriverError = dbapi2.Error
BUSY_SECONDS: Final = 10.0
PAGE_BYTES: Final = 4096
# secure_delete: a deleted draft wrap is overwritten, not only unlinked.
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA journal_size_limit = 16777216",
)

_FAILURES: Final = {
    "SQLITE_BUSY": Failure.STORE_BUSY,
    "SQLITE_LOCKED": Failure.STORE_BUSY,
    "SQLITE_FULL": Failure.STORE_FULL,
    "SQLITE_IOERR_SHMSIZE": Failure.STORE_FULL,
    "SQLITE_CORRUPT": Failure.STORE_CORRUPT,
    "SQLITE_NOTADB": Failure.STORE_CORRUPT,
    "SQLITE_READONLY": Failure.STORE_UNREADABLE,
    "SQLITE_CANTOPEN": Failure.STORE_UNREADABLE,
    "SQLITE_PERM": Failure.STORE_UNREADABLE,
    "SQLITE_IOERR": Failure.STORE_UNREADABLE,
}


def failure_of(error: dbapi2.Error) -> Failure | None:
    """What a driver error means to the rest of the house; None when it is our own mistake."""
    name: str = getattr(error, "sqlite_errorname", None) or ""
    while name:
        if name in _FAILURES:
            return _FAILURES[name]
        name = name.rpartition("_")[0]
    return None


@contextmanager
def translated() -> Iterator[None]:
    """Let the driver's errors leave as failures of the house."""
    try:
        yield
    except dbapi2.Error as error:
        failure = failure_of(error)
        if failure is None:
            raise
        raise KioskError(failure, role="database") from error


def connect(path: Path, key: bytes, mode: str = "rw") -> Any:
    """A raw connection to the encrypted file under its raw 256-bit key; nothing has been read yet.

    `mode` is SQLite's: `ro` changes nothing, not even at close; `rw` never makes a file; `rwc` does.
    """
    target = f"file:{quote(str(path))}?mode={mode}"
    connection = dbapi2.connect(target, uri=True, isolation_level="", check_same_thread=False, timeout=BUSY_SECONDS)
    # SQLCipher would print to stderr on a wrong key.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def database(path: Path, key: bytes, mode: str = "rw") -> Database:
    """The encrypted file ready for work: WAL, every commit fsynced, deleted bytes overwritten, no plugins."""
    connection = connect(path, key, mode)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        return Database(connection, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


def in_memory() -> Database:
    """An empty, unencrypted database that is gone when it is closed, to try a schema in."""
    return Database(dbapi2.connect(":memory:"), execute_plugins=False)
