"""Looks through places, processes and the opened database, and tells what lies there without saying whose it is."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.cli.traces.places import Place, files_of
from kiosk.cli.traces.processes import leaves_an_image, processes_of, shares
from kiosk.cli.traces.sought import Sought
from local_db.store import Store

_CHUNK: Final = 1 << 20
MEMORY: Final = "shared memory"
WRITTEN_BY_AUTHORITY: Final = frozenset({"decision_papers.paper", "shelf_items.item"})
"""Columns left out: papers that the authority signed, kept to be printed here, and guides with their examples."""


@dataclass(slots=True)
class Search:
    """What was looked through so far. `left` names where something lies, `unread` what could not be looked at."""

    files: int = 0
    processes: int = 0
    values: int = 0
    left: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def look_at_files(self, place: Place, wanted: Sought, *, demo: bool, since: float = 0.0) -> None:
        """Every file of a place, its name and its bytes."""
        for path in files_of(place, demo=demo, since=since):
            shown = path.relative_to(place.path)
            self.files += 1
            if wanted.within(os.fsencode(shown)):
                self.left.append(f"{place.name}: a file's name")
                shown = Path("…")
            try:
                if any(wanted.within(piece) for piece in _pieces(path, wanted.longest)):
                    self.left.append(f"{place.name}: {shown}")
            except FileNotFoundError:
                continue
            except OSError:
                self.unread.append(f"{place.name}: {shown}")

    def look_at_processes(self, data: Path, wanted: Sought) -> None:
        """Shared memory of the terminal's living processes, and what a crash of theirs would leave."""
        for pid in processes_of(data):
            self.processes += 1
            found, whole = shares(pid, wanted)
            if found:
                self.left.append(f"{MEMORY} of process {pid}")
            if not whole:
                self.unread.append(f"{MEMORY} of process {pid}")
            if leaves_an_image(pid):
                self.left.append(f"process {pid}: a crash would write its memory down")

    def look_at_database(self, store: Store, wanted: Sought) -> None:
        """Every value of the opened database, but for what the authority wrote."""
        for column, value in store.contents():
            self.values += 1
            if column not in WRITTEN_BY_AUTHORITY and wanted.within(value):
                self.left.append(f"database: {column}")


def _pieces(path: Path, overlap: int) -> Iterator[bytes]:
    """A file of any length in pieces that overlap by the longest thing sought."""
    before = b""
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            piece = before + chunk
            yield piece
            before = piece[-overlap:]
