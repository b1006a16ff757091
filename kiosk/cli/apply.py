"""`kiosk apply`: applications described as JSON lines, through the same desk as the screen."""

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import IO, NoReturn

import click

from kiosk.cli.answer import data_option, message_of, usable
from kiosk.cli.applications import LONGEST_LINE, ApplicationLine, NumberedLine, lines_of, parse_line
from kiosk.cli.applying import Applying
from kiosk.cli.wiring import new_desk, open_terminal, quiet_logs
from kiosk.failure import KioskError
from kiosk.model.values import JsonObject


@click.command()
@click.argument("file", required=False, metavar="FILE.ndjson")
@click.option("--example", is_flag=True, help="Print one complete line that would be taken as it is, for [ITEM].")
@data_option
@usable
def apply(file: str | None, data: Path, *, example: bool) -> None:
    """Take applications described as JSON lines; `-` reads stdin. One result line each.

    With --example the argument is an item code (or nothing). Exit status: 0 all taken, 1 some refused, 2 unusable call
    or not provisioned.
    """
    quiet_logs()
    if example:
        _print_example(data, file)
        return
    if file is None:
        raise click.UsageError("name a file, or - for stdin")
    with closing(open_terminal(data)) as store:
        applying = Applying(new_desk(data, store), store, _folder_of(file))
        refused = 0
        with _opened(file) as stream:
            for line in lines_of(stream):
                answer = _answer(applying, line)
                if answer is None:
                    continue
                refused += not answer["ok"]
                click.echo(json.dumps(answer, ensure_ascii=False))
    sys.exit(1 if refused else 0)


def _answer(applying: Applying, line: NumberedLine) -> JsonObject | None:
    """The result of one line; None for a blank one."""
    if line.failure is None and not line.text.strip():
        return None
    ref: str | None = None
    try:
        application = _parsed(line)
        ref = application.ref
        number = applying.take(application)
    except KioskError as error:
        answer: JsonObject = {"line": line.number, "ref": ref, "ok": False, "failure": error.failure.code}
        answer["message"] = message_of(error)
        missing = applying.missing
        return {**answer, "missing": missing} if missing else answer
    return {"line": line.number, "ref": ref, "ok": True, "submission_no": number}


def _parsed(line: NumberedLine) -> ApplicationLine:
    if line.failure is not None:
        raise KioskError(line.failure, largest_mb=LONGEST_LINE // (1024 * 1024))
    return parse_line(line.text)


def _print_example(data: Path, item: str | None) -> None:
    from kiosk.cli.example import example_line  # noqa: PLC0415 -- only when an example is asked for

    with closing(open_terminal(data)) as store:
        click.echo(json.dumps(example_line(new_desk(data, store), item), ensure_ascii=False))


def _folder_of(file: str) -> Path:
    return Path.cwd() if file == "-" else Path(file).absolute().parent


def _opened(file: str) -> IO[bytes]:
    if file == "-":
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except (OSError, ValueError):
        _stop("The applications file cannot be read.")


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)
