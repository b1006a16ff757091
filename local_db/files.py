"""Small files written whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Final

from kiosk.failure import Failure, KioskError

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def told(role: str) -> Iterator[None]:
    """Let errors of the file system leave as `STORE_FULL` or `STORE_UNREADABLE`, naming the file's role alone."""
    try:
        yield
    except OSError as error:
        failure = Failure.STORE_FULL if error.errno in _FULL else Failure.STORE_UNREADABLE
        raise KioskError(failure, role=role) from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder_durably(folder: Path, mode: int) -> None:
    """Make a folder, and those above it, so that a power cut takes none of their names back.

    Whoever made one that is there already may have been stopped before its name was synced, so those are seen to as
    well, as far as this user may.

    Raises:
        OSError: the file system refused.
    """
    made = {one.parent for one in (folder, *folder.parents) if not one.exists()}
    folder.mkdir(mode, parents=True, exist_ok=True)
    for above in folder.parents:
        with nullcontext() if above in made else suppress(OSError):
            sync_folder(above)


def write_durably(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace `path` by `data`: temporary file, fsync, rename, fsync of the folder. A failure leaves no trace.

    Raises:
        OSError: the file system refused; `path` is as it was.
    """
    temporary = path.with_name(path.name + ".part")
    try:
        _write_synced(temporary, data, mode)
        temporary.rename(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def create_durably(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Make a file that must not exist yet, whole from the first moment another process can see it.

    Raises:
        FileExistsError: somebody else made it first; theirs stands.
        OSError: the file system refused.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        _write_synced(temporary, data, mode)
        path.hardlink_to(temporary)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def _write_synced(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
