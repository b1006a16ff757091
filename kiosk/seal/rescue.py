"""A terminal's database key, sealed to the platform's rescue key: beside the database, and in front of its backups."""

import struct
from dataclasses import dataclass
from typing import BinaryIO, Final

from kiosk.failure import Failure, KioskError
from kiosk.seal import records

BACKUP_MAGIC: Final = b"jinban-backup/1\n"
_LENGTH: Final = struct.Struct(">H")
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class BackupFront:
    """What stands before the sealed stream of a backup.

    `wrap` is the content key under the terminal's backup secret, `rescue` the database key as `sealed_key` gives it,
    empty where the terminal has none.
    """

    wrap: bytes
    rescue: bytes

    def packed(self) -> bytes:
        """As it is written."""
        return BACKUP_MAGIC + b"".join(_LENGTH.pack(len(one)) + one for one in (self.wrap, self.rescue))

    @classmethod
    def read(cls, file: BinaryIO) -> "BackupFront":
        """Read from the beginning of a backup, up to its stream.

        Raises:
            KioskError: `BACKUP_DAMAGED` where this is no backup, or it ends here.
        """
        if file.read(len(BACKUP_MAGIC)) != BACKUP_MAGIC:
            raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="kind")
        return cls(_field(file), _field(file))


def sealed_key(key: bytes, rescue_key: bytes, terminal: str) -> bytes:
    """The database key for the holder of the platform's rescue key."""
    return records.seal_record(key, rescue_key, _context(terminal))


def open_key(sealed: bytes, rescue_private: bytes, terminal: str) -> bytes:
    """The database key again, for the platform's side of a rescue.

    Raises:
        KioskError: `BLOB_DAMAGED` for another rescue key, another terminal or a changed byte.
    """
    key = records.open_record(sealed, rescue_private, _context(terminal))
    if len(key) != _KEY_BYTES:
        raise KioskError(Failure.BLOB_DAMAGED, reason="record")
    return key


def _field(file: BinaryIO) -> bytes:
    length = file.read(_LENGTH.size)
    found = file.read(_LENGTH.unpack(length)[0]) if len(length) == _LENGTH.size else b""
    if len(length) != _LENGTH.size or len(found) != _LENGTH.unpack(length)[0]:
        raise KioskError(Failure.BACKUP_DAMAGED, role="backup", reason="end")
    return found


def _context(terminal: str) -> str:
    return f"rescue/{terminal}"
