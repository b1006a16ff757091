"""How much each village may keep at a hub, so that none fills it for the others. What is kept already stays."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.failure import Failure, KioskError

_FOR_FORMS: Final = 16
"""Scans leave one part in so many to forms, which never wait behind scans."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """The most bytes and the most files of one terminal, over all its enrolments."""

    size: int = 2_000_000_000
    files: int = 20_000


@dataclass(slots=True)
class _Used:
    size: int = 0
    files: int = 0


class Room:
    """Counts what lies in folders that belong to terminals; a folder's name begins with its terminal's."""

    def __init__(self, allowance: Allowance, *folders: Path) -> None:
        self._allowance, self._folders = allowance, folders
        self._used: dict[str, _Used] = {}

    def demand(self, terminal: str, more: int, *, begins: bool, scan: bool) -> None:
        """Make sure that `more` bytes may be kept for a terminal; `begins`: they are the first of another file.

        Raises:
            KioskError: `COURIER_FULL`.
        """
        used = self._of(terminal)
        size, files = (most - most // _FOR_FORMS * scan for most in (self._allowance.size, self._allowance.files))
        if used.size + more > size or used.files + begins > files:
            raise KioskError(Failure.COURIER_FULL, reason="allowance")

    def kept(self, terminal: str, size: int, *, begins: bool) -> None:
        """So many bytes more are kept."""
        used = self._of(terminal)
        used.size += size
        used.files += begins

    def changed(self, terminal: str) -> None:
        """Something was thrown away: count anew when it matters."""
        self._used.pop(terminal, None)

    def _of(self, terminal: str) -> _Used:
        if terminal not in self._used:
            sizes = [size for folder in self._folders for size in _sizes(folder, terminal)]
            self._used[terminal] = _Used(sum(sizes), len(sizes))
        return self._used[terminal]


def _sizes(folder: Path, terminal: str) -> list[int]:
    return [
        (Path(above) / name).lstat().st_size
        for own in folder.glob(f"{terminal}*")
        for above, _, names in os.walk(own)
        for name in names
    ]
