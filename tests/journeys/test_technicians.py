"""What a technician does with a terminal of a real platform, and what the commands say when it cannot be done."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from central.office import open_office
from kiosk.catalogue.package import inspect_package, write_package
from kiosk.channel import SCREEN, Channel
from kiosk.cli.screen import _answering
from kiosk.cli.stage import Stage
from tests.journeys.conftest import Run

Call = Callable[..., "subprocess.CompletedProcess[str]"]
WITHOUT_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


def called(module: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
        check=False,
        timeout=120,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def kiosk(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return called("kiosk.cli", *arguments, **environment)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A platform that serves in earnest: no demonstration, review by hand."""
    data = tmp_path_factory.mktemp("platform")
    command = [sys.executable, "-m", "central.cli", "serve", "--data", str(data), "--port", "0", "--review", "manual"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as serving:
        assert serving.stdout is not None
        yield data, json.loads(serving.stdout.readline())["url"]
        serving.terminate()


@pytest.fixture(scope="module")
def code(platform: tuple[Path, str]) -> str:
    found: str = json.loads(called("central.cli", "enroll", "--data", str(platform[0]), "--json").stdout)["code"]
    return found


@pytest.fixture(scope="module")
def terminal(platform: tuple[Path, str], code: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("terminal") / "T"
    done = kiosk("provision", "online", "--data", str(data), "--platform", platform[1], "--code", code)
    assert done.returncode == 0, done.stderr
    return data


def test_a_demonstration_leaves_a_real_terminal_alone(terminal: Path) -> None:
    before = json.loads(kiosk("cases", "list", "--data", str(terminal), "--json").stdout)
    done = kiosk("demo", "--headless", "--data", str(terminal))

    assert done.returncode == 1
    assert json.loads(done.stdout)["failure"] == "terminal.already_provisioned"
    assert not (terminal / "platform").exists()
    assert json.loads(kiosk("cases", "list", "--data", str(terminal), "--json").stdout) == before
    assert json.loads(kiosk("sync", "--once", "--data", str(terminal), "--json").stdout).get("failure") is None


def test_a_demonstration_does_not_run_twice_at_once_on_one_directory(stage: Stage) -> None:
    done = kiosk("demo", "--headless", "--data", str(stage.data))

    assert done.returncode == 1
    assert json.loads(done.stdout)["failure"] == "terminal.agent_running"


def test_a_demonstration_where_nothing_can_be_written_says_so_in_json(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = kiosk("demo", "--headless", "--data", str(tmp_path / "file" / "demo"))

    assert done.returncode == 1
    assert json.loads(done.stdout)["failure"] == "store.unreadable"
    assert "Traceback" not in done.stderr


def test_a_clerks_account_is_added_and_listed_without_its_pin(terminal: Path) -> None:
    added = kiosk("staff", "add", "w1", "--name", "演示·甲", "--pin", "135790", "--data", str(terminal))
    listed = kiosk("staff", "list", "--json", "--data", str(terminal))

    assert added.returncode == 0, added.stderr
    assert json.loads(listed.stdout) == [{"staff_id": "w1", "name": "演示·甲", "role": "clerk", "state": "active"}]
    closed = [kiosk("staff", verb, "w1", "--data", str(terminal)) for verb in ("disable", "enable", "remove")]
    assert [one.stdout for one in closed] == ["w1: disabled\n", "w1: active\n", "w1: removed\n"]
    gone = kiosk("staff", "enable", "w1", "--data", str(terminal))
    assert (gone.returncode, gone.stderr.split(":")[0]) == (2, "staff.unknown")
    assert json.loads(kiosk("staff", "parked", "--json", "--data", str(terminal)).stdout) == []
    assert "135790" not in added.stdout + added.stderr + listed.stdout


def test_the_screen_says_that_there_is_no_display(terminal: Path) -> None:
    done = kiosk("run", "--data", str(terminal), **WITHOUT_DISPLAY)

    assert done.returncode == 2
    assert "No display" in done.stderr


def test_nothing_is_made_in_a_directory_that_is_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for command in (["run"], ["doctor"], ["cases", "list"], ["journal", "verify"], ["simulate", "link", "down"]):
        assert kiosk(*command, "--data", str(tmp_path), QT_QPA_PLATFORM="offscreen").returncode in (1, 2)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_doctor_does_not_speak_of_a_database_where_there_is_none(tmp_path: Path) -> None:
    findings = {
        one["name"]: one for one in json.loads(kiosk("doctor", "--data", str(tmp_path), "--json").stdout)["findings"]
    }

    assert findings["key"]["health"] == "amber"
    assert findings["database"]["failure"] == "terminal.not_provisioned"


def test_the_doctor_speaks_the_language_of_the_machine(terminal: Path) -> None:
    chinese = kiosk("doctor", "--data", str(terminal), LC_ALL="zh_CN.UTF-8").stdout
    english = kiosk("doctor", "--data", str(terminal), LC_ALL="C.UTF-8").stdout

    assert "送件程序没有运行" in chinese
    assert "The agent is not running" not in chinese
    assert "The agent is not running" in english
    assert len(chinese.splitlines()) == len(english.splitlines())


@pytest.mark.parametrize(
    "command",
    [
        ("cases", "list", "--limit", "0"),
        ("catalogue", "search", "低保", "--limit", "-1"),
        ("provision", "online", "--platform", "nonsense", "--code", "x"),
        ("provision", "online", "--platform", "ftp://x", "--code", "x"),
        ("simulate", "idcard", "tap", "zhang-xiuying"),
        ("staff", "add", "w1", "--name", "甲", "--pin", "1"),
        ("staff", "add", "w1", "--name", "甲", "--pin", "abcdef"),
        ("staff", "add", "", "--name", "甲", "--pin", "135790"),
        ("staff", "add", "w1", "--name", "甲\n乙", "--pin", "135790"),
    ],
    ids=" ".join,
)
def test_a_call_that_means_nothing_is_refused_with_its_usage(command: tuple[str, ...], tmp_path: Path) -> None:
    done = kiosk(*command, "--data", str(tmp_path))

    assert done.returncode == 2
    assert "Usage: kiosk " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_not_called_a_forgery(terminal: Path, tmp_path: Path) -> None:
    absent = kiosk("verify", str(tmp_path / "receipt.pdf"), "--data", str(terminal), "--json")
    other = kiosk("verify", "hello", "--data", str(terminal))

    assert (absent.returncode, json.loads(absent.stdout)["failure"]) == (2, "file.missing")
    assert other.returncode == 1


def test_a_paper_without_a_code_is_said_to_have_none(terminal: Path, tmp_path: Path) -> None:
    from PIL import Image  # noqa: PLC0415 -- one test's own tool

    Image.new("L", (200, 200), 255).save(tmp_path / "blank.png")
    done = kiosk("verify", str(tmp_path / "blank.png"), "--data", str(terminal))

    assert done.returncode == 1
    assert "no receipt code" in done.stdout


def test_a_catalogue_travels_as_a_file_and_what_is_odd_in_it_is_told_and_taken(
    platform: tuple[Path, str], terminal: Path, tmp_path: Path
) -> None:
    file = tmp_path / "catalogue.package"
    written = called("central.cli", "catalogue", "write", str(file), "--data", str(platform[0]), "--json")
    same = json.loads(kiosk("catalogue", "import", str(file), "--data", str(terminal), "--json").stdout)

    assert written.returncode == 0, written.stderr
    assert same["digest"] == json.loads(written.stdout)["digest"]
    assert same["doubts"] == []

    file.write_bytes(_dirty(platform[0], file.read_bytes()))
    told = kiosk("catalogue", "import", str(file), "--data", str(terminal), "--json")
    answer = json.loads(told.stdout)

    assert told.returncode == 0
    assert answer["version"] == same["version"] + 1
    assert [(one["field"], one["reason"]) for one in answer["doubts"]] == [("catalog_code", "nearly")]
    assert kiosk("catalogue", "import", str(file), "--data", str(terminal)).stderr.count("#catalog_code: nearly") == 1


def test_a_file_that_is_no_package_is_refused(terminal: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"no package")
    done = kiosk("catalogue", "import", str(tmp_path / "x"), "--data", str(terminal), "--json")

    assert done.returncode == 2
    assert json.loads(done.stdout)["failure"].startswith("catalogue.")


def test_the_platforms_commands_say_what_cannot_be_written_or_signed(
    platform: tuple[Path, str], tmp_path: Path
) -> None:
    data = str(platform[0])
    (tmp_path / "file").write_text("")
    export = called("central.cli", "export", str(tmp_path / "file" / "x"), "--data", data)
    write = called("central.cli", "catalogue", "write", str(tmp_path / "file" / "x"), "--data", data)
    nobody = called("central.cli", "decide", "T00001A-20261124-00001-T", "accept", "--officer", " ", "--data", data)

    assert [done.returncode for done in (export, write, nobody)] == [2, 2, 2]
    assert "Nothing can be written there" in export.stderr
    assert "Nothing can be written there" in write.stderr
    assert "Usage: central decide" in nobody.stderr


def test_devices_are_played_with_by_the_names_the_help_gives(run: Run, stage: Stage) -> None:
    line: list[bool] = []
    helped = run("simulate", "--help").stdout
    with closing(Channel(stage.data, SCREEN).serve(_answering(stage.devices, line.append))):
        tapped = run("simulate", "idcard", "tap", "name=zhang-xiuying")
        lifted = run("simulate", "idcard", "lift")
        cut = run("simulate", "link", "down")
        unknown = run("simulate", "printer", "explode")
        foreign = run("simulate", "idcard", "tap", "name=²")

    assert "tap name=zhang-xiuying" in helped
    assert "\\b" not in helped
    assert (tapped.returncode, lifted.returncode, cut.returncode) == (0, 0, 0)
    assert line == [False]
    assert (unknown.returncode, foreign.returncode) == (2, 2)
    assert "printer cannot do explode" in unknown.stderr
    assert "Traceback" not in foreign.stderr


def _dirty(platform: Path, package: bytes) -> bytes:
    """The same catalogue one version later, with a base code as provinces really have it."""
    whole = inspect_package(package)
    items: list[dict[str, Any]] = [json.loads(whole.raw(one)) for one in whole.lines]
    first = items[0]
    first["catalog_code"] = "512B0003600029"
    with open_office(platform) as office:
        return write_package(
            replace(whole.head, version=whole.head.version + 1), items, whole.holidays, office.keys.record
        )
