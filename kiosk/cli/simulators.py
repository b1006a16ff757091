"""Runs a shipped simulator in a process of its own, in the foreground."""

import ast
import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click

from devices.simulators import PRINTERS, SIMULATORS
from kiosk.cli.answer import UNUSABLE, print_json
from kiosk.model.values import JsonObject

_HELP: Final = frozenset({"-h", "--help"})


def shipped() -> dict[str, str]:
    """Name → what it plays, from the first line of its module, which is not imported for that."""
    return {name: _first_line(module) for name, module in sorted(SIMULATORS.items())}


def run_simulator(name: str, options: tuple[str, ...]) -> int:
    """Run it until its input ends. Returns its exit code.

    Raises:
        KeyError: there is none of that name.
    """
    if _HELP & set(options):
        click.echo(docstring(SIMULATORS[name]))
        return 0
    command = [sys.executable, "-P", "-m", SIMULATORS[name], *options, *_tray_for(name, options)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        if process.stdout is None:
            return UNUSABLE
        try:
            _announce(process.stdout.readline())
            for line in process.stdout:
                click.echo(line, nl=False)
        except KeyboardInterrupt:
            # The simulator is in the same process group and has heard it, too.
            return process.wait()
        return process.wait()


def config_lines(settings: JsonObject) -> str:
    """The lines of `config.toml` that use a device with these settings."""
    drivers, options = ["[devices]"], []
    for kind, words in settings.items():
        drivers.append(f"{kind} = {_quoted(words['driver'])}")
        rest = {name: value for name, value in words.items() if name != "driver"}
        if rest:
            options.append(f"[devices.options.{kind}]")
            options += [f"{name} = {_quoted(value)}" for name, value in rest.items()]
    return "\n".join([*drivers, *options])


def _tray_for(name: str, options: tuple[str, ...]) -> tuple[str, ...]:
    """A folder for what a printer prints, where nobody named one: it is kept, so that the papers can be looked at."""
    named = any(word.partition("=")[0] == "--tray" for word in options)
    return () if named or name not in PRINTERS else ("--tray", tempfile.mkdtemp(prefix=f"jinban-{name}-"))


def _announce(line: str) -> None:
    """The first line, with what to write into `config.toml`; anything else, such as --help, passes as it is."""
    try:
        first = json.loads(line)
        first["config"] = config_lines(first["settings"])
    except (ValueError, KeyError, TypeError):
        click.echo(line, nl=False)
        return
    print_json(first)
    click.echo(first["config"], err=True)
    if "tray" in first:
        click.echo(f"# {first['tray']}: what it prints, as PNG", err=True)


def _quoted(value: object) -> str:
    """A TOML basic string; of those JSON strings are the same but for DEL, which no option holds."""
    return json.dumps(str(value), ensure_ascii=False)


def _first_line(module: str) -> str:
    first = docstring(module).partition("\n")[0]
    return first.partition("`: ")[2] or first


def docstring(module: str) -> str:
    """What a simulator says of its options and commands, without importing it."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return ""
    return ast.get_docstring(ast.parse(Path(spec.origin).read_text(encoding="utf-8"))) or ""
