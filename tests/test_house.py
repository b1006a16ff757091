"""The shape of the house: who may import whom, how long a file may be, and that the checks can fail."""

import ast
import fnmatch
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.order import LONGEST_FIRST, place

ROOT = Path(__file__).parent.parent
PACKAGES = ("kiosk", "local_db", "devices", "sync", "central", "ui")
LONGEST_FILE, LONGEST_FUNCTION = 400, 50

VIOLATIONS = {
    "kiosk is the inside": ("kiosk/planted.py", "import local_db.driver"),
    "ui reaches the rest": ("ui/planted.py", "import sync.wire"),
    "central shares": ("central/planted.py", "import sync.link"),
    "do not see each other": ("devices/planted.py", "import sync.wire"),
    "composition root": ("ui/planted.py", "import kiosk.cli"),
    "Qt lives only in ui": ("sync/planted.py", "import PySide6"),
    "SQL lives only": ("kiosk/planted.py", "import sqlite_utils"),
    "HTTP lives only": ("ui/planted.py", "import requests"),
    "devices are spoken to": ("sync/planted.py", "import smartcard"),
    "pictures measured": ("kiosk/planted.py", "import numpy"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, folder / package, ignore=lambda _, names: [n for n in names if "." in n and n[-3:] != ".py"]
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_room_keeps_to_its_imports() -> None:
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout[-3000:]


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_planted_import_breaks_its_contract(copy: Path, contract: str) -> None:
    place, line = VIOLATIONS[contract]
    planted = copy / place
    planted.write_text(f'"""Planted."""\n\n{line}\n')
    try:
        result = lint_imports(copy)
    finally:
        planted.unlink()

    broken = [row for row in result.stdout.splitlines() if " BROKEN" in row]
    assert result.returncode != 0
    assert any(contract in row for row in broken), result.stdout[-2000:]


def product_files() -> list[Path]:
    folders = (*PACKAGES, "benchmarks")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def test_files_and_functions_stay_short() -> None:
    long = []
    for path in [*product_files(), *sorted((ROOT / "tests").rglob("*.py"))]:
        source = path.read_text(encoding="utf-8")
        if source.count("\n") > LONGEST_FILE:
            long.append(f"{path.relative_to(ROOT)}: {source.count(chr(10))} lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {lines} lines")

    assert long == []


def test_the_files_that_begin_first_are_all_there_once() -> None:
    assert [name for name in LONGEST_FIRST if not (ROOT / name).is_file()] == []
    assert len(set(LONGEST_FIRST)) == len(LONGEST_FIRST)


def test_long_files_begin_first_and_all_other_tests_keep_their_order() -> None:
    first, second = LONGEST_FIRST[:2]
    tests = ["tests/b.py::two", f"{second}::one", "tests/a.py::one", f"{first}::Some::one", f"{second}::two"]

    assert sorted(tests, key=place) == [
        f"{first}::Some::one",
        f"{second}::one",
        f"{second}::two",
        "tests/b.py::two",
        "tests/a.py::one",
    ]


def test_no_test_stands_on_mocks() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__) and "unittest.mock" in path.read_text(encoding="utf-8")
    ]

    assert guilty == []


def test_pins_carry_hashes_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = [line for line in text.splitlines() if "==" in line]

        assert "://" not in text
        assert len(pins) > 30
        assert all(line.rstrip().endswith("\\") for line in pins)
        assert text.count("--hash=sha256:") >= len(pins)


def test_a_wheel_carries_every_file_of_the_packages_with_its_licence() -> None:
    carried = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["*"]
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()]
    shipped = [path for path in files if path.suffix not in (".py", ".pyc") and not path.name.startswith(".")]
    left_out = {path.name for path in shipped if not any(fnmatch.fnmatch(path.name, one) for one in carried)}

    assert len(shipped) > 100
    assert not left_out


@pytest.mark.parametrize(
    "program", ["ui.app, kiosk.cli.wiring, devices.host", "kiosk.cli.sync, sync.agent, kiosk.cli.wiring"]
)
def test_the_screen_and_the_agent_load_nothing_they_do_not_use(program: str) -> None:
    heavy = {"rich", "numpy", "pandas", "cv2", "litestar", "sqlalchemy", "reportlab", "aiohttp", "lxml"}
    script = f"import sys, {program}; print(*sorted({heavy} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.split() == []


def test_every_decision_is_found_by_its_number() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages]

    assert numbers == list(range(1, len(pages) + 1))
    for number, page in zip(numbers, pages, strict=True):
        assert page.read_text(encoding="utf-8").startswith(f"# {number}. "), page.name
