"""`kiosk report day`: 日终核对, what was printed, taken and acknowledged, and a name for every difference."""

import queue
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Final

import click

from kiosk.calendar import shanghai_day
from kiosk.cli.answer import data_option, in_chinese, json_option, print_json, usable
from kiosk.cli.wiring import clock_of, new_kit, open_terminal
from kiosk.config import read_config
from kiosk.desk.daysheet import print_sheet, reckon
from kiosk.desk.printing import PrintOutcome
from kiosk.failure import Failure, KioskError
from kiosk.model.dayreport import DayReport
from kiosk.ports import Store
from kiosk.words import Language
from kiosk.words.causes import answer_of, report_lines

DIFFERENCES: Final = 3
_PRINT_SECONDS: Final = 240.0


@click.group()
def report() -> None:
    """Reports for the supervisor."""


@report.command("day")
@data_option
@json_option
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day in Asia/Shanghai; today when left out.")
@click.option("--print", "on_paper", is_flag=True, help="Print the sheet (日终核对单).")
@usable
def day_report(data: Path, *, as_json: bool, day: datetime | None, on_paper: bool) -> None:
    """Receipts printed, cases taken, acknowledgements. Exit status: 0 all one number, 3 there are differences."""
    with closing(open_terminal(data)) as store:
        wanted = day.date() if day else shanghai_day(clock_of(store).now())
        made = _printed(data, store, wanted) if on_paper else reckon(new_kit(data, store), wanted)
    language: Language = "zh" if in_chinese() else "en"
    if as_json:
        print_json(answer_of(made, language))
    else:
        for line in report_lines(made, language):
            click.echo(line)
    sys.exit(0 if made.agrees else DIFFERENCES)


def _printed(data: Path, store: Store, day: date) -> DayReport:
    """The report, printed; returns when the printer has told how it went.

    Raises:
        KioskError: why it was not printed.
    """
    from devices.config import table_of  # noqa: PLC0415 -- drivers only for who prints
    from devices.host import DeviceHost  # noqa: PLC0415
    from kiosk.model.devices import DeviceKind  # noqa: PLC0415

    printers = table_of(read_config(data).devices).get(DeviceKind.PRINTER.value, [])
    posted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
    outcomes: list[PrintOutcome] = []
    with DeviceHost({DeviceKind.PRINTER.value: printers}, data) as host:
        kit = new_kit(data, store, devices=host, in_lane=posted.put)
        made = reckon(kit, day)
        print_sheet(kit, made, None, None, outcomes.append)
        deadline = time.monotonic() + _PRINT_SECONDS
        while not outcomes and time.monotonic() < deadline:
            _run_one(posted)
    while not posted.empty():
        _run_one(posted)
    failure = outcomes[0].failure if outcomes else Failure.PRINT_UNCERTAIN
    if failure is not None:
        raise KioskError(failure)
    return made


def _run_one(posted: "queue.SimpleQueue[Callable[[], None]]") -> None:
    try:
        posted.get(timeout=0.2)()
    except queue.Empty:
        return
