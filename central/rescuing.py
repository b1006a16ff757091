"""The database key of a terminal whose key was lost, out of its rescue copy or one of its backups."""

import os
from pathlib import Path
from typing import Final

from central.office import Office
from central.store import audit
from kiosk.failure import Failure, KioskError
from kiosk.folders import flush
from kiosk.seal.rescue import BACKUP_MAGIC, BackupFront, open_key

_LONGEST_COPY: Final = 1024


def rescue_key(office: Office, file: Path, out: Path, terminal: str, *, actor: str) -> None:
    """Open what was sealed to the rescue key and write the key as a terminal's key file; noted before it is written.

    `file` is `DATA/rescue.sealed` or a backup of that terminal; `out` must not be there.

    Raises:
        KioskError: `BLOB_DAMAGED` for another platform's or another terminal's copy or a changed byte (reason
            `rescue`), or where a backup has none (`absent`); `BACKUP_DAMAGED`.
        OSError: the file system refused, also where `out` is there already.
    """
    sealed = _sealed(file)
    try:
        key = open_key(sealed, office.keys.rescue, terminal)
    except KioskError as error:
        raise KioskError(Failure.BLOB_DAMAGED, reason="rescue") from error
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        with office.store.write() as connection:
            audit.note(connection, office.now(), "key.rescued", terminal, actor)
        written.write(f"{key.hex()}\n".encode())
        written.flush()
        os.fsync(written.fileno())
    flush(out.absolute().parent)


def _sealed(file: Path) -> bytes:
    with file.open("rb") as opened:
        found = opened.read(_LONGEST_COPY)
        if not found.startswith(BACKUP_MAGIC):
            return found
        opened.seek(0)
        front = BackupFront.read(opened)
    if not front.rescue:
        raise KioskError(Failure.BLOB_DAMAGED, reason="absent")
    return front.rescue
