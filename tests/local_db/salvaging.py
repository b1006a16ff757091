"""A salvage that is killed at its first act on the file system, at its second, and so on, and gone on with after each.

`python -m tests.local_db.salvaging FOLDER` prints one JSON line for each: the act, and what is wrong afterwards.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from kiosk.model.terminal import StopCause
from local_db import aside
from local_db.salvage import is_damaged, salvage
from local_db.store import open_store
from tests.local_db.making import NOON, SetClock

DB = "jinban.db"
WATCHED = {"os.rename", "os.remove", "os.link", "os.mkdir"}


def killed_at(data: Path, step: int, note: Path) -> bool:
    """Whether a salvage in a child of this process came to that act and was killed there."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    left = step

    def watch(event: str, _: object) -> None:
        nonlocal left
        left -= event in WATCHED
        if event in WATCHED and not left:
            descriptor = os.open(note, os.O_WRONLY | os.O_CREAT)
            os.write(descriptor, event.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    salvage(data, SetClock())
    os._exit(0)


def wrong_after(data: Path, original: bytes) -> list[str]:
    """What a terminal that is started again finds amiss."""
    wrong = []
    if not (data / aside.NEXT).exists() and is_damaged(data):
        salvage(data, SetClock())
    with open_store(data, clock=SetClock(NOON.replace(year=2028))) as store:
        store.examine()
        if store.outbox.counts()[:2] != (54, 1):
            wrong.append("the queue is another one")
        if store.settings.stopped() is not StopCause.DAMAGED:
            wrong.append("it takes new cases")
    if not any((one / DB).read_bytes() == original for one in (data / aside.FOLDER).iterdir()):
        wrong.append("the old database is gone")
    return wrong


def main(prepared: Path) -> None:
    """Until a salvage ends by itself."""
    original = (prepared / DB).read_bytes()
    data, note = prepared.with_name("working"), prepared.with_name("act")
    step = 0
    while True:
        step += 1
        shutil.copytree(prepared, data)
        if not killed_at(data, step, note):
            break
        told = {"step": note.read_text(encoding="utf-8"), "wrong": wrong_after(data, original)}
        print(json.dumps(told), flush=True)  # noqa: T201 -- what this program is for
        note.unlink()
        shutil.rmtree(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
