"""Every material of a case as one document, for archives and systems that take no more than that."""

from collections.abc import Collection, Iterable
from pathlib import Path

from central.whole import write_whole
from kiosk.failure import KioskError
from kiosk.papers.binding import bind
from sync.wire.messages import BlobEntry

Named = tuple[str, BlobEntry]


def bind_materials(folder: Path, files: Iterable[Named], absent: Collection[str]) -> int:
    """Write `bound/<material>.pdf` beside the files of one event that lie in `folder`; how many could not be bound.

    A material of which a file is `absent` is left out: nobody could see that a page of it is missing.
    """
    materials: dict[tuple[str, str], list[Named]] = {}
    for name, entry in files:
        materials.setdefault((entry.material, entry.member or ""), []).append((name, entry))
    unbound = 0
    taken: set[str] = set()
    for key, pages in materials.items():
        if any(name in absent for name, _ in pages):
            continue
        stem = _free("-".join(filter(None, key)), taken)
        try:
            book = bind([((folder / name).read_bytes(), entry.ext) for name, entry in pages])
        except KioskError:
            unbound += 1
            continue
        (folder / "bound").mkdir(exist_ok=True)
        write_whole(folder / "bound" / f"{stem}.pdf", book)
    return unbound


def _free(stem: str, taken: set[str]) -> str:
    """`a-b` of nobody and `a` of member `b` must not meet; no id has a `~`."""
    free, number = stem, 1
    while free in taken:
        number += 1
        free = f"{stem}~{number}"
    taken.add(free)
    return free
