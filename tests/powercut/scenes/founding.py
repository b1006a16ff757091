"""A directory is made a terminal: folders, key, database, enrolment, the rescue copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.seal import keys
from local_db.store import open_store
from tests.local_db.making import SetClock, enrol
from tests.powercut.recording import mark
from tests.powercut.scene import Scene, one_terminal
from tests.powercut.terminals import Found, look
from tests.powercut.told import broken_promises


@dataclass
class Founded:
    """What lies there, and the rescue copy if there is one."""

    found: Found
    rescue: bytes


def prepare(_: Path) -> None:
    """Nothing lies there yet, not even the folders above."""


def play(folder: Path) -> None:
    """Found it and let it be enrolled."""
    with open_store(place(folder / "terminal"), create=True, clock=SetClock()) as store:
        enrol(store)
        mark("enrolled")
        store.seal_rescue(keys.sealing_public(keys.new_sealing_key()))
        mark("rescuable")


def place(root: Path) -> Path:
    """Where the directory is asked for."""
    return root / "srv" / "jinban"


def look_again(root: Path) -> Founded:
    """What is not there yet can be founded as if nothing had happened."""
    data = place(root)
    found = look(data)
    rescue = data / "rescue.sealed"
    held = rescue.read_bytes() if rescue.exists() else b""
    if not found.enrolled and not found.wrong:
        with open_store(data, create=True, clock=SetClock()) as store:
            enrol(store)
        found.wrong += look(data).wrong
        found.enrolled = False
    return Founded(found, held)


def judge(seen: Founded, marks: tuple[str, ...]) -> Iterator[str]:
    """What was told, and a rescue copy whole or not there."""
    yield from broken_promises(seen.found, marks)
    if "rescuable" in marks and len(seen.rescue) < 32:
        yield "the rescue copy is not whole"


SCENE = Scene("founding", prepare, play, {"terminal": look_again}, one_terminal(judge))
