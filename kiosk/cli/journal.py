"""`kiosk journal verify`."""

import sys
from contextlib import closing
from pathlib import Path

import click
import msgspec

from kiosk.cli.answer import UNUSABLE, data_option, fail, json_option, print_json
from kiosk.cli.wiring import open_terminal
from kiosk.failure import Failure, KioskError
from kiosk.journal import Anchor


@click.group()
def journal() -> None:
    """The append-only journal of this terminal."""


@journal.command("verify")
@data_option
@json_option
@click.option(
    "--anchors",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="What `central terminals anchors` answered: also find an end that was cut off.",
)
def verify_journal(data: Path, *, as_json: bool, anchors: Path | None) -> None:
    """Check that no entry was removed, changed or moved, and every day's seal. Exit status: 0 well, 1 not."""
    try:
        with closing(open_terminal(data)) as store:
            position, head = store.journal.verify(_read(anchors) if anchors else ())
    except KioskError as error:
        fail(error, as_json=as_json, status=1 if error.failure is Failure.JOURNAL_BROKEN else UNUSABLE)
    if as_json:
        print_json({"ok": True, "entries": position, "head": head})
    else:
        click.echo(f"journal: {position} entries, chain whole, head {head[:16]}")
    sys.exit(0)


def _read(file: Path) -> tuple[Anchor, ...]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=tuple[Anchor, ...])
    except (OSError, msgspec.DecodeError) as error:
        raise click.BadParameter("not what central terminals anchors answers", param_hint="--anchors") from error
