"""`docs/commands.md` names every command and every option there is, and no other."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
import pytest

from central.cli import central
from kiosk.cli import kiosk
from kiosk.config import Config

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
EVERYWHERE = {"--data", "--db", "--help", "--version"}
LATER = {("kiosk", "rescue", "export"), ("kiosk", "rescue", "import"), ("kiosk", "provision", "bundle")}
SECRET = {"--pin"}


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield (*path, name), command


FOUND = dict([*commands(kiosk, "kiosk"), *commands(central, "central")])


@pytest.mark.parametrize("path", FOUND, ids=" ".join)
def test_every_command_is_on_the_page_with_its_options(path: tuple[str, ...]) -> None:
    name = " ".join(path)
    rows = [line for line in PAGE.splitlines() if f"`{name}" in line]
    if path in LATER:
        assert path[1] in PAGE
        return
    options = {opt for one in FOUND[path].params if isinstance(one, click.Option) for opt in one.opts}
    options = {option for option in options if option.startswith("--")} - EVERYWHERE - SECRET

    assert rows, name
    assert not {option for option in options if not any(option in row for row in rows)}


def test_the_page_names_no_option_that_is_not_there() -> None:
    there = {opt for command in FOUND.values() for one in command.params for opt in one.opts} | {"--help"}

    assert set(re.findall(r"--[a-z]+(?:-[a-z]+)*", PAGE)) <= there


def test_every_setting_is_on_the_page_with_its_default() -> None:
    for table, settings in asdict(Config()).items():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `[{table}]`"))
        for name, default in settings.items():
            assert f"{name}" in row
            parts = default if isinstance(default, tuple) else (default,)
            if name == "speak_with":
                parts = parts[:1]  # the rest are options of another program, which this page does not list
            assert name == "options" or all(str(part).lower() in row.lower() for part in parts)
