"""`kiosk doctor --self-test` with the real drivers: every device is played from the outside, by a shipped simulator."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli.simulators import config_lines
from kiosk.cli.stage import Stage, open_stage
from kiosk.config import FILE_NAME
from tests.stacks import need
from tests.stacks.simulators import Simulator, simulator

CARD = "zhang-xiuying"
Played = dict[str, Simulator]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """A card reader, a scanner, an A4 printer, a receipt printer and a gun, each a process of its own."""
    need("pty")
    tray = tmp_path_factory.mktemp("tray")
    with ExitStack() as stack:
        start = {
            "idcard": ("id-card", "--card", CARD),
            "scanner": ("escl",),
            "barcode": ("barcode",),
            "printer": ("ipp", "--tray", str(tray)),
            "printer-2": ("escpos", "--tray", str(tray / "roll")),
        }
        yield {name: stack.enter_context(simulator(*words)) for name, words in start.items()}


@pytest.fixture(scope="module")
def stage(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A terminal with its agent and platform, configured for them with the real drivers."""
    data = tmp_path_factory.mktemp("terminal")
    (data / FILE_NAME).write_text(config(played), encoding="utf-8")
    with open_stage(data) as opened:
        # The devices are the doctor's now: a serial port has one owner.
        opened.devices.close()
        yield opened


def config(played: Played) -> str:
    settings: dict[str, dict[str, str]] = {}
    for name, one in played.items():
        (words,) = one.first["settings"].values()
        settings[name] = dict(words)
    second = settings.pop("printer-2")
    text = config_lines(settings).replace('printer = "ipp"', 'printer = "ipp, escpos"')
    more = [f"{name} = {json.dumps(value)}" for name, value in second.items() if name != "driver"]
    return "\n".join([text, 'sizes = "A4"', "[devices.options.printer-2]", *more])


def self_test(data: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "kiosk.cli", "doctor", "--data", str(data), "--self-test", "--json", *options],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        text=True,
        check=False,
        timeout=120,
    )


def rounds(done: "subprocess.CompletedProcess[str]") -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in json.loads(done.stdout)["self_test"]}


@pytest.fixture
def somebody_scanning(played: Played) -> Iterator[None]:
    """Somebody who holds a code before the gun every half second."""
    over = threading.Event()

    def scan() -> None:
        while not over.wait(0.5):
            played["barcode"].do("scan", text="6901234567892")

    person = threading.Thread(target=scan)
    person.start()
    yield
    over.set()
    person.join()


@pytest.mark.usefixtures("somebody_scanning")
def test_the_self_test_passes_on_simulated_stacks(stage: Stage, played: Played) -> None:
    done = self_test(stage.data)
    found = rounds(done)

    assert done.returncode == 0, done.stdout + done.stderr
    assert list(found) == ["idcard", "scanner", "barcode", "printer", "printer-2"]
    assert {one["health"] for one in found.values()} == {"well"}
    devices = {one["name"]: one for one in json.loads(done.stdout)["findings"]}
    assert all(devices[name]["health"] == "well" and "simulated" not in devices[name]["state"] for name in found)
    assert len(played["printer"].do("state")["jobs"]) == 1
    assert len(played["printer-2"].do("state")["papers"]) == 1
    assert played["scanner"].do("state")["pages"] == 1


def test_what_is_wrong_is_said_by_its_name_and_the_others_pass(stage: Stage, played: Played) -> None:
    played["idcard"].do("lift")
    played["scanner"].do("jam")
    played["barcode"].do("unplug")
    played["printer-2"].do("paper_out")
    began = time.monotonic()
    found = rounds(self_test(stage.data, "--seconds", "2"))
    took = time.monotonic() - began
    played["idcard"].do("lay", name=CARD)
    played["scanner"].do("clear")
    played["barcode"].do("plug")
    played["printer-2"].do("refill")

    assert {name: one["failure"] for name, one in found.items()} == {
        "idcard": "card.absent",
        "scanner": "scanner.jam",
        "barcode": "device.absent",
        "printer": None,
        "printer-2": "printer.paper_out",
    }
    assert len({one["cause"] for one in found.values()}) == 5
    assert took < 60


def test_a_disturbed_line_a_pulled_card_and_an_absent_reader_are_told_apart(stage: Stage, played: Played) -> None:
    reader = played["idcard"]
    seen = {}
    reader.do("flip", at=20, on="read", times=9)
    seen["disturbed"] = rounds(self_test(stage.data, "--seconds", "2"))["idcard"]["failure"]
    reader.do("reset")
    reader.do("lay", name=CARD)
    reader.do("pull", at="read")
    seen["pulled"] = rounds(self_test(stage.data, "--seconds", "2"))["idcard"]["failure"]
    reader.do("unplug")
    seen["absent"] = rounds(self_test(stage.data, "--seconds", "2"))["idcard"]["failure"]
    reader.do("plug")
    reader.do("lay", name=CARD)

    assert seen == {"disturbed": "device.disturbed", "pulled": "card.pulled", "absent": "device.absent"}
