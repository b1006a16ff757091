"""`docs/security.md` claims nothing without a command that is there to check it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from central.cli import central
from kiosk.cli import kiosk

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
_TABLE = PAGE.partition("## How to check each claim")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| (.+?) \| `(.+?)` \|$", _TABLE, re.MULTILINE)
COMMANDS = {"kiosk": kiosk, "central": central}


def names_in(file: Path) -> Iterator[str]:
    """Names of the tests a file defines."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name


def checkable(place: str) -> bool:
    """Whether a folder, a file or one test of it is there to be run."""
    path, _, name = place.partition("::")
    files = sorted((ROOT / path).glob("test_*.py")) if (ROOT / path).is_dir() else [ROOT / path]
    found = [test for file in files if file.exists() for test in names_in(file)]
    return name in found if name else bool(found)


def runs(words: list[str]) -> bool:
    """Whether there is such a command; asked for its help, it answers."""
    command: click.Command | None = COMMANDS[words[0]]
    for word in words[1:]:
        if not isinstance(command, click.Group):
            return False
        command = command.get_command(click.Context(command), word)
    return command is not None and not isinstance(command, click.Group) and bool(command.help)


@pytest.mark.parametrize(("claim", "command"), ROWS, ids=[claim[:40] for claim, _ in ROWS])
def test_every_claim_has_a_command_that_is_there(claim: str, command: str) -> None:
    first, *rest = command.split()
    if first in COMMANDS:
        assert runs([first, *rest]), claim
    else:
        assert [first, *rest[:-1]] in (["pytest"], ["./dev", "prove"]), claim
        assert checkable(rest[-1]), claim


def test_no_row_of_the_table_is_passed_over_and_what_is_not_there_is_noticed() -> None:
    lines = [line for line in _TABLE.splitlines() if line.startswith("| ")]

    assert len(ROWS) == len(lines) - 1 > 20
    assert not checkable("tests/test_security_page.py::test_of_nothing")
    assert not checkable("tests/test_nowhere.py")
    assert not runs(["kiosk", "nothing"])


def test_every_test_the_page_names_elsewhere_is_there() -> None:
    named = set(re.findall(r"`(?:pytest )?(tests/[\w/.]+(?:::\w+)?)`", PAGE))

    assert named
    assert [place for place in sorted(named) if not checkable(place)] == []


def test_the_page_says_that_nothing_was_assessed() -> None:
    assert "支持 SM3/SM4,未经测评" in PAGE
    assert not re.search(r"(符合|通过)密评|国密认证|certified (?!modules)", PAGE)
