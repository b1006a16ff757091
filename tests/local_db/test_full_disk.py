"""A full disk: not submitted, said so, the draft kept, nothing half written, and work goes on when there is room."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NOTHING_TAKEN = {"cases": 0, "unsent": 0, "numbers": 0, "draft": 1, "wraps": 2, "stray": 0, "lost": 0}
ONE_TAKEN = {"cases": 1, "unsent": 1, "numbers": 1, "draft": 0, "wraps": 1, "stray": 0, "lost": 0}


def filled(folder: Path, method: str, *wrapper: str) -> dict[str, Any] | None:
    """What `tests.local_db.filling` saw; None when this machine does not let us have the file system for it."""
    command = [sys.executable, "-m", "tests.local_db.filling", str(folder), method]
    answer = subprocess.run([*wrapper, *command], capture_output=True, text=True, check=False)
    if wrapper and answer.returncode == _NO_MOUNT:
        return None
    assert answer.returncode == 0, answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


_NO_MOUNT = 77
_MOUNT = f'mount -t tmpfs -o size=6m tmpfs "$0" || exit {_NO_MOUNT}; exec "$@"'


def on_a_small_disk(folder: Path) -> dict[str, Any] | None:
    if shutil.which("unshare") is None:
        return None
    inside = ["unshare", "--user", "--map-root-user", "--mount"]
    if subprocess.run([*inside, "true"], capture_output=True, check=False).returncode:
        return None
    return filled(folder, "disk", *inside, "sh", "-c", _MOUNT, str(folder))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """On a real small file system where we may mount one, else under limits that end in the same errors."""
    small = on_a_small_disk(tmp_path_factory.mktemp("disk"))
    if small is not None:
        return small
    limited = filled(tmp_path_factory.mktemp("limits"), "limits")
    assert limited is not None
    return limited


def test_a_submission_that_does_not_fit_takes_nothing_and_keeps_the_draft(told: dict[str, Any]) -> None:
    assert told["submit"] == "store.full"
    assert told["before"] == NOTHING_TAKEN
    taken = told["small"][0]
    assert told["full"] == {**NOTHING_TAKEN, "cases": taken, "unsent": taken, "numbers": taken}


def test_a_scan_that_does_not_fit_is_told_and_leaves_no_file(told: dict[str, Any]) -> None:
    assert told["keep"] == "store.full"
    assert told["full"]["stray"] == 0


def test_every_way_to_write_says_that_the_disk_is_full(told: dict[str, Any]) -> None:
    assert told["small"][1] == "store.full"
    assert told["draft"] in {"store.full", "never full"}


def test_the_same_submission_goes_through_once_there_is_room(told: dict[str, Any]) -> None:
    taken = told["small"][0]

    assert told["after"] == ["done", "done"]
    assert told["end"] == {**ONE_TAKEN, "cases": 1 + taken, "unsent": 1 + taken, "numbers": 1 + taken}


def test_limits_in_place_of_a_full_disk_end_the_same_way(tmp_path: Path) -> None:
    """What machines without the right to mount fall back to is tried everywhere."""
    told = filled(tmp_path, "limits")

    assert told is not None
    assert (told["keep"], told["submit"]) == ("store.full", "store.full")
    assert (told["full"]["stray"], told["full"]["lost"], told["full"]["draft"]) == (0, 0, 1)
    assert told["end"]["cases"] == told["small"][0] + 1
