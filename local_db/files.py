"""Small files written whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.folders import flush

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def told(role: str) -> Iterator[None]:
    """Let errors of the file system leave as `STORE_FULL` or `STORE_UNREADABLE`, naming the file's role alone."""
    try:
        yield
    except OSError as error:
        failure = Failure.STORE_FULL if error.errno in _FULL else Failure.STORE_UNREADABLE
        raise KioskError(failure, role=role) from error


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
    flush(path.parent)


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
    flush(path.parent)


def _write_synced(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
