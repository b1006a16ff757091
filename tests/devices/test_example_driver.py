"""The example driver of the documentation: installed as any package, it is found, conforms and works."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from devices.conformance import CHECKS, DriverConformance

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example-driver"


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """What installing it does: the package in the search path, and the entry points its pyproject.toml declares."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    site = tmp_path / "site"
    info = site / "acme_jinban-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "acme_jinban").symlink_to(EXAMPLE / "acme_jinban")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    groups = "".join(
        f"[{group}]\n" + "".join(f"{name} = {place}\n" for name, place in entries.items())
        for group, entries in project["entry-points"].items()
    )
    (info / "entry_points.txt").write_text(groups)
    path = os.pathsep.join([str(site), str(ROOT)])
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}, "PYTHONPATH": path}


def test_its_own_tests_pass_the_conformance_suite_among_them(installed: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "-c", os.devnull, EXAMPLE / "tests"],
        cwd=tmp_path,
        env={**installed, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stdout
    assert "12 passed" in done.stdout
    assert "skipped" not in done.stdout


def test_the_terminal_and_the_doctor_take_it_by_its_name(installed: dict[str, str], tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "acme_jinban.simulator"],
        env=installed,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as played:
        assert played.stdin is not None
        assert played.stdout is not None
        port = played.stdout.readline().strip()
        played.stdin.write("lay\n")
        played.stdin.flush()
        data = tmp_path / "T"
        data.mkdir()
        (data / "config.toml").write_text(
            f'[devices]\nidcard = "acme"\nscanner = ""\nprinter = ""\n[devices.options.idcard]\nport = "{port}"\n'
        )
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.cli", "doctor", "--data", data, "--self-test", "--json"],
            env=installed,
            capture_output=True,
            check=False,
            timeout=100,
        )
        played.stdin.close()
    (tested,) = json.loads(done.stdout)["self_test"]
    assert (tested["name"], tested["health"]) == ("idcard", "well"), tested


@pytest.fixture
def sinner(tmp_path: Path) -> dict[str, str]:
    """A package whose driver breaks its contract in whatever way its option names."""
    site = tmp_path / "site"
    info = site / "sinner-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "sinner.py").write_text(SINNER, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sinner\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[jinban.idcard]\nsinner = sinner:Reader\n")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)])}


@pytest.mark.parametrize(
    ("sin", "check"),
    [
        ("print", "quiet"),
        ("write", "quiet"),
        ("bug", "times"),
        ("slow", "times"),
        ("types", "times"),
        ("tell-it-all", "secrets"),
        ("tell-a-name", "secrets"),
        ("thread", "leaves"),
        ("process", "leaves"),
        ("deaf", "cancel"),
        ("patient", "wait"),
        ("no-card", "work"),
        ("no-method", "made"),
        ("exit", "settings"),
    ],
)
def test_what_breaks_the_contract_is_told_by_its_check(sinner: dict[str, str], sin: str, check: str) -> None:
    code, verdicts = conformance(sinner, f"sin={sin}", "--only", check)

    assert code == 1, verdicts
    assert verdicts[check] == "broken", verdicts


def test_a_package_s_own_tests_try_every_check_there_is() -> None:
    tried: list[str] = []

    class Every(DriverConformance):
        __test__ = False

        def _run(self, check: str) -> None:
            tried.append(check)

    for name in dir(Every):
        if name.startswith("test_"):
            getattr(Every(), name)()
    assert sorted(tried) == sorted(CHECKS)


def test_a_driver_without_sin_passes_all_that_can_be_tried(sinner: dict[str, str]) -> None:
    code, verdicts = conformance(sinner)

    assert code == 0
    assert set(verdicts.values()) == {"kept", "not tried"}, verdicts


def conformance(environment: dict[str, str], *words: str) -> tuple[int, dict[str, str]]:
    done = subprocess.run(
        [sys.executable, "-m", "devices.conformance", "idcard", "sinner", "--json", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, {one["check"]: one["verdict"] for one in map(json.loads, done.stdout.splitlines())}


SINNER = """
import os, subprocess, threading, time
from kiosk.failure import Failure, KioskError

class Reader:
    simulated = False
    def __init__(self, setup):
        self.data, self.sin = setup.data, setup.options.get("sin", "")
        if self.sin == "no-method":
            self.read = None
    def open(self):
        match self.sin:
            case "print":
                print("hello")
            case "write":
                (self.data / "card.txt").write_text("left behind")
            case "exit":
                os._exit(3)
    def check(self):
        match self.sin:
            case "bug":
                raise ValueError("card of somebody")
            case "slow":
                time.sleep(1.3)
            case "tell-it-all":
                raise KioskError(Failure.DEVICE_DISTURBED, port=self.sin)
        return 7 if self.sin == "types" else "Sinner 1"
    def close(self):
        pass
    def present(self):
        return False
    def read(self, job):
        match self.sin:
            case "no-card":
                return None
            case "deaf":
                time.sleep(4)
            case "patient":
                time.sleep(5)
            case "tell-a-name":
                raise KioskError(Failure.CARD_UNREADABLE, why="演示·张小凤")
            case "thread":
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            case "process":
                os.dup(0)
                subprocess.Popen(["sleep", "60"])
        job.wait(60)
"""
