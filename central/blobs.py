"""Sealed files on disk, named by the SHA-256 of their bytes, one folder per terminal.

Nothing of one terminal is ever found for another, so that nobody learns from an offset what somebody else holds.
Bytes are appended as they arrive; a lock, which holds between processes too, is held around one append, never while the
network is waited for. A part counts for nothing until the SHA-256 of the whole was checked, so appends need no flush.
Bytes that come before their turn, over another connection, wait beside the part until the gap is closed.
"""

import errno
import fcntl
import hashlib
import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

from central.ahead import Ahead
from kiosk import folders
from kiosk.failure import Failure, KioskError

PARTS_KEPT: timedelta = timedelta(days=21)
"""How long the first bytes of an unfinished file wait for the rest; weak links take weeks, never less than 14 days."""

_PART, _AHEAD = ".part", ".ahead"
_DIGEST = "[0-9a-f]" * 64
_CHUNK = 1 << 20
_LOCKS = 256


@dataclass(frozen=True, slots=True)
class Held:
    """After an append: how many first bytes are here, what was wrong with these, and whether the file is now whole.

    `ahead` bytes more are here beyond a gap and count once it is closed.
    """

    have: int
    error: str = ""
    whole: bool = False
    ahead: int = 0


class BlobRoom:
    """The folder of sealed files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._locks = tuple(threading.Lock() for _ in range(_LOCKS))
        self._durable: set[Path] = set()

    def have(self, terminal: str, digest: bytes, size: int) -> int:
        """How many first bytes are here; `size` only when it is whole and checked."""
        have = self._have(terminal, digest, size)
        if have < size:
            return have
        with self._locks[digest[0]]:  # a process may have ended between the last byte and the check
            path = self._path(terminal, digest)
            try:
                return (self._whole(path, size) if path.exists() else self._finish(_part(path), digest, size)).have
            except OSError as error:
                raise disk_failure(error) from error

    def beyond(self, terminal: str, digest: bytes, have: int) -> tuple[tuple[int, int], ...]:
        """What is here of an unfinished file beyond the gap after `have`: first byte and the one after the last."""
        return Ahead(_part(self._path(terminal, digest)).with_suffix(_AHEAD)).stretches(have)

    def append(self, terminal: str, digest: bytes, size: int, offset: int, data: bytes) -> Held:
        """Add bytes at the end of what is here, or keep them until their turn comes.

        Any writer at the right offset may append, since bytes of one name are the same bytes. A file that is
        complete but has another digest is thrown away whole and starts over.

        Raises:
            KioskError: `STORE_FULL` or `STORE_UNREADABLE` when the disk says so.
        """
        with self._locks[digest[0]]:
            try:
                return self._append(terminal, digest, size, offset, data)
            except OSError as error:
                raise disk_failure(error) from error

    def read(self, terminal: str, digest: bytes) -> bytes:
        """The sealed bytes of a whole file.

        Raises:
            KioskError: `BLOB_DAMAGED` when it is not here or no longer what its name says.
        """
        try:
            data = self._path(terminal, digest).read_bytes()
        except OSError as error:
            raise KioskError(Failure.BLOB_DAMAGED, reason="absent") from error
        if hashlib.sha256(data).digest() != digest:
            raise KioskError(Failure.BLOB_DAMAGED, reason="digest")
        return data

    def holds_named(self, terminal: str, beginning: str) -> bool:
        """Whether a whole file is here whose name begins so."""
        folder = self._folder / terminal / beginning[:2]
        return any(not path.name.endswith(_PART) for path in folder.glob(f"{beginning}*"))

    def sweep(self, before: float) -> int:
        """Throw away parts that nobody has added to since `before` (seconds since 1970); how many."""
        gone = 0
        for path in self._folder.glob(f"*/*/{_DIGEST}.*"):
            with self._locks[int(path.name[:2], 16)], suppress(FileNotFoundError):
                if path.suffix in {_PART, _AHEAD} and path.stat().st_mtime < before:
                    path.unlink()
                    gone += path.suffix == _PART
        return gone

    def _append(self, terminal: str, digest: bytes, size: int, offset: int, data: bytes) -> Held:
        path = self._path(terminal, digest)
        if path.exists():
            return self._whole(path, size)
        if offset + len(data) > size:
            return Held(self._have(terminal, digest, size), "size")
        part = _part(path)
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # another process may take the same file from a stick just now
            if path.exists():
                part.unlink(missing_ok=True)
                return self._whole(path, size)
            return self._append_to(file, part, digest, size, offset, data)

    def _append_to(self, file: IO[bytes], part: Path, digest: bytes, size: int, offset: int, data: bytes) -> Held:
        state = os.fstat(file.fileno())
        have = state.st_size
        if state.st_nlink == 0:  # thrown away while we waited
            return Held(0, "offset")
        if have >= size:
            return self._finish(part, digest, size)
        waiting = Ahead(part.with_suffix(_AHEAD))
        if offset > have:
            return Held(have, "offset", ahead=waiting.keep(offset, data))
        if offset + len(data) <= have:
            return Held(have)
        file.write(memoryview(data)[have - offset :])
        have = offset + len(data)
        for piece in waiting.after(have):
            file.write(piece)
            have += len(piece)
        file.flush()
        return Held(have, ahead=waiting.drop_before(have)) if have < size else self._finish(part, digest, size)

    def _have(self, terminal: str, digest: bytes, size: int) -> int:
        path = self._path(terminal, digest)
        if path.exists():
            return size
        with suppress(FileNotFoundError):
            return _part(path).stat().st_size
        return 0

    def _finish(self, part: Path, digest: bytes, size: int) -> Held:
        path = part.with_name(part.name.removesuffix(_PART))
        try:
            with part.open("rb") as file:
                whole = hashlib.file_digest(file, "sha256").digest()
                if whole == digest:
                    os.fsync(file.fileno())
            part.with_suffix(_AHEAD).unlink(missing_ok=True)
            if whole != digest:
                part.unlink()
                return Held(0, "content")
            part.rename(path)
        except FileNotFoundError:  # another process was faster
            return self._whole(path, size) if path.exists() else Held(0, "content")
        return self._whole(path, size)

    def _whole(self, path: Path, size: int) -> Held:
        """It lies there; before anybody is told so, its name outlives a power cut, whoever gave it."""
        self._flush_names(path.parent)
        return Held(size, whole=True)

    def _flush_names(self, folder: Path) -> None:
        """The file's own name each time, those of the folders above once in this process.

        Another connection, or a process that is gone, may have made them a moment ago and not have flushed them.
        """
        folders.flush(folder)
        if folder not in self._durable:
            for above in (folder.parent, self._folder, self._folder.parent):
                folders.flush(above)
            self._durable.add(folder)

    def _path(self, terminal: str, digest: bytes) -> Path:
        name = digest.hex()
        return self._folder / terminal / name[:2] / name


def disk_failure(error: OSError, role: str = "platform_blobs") -> KioskError:
    """What a disk error is called."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return KioskError(Failure.STORE_FULL if full else Failure.STORE_UNREADABLE, role=role)


def _part(path: Path) -> Path:
    return path.with_name(path.name + _PART)
