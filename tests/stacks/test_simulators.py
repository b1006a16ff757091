"""What every shipped simulator has in common: an address on this machine, settings that fit, one line for each command,
and an end."""

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from devices.config import choices, table_of
from devices.simulators import PRINTERS, SIMULATORS
from kiosk.config import read_config
from tests.stacks.simulators import Simulator

CALLS = {"ipp": ("--tray", "tray")}
"""What a simulator needs to be told when it is not started by the command, which chooses for it."""
EVERY = pytest.mark.parametrize("name", SIMULATORS)


def start(name: str, folder: Path, *, through_the_command: bool = False) -> Simulator:
    by_itself = ["-m", SIMULATORS[name], *CALLS.get(name, ())]
    command = ["-m", "kiosk.cli", "simulate", "run", name] if through_the_command else by_itself
    process = subprocess.Popen(
        [sys.executable, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},
    )
    return Simulator(process)


def ended(played: Simulator, seconds: float = 10.0) -> None:
    assert played.process.wait(seconds) is not None
    for stream in (played.process.stdin, played.process.stdout):
        assert stream is not None
        stream.close()


@EVERY
def test_it_tells_its_address_and_settings_that_the_terminal_takes(name: str, tmp_path: Path) -> None:
    played = start(name, tmp_path, through_the_command=True)
    (tmp_path / "config.toml").write_text(played.first["config"], encoding="utf-8")
    devices = read_config(tmp_path).devices
    (kind,) = played.first["settings"]
    (choice,) = [one for one in choices(table_of(devices)) if one.kind.value == kind]

    assert choice.driver == played.first["settings"][kind]["driver"] != "sim"
    assert tomllib.loads(played.first["config"])["devices"][kind] == choice.driver
    assert "127.0.0.1" in played.address or Path(played.address).exists()
    assert Path(played.first["tray"]).is_dir() if name in PRINTERS else "tray" not in played.first
    assert played.process.stdin is not None
    played.process.stdin.close()
    ended(played)
    assert played.process.returncode == 0


@EVERY
def test_its_help_tells_what_it_obeys(name: str) -> None:
    module = SIMULATORS[name]
    asked = [sys.executable, "-m", "kiosk.cli", "simulate", "run", name, "--", "--help"]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=30, check=True).stdout

    assert f"python -m {module}" in told
    assert "state" in told or name == "barcode", "the commands stand there, not the options alone"


@EVERY
def test_a_command_it_does_not_know_is_answered_and_it_lives_on(name: str, tmp_path: Path) -> None:
    played = start(name, tmp_path)
    assert played.process.stdin is not None
    for nonsense in ('{"do": "fly"}', "no JSON", "[1]", "{}", '{"do": 7, "x": null}'):
        played.process.stdin.write(nonsense + "\n")
        played.process.stdin.flush()
        assert played.process.stdout is not None
        assert json.loads(played.process.stdout.readline())["ok"] is False
    assert played.process.poll() is None
    played.process.stdin.close()
    ended(played)


@EVERY
def test_it_ends_at_sigterm(name: str, tmp_path: Path) -> None:
    played = start(name, tmp_path)
    played.process.send_signal(signal.SIGTERM)
    ended(played)


@EVERY
def test_it_ends_with_whoever_started_it(name: str, tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-m', {SIMULATORS[name]!r}, *{CALLS.get(name, ())!r}],"
        " stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=tmp_path) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 10
    while _lives(pid):
        assert time.monotonic() < until, "it outlived its parent"
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False
