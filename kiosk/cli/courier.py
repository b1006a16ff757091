"""`kiosk courier`: carries cases by memory stick where there is no line."""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.channel import AGENT, Channel
from kiosk.cli.answer import data_option, json_option, message_of, print_json, usable
from kiosk.cli.wiring import clock_of, open_terminal
from kiosk.failure import Failure, KioskError

if TYPE_CHECKING:
    from sync.courier.giving import Exported
    from sync.courier.taking import Imported

_WRONG, _PENDING = 1, 3
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def courier() -> None:
    """Carry cases by memory stick. DIR is where the stick is mounted; central courier register makes it one of ours."""


@courier.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@data_option
@json_option
@usable
def export(folder: Path, data: Path, *, as_json: bool) -> None:
    """Put everything that waits onto a stick: forms first, then whole cases as far as there is space.

    Exit status: 0 everything is on it, 3 something did not fit, 2 unusable. When it ends the stick may be pulled out.
    """
    from sync.courier.giving import export as put  # noqa: PLC0415
    from sync.courier.giving import waiting_bytes  # noqa: PLC0415
    from sync.wire.stick.medium import Stick  # noqa: PLC0415

    with closing(open_terminal(data)) as store:
        hidden = as_json or not sys.stderr.isatty()
        with click.progressbar(length=waiting_bytes(store), label="Export", file=sys.stderr, hidden=hidden) as bar:
            done = put(store, clock_of(store), Stick(folder), bar.update)
    _tell_export(done, as_json=as_json)
    sys.exit(0 if done.everything else _PENDING)


@courier.command("import")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@data_option
@json_option
@usable
def import_(folder: Path, data: Path, *, as_json: bool) -> None:
    """Take acknowledgements, decisions and the catalogue from a stick.

    Exit status: 0 taken, 1 something on it was not whole or not genuine and the rest was taken, 2 unusable.
    """
    from sync.courier.taking import take  # noqa: PLC0415
    from sync.wire.stick.medium import Stick  # noqa: PLC0415

    with closing(open_terminal(data)) as store:
        done = take(store, Stick(folder))
        pending = store.outbox.counts()[0]
    Channel(data, AGENT).ask({"do": "wake"})
    _tell_import(done, pending, as_json=as_json)
    sys.exit(_WRONG if done.failure else 0)


def _tell_export(done: "Exported", *, as_json: bool) -> None:
    failure = None if done.everything else Failure.BLOB_DAMAGED if done.damaged else Failure.COURIER_FULL
    if as_json:
        print_json(
            {
                "ok": done.everything,
                "serial": done.serial,
                "name": done.name,
                "counter": done.counter,
                "whole": done.whole,
                "forms_only": done.forms_only,
                "left": done.left,
                "damaged": done.damaged,
                "bytes": done.bytes_written,
                "failure": failure.code if failure else None,
            }
        )
        return
    click.echo(
        f"{done.name}: {done.whole} whole, {done.forms_only} as forms alone, {done.left} left here, "
        f"{done.damaged} damaged here. The stick may be pulled out."
    )
    if failure:
        click.echo(f"{failure.code}: {message_of(KioskError(failure))}", err=True)


def _tell_import(done: "Imported", pending: int, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "ok": done.failure is None,
                "serial": done.serial,
                "name": done.name,
                "settled": done.settled,
                "parked": done.parked,
                "decisions": done.decisions,
                "catalogue": done.catalogue,
                "torn": done.torn,
                "pending": pending,
                "failure": done.failure.failure.code if done.failure else None,
            }
        )
        return
    click.echo(
        f"{done.name}: {done.settled} settled, {done.parked} parked, {done.decisions} decisions, "
        f"catalogue {done.catalogue or 'unchanged'}, {pending} still waiting. The stick may be pulled out."
    )
    if done.failure:
        click.echo(f"{done.failure.failure.code}: {message_of(done.failure)}", err=True)
