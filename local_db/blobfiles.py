"""The sealed files themselves: `DATA/blobs/<2 hex>/<digest>`, written durably, named by the SHA-256 of their bytes."""

import hashlib
from pathlib import Path
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.folders import flush
from local_db.files import told, write_durably

FOLDER: Final = "blobs"
_MODE: Final = 0o700


class BlobFiles:
    """Content-addressed files below one folder. Who may delete which is decided by the database."""

    def __init__(self, data: Path) -> None:
        self._root = data / FOLDER
        self._durable: set[Path] = set()

    def write(self, digest: bytes, data: bytes) -> None:
        """Make the bytes durable under their name: temporary file, fsync, rename, fsync of the folder.

        Raises:
            KioskError: `STORE_FULL` or `STORE_UNREADABLE`; nothing is left behind.
        """
        path = self._path(digest)
        with told("blobs"):
            self._make(path.parent)
            write_durably(path, data)

    def read(self, digest: bytes) -> bytes:
        """The bytes, checked against their name.

        Raises:
            KioskError: `BLOB_DAMAGED` when the file is gone or is not what its name says.
        """
        try:
            data = self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise KioskError(Failure.BLOB_DAMAGED, reason="missing") from error
        except OSError as error:
            raise KioskError(Failure.STORE_UNREADABLE, role="blobs") from error
        if hashlib.sha256(data).digest() != digest:
            raise KioskError(Failure.BLOB_DAMAGED, reason="digest")
        return data

    def demand(self, digest: bytes, size: int) -> None:
        """Make sure that the file lies there in its full length, without reading it.

        Raises:
            KioskError: `BLOB_DAMAGED`.
        """
        try:
            length = self._path(digest).stat().st_size
        except OSError as error:
            raise KioskError(Failure.BLOB_DAMAGED, reason="missing") from error
        if length != size:
            raise KioskError(Failure.BLOB_DAMAGED, reason="length")

    def delete(self, digest: bytes) -> bool:
        """Delete the file and what an interrupted write left of it; False when the file system refuses."""
        path = self._path(digest)
        try:
            path.unlink(missing_ok=True)
            path.with_name(path.name + ".part").unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def lies_there(self, digest: bytes) -> bool:
        """Whether the file, or what an interrupted write left of it, still has a name."""
        path = self._path(digest)
        return path.exists() or path.with_name(path.name + ".part").exists()

    def _path(self, digest: bytes) -> Path:
        name = digest.hex()
        return self._root / name[:2] / name

    def _make(self, folder: Path) -> None:
        """Make the folder's own name durable, once in this process.

        One that is there already may have been made a moment ago by a process that was killed before it synced.
        """
        for made in (self._root, folder):
            if made not in self._durable:
                made.mkdir(_MODE, exist_ok=True)
                flush(made.parent)
                self._durable.add(made)
