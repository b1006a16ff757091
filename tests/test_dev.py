"""`./dev`, the first thing a newcomer runs: paths mean what they say, and nothing of theirs is cleared away."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = ("sh", "dirname", "cat", "cksum", "ls", "rm")


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """The few programs `./dev` needs, and no package system it could ask for more."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def dev(tools: Path, venv: Path, here: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": str(tools), "JINBAN_VENV": str(venv), "PYTHON": sys.executable, "HOME": os.environ["HOME"]}
    return subprocess.run(
        [ROOT / "dev", *arguments], cwd=here, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_relative_path_is_the_callers(tools: Path, tmp_path: Path) -> None:
    venv, here = tmp_path / "venv", tmp_path / "空格 here"
    (venv / "bin").mkdir(parents=True)
    here.mkdir()
    teller = venv / "bin" / "python"
    teller.write_text('#!/bin/sh\nprintf "%s|%s|%s" "$PWD" "$PYTHONPATH" "$*"\n')
    teller.chmod(0o755)
    version = str(sys.version_info[:3])
    pins = (ROOT / "requirements.txt").read_bytes()
    cksum = subprocess.run(["cksum"], input=pins, capture_output=True, check=True).stdout.decode()
    (venv / "installed-requirements").write_text(f"{version} {cksum}")
    for job, module in (("kiosk", "kiosk.cli"), ("central", "central.cli"), ("demo", "kiosk.cli demo")):
        done = dev(tools, venv, here, job, "--data", "T")

        assert done.stdout == f"{here}|{ROOT}|-m {module} --data T", done.stderr


def test_a_folder_that_is_no_environment_is_left_as_it_is(tools: Path, tmp_path: Path) -> None:
    precious = tmp_path / "home"
    precious.mkdir()
    (precious / "letters.txt").write_text("dear")
    done = dev(tools, precious, tmp_path, "kiosk", "--help")

    assert done.returncode == 2
    assert (precious / "letters.txt").read_text() == "dear"
    assert "was left as it is" in done.stderr
