"""The shipped card reader that only plays one: its line of address, its menu, and its end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.config import choices
from devices.simulators import SIMULATORS
from tests.devices.device_bench import until
from tests.stacks.pty import ANSWER, Errand, PlayedReader, opened, played_reader


@pytest.fixture(scope="module")
def one() -> Iterator[PlayedReader]:
    with played_reader() as played:
        yield played


def test_it_prints_one_line_with_its_address_and_the_settings_that_use_it() -> None:
    with played_reader("--card", "li-xiaofang") as played:
        assert choices(played.settings)[0].driver == "sam"
        assert played.address == played.settings["idcard"]["port"]
        with opened(played.port) as reader:
            assert reader.read(Errand()).name == "演示·李晓芳"


def test_it_is_started_by_the_name_the_command_line_knows() -> None:
    module = SIMULATORS["id-card"]
    done = subprocess.run(
        [sys.executable, "-m", module, "--tcp"], input='{"do": "cards"}\n', capture_output=True, text=True, check=True
    )
    address, cards = (json.loads(line) for line in done.stdout.splitlines())
    assert address["address"].startswith("socket://127.0.0.1:")
    assert "zhang-xiuying" in cards["cards"]
    assert done.stderr == ""


def test_the_link_to_its_line_stays_where_it_was_asked_for(tmp_path: Path) -> None:
    link = tmp_path / "reader"
    with played_reader("--link", str(link)) as played:
        assert played.address == str(link)
        before = link.resolve()
        played.do("unplug")
        assert not link.exists()
        played.do("plug")
        assert link.is_char_device()
        assert before.parent == link.resolve().parent
    assert not link.is_symlink()


def test_nothing_is_left_when_its_input_ends_or_it_is_told_to_go() -> None:
    with played_reader() as played:
        folder = Path(played.address).parent
        assert folder.is_dir()
    assert not folder.exists()
    with played_reader() as played:
        folder = Path(played.address).parent
        played.process.send_signal(signal.SIGTERM)
        assert played.process.wait(5) == 0
        assert not folder.exists()


def test_it_goes_with_the_program_that_started_it() -> None:
    program = (
        "import subprocess, sys; "
        "p = subprocess.Popen([sys.executable, '-m', 'devices.idcard.simulated.sam'], stdin=subprocess.PIPE,"
        " stdout=subprocess.PIPE); p.stdout.readline(); print(p.pid, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        os.kill(pid, 0)
        parent.kill()
    until(lambda: not _runs(pid), 5.0)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"do": "dance"}, "unknown"),
        ({"no": "do"}, "unknown"),
        ({"do": "lay"}, "arguments"),
        ({"do": "lay", "name": "nobody"}, "unknown_card"),
        ({"do": "lay", "name": "../demo/li-xiaofang"}, "unknown_card"),
        ({"do": "pull", "at": "breakfast"}, "arguments"),
        ({"do": "flip", "at": 1, "on": "breakfast"}, "arguments"),
        ({"do": "status", "code": "XYZ"}, "arguments"),
        ({"do": "baud", "baud": 1}, "arguments"),
        ({"do": "already_read", "rule": "never"}, "arguments"),
    ],
)
def test_what_is_not_on_the_menu_is_refused_and_does_no_harm(
    one: PlayedReader, words: dict[str, object], reason: str
) -> None:
    assert one.process.stdin is not None
    one.process.stdin.write("not even JSON\n[1]\n" + json.dumps(words) + "\n")
    one.process.stdin.flush()
    assert [one._line()["reason"] for _ in range(3)] == ["arguments", "arguments", reason]
    assert one.do("state") == {"ok": True, "card": False, "asked": [], "waiting": []}


def test_a_card_nobody_knows_is_refused_at_the_start() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "devices.idcard.simulated.sam", "--card", "nobody"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, json.loads(done.stdout)) == (2, {"ok": False, "reason": "unknown_card"})


def test_cards_of_ones_own_are_taken_from_the_data_directory(tmp_path: Path) -> None:
    with played_reader("--data", str(tmp_path), "--card", "li-xiaofang") as played:
        file = tmp_path / "sim" / "cards" / "mine.json"
        text = (file.parent / "li-xiaofang.json").read_text().replace("演示·李晓芳", "测试甲")
        file.write_text(text)
        played.do("lay", name="mine")
        with opened(played.port) as reader:
            assert reader.read(Errand()).name == "测试甲"


def test_its_line_takes_the_time_a_real_one_takes_when_it_is_told_to() -> None:
    with played_reader("--already-read", "free", "--card", "li-xiaofang") as played:
        played.do("throttle", on=True)
        with opened(played.port, baud="115200") as reader:
            began = time.monotonic()
            reader.read(Errand())
            took = time.monotonic() - began
    assert took >= ANSWER * 10 / 115_200, "a byte is ten bits on the line"
