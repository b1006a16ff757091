"""`kiosk sync`: the agent."""

import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.answer import UNUSABLE, data_option, fail, json_option, print_json
from kiosk.cli.mending import begin_sound
from kiosk.cli.wiring import clock_of, open_terminal, quiet_logs, settings_of
from kiosk.clock import SystemClock
from kiosk.config import FILE_NAME, LineConfig, read_config
from kiosk.failure import Failure, KioskError
from kiosk.model.values import JsonObject
from kiosk.ports import Store

if TYPE_CHECKING:
    from sync.agent import RunReport
    from sync.link import LinkOptions

_PENDING, _HELD = 3, 4


@click.command()
@data_option
@click.option("--once", is_flag=True, help="Run until nothing can be sent, take the changes, end.")
@json_option
def sync(data: Path, *, once: bool, as_json: bool) -> None:
    """Send what is waiting and take what has come.

    Without --once it runs until it is stopped. Exit status of --once: 0 nothing pending, 3 something pending, 4 another
    agent holds this directory, 2 unusable.
    """
    quiet_logs()
    try:
        options = _options(data)
        if not once:
            begin_sound(data)
        with closing(open_terminal(data)) as store:
            rules = _rules(data, store)
            if once:
                report = _run_once(data, options, rules)
            else:
                from sync.service import serve  # noqa: PLC0415 -- the agent's imports decide its memory

                serve(data, lambda: open_terminal(data), SystemClock(), options=options, rules=rules)
                return
    except KioskError as error:
        held = error.failure is Failure.AGENT_ALREADY_RUNNING
        fail(error, as_json=as_json, status=_HELD if held else UNUSABLE)
    _tell(report, as_json=as_json)
    sys.exit(_PENDING if report.pending else 0)


def _run_once(data: Path, options: "LinkOptions", rules: Callable[[], LineConfig]) -> "RunReport":
    from sync.agent import Agent  # noqa: PLC0415
    from sync.link import Link  # noqa: PLC0415
    from sync.lock import only_agent  # noqa: PLC0415

    with only_agent(data), closing(open_terminal(data)) as store:
        link = Link(store.settings.identity().platform_url, options)
        try:
            return Agent(store, link, clock_of(store), rules).run_once()
        finally:
            link.close()


def _tell(report: "RunReport", *, as_json: bool) -> None:
    answer: JsonObject = {
        "settled": report.settled,
        "pending": report.pending,
        "parked": report.parked,
        "sent_bytes": report.sent_bytes,
        "received_bytes": report.received_bytes,
        "turns": report.turns,
    }
    if report.at_hub:
        answer["at_hub"] = report.at_hub
    if report.failure:
        answer["failure"] = report.failure
    if as_json:
        print_json(answer)
    else:
        click.echo("  ".join(f"{name}: {value}" for name, value in answer.items()))


def _options(data: Path) -> "LinkOptions":
    from sync.link import LinkOptions  # noqa: PLC0415

    return LinkOptions(connections=read_config(data).line.connections)


def _rules(data: Path, store: Store) -> Callable[[], LineConfig]:
    """The line's settings as file and platform now say; those last readable hold while a changed file is not."""
    held, seen = settings_of(data, store).line, (_written(data), store.board.cursor())

    def rules() -> LineConfig:
        nonlocal held, seen
        now = (_written(data), store.board.cursor())
        if now != seen:
            seen = now
            with suppress(KioskError):
                held = settings_of(data, store).line
        return held

    return rules


def _written(data: Path) -> tuple[int, int] | None:
    try:
        state = (data / FILE_NAME).stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_ino
