"""One opened platform: its data directory, database, keys, sealed files and clock."""

import fcntl
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Self

from structlog.typing import FilteringBoundLogger

from central import keys
from central.blobs import BlobRoom, disk_failure
from central.catalogue import Catalogues
from central.log import make_log
from central.store import settings
from central.store.engine import Store, open_store, sqlite_url
from kiosk import folders
from kiosk.enrolment import fingerprint_of
from kiosk.failure import Failure, KioskError
from kiosk.seal.statements import PlatformStatement, make_platform_statement, read_platform_statement

_PLATFORM = "platform"
STATEMENT = "platform_statement"
_DEMO = "demo"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """Everything the verbs of the platform work on.

    `name` is the platform id that requests carry in `tag`; `arrivals` is set whenever a case may have become ready for
    review.
    """

    data: Path
    store: Store
    keys: keys.PlatformKeys
    blobs: BlobRoom
    catalogues: Catalogues
    log: FilteringBoundLogger
    name: str
    statement: bytes
    demo: bool = False
    now: Callable[[], datetime] = _now
    arrivals: threading.Event = field(default_factory=threading.Event)

    @property
    def root_public(self) -> bytes:
        """The key that an enrolment code carries the fingerprint of."""
        return self.keys.root_public

    def close(self) -> None:
        """Give the files back."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_office(data: Path, db: str | None = None, *, found: bool = False, demo: bool = False) -> Office:
    """Open the platform of a data directory; `found` lets it be founded there when there is none.

    `demo` marks it as a demonstration, which it stays: papers once marked must not be followed by unmarked ones.

    Raises:
        KioskError: `KEY_ABSENT` when no platform was founded there, `STORE_UNREADABLE` or `STORE_FULL` where none can
            be founded, or what keys and database raise.
    """
    data = data.resolve()
    folder = data / "keys"
    if not keys.exist(folder):
        if not found:
            raise KioskError(Failure.KEY_ABSENT, role="platform", reason="not_founded")
        _make(data, folder)
    own = keys.load(folder)
    store = open_store(db or sqlite_url(data / "central.db"), create=found)
    try:
        name, statement, own = _introduce(store, own)
        demo = _mark_demo(store, demo=demo)
    except KioskError:
        store.close()
        raise
    catalogues = Catalogues(store, own.record_public)
    return Office(data, store, own, BlobRoom(data / "blobs"), catalogues, make_log(), name, statement, demo)


def _make(data: Path, folder: Path) -> None:
    try:
        folders.make(data, 0o700)
        keys.create(folder)
    except OSError as error:
        raise disk_failure(error, "platform") from error


def lock_office(data: Path) -> IO[bytes]:
    """Hold the directory for one serving process, until the file is closed or the process ends.

    Raises:
        KioskError: `AGENT_ALREADY_RUNNING` when another process serves it.
    """
    file = (data / "serve.lock").open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise KioskError(Failure.AGENT_ALREADY_RUNNING, role="platform") from error
    os.fchmod(file.fileno(), 0o600)
    return file


def _introduce(store: Store, own: keys.PlatformKeys) -> tuple[str, bytes, keys.PlatformKeys]:
    """The platform's name, the root's newest statement of its other keys, and the keys as it names them."""
    with store.read() as connection:
        name, statement = settings.get(connection, _PLATFORM), settings.get(connection, STATEMENT)
    if name is None or statement is None:
        with store.write() as connection:
            fresh = f"P-{fingerprint_of(own.root_public)[:10]}"
            name = settings.put_once(connection, _PLATFORM, fresh.encode())
            statement = settings.put_once(connection, STATEMENT, _state(own, name.decode()))
    stated = read_platform_statement(own.root_public, statement)
    if stated.record_key != own.record_public:
        raise KioskError(Failure.STORE_WRONG_KEY, role="platform")
    return name.decode(), statement, own.stated(stated.platform_key)


def _mark_demo(store: Store, *, demo: bool) -> bool:
    """Whether this platform is a demonstration, now or since earlier."""
    with store.read() as connection:
        marked = settings.get(connection, _DEMO) is not None
    if demo and not marked:
        with store.write() as connection:
            settings.put_once(connection, _DEMO, b"1")
    return demo or marked


def _state(own: keys.PlatformKeys, name: str) -> bytes:
    stated = PlatformStatement(name, own.record_public, own.platform_public, own.rescue_public, _now())
    return make_platform_statement(own.root, stated)
