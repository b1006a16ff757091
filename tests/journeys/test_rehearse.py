"""Before a new point opens, a technician rehearses: everything goes wrong, and in the end everything adds up."""

import json
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from kiosk.cli.rehearsal.counting import count
from kiosk.cli.rehearsal.menu import LINE, PLACE, Turn, programme
from tests.proofs import Prove


def rehearse(folder: Path, *options: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.cli", "rehearse", "--data", str(folder), "--json", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 1, done.stderr
    return done.returncode, json.loads(lines[0])


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """One short rehearsal: a power cut in a visit, a driver that dies, a jam, a lost acknowledgement, a wrong clock."""
    folder = tmp_path_factory.mktemp("rehearsal") / "here"
    status, report = rehearse(folder, "--seed", "119", "--visits", "7")
    assert status == 0, report
    return folder, report


def test_a_rehearsal_ends_with_every_figure_the_same(held: tuple[Path, dict[str, Any]], prove: Prove) -> None:
    _, report = held

    prove("rehearsals", rehearsals=1, visits=len(report["turns"]), wrong=len(report["wrong"]))
    assert report["ok"] is True
    assert report["rows"] == report["acknowledged"] == report["platform"] == report["printed"]
    assert report["told"] <= report["rows"] <= len(report["turns"])
    assert report["told"] >= 4
    assert (report["waiting"], report["parked"], report["wrong"]) == (0, 0, [])
    assert report["files_looked_at"] > 5
    assert any(turn["met"] for turn in report["turns"])
    assert any("power_cut" in turn["trouble"] for turn in report["turns"])


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(1, 6))
def test_whatever_is_drawn_everything_adds_up(tmp_path: Path, seed: int, prove: Prove) -> None:
    status, report = rehearse(tmp_path / "here", "--seed", str(seed), "--visits", "40")

    prove("rehearsals", rehearsals=1, visits=len(report["turns"]), wrong=len(report["wrong"]))
    assert status == 0, report


def test_a_rehearsal_that_does_not_add_up_says_what(held: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, report = held
    data = tmp_path / "terminal"
    shutil.copytree(folder / "terminal", data, ignore=shutil.ignore_patterns("run"))
    numbers = {turn["number"] for turn in report["turns"] if turn["number"]}
    receipt = next((data / "papers").glob("*-receipt-*.pdf"))
    shutil.copy(receipt, receipt.with_name(f"20300101-000000-{receipt.name.split('-', 2)[2]}"))
    (data / "log" / "left.log").write_text("张秀英", encoding="gb18030")

    made = count(data, {*numbers, "T00001A-20261125-09999-9"}, tmp_path / "none")

    assert "1 cases people hold a number for are gone" in made.wrong
    assert "a receipt came out twice as an original" in made.wrong
    assert "residue in data: log/left.log" in made.wrong


def look(data: Path, words: str, *options: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.cli", "residue", "--data", str(data), "--json", *options],
        input=words.encode(),
        capture_output=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout or b"{}")


def test_a_technician_finds_what_somebody_left_and_nothing_where_nobody_did(
    held: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    data = tmp_path / "terminal"
    shutil.copytree(held[0] / "terminal", data, ignore=shutil.ignore_patterns("run"))
    page, nobody = tmp_path / "page", secrets.token_hex(8)  # a word other tests of this machine do not write
    page.write_bytes(secrets.token_bytes(9_000))
    clean = look(data, f"{nobody}\n", "--page", str(page))
    page.unlink()
    (data / "log" / "left.log").write_text(f"…{nobody}…", encoding="utf-16-be")
    found = look(data, f"\n  {nobody}\n")

    assert look(data, "\n")[0] == 2
    assert (clean[1]["left"], clean[0]) == ([f"temporary: {page.relative_to(tempfile.gettempdir())}"], 1)
    assert clean[1]["files"] > 5
    assert clean[1]["values"] > 100
    assert (found[0], found[1]["left"]) == (1, ["data: log/left.log"])


def test_a_seed_is_a_programme_and_brings_every_trouble() -> None:
    turns = programme(11)

    assert turns == programme(11) != programme(12)
    assert {turn.place for turn in turns} >= set(PLACE)
    assert {turn.line for turn in turns} >= set(LINE)
    assert sum(turn.cut_after is not None for turn in turns) == 3
    assert Turn() in turns
    assert len(programme(11, 3)) == 3
    assert len(programme(11, 60)) == 60


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs").touch()
    status, answer = rehearse(tmp_path)

    assert (status, answer["failure"]) == (2, "terminal.already_provisioned")
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]
