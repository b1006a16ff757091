"""Putting a damaged database aside and another one in its place, in steps that a power cut at any moment lets go on.

The new one lies complete under `NEXT` before anything is moved; from then on every opening finishes the exchange first.
The old one stays below `FOLDER` for good, with its log.
"""

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.folders import flush, make
from local_db.files import told
from local_db.opening import FILE_NAME
from local_db.pages import COPY

NEXT: Final = f"{FILE_NAME}.salvaged"
FOLDER: Final = "aside"
_BESIDE: Final = ("", "-wal", COPY)
# Where SQLite's lock that every open connection holds lies (https://www.sqlite.org/src/file/src/os.h).
_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
_LOCK: Final = struct.Struct("hhqqi")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else has the database open, nor opens it, until this is left.

    Raises:
        KioskError: `STORE_BUSY` where somebody has it open.
    """
    with path.open("r+b") as file:
        try:
            # of the open file, not of the process: whoever reads the file here would let go of the other kind
            wanted = _LOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, _SHARED_FIRST, _SHARED_SIZE, 0)
            fcntl.fcntl(file.fileno(), fcntl.F_OFD_SETLK, wanted)
        except OSError as error:
            raise KioskError(Failure.STORE_BUSY, role="database", reason="open") from error
        yield


def exchange(data: Path) -> None:
    """Go on with an exchange that was interrupted; nothing to do where none was.

    Raises:
        KioskError: `STORE_BUSY`, `STORE_FULL`, `STORE_UNREADABLE`; it goes on at the next opening.
    """
    with told("database"):
        try:
            with alone(data / FILE_NAME):
                put_in_place(data)
        except FileNotFoundError:
            (data / NEXT).rename(data / FILE_NAME)
            flush(data)


def put_in_place(data: Path) -> None:
    """Put the database under `NEXT` in place of the old one, which the caller holds `alone`.

    Raises:
        OSError: the file system refused; it goes on at the next opening.
    """
    if not (data / NEXT).exists():  # another process was faster
        return
    old = data / FILE_NAME
    kept = data / FOLDER / name_of(old)
    make(kept, 0o700)
    for ending in _BESIDE:
        with suppress(FileNotFoundError, FileExistsError):
            (kept / f"{FILE_NAME}{ending}").hardlink_to(data / f"{FILE_NAME}{ending}")
    flush(kept)
    # its log must not be taken for one of the new database
    for ending in ("-wal", "-shm", COPY):
        (data / f"{FILE_NAME}{ending}").unlink(missing_ok=True)
    flush(data)
    (data / NEXT).rename(old)
    flush(data)


def name_of(old: Path) -> str:
    """The folder below `FOLDER` that keeps this database: when it was last written, in nanoseconds since 1970."""
    return str(old.stat().st_mtime_ns)
