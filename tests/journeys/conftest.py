"""A demonstration on its stage: the real platform, agent, store and shipped simulators."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.cli.stage import Stage, open_stage
from kiosk.cli.wiring import open_terminal
from kiosk.ports import Store

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with open_stage(tmp_path_factory.mktemp("terminal")) as opened:
        yield opened


@pytest.fixture
def store(stage: Stage) -> Iterator[Store]:
    with closing(open_terminal(stage.data)) as opened:
        yield opened


@pytest.fixture(scope="module")
def run(stage: Stage) -> Run:
    """Run `kiosk …` on the stage's data directory, as an operator does."""

    def call(*arguments: str, stdin: bytes | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.cli", *arguments],
            input=stdin,
            capture_output=True,
            cwd=cwd,
            env={**os.environ, "KIOSK_DATA": str(stage.data), "LC_ALL": "C.UTF-8"},
            check=False,
            timeout=120,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return call
