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


def dev(tools: Path, venv: Path, here: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": str(tools), "JINBAN_VENV": str(venv), "PYTHON": sys.executable, "HOME": os.environ["HOME"]}
    environment |= more
    return subprocess.run(
        [ROOT / "dev", *arguments], cwd=here, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def script(path: Path, *lines: str) -> None:
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)


def environment(tmp_path: Path, pins: str) -> Path:
    """An environment that has everything of `pins`, whose Python tells where and how it was called."""
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    script(venv / "bin" / "python", 'printf "%s|%s|%s" "$PWD" "${PYTHONPATH-}" "$*"')
    cksum = subprocess.run(["cksum"], input=(ROOT / f"{pins}.txt").read_bytes(), capture_output=True, check=True)
    (venv / f"installed-{pins}").write_text(f"{sys.version_info[:3]} {cksum.stdout.decode()}")
    return venv


@pytest.fixture
def bare_debian(tools: Path) -> Path:
    """A Debian with all but pcscd and cups, and a package system that writes down what it is told."""
    for name in ("grep", "mktemp", "tail", "env"):
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    script(tools / "dpkg-query", 'case "$3" in pcscd* | cups | cupst64) exit 1 ;; esac', "echo 'install ok installed'")
    script(tools / "apt-get", f'echo "$*" >>"{tools}/told"')
    script(tools / "tee", f'{shutil.which("cat")} >"{tools}/denied"')
    script(tools / "chmod")
    return tools


def test_the_tests_go_on_without_stacks_that_nobody_here_may_install(bare_debian: Path, tmp_path: Path) -> None:
    script(bare_debian / "id", "echo 1000")
    done = dev(bare_debian, environment(tmp_path, "requirements-dev"), tmp_path, "test", "-q")

    assert done.stdout.endswith("-m pytest -n 3 --dist loadscope -q"), done.stderr
    assert "an administrator installs them with: apt-get install -y --no-install-recommends pcscd cups\n" in done.stderr
    assert not (bare_debian / "told").exists()


def test_an_administrator_gets_the_stacks_with_the_tests_and_not_with_the_demo(
    bare_debian: Path, tmp_path: Path
) -> None:
    script(bare_debian / "id", "echo 0")
    venv = environment(tmp_path, "requirements-dev")
    told = bare_debian / "told"

    assert "kiosk.cli demo" in dev(bare_debian, venv, tmp_path, "demo").stdout
    assert "-m pytest" in dev(bare_debian, venv, tmp_path, "test", JINBAN_STACKS="no").stdout
    assert not told.exists()
    done = dev(bare_debian, venv, tmp_path, "test")

    assert "-m pytest" in done.stdout, done.stderr
    assert told.read_text().splitlines()[-1].endswith("install -y --no-install-recommends pcscd cups")
    assert Path("/usr/sbin/policy-rc.d").exists() or "exit 101" in (bare_debian / "denied").read_text()


def test_a_package_system_that_fails_does_not_keep_the_tests_from_running(bare_debian: Path, tmp_path: Path) -> None:
    script(bare_debian / "id", "echo 0")
    script(bare_debian / "apt-get", "echo E: no mirror", "exit 100")
    done = dev(bare_debian, environment(tmp_path, "requirements-dev"), tmp_path, "test")

    assert "-m pytest" in done.stdout
    assert "E: no mirror" in done.stderr
    assert "could not be installed" in done.stderr


def test_a_relative_path_is_the_callers(tools: Path, tmp_path: Path) -> None:
    venv, here = environment(tmp_path, "requirements"), tmp_path / "空格 here"
    here.mkdir()
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
