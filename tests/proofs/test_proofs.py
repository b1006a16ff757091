"""The proof table says what was measured, and can say that a bar is missed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proofs.rows import PAGE, page, rows


def test_the_page_shows_the_rows_as_they_are() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert page(text) == text, "run: ./dev prove --renew-proofs"


@pytest.mark.parametrize("name", rows())
def test_every_row_words_the_figures_its_bars_are_about(name: str) -> None:
    row = rows()[name]
    barred = {*row.at_least, *row.at_most}

    assert barred
    assert all(f"{{{one}}}" in row.says for one in barred)
    assert row.command.startswith("./dev ")
    assert not row.measured or not row.missed(row.measured)


def test_a_figure_behind_its_bar_or_not_measured_is_named() -> None:
    row = rows()["crash-images"]

    assert row.missed({"images": 5000, "wrong": 0}) == []
    assert row.missed({"images": 4999, "wrong": 1}) == ["images", "wrong"]
    assert row.missed({"images": 9000}) == ["wrong"]


def test_a_whole_long_run_behind_a_bar_fails_and_a_part_of_one_does_not(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_little.py").write_text("def test_little(prove): prove('kills', kills=1, wrong=0)\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n")
    (tmp_path / "conftest.py").write_text(
        "from tests.proofs.telling import ProofTable, prove\n"
        "def pytest_addoption(parser):\n"
        "    parser.addoption('--long', action='store_true')\n"
        "    parser.addoption('--renew-proofs', action='store_true')\n"
        "def pytest_configure(config): config.pluginmanager.register(ProofTable())\n"
    )

    def run(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", *words]
        environment = {**os.environ, "PYTHONPATH": str(PAGE.parents[1])}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    status, told = run("--long")
    assert status == 1
    assert "behind its bar: kills: kills" in told
    assert "behind its bar: numbers: not measured" in told
    assert run("--long", "tests/test_little.py")[0] == 0
    assert run()[0] == 0


def test_what_several_tests_find_is_added_up() -> None:
    row = rows()["crash-images"]

    assert row.together([{"images": 2, "wrong": 0}, {"images": 3, "wrong": 1}]) == {"images": 5, "wrong": 1}
