"""Another key for a data directory: the database written anew under it, beside the old one, and put in its place.

One rename decides: until the new database stands in the old one's place everything belongs to the old key, from then on
to the new. What is prepared lies beside, with `.next` behind its name, and whoever opens the directory after a crash
finishes or forgets it, by which key the database has.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from kiosk.failure import Failure, KioskError
from kiosk.folders import flush
from local_db import opening, rescue
from local_db.driver import connect, translated
from local_db.files import told, write_durably
from local_db.keys import FileKey, TpmKey

_NEXT: Final = ".next"
_LOCK: Final = "renew.lock"
_PATIENCE_MS: Final = 2000
_KEPT_IN: Final = (FileKey, TpmKey)


def renew_key(data: Path, provider: FileKey | TpmKey, terminal: str, rescue_key: bytes | None) -> None:
    """Give the directory a fresh key, kept where the old one was. Nobody else may have it open.

    Raises:
        KioskError: `STORE_BUSY` while somebody has it open; `KEY_ABSENT` with role `rescue` where the platform's rescue
            key is not known, as the new key could then not be brought back; `STORE_FULL` and others; a `TPM_…` failure.
            The old key is then the key.
    """
    if rescue_key is None and (data / rescue.FILE_NAME).exists():
        raise KioskError(Failure.KEY_ABSENT, role="rescue")
    path, fresh = data / opening.FILE_NAME, secrets.token_bytes(32)
    beside = path.with_name(path.name + _NEXT)
    with _alone(data), told("database"), translated(), closing(_exclusive(path, provider.key())) as database:
        try:
            write_durably(data / f"{provider.file}{_NEXT}", provider.sealed(fresh))
            _write_anew(database, beside, fresh)
            if rescue_key is not None:
                write_durably(data / f"{rescue.FILE_NAME}{_NEXT}", rescue.sealed_key(fresh, rescue_key, terminal))
            beside.rename(path)
            flush(data)
        finally:
            _settle(data)


def settle_renewal(data: Path) -> None:
    """Finish or forget a renewal that a crash broke off; a look where there was none.

    Raises:
        KioskError: `STORE_BUSY` while one is going on; `STORE_WRONG_KEY` where neither key opens a page, and both stay;
            a `TPM_…` failure.
    """
    if any((data / f"{kind.file}{_NEXT}").exists() for kind in _KEPT_IN):
        with _alone(data), told("database"):
            _settle(data)


def _settle(data: Path) -> None:
    for kind in _KEPT_IN:
        prepared = data / f"{kind.file}{_NEXT}"
        if not prepared.exists():
            continue
        copy, database = data / f"{rescue.FILE_NAME}{_NEXT}", data / opening.FILE_NAME
        if opening.key_fits(database, kind(data, name=prepared.name).key()):
            if copy.exists():
                copy.rename(data / rescue.FILE_NAME)
            prepared.rename(data / kind.file)
        elif not opening.key_fits(database, kind(data).key()):  # nobody knows which key it has: both are kept
            raise KioskError(Failure.STORE_WRONG_KEY, role="database", reason="renewing")
        else:
            for left in (opening.FILE_NAME + _NEXT, f"{opening.FILE_NAME}{_NEXT}-journal", copy.name, prepared.name):
                (data / left).unlink(missing_ok=True)
        flush(data)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One renewal, or one who settles it, at a time."""
    with (data / _LOCK).open("ab") as lock:
        os.fchmod(lock.fileno(), 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KioskError(Failure.STORE_BUSY, role="database", reason="renewing") from error
        yield


def _exclusive(path: Path, key: bytes) -> Any:
    """The database, which nobody else has open nor can open. Leaving WAL is refused while anybody has."""
    database = connect(path, key)
    try:
        for statement in (f"busy_timeout = {_PATIENCE_MS}", "journal_mode = DELETE", "locking_mode = EXCLUSIVE"):
            database.execute(f"PRAGMA {statement}").fetchall()
        database.execute("BEGIN EXCLUSIVE")
        database.execute("COMMIT")
    except BaseException:
        database.close()
        raise
    return database


def _write_anew(database: Any, beside: Path, key: bytes) -> None:
    """Everything in it under another key, whole and durable."""
    beside.unlink(missing_ok=True)
    beside.touch(0o600)
    database.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(beside), f"x'{key.hex()}'"))
    database.execute("SELECT sqlcipher_export('fresh')").fetchall()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    database.execute(f"PRAGMA fresh.user_version = {int(version)}")
    if database.execute("PRAGMA fresh.integrity_check").fetchall() != [("ok",)]:
        raise KioskError(Failure.STORE_CORRUPT, role="database", reason="structure")
    database.execute("DETACH DATABASE fresh")
    with beside.open("rb") as file:
        os.fsync(file.fileno())
