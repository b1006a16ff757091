"""`central report day`: the day report of one terminal from the platform's side, and against the terminal's own."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import click
import msgspec

from central.cli.answer import data_option, json_option, print_json, usable
from central.dayreport import Compared, compared, day_report
from central.office import open_office
from kiosk.calendar import shanghai_day
from kiosk.model.dayreport import DayReport
from kiosk.words import Language
from kiosk.words.causes import answer_of, cause_words, difference_row, report_lines

DIFFERENCES: Final = 3


@click.group()
def report() -> None:
    """Reports."""


@report.command("day")
@click.option("--terminal", help="Which terminal; the one of the file when left out.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day in Asia/Shanghai; today when left out.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="What `kiosk report day --json` answered: every case the two sides see differently, by name.",
)
@data_option
@json_option
@usable
def day_command(
    terminal: str | None, day: datetime | None, against: Path | None, data: Path, db: str | None, *, as_json: bool
) -> None:
    """Cases of one day as the platform holds them. Exit status: 0 all whole and alike, 3 there are differences."""
    if against is None and terminal is None:
        raise click.UsageError("--terminal or --against is needed")
    with open_office(data, db) as office:
        if against is not None:
            made = compared(office, _read(against, terminal, day))
        else:
            made = Compared(day_report(office, terminal or "", day.date() if day else shanghai_day(office.now())))
    _tell(made, as_json=as_json)
    sys.exit(0 if made.report.agrees and not made.differences else DIFFERENCES)


def _read(file: Path, terminal: str | None, day: datetime | None) -> DayReport:
    try:
        found = msgspec.json.decode(file.read_bytes(), type=DayReport)
    except (OSError, msgspec.DecodeError) as error:
        raise click.BadParameter("not what kiosk report day --json answers", param_hint="--against") from error
    if terminal not in (None, found.terminal) or (day is not None and day.date() != found.day):
        raise click.BadParameter(f"it is of {found.terminal}, {found.day}", param_hint="--against")
    return found


def _tell(made: Compared, *, as_json: bool) -> None:
    language: Language = "zh" if _in_chinese() else "en"
    if as_json:
        row = answer_of(made.report, language)
        if made.differences is not None:
            row["against"] = [difference_row(one, language) for one in made.differences]
        print_json(row)
        return
    for line in report_lines(made.report, language):
        click.echo(line)
    for one in made.differences or ():
        click.echo(f"! {one.number or one.event}  {cause_words(one, language)}")


def _in_chinese() -> bool:
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return locale.startswith("zh")
