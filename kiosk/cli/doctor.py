"""`kiosk doctor`: what is wrong with this terminal, in a minute, and with `--self-test` what its devices really do."""

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from kiosk.cli.answer import data_option, in_chinese, json_option, print_json, usable
from kiosk.cli.folding import folded, padded
from kiosk.cli.health.devices import look_at_devices
from kiosk.cli.health.finding import Finding, Health
from kiosk.cli.health.terminal import look_at_terminal
from kiosk.cli.wiring import quiet_logs
from kiosk.config import FILE_NAME

_NAME_WIDTH = 14
_INDENT = _NAME_WIDTH + 2
_MARKS = {Health.WELL: "✓", Health.AMBER: "!", Health.BAD: "✗"}
_COLOURS = {Health.WELL: "green", Health.AMBER: "yellow", Health.BAD: "red"}


@click.command()
@data_option
@json_option
@click.option("--self-test", is_flag=True, help="Also read, scan, print and so on once with every device.")
@click.option(
    "--seconds", type=click.FloatRange(1.0, 600.0), default=30.0, help="How long to wait for a card or a code."
)
@click.option("--sheet", type=click.Path(path_type=Path, dir_okay=False), help="Write the inspection sheet as a PDF.")
@click.option("--print", "on_paper", is_flag=True, help="Print the inspection sheet.")
@usable
def doctor(data: Path, *, as_json: bool, self_test: bool, seconds: float, sheet: Path | None, on_paper: bool) -> None:
    """Look at everything this terminal needs; one line each. Exit status: 0 well, 1 not."""
    quiet_logs()
    at = datetime.now(UTC)
    findings = list(_told(_findings(data), quiet=as_json))
    tested = list(_told(_self_test(data, seconds), quiet=as_json)) if self_test else None
    if sheet is not None or on_paper:
        from kiosk.cli.health.sheet import make_sheet  # noqa: PLC0415 -- papers only for who asks for one

        tested_or_not = tested or []
        findings += _told(make_sheet(data, at, findings, tested_or_not, file=sheet, on_paper=on_paper), quiet=as_json)
    bad = any(finding.health is Health.BAD for finding in [*findings, *(tested or [])])
    if as_json:
        answer = {"ok": not bad, "findings": [finding.as_json() for finding in findings]}
        print_json(answer if tested is None else {**answer, "self_test": [round_.as_json() for round_ in tested]})
    sys.exit(1 if bad else 0)


def _findings(data: Path) -> Iterator[Finding]:
    enrolled = True
    for finding in look_at_terminal(data):
        enrolled = enrolled and not (finding.name == "database" and finding.health is Health.BAD)
        yield finding
    # A directory that is no terminal yet is left as it is, unless somebody has written down its devices already.
    if enrolled or (data / FILE_NAME).exists():
        yield from look_at_devices(data)


def _self_test(data: Path, seconds: float) -> Iterator[Finding]:
    from kiosk.cli.health.rounds import run_rounds  # noqa: PLC0415 -- starts drivers: only when asked for

    yield from run_rounds(data, seconds)


def _told(findings: Iterator[Finding], *, quiet: bool) -> Iterator[Finding]:
    """The same findings, each shown as it is found."""
    for finding in findings:
        if not quiet:
            click.echo(_line(finding))
        yield finding


def _line(finding: Finding) -> str:
    """One line; for somebody who watches at a terminal it is folded, with what belongs together under each other."""
    mark = _MARKS[finding.health]
    if not os.environ.get("NO_COLOR"):
        mark = click.style(mark, fg=_COLOURS[finding.health])
    took = "" if finding.seconds is None else f" {finding.seconds:.1f} s"
    words = finding.state.here() + took
    gap = "" if in_chinese() else " "
    why = gap.join(part for part in (finding.cause.here(), finding.action.here()) if part)
    if finding.failure:
        why = f"{why} [{finding.failure}]"
    if not sys.stdout.isatty():
        stop = "。" if in_chinese() else ". "
        return f"{mark} {padded(finding.title().here(), _NAME_WIDTH)}{stop.join(part for part in (words, why) if part)}"
    room = shutil.get_terminal_size().columns - _INDENT
    lines = [line for part in (words, why) for line in folded(part, room)]
    return f"{mark} {padded(finding.title().here(), _NAME_WIDTH)}" + ("\n" + " " * _INDENT).join(lines)
