"""Delivered files go when their time is over; those of other cases stay."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from local_db.store import open_store
from tests.local_db.making import NOON, SetClock, enrol
from tests.powercut.recording import mark
from tests.powercut.scene import Scene, one_terminal
from tests.powercut.scenes.visit import as_noted, note, visit
from tests.powercut.terminals import Found, look
from tests.powercut.told import broken_promises

RIPE = NOON + timedelta(days=11)


def prepare(folder: Path) -> None:
    """Three delivered cases and one that waits; the catalogue says how long files stay."""
    with open_store(folder / "terminal", create=True, clock=SetClock()) as store:
        enrol(store)
        with store.write_tx():
            for place in range(2):  # the third page of each case is kept for ever
                store._connection.run(
                    "INSERT INTO shelf_retention (item_code, material_id, days) VALUES ('000000-0001', ?, 10)",
                    (f"m{place}",),
                )
        for turn in range(3):
            store.outbox.settle(visit(store, f"done-{turn}")[1], b"ack")
        visit(store, "waits")
        note(folder, store)


def play(folder: Path) -> None:
    """Ten days later."""
    as_noted(folder)
    with open_store(folder / "terminal", clock=SetClock(RIPE)) as store:
        digests = store.outbox.releasable(RIPE)
        assert len(digests) == 6
        store.outbox.release(RIPE)
        mark("gone", *digests)
        visit(store, "afterwards")


def judge(found: Found, marks: tuple[str, ...]) -> Iterator[str]:
    """What was told, and that what was shown as deleted stays deleted: rows and files agree besides."""
    yield from broken_promises(found, marks)
    gone = {digest for mark in marks if mark.startswith("gone ") for digest in mark.split()[1:]}
    if gone & found.pages:
        yield "a file that was deleted with proof is here again"


SCENE = Scene(
    "retention", prepare, play, {"terminal": partial(look, at=RIPE + timedelta(hours=2))}, one_terminal(judge)
)
