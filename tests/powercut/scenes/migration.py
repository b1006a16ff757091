"""The program was updated: the directory of an earlier release is opened by this one, and at once in use."""

from functools import partial
from pathlib import Path

from local_db.store import open_store
from tests.local_db.making import SetClock
from tests.local_db.older import older_directory
from tests.powercut.scene import Scene, one_terminal
from tests.powercut.scenes.visit import as_noted, visit
from tests.powercut.terminals import look
from tests.powercut.told import broken_promises


def prepare(folder: Path, version: int) -> None:
    """As that release left it."""
    held = older_directory(folder / "terminal", version)
    lines = [f"taken {number} {event}" for number, event in held.events.items()]
    lines += [f"saved {held.draft} {' '.join(held.draft_pages)}", f"parked {held.parked}", f"settled {held.settled}"]
    lines += [f"decided {held.settled} received", f"printing {held.paper}", f"rated {held.settled}"]
    (folder / "before").write_text("\n".join(lines) + "\n", encoding="utf-8")


def play(folder: Path) -> None:
    """The first opening after the update, and one more visit."""
    as_noted(folder)
    with open_store(folder / "terminal", clock=SetClock()) as store:
        visit(store, "afterwards")


def variant(version: str) -> Scene:
    """`1` for release 0001's schema, and so on."""
    return Scene(
        f"migration/{version}",
        partial(prepare, version=int(version)),
        play,
        {"terminal": look},
        one_terminal(broken_promises),
    )
