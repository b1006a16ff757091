"""A terminal made of its backup, and the drill that tries whether one could be.

The database comes last, by one rename; until then the folder is no terminal and the restore may be done again.
"""

import os
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.folders import flush, make
from kiosk.model.terminal import StopCause
from kiosk.ports import Clock
from local_db import aside, backup, blobfiles, opening, rescue
from local_db.backup import Counts, Manifest
from local_db.blobfiles import BlobFiles
from local_db.columns import digest_bytes
from local_db.connection import Connection
from local_db.files import told, write_durably
from local_db.keys import KeyProvider, provider_for
from local_db.pages import COPY
from local_db.store import Store, open_store

_MAKING: Final = f"{opening.FILE_NAME}.restored"
_TERMINALS: Final = (opening.FILE_NAME, f"{opening.FILE_NAME}-wal", aside.NEXT, aside.FOLDER)
"""What tells of a terminal. SQLite would take a log left here for one of the database that is put beside it."""


def restore(file: Path, data: Path, clock: Clock, provider: KeyProvider | None = None) -> Manifest:
    """Make the folder the terminal it was. Its key must be there: in the folder, its TPM, or as a credential.

    It takes nothing new until it has another epoch, from its first moment on; what waited is sent.

    Raises:
        KioskError: `ALREADY_PROVISIONED` where the folder holds a terminal, or files of one; `KEY_ABSENT` and others
            of the key; `BACKUP_DAMAGED`, `BACKUP_OTHER_KEY`, `BLOB_DAMAGED`, `STORE_NEWER`; `STORE_FULL`,
            `STORE_UNREADABLE`. The folder is then no terminal.
    """
    with told("data"):
        _demand_free(data)
        key = (provider or provider_for(data)).key()
    backup.check(file, key)
    with told("data"):
        make(data, 0o700)
        manifest = _unpack(file, data, key)
        _begin(data, key, clock, manifest)
        _clear_beside(data)
        (data / _MAKING).rename(data / opening.FILE_NAME)
        flush(data)
    return manifest


def drill(file: Path, data: Path, clock: Clock) -> Manifest:
    """Restore into a private temporary folder, check all of it, and wipe the folder; `data` only gives the key.

    Raises:
        KioskError: what `restore` raises; `STORE_CORRUPT`, `JOURNAL_BROKEN`.
    """
    provider = provider_for(data)
    with told("drill"), tempfile.TemporaryDirectory(prefix="jinban-drill-") as folder:
        tried = Path(folder) / "data"
        manifest = restore(file, tried, clock, provider)
        with open_store(tried, clock=clock, provider=provider) as store:
            store.examine()
    return manifest


def _demand_free(data: Path) -> None:
    begun = (data / _MAKING).exists()
    if any((data / name).exists() for name in _TERMINALS) or ((data / blobfiles.FOLDER).exists() and not begun):
        raise KioskError(Failure.ALREADY_PROVISIONED, role="data")


def _clear_beside(data: Path) -> None:
    """What SQLite and the opening laid beside it; its log is folded in when it is closed."""
    for ending in ("-wal", "-shm", COPY):
        (data / f"{_MAKING}{ending}").unlink(missing_ok=True)


def _unpack(file: Path, data: Path, key: bytes) -> Manifest:
    """Everything to its place, but the database beside its own, first: it marks what is only half there."""
    files = BlobFiles(data)
    with backup.opened(file, key) as reader:
        for name, _, pieces in reader.parts():
            if name == backup.MANIFEST:
                if reader.rescue:
                    write_durably(data / rescue.FILE_NAME, reader.rescue)
                return backup.manifest_of(pieces, reader)
            if name == backup.DATABASE:
                _clear_beside(data)
                _write(data / _MAKING, pieces)
            elif name == backup.SETTINGS:
                settings = b"".join(pieces)
                if not (data / name).exists():  # whoever put some there wants them
                    write_durably(data / name, settings)
            else:
                files.write(digest_bytes(name), b"".join(pieces))
    raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="end")


def _begin(data: Path, key: bytes, clock: Clock, manifest: Manifest) -> None:
    """See that it is what was backed up, then stop it: numbers given since the backup are not known here."""
    connection = Connection(opening.open_database(data / _MAKING, key), clock)
    with closing(Store(data, key, connection)) as store:
        if Counts.of(connection.rows) != manifest.counts:
            raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="counts")
        for (digest,) in connection.rows("SELECT digest FROM blobs"):
            if digest.hex() not in manifest.missing:
                BlobFiles(data).read(digest)
        with store.write_tx():
            store.settings.stop(StopCause.RESTORED)
            when = {"from": manifest.at.isoformat()}
            store.journal.append("backup.restored", manifest.terminal, "technician", when)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
    flush(path.parent)
