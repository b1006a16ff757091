"""Reading a database file beside SQLite, page by page.

Whoever closes a file lets go of every lock that the process holds on it (fcntl(2)), SQLite's too, so that others might
take a database in use for one that nobody has open. So what is read here stays open as long as the process.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from local_db.driver import PAGE_BYTES

_KEPT: Final[dict[tuple[int, int], int]] = {}


def pages_in(path: Path) -> Iterator[bytes]:
    """The pages of a file as they lie there; the last may be cut.

    Raises:
        OSError: the file cannot be read.
    """
    file, place = _kept_open(path), 0
    while page := os.pread(file, PAGE_BYTES, place):
        yield page
        place += PAGE_BYTES


def _kept_open(path: Path) -> int:
    found = path.stat()
    kept = _KEPT.get((found.st_dev, found.st_ino))
    if kept is None:
        kept = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        opened = os.fstat(kept)
        _KEPT[opened.st_dev, opened.st_ino] = kept
    return kept
