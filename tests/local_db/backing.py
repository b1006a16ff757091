"""A terminal that works beside a backup, and backups and restores that are killed at every act on the file system.

`python -m tests.local_db.backing work DATA` takes cases until its input ends. `… backup FOLDER` and `… restore FOLDER`
kill at the first act, at the second, and so on, and print one JSON line for each: the act, and what is wrong then.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from select import select

from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import StopCause
from local_db.backup import back_up, check
from local_db.keys import FileKey
from local_db.restoring import restore
from local_db.store import open_store
from tests.local_db.making import NOON, SetClock, submit

WATCHED = {"os.rename", "os.remove", "os.mkdir", "os.truncate", "fcntl.flock"}


def work(data: Path) -> None:
    """Take cases with a page each, and say so once the first is in."""
    with open_store(data, clock=SetClock()) as store:
        while not select([sys.stdin], [], [], 0)[0]:
            taken = submit(store, 1)
            print(taken.summary.submission_no, flush=True)  # noqa: T201 -- what this program is for


def killed_at(folder: Path, step: int, act: Callable[[], object]) -> str:
    """The act a child of this process was killed at; empty where it came to its end before."""
    note = folder / "act"
    note.unlink(missing_ok=True)
    child = os.fork()
    if child:
        killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        return note.read_text(encoding="utf-8") if killed else ""
    left = step

    def watch(event: str, told: tuple[object, ...]) -> None:
        nonlocal left
        ours = event in WATCHED or _opens_to_write(folder, event, told)
        left -= ours
        if ours and not left:
            descriptor = os.open(note.with_suffix(".new"), os.O_WRONLY | os.O_CREAT)
            os.write(descriptor, event.encode())
            note.with_suffix(".new").rename(note)
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    act()
    os._exit(0)


def _opens_to_write(folder: Path, event: str, told: tuple[object, ...]) -> bool:
    if event != "open" or str(folder) not in str(told[0]):
        return False
    return isinstance(told[2], int) and bool(told[2] & (os.O_WRONLY | os.O_RDWR))


def backed_up(data: Path, file: Path) -> None:
    with open_store(data, clock=SetClock()) as store:
        back_up(data, file, store, NOON.replace(hour=5))


def wrong_with_backup(data: Path, file: Path) -> list[str]:
    """What a technician finds who looks at the file after the power came back."""
    try:
        at = check(file, FileKey(data).key()).at
    except KioskError as error:
        return [error.failure.code]
    return [] if at in (NOON, NOON.replace(hour=5)) else ["another backup"]


def wrong_with_restored(file: Path, new: Path) -> list[str]:
    """What is amiss with a folder a restore was killed in, once it was tried again."""
    try:
        restore(file, new, SetClock())
    except KioskError as error:
        if error.failure is not Failure.ALREADY_PROVISIONED:
            return [error.failure.code]
    with open_store(new, clock=SetClock()) as store:
        store.examine()
        wrong = [] if store.settings.stopped() is StopCause.RESTORED else ["it takes cases"]
        wrong += [] if store.outbox.counts()[0] == 3 else ["the queue is another one"]
    return wrong + [path.name for path in new.iterdir() if "restored" in path.name]


def main(which: str, folder: Path) -> None:
    """Until an act ends by itself."""
    data, file, new = folder / "data", folder / "terminal.backup", folder / "new"
    step = 0
    while True:
        step += 1
        if which == "backup":
            met = killed_at(folder, step, lambda: backed_up(data, file))
            wrong = wrong_with_backup(data, file)
        else:
            new.mkdir()
            shutil.copy(data / "key", new / "key")
            met = killed_at(folder, step, lambda: restore(file, new, SetClock()))
            wrong = wrong_with_restored(file, new)
            shutil.rmtree(new)
        if not met:
            return
        print(json.dumps({"act": met, "wrong": wrong}), flush=True)  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1] == "work":
        work(Path(sys.argv[2]))
    else:
        main(sys.argv[1], Path(sys.argv[2]))
