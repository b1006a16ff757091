"""The rescue copy: the database key, sealed to the platform's rescue key, beside the database.

A terminal whose key file or machine is lost is brought back with it, by whoever holds the platform's rescue key; on
its own the copy opens nothing.
"""

from pathlib import Path
from typing import Final

from kiosk.seal.rescue import open_key, sealed_key
from local_db.files import told, write_durably

__all__ = ["FILE_NAME", "open_key", "seal_key", "sealed_key"]

FILE_NAME: Final = "rescue.sealed"


def seal_key(data: Path, key: bytes, rescue_key: bytes, terminal: str) -> None:
    """Write the copy in place of an older one.

    Raises:
        KioskError: `STORE_FULL` or `STORE_UNREADABLE`; an older copy is as it was.
    """
    with told("rescue"):
        write_durably(data / FILE_NAME, sealed_key(key, rescue_key, terminal))
