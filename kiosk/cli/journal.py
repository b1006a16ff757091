"""`kiosk journal verify`."""

import sys
from contextlib import closing
from pathlib import Path

import click

from kiosk.cli.answer import UNUSABLE, data_option, fail, json_option, print_json
from kiosk.cli.wiring import open_terminal
from kiosk.failure import Failure, KioskError


@click.group()
def journal() -> None:
    """The append-only journal of this terminal."""


@journal.command("verify")
@data_option
@json_option
def verify_journal(data: Path, *, as_json: bool) -> None:
    """Check that no entry was removed, changed or moved. Exit status: 0 well, 1 not."""
    try:
        with closing(open_terminal(data)) as store:
            position, head = store.journal.verify()
    except KioskError as error:
        fail(error, as_json=as_json, status=1 if error.failure is Failure.JOURNAL_BROKEN else UNUSABLE)
    if as_json:
        print_json({"ok": True, "entries": position, "head": head})
    else:
        click.echo(f"journal: {position} entries, chain whole, head {head[:16]}")
    sys.exit(0)
