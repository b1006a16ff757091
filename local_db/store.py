"""One opened data directory: the database, the sealed files beside it, and one object per aggregate."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Self

from kiosk.clock import CLOCK_MARK, SystemClock
from kiosk.failure import Failure, KioskError
from kiosk.folders import make
from kiosk.ports import Clock
from local_db import aside, blobfiles, keys, opening, rescue
from local_db.blobfiles import BlobFiles
from local_db.blobs import Blobs
from local_db.board import Board
from local_db.cases import Cases
from local_db.connection import Connection
from local_db.contents import contents
from local_db.daybook import Daybook
from local_db.drafts import Drafts
from local_db.driver import Database
from local_db.erasure import Erasure
from local_db.feedback import FeedbackBook
from local_db.files import told
from local_db.inbox import Inbox
from local_db.journal import Journal
from local_db.keys import KeyProvider
from local_db.outbox import Outbox
from local_db.packages import Packages
from local_db.papers import Papers
from local_db.renewing import settle_renewal
from local_db.settings import PROVIDER_SECRET, RESCUE_KEY, Settings
from local_db.shelf import Shelf
from local_db.staff import Staff

_FOLDER_MODE: Final = 0o700


class Store:
    """See `kiosk.ports.Store`. One per process and data directory; its methods belong to one thread at a time."""

    def __init__(self, data: Path, key: bytes, connection: Connection) -> None:
        self._data = data
        self._key = key
        self._connection = connection
        self.journal = Journal(connection)
        self.settings = Settings(connection, self.journal)
        self.journal.seal_with(self.settings.seal, self.settings.root)
        self.blobs = Blobs(connection, BlobFiles(data))
        self.drafts = Drafts(connection, self.blobs)
        self.outbox = Outbox(connection, self.blobs, self.journal)
        self.cases = Cases(connection, self.drafts, self.outbox, self.journal, self.settings)
        self.erasure = Erasure(connection, self.blobs, self.drafts, self.journal)
        self.inbox = Inbox(connection, self.journal)
        self.board = Board(connection, self.journal)
        self.packages = Packages(connection)
        self.feedback = FeedbackBook(connection, self.outbox, self.journal, self.settings)
        self.shelf = Shelf(connection, self.settings, self.journal, self.board)
        self.papers = Papers(connection, self.journal)
        self.provider_secret = self.settings.get(PROVIDER_SECRET) or keys.provider_secret(key)
        self.staff = Staff(connection, self.journal, self.provider_secret)
        self.daybook = Daybook(connection, self.settings)

    def write_tx(self) -> AbstractContextManager[None]:
        """See `local_db.connection.Connection.write_tx`."""
        return self._connection.write_tx()

    def seal_rescue(self, rescue_key: bytes) -> None:
        """Write `DATA/rescue.sealed`, after `settings.enrol`.

        Raises:
            KioskError: `NOT_PROVISIONED`, `STORE_FULL`, `STORE_UNREADABLE`.
        """
        terminal = self.settings.identity().terminal
        rescue.seal_key(self._data, self._key, rescue_key, terminal)
        self.settings.put(RESCUE_KEY, rescue_key)
        self.journal.append("key.sealed_for_rescue", terminal, "technician")

    def examine(self) -> None:
        """Read the whole database and check every page, every index and the journal; takes seconds on a large one.

        Raises:
            KioskError: `STORE_CORRUPT`, `JOURNAL_BROKEN`.
        """
        if self._damaged_pages():
            raise KioskError(Failure.STORE_CORRUPT, role="database", reason="page")
        if self._connection.rows("PRAGMA integrity_check") != [("ok",)]:
            raise KioskError(Failure.STORE_CORRUPT, role="database", reason="structure")
        self.journal.verify()

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """See `local_db.contents.contents`."""
        return contents(self._connection)

    def _damaged_pages(self) -> bool:
        """Whether a page of the file itself fails its HMAC.

        A power cut while the write-ahead log is folded in may tear a page; the whole one still lies in the log, which
        is what every reader is given. So the log is folded in first, and while somebody reads so long that this cannot
        end, a torn page proves nothing and the check of the structure, which reads as everybody does, has to do. A page
        that another process writes just now is whole at the second look.
        """
        rows = self._connection.rows
        busy = rows("PRAGMA wal_checkpoint(FULL)")[0][0]
        found = set() if busy else set(rows("PRAGMA cipher_integrity_check"))
        return bool(found and found & set(rows("PRAGMA cipher_integrity_check")))

    def close(self) -> None:
        """Close the database; the object is of no use afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(
    data: Path, *, create: bool = False, clock: Clock | None = None, provider: KeyProvider | None = None
) -> Store:
    """Open the data directory, or with `create` make what of it is missing; nothing that is there is overwritten.

    Raises:
        KioskError: `NOT_PROVISIONED` when there is none; `KEY_ABSENT`, `KEY_EXPOSED`; `STORE_NEWER`,
            `STORE_WRONG_KEY`, `STORE_CORRUPT`, `STORE_UNREADABLE`, `STORE_FULL`, `STORE_BUSY`.
    """
    finish_interrupted(data)
    with told("data"):
        provider = provider or keys.provider_for(data)
    path = data / opening.FILE_NAME
    if create and not _exists(path):
        _make_folder(data)
        opening.create(path, provider.create())
    elif not _exists(path):
        lost = any(_exists(data / name) for name in (keys.FILE_NAME, rescue.FILE_NAME, blobfiles.FOLDER))
        raise KioskError(Failure.NOT_PROVISIONED, role="database", reason="lost" if lost else "new")
    key = provider.key()
    connection = Connection(_opened(path, key), clock or SystemClock())
    store = Store(data, key, connection)
    if clock is None:
        connection.clock = SystemClock(lambda: store.settings.get(CLOCK_MARK))
    try:
        store.blobs.sweep(connection.now())
    except BaseException:
        store.close()
        raise
    return store


def finish_interrupted(data: Path) -> None:
    """Bring an exchange of databases and a renewal of the key that broke off to their end; before anything is judged.

    Raises:
        KioskError: as `local_db.aside.exchange` and `local_db.renewing.settle_renewal`.
    """
    if _exists(data / aside.NEXT):
        aside.exchange(data)
    with told("data"):
        settle_renewal(data)


def _opened(path: Path, key: bytes) -> Database:
    """The database that lies there, also where another took its place while this process waited to be let in."""
    while True:
        with told("database"):
            before = path.stat().st_ino
        db = opening.open_database(path, key)
        with told("database"):
            if path.stat().st_ino == before:
                return db
        db.conn.close()


def _exists(path: Path) -> bool:
    """Whether something lies there; a folder that may not be looked into is no empty one."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise KioskError(Failure.STORE_UNREADABLE, role="data") from error
    return True


def _make_folder(data: Path) -> None:
    with told("data"):
        make(data, _FOLDER_MODE)
        if not os.access(data, os.W_OK | os.X_OK):
            raise PermissionError
