"""Files on a stick that may be pulled, full, torn, or made by somebody else.

Data files are named by what they hold, so a torn one is known by its own name and written again. What an index names
is made durable before the index takes its place by a rename. Nothing here follows a link, opens anything but plain
files or touches a name that is not ours, because anybody may have prepared the medium.
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kiosk.failure import Failure, KioskError

ROOT: Final = "jinban"
SUFFIX: Final = ".jbn"
Place = tuple[str, ...]
"""Folder and file names below `ROOT`, in lower case."""

_PIECE_BYTES: Final = 1 << 20
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_FLUSH: Final = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}
_ABSENT: Final = {errno.ENOENT, errno.ENOTDIR}
_DATA: Final = re.compile(r"[0-9a-f]{32}\.jbn")
_TERMINAL: Final = re.compile(r"t\d{5}[0-9a-z]")
_READ: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_WRITE: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def data_name(digest: bytes) -> str:
    """The name of the data file with this SHA-256: FAT-safe, and nothing personal in it."""
    return digest.hex()[:32] + SUFFIX


def blob_place(folder: str, digest: bytes) -> Place:
    """Where a sealed file lies; spread out, because FAT folders are short and slow."""
    return (folder, "blobs", digest.hex()[:2], data_name(digest))


def folder_of(terminal: str, epoch: str) -> str:
    """The folder of one terminal's enrolment."""
    return f"{terminal}{epoch}".lower()


class Stick:
    """One medium, by the folder it is mounted at."""

    def __init__(self, mounted: Path) -> None:
        self._mounted = mounted
        self._unflushed: dict[Path, None] = {}

    def terminals(self) -> tuple[str, ...]:
        """The folders of terminals on it.

        Raises:
            KioskError: `COURIER_UNREADABLE`.
        """
        return tuple(sorted({name for name in self._names(()) if _TERMINAL.fullmatch(name)}))

    def demand(self) -> None:
        """Make sure that something is mounted there.

        Raises:
            KioskError: `COURIER_UNREADABLE`.
        """
        if not self._mounted.is_dir():
            raise KioskError(Failure.COURIER_UNREADABLE, reason="absent")

    def index(self, place: Place, most: int) -> bytes | None:
        """A small file whole; None where there is none, or none of at most `most` bytes.

        Raises:
            KioskError: `COURIER_UNREADABLE`.
        """
        data, whole = bytearray(), False
        with _told(reading=True):
            for piece in self._pieces(place):
                data += piece
                if len(data) > most:
                    break
            else:
                whole = True
        return bytes(data) if whole else None

    def lies(self, place: Place) -> bool:
        """Whether something lies there, whole or not."""
        with _told():
            return self._path(place).exists()

    def holds(self, place: Place, digest: bytes, size: int) -> bool:
        """Whether the file lies there whole; every byte is looked at."""
        found, length = hashlib.sha256(), 0
        with _told(reading=True):
            for piece in self._pieces(place):
                found.update(piece)
                length += len(piece)
                if length > size:
                    break
        return length == size and found.digest() == digest

    def part(self, place: Place, digest: bytes, size: int, most: int) -> bytes:
        """A data file whole.

        Raises:
            KioskError: `COURIER_TORN` when it is not there or not what it should be, `COURIER_UNREADABLE`.
        """
        data = self.index(place, min(size, most))
        if data is None or len(data) != size or hashlib.sha256(data).digest() != digest:
            raise KioskError(Failure.COURIER_TORN, reason="part")
        return data

    def pieces(self, place: Place, offset: int, length: int) -> Iterator[bytes]:
        """The bytes of a file from an offset, `length` at a time.

        Raises:
            KioskError: `COURIER_UNREADABLE`.
        """
        with _told(reading=True):
            descriptor = self._open(place)
            with os.fdopen(descriptor, "rb") as file:
                file.seek(offset)
                while piece := file.read(length):
                    yield piece

    def put(self, place: Place, data: bytes) -> None:
        """Write a data file; durable only after `flush`. A failure leaves nothing of it.

        Raises:
            KioskError: `COURIER_FULL`, `COURIER_UNREADABLE`.
        """
        with _told():
            path = self._path(place, make=True)
            try:
                self._write(path, data)
            except OSError:
                with suppress(OSError):
                    path.unlink()
                self._unflushed.pop(path, None)
                raise

    def claim(self, place: Place) -> None:
        """Let `flush` see to a file that lies there already: whoever wrote it may have been stopped before that."""
        with _told():
            self._unflushed[self._path(place)] = None

    def flush(self, on_file: Callable[[], None] = lambda: None) -> None:
        """Make everything written so far durable, folders last.

        Raises:
            KioskError: `COURIER_FULL`, `COURIER_UNREADABLE`.
        """
        with _told():
            for path in self._unflushed:
                _sync(path)
                on_file()
            for folder in dict.fromkeys(folder for path in self._unflushed for folder in self._above(path)):
                _sync(folder)
        self._unflushed.clear()

    def publish(self, place: Place) -> None:
        """Let the index written by `put` under `next_of(place)` take its place, in one step.

        Raises:
            KioskError: `COURIER_FULL`, `COURIER_UNREADABLE`.
        """
        with _told():
            path = self._path(place)
            self._path(next_of(place)).replace(path)
            _sync(path.parent)

    def replace(self, place: Place, data: bytes) -> None:
        """Write a small file in the place of the one there, whole or not at all.

        Raises:
            KioskError: `COURIER_FULL`, `COURIER_UNREADABLE`.
        """
        self.put(next_of(place), data)
        self.flush()
        self.publish(place)

    def discard(self, place: Place) -> None:
        """Take a file off the stick; one that is not there is gone already."""
        with _told(reading=True):
            path = self._path(place)
            path.unlink(missing_ok=True)
            self._unflushed.pop(path, None)

    def keep_only(self, folder: Place, names: Iterable[str]) -> None:
        """Take off every data file of a folder that is not one of these."""
        kept = set(names)
        for name in self._names(folder):
            if _DATA.fullmatch(name) and name not in kept:
                self.discard((*folder, name))

    def blob_bytes(self) -> int:
        """How long all sealed files on it are together."""
        total = 0
        for terminal in self.terminals():
            for folder in self._names((terminal, "blobs")):
                for name in self._names((terminal, "blobs", folder)):
                    with suppress(OSError):
                        total += self._path((terminal, "blobs", folder, name)).lstat().st_size
        return total

    def folders(self, folder: Place) -> tuple[str, ...]:
        """The names in a folder, in lower case."""
        return tuple(self._names(folder))

    def _pieces(self, place: Place) -> Iterator[bytes]:
        with os.fdopen(self._open(place), "rb", buffering=0) as file:
            while piece := file.read(_PIECE_BYTES):
                yield piece

    def _open(self, place: Place) -> int:
        descriptor = os.open(self._path(place), _READ)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise KioskError(Failure.COURIER_UNREADABLE, reason="no_plain_file")
        return descriptor

    def _write(self, path: Path, data: bytes) -> None:
        descriptor = os.open(path, _WRITE, 0o644)
        self._unflushed[path] = None
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise KioskError(Failure.COURIER_UNREADABLE, reason="no_plain_file")
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view[:_PIECE_BYTES]) :]
        finally:
            os.close(descriptor)

    def _path(self, place: Place, *, make: bool = False) -> Path:
        """The path below the stick, found however its letters are cased, and never through a link."""
        path = self._mounted
        for depth, name in enumerate((ROOT, *place)):
            if make and depth and not path.exists():
                path.mkdir()
                _sync(path.parent)
            path = _cased(path, name)
            if path.is_symlink():
                raise KioskError(Failure.COURIER_UNREADABLE, reason="link")
        return path

    def _names(self, folder: Place) -> list[str]:
        names: list[str] = []
        with _told(reading=True):
            names += os.listdir(self._path(folder))  # noqa: PTH208 -- names alone
        return [name.lower() for name in names]

    def _above(self, path: Path) -> Iterator[Path]:
        for folder in path.parents:
            yield folder
            if folder == self._mounted:
                return


def next_of(place: Place) -> Place:
    """Where an index is written before it takes its place."""
    return (*place[:-1], place[-1].partition(".")[0] + ".new")


def _cased(folder: Path, name: str) -> Path:
    path = folder / name
    if path.exists() or path.is_symlink():
        return path
    with suppress(OSError):
        for found in os.listdir(folder):  # noqa: PTH208 -- names alone
            if found.lower() == name:
                return folder / found
    return path


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FLUSH or not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise
        os.sync()  # some drivers of FAT and exFAT flush no folder alone
    finally:
        os.close(descriptor)


@contextmanager
def _told(*, reading: bool = False) -> Iterator[None]:
    """Every trouble of the medium has a name; what is not there is none to whoever reads."""
    try:
        yield
    except OSError as error:
        if reading and error.errno in _ABSENT:
            return
        if error.errno in _FULL:
            raise KioskError(Failure.COURIER_FULL) from error
        raise KioskError(Failure.COURIER_UNREADABLE, reason="medium") from error
