"""The file a backup lies in: two wraps in front, everything else one sealed stream.

First `kiosk.seal.rescue.BackupFront`, then the stream: parts of a name, a length and that many bytes. The last part is
the manifest. What stands in front is bound to the stream, so no byte changes unseen.
"""

import hashlib
import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from kiosk.failure import Failure, KioskError
from kiosk.seal import content, streams, wraps
from kiosk.seal.rescue import BackupFront

PIECE_BYTES: Final = 1024 * 1024
_CONTEXT: Final = b"jinban/backup/1|"
_PART: Final = struct.Struct(">BQ")

Part = tuple[str, int, Iterable[bytes]]
"""Name, length, and the bytes in pieces."""


def write(file: BinaryIO, secret: bytes, rescue: bytes, parts: Iterable[Part]) -> None:
    """Seal the parts under a fresh key and write all of it.

    Raises:
        OSError: the file system refused.
    """
    key = content.new_key()
    front = BackupFront(wraps.wrap_under(key, secret), rescue).packed()
    file.write(front)
    file.writelines(streams.sealing(_told(parts), key, _context(front)))


class Reader:
    """Reads the parts of a backup one after the other, none before it is proven."""

    def __init__(self, file: BinaryIO, secret: bytes) -> None:
        """Open what stands in front.

        Raises:
            KioskError: `BACKUP_DAMAGED` where this is no backup, `BACKUP_OTHER_KEY`.
        """
        front = BackupFront.read(file)
        self.rescue = front.rescue
        try:
            key = wraps.unwrap_under(front.wrap, secret)
        except KioskError as error:
            raise KioskError(Failure.BACKUP_OTHER_KEY, role="backup") from error
        self._plain = streams.opening(iter(lambda: file.read(PIECE_BYTES), b""), key, _context(front.packed()))
        self._held = b""

    def parts(self) -> Iterator[Part]:
        """Every part in the order it was written; its bytes have to be taken before the next one is asked for.

        Raises:
            KioskError: `BACKUP_DAMAGED` as soon as a byte is not what was written, or the end is missing.
        """
        while self._more():
            name_bytes, size = _PART.unpack(self._take(_PART.size))
            yield self._take(name_bytes).decode(), size, self._pieces(size)

    def _pieces(self, size: int) -> Iterator[bytes]:
        while size:
            piece = self._take(min(size, PIECE_BYTES))
            size -= len(piece)
            yield piece

    def _take(self, size: int) -> bytes:
        while len(self._held) < size:
            if not self._more(beyond=len(self._held)):
                raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="end")
        taken, self._held = self._held[:size], self._held[size:]
        return taken

    def _more(self, beyond: int = 0) -> bool:
        """Whether more than so many bytes are at hand, after reading on where they are not."""
        while len(self._held) <= beyond:
            try:
                piece = next(self._plain, None)
            except KioskError as error:
                raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="content") from error
            if piece is None:
                return False
            self._held += piece
        return True


def _told(parts: Iterable[Part]) -> Iterator[bytes]:
    for name, size, pieces in parts:
        yield _PART.pack(len(name.encode()), size) + name.encode()
        yield from pieces


def _context(front: bytes) -> bytes:
    return _CONTEXT + hashlib.sha256(front).digest()
