"""`kiosk doctor`: what it says of a device, what its self-test really does, and the sheet it prints."""

import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from devices.idcard.cards import card_names, lay_out, pick
from kiosk.channel import SCREEN, Channel
from kiosk.cli.health.finding import trouble
from kiosk.failure import Failure, KioskError
from kiosk.papers.codes import codes_in
from tests.journeys.conftest import Run

SEVEN = {
    "open card.service_down": "card.service_down",
    "open device.forbidden": "device.forbidden",
    "open device.absent": "device.absent",
    "read card.absent": "card.absent",
    "read card.wrong": "card.wrong",
    "read device.disturbed": "device.disturbed",
    "read card.pulled": "card.pulled",
}
BROKEN = """
from kiosk.failure import Failure, KioskError

class Reader:
    simulated = False
    def __init__(self, setup):
        self.where, self.code = setup.options["fails"].split()
    def fail(self, where):
        if where == self.where:
            raise KioskError(Failure.of(self.code))
    def open(self):
        self.fail("open")
    def check(self):
        return "Acme 9"
    def close(self):
        pass
    def present(self):
        return None
    def read(self, job):
        self.fail("read")
"""


def doctor(data: Path, *options: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.cli", "doctor", "--data", str(data), *options],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
        check=False,
        timeout=120,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def settings(data: Path, text: str) -> None:
    (data / "config.toml").write_text(textwrap.dedent(text), encoding="utf-8")


def found(done: "subprocess.CompletedProcess[str]", part: str = "findings") -> dict[str, dict[str, Any]]:
    assert done.stdout, done.stderr
    return {one["name"]: one for one in json.loads(done.stdout)[part]}


@pytest.fixture
def seven_readers(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A terminal with seven card readers, each broken in its own way."""
    site = tmp_path / "site"
    info = site / "acme-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "acme_jinban.py").write_text(BROKEN, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[jinban.idcard]\nacme = acme_jinban:Reader\n", encoding="utf-8")
    data = tmp_path / "T"
    data.mkdir()
    options = "".join(
        f'[devices.options.idcard{"" if place == 0 else f"-{place + 1}"}]\nfails = "{fails}"\n'
        for place, fails in enumerate(SEVEN)
    )
    readers = ", ".join(["acme"] * len(SEVEN))
    (data / "config.toml").write_text(f'[devices]\nidcard = "{readers}"\nscanner = ""\nprinter = ""\n{options}')
    return data, {"PYTHONPATH": f"{site}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "C.UTF-8"])
def test_seven_causes_of_a_dead_card_reader_have_seven_messages(
    seven_readers: tuple[Path, dict[str, str]], language: str
) -> None:
    data, environment = seven_readers
    done = doctor(data, "--self-test", "--seconds", "2", "--json", **environment, LC_ALL=language)
    rounds = found(done, "self_test").values()

    assert done.returncode == 1
    assert [one["failure"] for one in rounds] == list(SEVEN.values())
    assert len({one["cause"] for one in rounds}) == len({one["action"] for one in rounds}) == 7
    assert all(one["state"] and one["cause"] and one["action"] and one["seconds"] < 10 for one in rounds)
    states = [one for one in json.loads(done.stdout)["findings"] if one["name"].startswith("idcard")]
    assert [one["failure"] for one in states[:3]] == list(SEVEN.values())[:3]
    assert [one["health"] for one in states[3:]] == ["well"] * 4


def test_every_message_of_a_dead_card_reader_ends_with_its_code(
    seven_readers: tuple[Path, dict[str, str]],
) -> None:
    data, environment = seven_readers
    lines = doctor(data, **environment, LC_ALL="zh_CN.UTF-8").stdout.splitlines()

    assert [line.rpartition(" ")[2] for line in lines if "读卡器" in line][:3] == [
        f"[{code}]" for code in list(SEVEN.values())[:3]
    ]


@pytest.mark.parametrize("plain", [True, False])
def test_at_a_terminal_no_line_is_wider_than_the_window(tmp_path: Path, *, plain: bool) -> None:
    master, terminal = os.openpty()
    command = [sys.executable, "-m", "kiosk.cli", "doctor", "--data", str(tmp_path)]
    colours = {"NO_COLOR": "1" if plain else ""}
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "60", **colours}
    subprocess.run(command, stdout=terminal, env=environment, check=False, timeout=60)
    shown = os.read(master, 65536).decode()
    os.close(terminal)
    os.close(master)

    assert ("\x1b[31m" in shown) is not plain
    lines = re.sub(r"\x1b\[\d+m", "", shown).splitlines()
    assert len(lines) > 4
    assert max(map(len, lines)) <= 60


def test_what_a_driver_tells_stands_once_in_brackets_before_the_full_stop() -> None:
    found = trouble("idcard", KioskError(Failure.CARD_WRONG, detail="status=6A82"))

    assert found.cause.zh.endswith("（status=6A82）。")
    assert found.cause.en.endswith(" (status=6A82).")
    assert "detail" not in found.cause.zh + found.cause.en


@pytest.mark.parametrize(
    ("text", "name"),
    [('[devices]\nidcard = "sma"\nscanner = ""\nprinter = ""\n', "devices"), ("[devices\n", "config")],
)
def test_one_mistake_in_the_settings_is_told_once(tmp_path: Path, text: str, name: str) -> None:
    settings(tmp_path, text)
    findings = json.loads(doctor(tmp_path, "--json").stdout)["findings"]

    assert [one["name"] for one in findings if one["failure"] == "terminal.config_invalid"] == [name]


def test_a_print_service_that_is_down_is_told_apart_from_a_silent_printer(tmp_path: Path) -> None:
    settings(
        tmp_path,
        f"""
        [devices]
        printer = "cups"
        idcard = ""
        scanner = ""
        [devices.options.printer]
        queue = "a4"
        server = "{tmp_path / "nobody.sock"}"
        """,
    )
    service = found(doctor(tmp_path, "--json"))["cupsd"]

    assert "print service does not work" in doctor(tmp_path).stdout
    assert "systemctl enable --now cups.socket" in service["action"]
    assert "cupsd" in service["cause"]


def test_a_self_test_of_simulated_devices_passes_and_tells_nothing_of_the_card(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    done = run("doctor", "--self-test", "--json", "--sheet", str(sheet))
    rounds = found(done, "self_test")

    assert done.returncode == 0, done.stdout
    assert list(rounds) == ["idcard", "scanner", "printer"]
    assert all(one["health"] == "well" and one["seconds"] > 0 for one in rounds.values())
    assert all(one["cause"] for one in found(done).values() if one["health"] != "well")
    lay_out(tmp_path)
    cards = [pick(tmp_path, name).card for name in card_names(tmp_path)]
    text = _text(sheet)
    for card in cards:
        for private in (card.id_no, card.name, card.name.removeprefix("演示·")):
            assert private not in done.stdout + done.stderr + text
    assert "设备巡检表" in text
    assert "没有异常" in text
    assert "设备实测" in text
    assert "人工检查" in text


def test_the_trial_page_that_comes_out_is_whole(tmp_path: Path) -> None:
    settings(
        tmp_path,
        '[devices]\nidcard = ""\nscanner = ""\nprinter = "sim, sim"\n[devices.options.printer-2]\nsizes = "80mm"\n',
    )
    doctor(tmp_path, "--self-test")
    trials = sorted((tmp_path / "papers").glob("*.pdf"))

    assert len(trials) == 2
    for trial in trials:
        text = _text(trial)
        assert all(rare in text for rare in "𠮷䶮㛃")
        assert codes_in(trial.read_bytes())[0].startswith("JINBAN-TRIAL ")


def test_a_device_in_trouble_costs_its_own_round_only(tmp_path: Path) -> None:
    settings(tmp_path, '[devices]\ncamera = "sim"\n')
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim" / "printer.json").write_text('{"sheets": 0}')
    (tmp_path / "sim" / "scanner.json").write_text('{"jammed": true}')
    done = doctor(tmp_path, "--self-test", "--json", "--sheet", str(tmp_path / "sheet.pdf"))
    rounds = found(done, "self_test")

    assert done.returncode == 1
    assert {name: one["failure"] for name, one in rounds.items()} == {
        "idcard": None,
        "scanner": "scanner.jam",
        "camera": None,
        "printer": "printer.paper_out",
    }
    assert found(done)["printer"]["failure"] == "printer.paper_out"
    assert "异常" in _text(tmp_path / "sheet.pdf")
    assert not list((tmp_path / "papers").glob("*.pdf"))


def test_the_inspection_sheet_is_printed_on_demand(tmp_path: Path) -> None:
    settings(tmp_path, '[devices]\nidcard = ""\nscanner = ""\n')
    done = doctor(tmp_path, "--print", LC_ALL="zh_CN.UTF-8")
    (printed,) = (tmp_path / "papers").glob("*inspection*.pdf")

    assert "巡检表打好了" in done.stdout
    assert "未登记" in _text(printed)


def test_a_running_screen_keeps_its_devices(tmp_path: Path) -> None:
    settings(tmp_path, "[devices]\n")
    server = Channel(tmp_path, SCREEN).serve(lambda _: {"ok": True, "devices": []})
    try:
        rounds = found(doctor(tmp_path, "--self-test", "--json"), "self_test")
    finally:
        server.close()

    assert list(rounds) == ["devices"]
    assert "kiosk run" in rounds["devices"]["action"]


def _text(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_where_files_and_pages_are_read_the_doctor_says_whether_that_works_here(tmp_path: Path) -> None:
    settings = '[devices]\nphone = "lan"\nstick = "folder"\n[devices.options.phone]\naddress = "127.0.0.1"\n'
    (tmp_path / "config.toml").write_text(settings + "[screen]\nread_pages = true\n", encoding="utf-8")
    empty = tmp_path / "bin"
    empty.mkdir()
    with_programs = found(doctor(tmp_path, "--json"))
    without = found(doctor(tmp_path, "--json", PATH=str(empty)))
    plain = found(doctor(tmp_path / "plain", "--json"))

    assert with_programs["sandbox"]["health"] == "well"
    assert without["ocr"]["health"] == "amber"
    assert "tesseract-ocr-chi-sim" in without["ocr"]["action"]
    assert not {"sandbox", "ocr"} & plain.keys()
