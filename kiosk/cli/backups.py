"""`kiosk rescue backup`, `drill` and `restore`: one sealed file with everything, and a terminal made of it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.calendar import SHANGHAI
from kiosk.cli.answer import data_option, json_option, print_json, usable
from kiosk.clock import SystemClock

if TYPE_CHECKING:
    from local_db.backup import Manifest

_MISSING = 1
_OUT = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
_IN = click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))


@click.command("backup")
@_OUT
@data_option
@json_option
@usable
def backup(file: Path, data: Path, *, as_json: bool) -> None:
    """Write everything this terminal holds into one sealed file, and read it back. Screen and agent may run.

    An older FILE is replaced last. It opens with this terminal's database key alone, which it holds sealed to the
    platform's rescue key. Exit status: 0 whole, 1 a sealed file was missing here before, 2 unusable.
    """
    from local_db.backup import back_up  # noqa: PLC0415
    from local_db.store import open_store  # noqa: PLC0415

    with open_store(data) as store:
        done = back_up(data, file, store, SystemClock().now())
    _tell(done, "backed up and read back", as_json=as_json)


@click.command("drill")
@_IN
@data_option
@json_option
@usable
def drill(file: Path, data: Path, *, as_json: bool) -> None:
    """Restore a backup into a private temporary folder (TMPDIR), check all of it, wipe the folder.

    The terminal gives its key and is not touched. Exit status: 0 a terminal can be made of it, 1 so it can, but sealed
    files were missing before it was made, 2 it cannot.
    """
    from local_db.restoring import drill as drilled  # noqa: PLC0415

    _tell(drilled(file, data, SystemClock()), "can be restored", as_json=as_json)


@click.command("restore")
@_IN
@data_option
@json_option
@usable
def restore(file: Path, data: Path, *, as_json: bool) -> None:
    """Make an empty folder the terminal that was backed up. Its key has to lie there (key, key.tpm, credential).

    What waits is sent; it takes no new case before it is enrolled again. Broken off, it may be done again. Exit
    status: 0 whole, 1 sealed files were missing before the backup was made, 2 nothing was restored.
    """
    from local_db.restoring import restore as restored  # noqa: PLC0415

    _tell(restored(file, data, SystemClock()), "restored", as_json=as_json)


def _tell(done: "Manifest", what: str, *, as_json: bool) -> None:
    counts = done.counts
    if as_json:
        print_json({"ok": not done.missing, "backup": done})
    else:
        click.echo(
            f"{done.terminal}{done.epoch} as of {done.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}: {what}.\n"
            f"{counts.cases} cases, {counts.receipts} receipts, numbers up to {counts.numbers},"
            f" {counts.waiting} events to be sent, {counts.drafts} drafts, {counts.journal} journal entries,"
            f" {counts.files} sealed files, {len(done.missing)} of them missing before."
        )
    if done.missing:
        sys.exit(_MISSING)
