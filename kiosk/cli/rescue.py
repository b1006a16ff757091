"""`kiosk rescue`: what can be done when a terminal, its disk or its database dies."""

import sys
from pathlib import Path

import click

from kiosk.cli.answer import data_option, json_option, not_yet, print_json, usable
from kiosk.cli.backups import backup, drill, restore
from kiosk.clock import SystemClock

_LOST = 1
_ANY = {"ignore_unknown_options": True, "allow_extra_args": True}


@click.group()
def rescue() -> None:
    """What can be saved when a terminal, its disk or its database dies; docs/rescue.md says when to do what."""


@rescue.command("salvage")
@data_option
@json_option
@usable
def salvage_(data: Path, *, as_json: bool) -> None:
    """Begin a fresh database with what can be read of a damaged one; the damaged one is kept.

    Screen and agent must not run; both do the same when they start. Exit status: 0 nothing was damaged or nothing was
    lost, 1 something was lost, 2 unusable.
    """
    from kiosk.cli.mending import told  # noqa: PLC0415
    from local_db.salvage import is_damaged, salvage  # noqa: PLC0415

    if not is_damaged(data):
        if as_json:
            print_json({"ok": True, "damaged_pages": 0})
        else:
            click.echo("Every page is whole.")
        return
    done = salvage(data, SystemClock())
    whole = not (done.taken.lost or done.taken.gaps or done.taken.parked)
    if as_json:
        print_json({"ok": whole, "done": done})
    else:
        click.echo(told(done))
    sys.exit(0 if whole else _LOST)


for command in (backup, drill, restore):
    rescue.add_command(command)


@rescue.command("export", context_settings=_ANY)
def export() -> None:
    """Take the queue off a dead terminal's disk (later version)."""
    not_yet("kiosk rescue export")


@rescue.command("import", context_settings=_ANY)
def import_() -> None:
    """Take the queue onto a spare terminal (later version)."""
    not_yet("kiosk rescue import")
