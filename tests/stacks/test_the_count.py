"""What `./dev test` says of the real stacks at its end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFTEST = """
from tests.stacks.counting import StackCount
def pytest_configure(config):
    config.pluginmanager.register(StackCount())
"""
TESTS = """
import pytest
from tests.stacks import need
@pytest.fixture(scope="module")
def here():
    need("shell", "sh")
@pytest.fixture
def missing():
    need("moon", "no-such-program-on-earth", "sh")
def test_one(here):
    pass
def test_two(here):
    pass
def test_three(missing):
    pass
"""


def run(folder: Path, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_a.py").write_text(TESTS)
    (folder / "pytest.ini").write_text("[pytest]\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST") and name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", *options, str(folder)],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "side by side"])
def test_the_end_of_a_run_tells_which_stacks_ran_and_why_others_did_not(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    done = run(tmp_path, *options)

    assert done.returncode == 0, done.stdout
    assert "real stacks: 1 of 2 ran: shell" in done.stdout
    assert "real stacks: moon was left out: not installed: no-such-program-on-earth" in done.stdout
    assert "2 passed, 1 skipped" in done.stdout


def test_in_ci_a_stack_that_cannot_run_is_a_failure(tmp_path: Path) -> None:
    done = run(tmp_path, CI="true")

    assert done.returncode == 1
    assert "the stack moon must run in CI and cannot: not installed: no-such-program-on-earth" in done.stdout


def test_no_test_of_a_stack_skips_past_the_count() -> None:
    """`need` is the one way out, so that CI hears of every stack that did not run."""
    others = [file for file in ROOT.glob("tests/stacks/*.py") if file.name not in {"needing.py", Path(__file__).name}]

    assert not [
        file.name for file in others for way in ("pytest.skip(", "mark.skip", "importorskip") if way in file.read_text()
    ]
