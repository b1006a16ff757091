"""A platform is founded, and takes a file that a process which was killed had just renamed."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from central.office import open_office
from kiosk import folders
from kiosk.failure import Failure, KioskError
from tests.powercut.platforms import Held, look
from tests.powercut.recording import mark
from tests.powercut.scene import Scene

TERMINAL, DATA = "T00001", b"sealed" * 2000
DIGEST = hashlib.sha256(DATA).digest()


def prepare(_: Path) -> None:
    """Nothing lies there yet."""


def play(folder: Path) -> None:
    """Found it; one process dies behind the rename of a file, the next is asked whether the file is whole."""
    data = place(folder / "platform")
    open_office(data, found=True, demo=True).close()
    mark("founded")
    child = os.fork()
    if child == 0:
        folders.flush = die
        open_office(data).blobs.append(TERMINAL, DIGEST, len(DATA), 0, DATA)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    with open_office(data) as office:
        assert office.blobs.have(TERMINAL, DIGEST, len(DATA)) == len(DATA)
        mark("whole")


def die(folder: Path) -> None:
    """Killed where it would have made the names of a folder durable."""
    os._exit(0 if folder.name == DIGEST.hex()[:2] else 1)


def place(root: Path) -> Path:
    """Where the directory is asked for."""
    return root / "srv" / "central"


def look_again(root: Path) -> Held:
    """Founded or not; where not, it can be, as if nothing had happened."""
    data = place(root)
    try:
        open_office(data).close()
    except KioskError as error:
        if error.failure is not Failure.KEY_ABSENT and error.info.get("reason") != "absent":
            raise
        open_office(data, found=True).close()
        held = look(data)
    else:
        held = look(data)
        held.cases.add("founded")
    path = data / "blobs" / TERMINAL / DIGEST.hex()[:2] / DIGEST.hex()
    if path.exists() and hashlib.sha256(path.read_bytes()).digest() == DIGEST:
        held.whole.add("file")
    return held


def judge(found: Mapping[str, Any], marks: tuple[str, ...]) -> Iterator[str]:
    """What was told."""
    held = found["platform"]
    yield from held.wrong
    if "founded" in marks and "founded" not in held.cases:
        yield "the platform is a platform no more"
    if "whole" in marks and "file" not in held.whole:
        yield "a file that was said to be whole is not"


SCENE = Scene("founding_platform", prepare, play, {"platform": look_again}, judge)
