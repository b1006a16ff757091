"""The plug is pulled in the middle of each of the courier's four commands: the next call makes everything good."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.model.state import CaseState
from tests.sync.courier import Courier
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import Terminal


def killed(stride: int, stick: Path, *command: str | Path) -> int:
    """Call a command until it ends by itself; how often it was killed on the way."""
    arguments = [str(one) for one in (stride, stick, *command, "--json")]
    done = subprocess.run(
        [sys.executable, "-m", "tests.sync.courier_main", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


@pytest.mark.parametrize("stride", [9, pytest.param(1, marks=pytest.mark.long)])
def test_every_command_may_be_killed_anywhere(
    terminal: Terminal, data: Path, platform: Platform, tmp_path: Path, stride: int
) -> None:
    stick = Courier(platform, tmp_path).stick()
    cases = [take(terminal.store, 90_000, 2_000, index=index) for index in range(2)]
    own, central = ("--data", data), ("--data", platform.data)
    assert killed(stride, stick, "kiosk", "courier", "export", stick, *own) > 1
    assert killed(stride, stick, "central", "courier", "import", stick, *central) > 0
    platform.decide(cases[0].number, 1, "accepted", b"paper")
    platform.publish(terminal.store.shelf.version() + 1)
    assert killed(stride, stick, "central", "courier", "export", stick, *central) > 0
    assert killed(stride, stick, "kiosk", "courier", "import", stick, *own) > 0

    assert terminal.store.outbox.counts() == (0, 0, 0)
    assert sorted(platform.numbers(terminal.name)) == sorted(case.number for case in cases)
    assert terminal.store.cases.show(cases[0].number).state is CaseState.ACCEPTED
    for case in cases:
        held = sorted(terminal.store.blobs.read(digest) for digest in case.digests)
        assert sorted(platform.files(terminal.name, case.event)) == held
