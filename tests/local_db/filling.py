"""A program that works on a disk until it is full, and tells what happened as one JSON object.

`python -m tests.local_db.filling FOLDER disk` expects FOLDER on a small file system and fills it with ballast;
`… limits` needs no such file system: files may not grow (RLIMIT_FSIZE) and the database may not either.
"""

import json
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.failure import KioskError
from local_db.store import Store, open_store
from tests.local_db.making import Application, SetClock, draft, enrol, material, page, submit

_NO_MORE = 400
_LONGEST_FILE = 8 * 1024 * 1024
_TOO_LONG = {"disk": 2_000_000, "limits": 9_000_000}


class Ballast:
    """Fills the file system to the last byte."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "ballast"

    def load(self, _: Store) -> None:
        with suppress(OSError), self._path.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)
        with suppress(OSError), self._path.open("ab", buffering=0) as file:
            while True:
                file.write(b"\0")

    def drop(self, _: Store) -> None:
        self._path.unlink()


class Limits:
    """Keeps files and the database from growing."""

    def load(self, store: Store) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LONGEST_FILE, resource.RLIM_INFINITY))
        (pages,) = store._connection.rows("PRAGMA page_count")[0]
        store._connection.rows(f"PRAGMA max_page_count = {pages}")

    def drop(self, store: Store) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        store._connection.rows("PRAGMA max_page_count = 1000000")


def outcome(act: Callable[[], object]) -> str:
    """`done`, or the failure's code."""
    try:
        act()
    except KioskError as error:
        return error.failure.code
    return "done"


def until_full(act: Callable[[], object]) -> tuple[int, str]:
    """How often it could be done, and what stopped it: a log that was there before may still take a few rows."""
    for times in range(_NO_MORE):
        ended = outcome(act)
        if ended != "done":
            return times, ended
    return _NO_MORE, "never full"


def state(store: Store, data: Path) -> dict[str, object]:
    """What is visible: cases, unsent, numbers given, wraps of the draft, files with and without a row."""
    named = {row[0].hex() for row in store._connection.rows("SELECT digest FROM blobs")}
    there = {path.name for path in (data / "blobs").rglob("*") if path.is_file()}
    return {
        "cases": len(store.cases.page(limit=10_000)),
        "unsent": store.outbox.counts()[0],
        "numbers": store._connection.number("submission"),
        "draft": len(store.drafts.owned_by(b"o")),
        "wraps": len(store._connection.rows("SELECT 1 FROM blobs WHERE draft_wrap IS NOT NULL")),
        "stray": len(there - named),
        "lost": len(named - there),
    }


def main(folder: Path, method: str) -> None:
    """Fill, try everything, make room, go on."""
    data = folder / "data"
    weight: Ballast | Limits = Ballast(folder) if method == "disk" else Limits()
    told: dict[str, object] = {}
    with open_store(data, create=True, clock=SetClock()) as store:
        enrol(store)
        refs = [store.blobs.keep(page()) for _ in range(2)]
        store.drafts.save(draft("d1", tuple(ref.digest for ref in refs)))
        materials = tuple(material(store, ref) for ref in refs)
        application = Application(materials, draft_id="d1", form=b"x" * 300_000)
        told["before"] = state(store, data)
        weight.load(store)
        told["keep"] = outcome(lambda: store.blobs.keep(page(_TOO_LONG[method])))
        told["small"] = until_full(lambda: submit(store, form=b"y" * 20_000))
        told["submit"] = outcome(lambda: store.cases.submit(application.build))
        told["draft"] = until_full(lambda: store.drafts.save(draft("d1", tuple(ref.digest for ref in refs))))[1]
        told["full"] = state(store, data)
        store.examine()
        weight.drop(store)
        told["after"] = [
            outcome(lambda: store.cases.submit(application.build)),
            outcome(lambda: store.blobs.keep(page(_TOO_LONG[method]))),
        ]
        told["end"] = state(store, data)
        store.examine()
    print(json.dumps(told))  # noqa: T201 -- what this program is for


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
