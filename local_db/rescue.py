"""The rescue copy: the database key, sealed to the platform's rescue key, beside the database.

A terminal whose key file or machine is lost is brought back with it, by whoever holds the platform's rescue key; on
its own the copy opens nothing.
"""

from pathlib import Path
from typing import Final

from kiosk.failure import Failure, KioskError
from kiosk.seal import records
from local_db.files import told, write_durably

FILE_NAME: Final = "rescue.sealed"
_KEY_BYTES: Final = 32


def seal_key(data: Path, key: bytes, rescue_key: bytes, terminal: str) -> None:
    """Write the copy in place of an older one.

    Raises:
        KioskError: `STORE_FULL` or `STORE_UNREADABLE`; an older copy is as it was.
    """
    with told("rescue"):
        write_durably(data / FILE_NAME, sealed_key(key, rescue_key, terminal))


def sealed_key(key: bytes, rescue_key: bytes, terminal: str) -> bytes:
    """The copy as its file holds it."""
    return records.seal_record(key, rescue_key, _context(terminal))


def open_key(sealed: bytes, rescue_private: bytes, terminal: str) -> bytes:
    """The database key out of a copy, for the platform's side of a rescue.

    Raises:
        KioskError: `BLOB_DAMAGED` for another rescue key, another terminal or a changed byte.
    """
    key = records.open_record(sealed, rescue_private, _context(terminal))
    if len(key) != _KEY_BYTES:
        raise KioskError(Failure.BLOB_DAMAGED, reason="record")
    return key


def _context(terminal: str) -> str:
    return f"rescue/{terminal}"
