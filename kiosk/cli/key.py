"""`kiosk key`: where this terminal's keys lie, and new ones in their place."""

from contextlib import closing
from pathlib import Path

import click

from kiosk.cli.answer import data_option, json_option, print_json, usable


@click.group()
def key() -> None:
    """The keys of this terminal: where they lie, and new ones in their place."""


@key.command("to-tpm")
@data_option
@json_option
@click.option(
    "--tpm", type=click.Path(path_type=Path), help="Device or socket of the TPM. Without: /dev/tpmrm0, or as before."
)
@usable
def to_tpm(data: Path, *, as_json: bool, tpm: Path | None) -> None:
    """Seal the key file into this machine's TPM, see that it comes back, then delete the file.

    Called again it finishes a move that was broken off. A key that was rescued goes into a new chip the same way.
    """
    from local_db.moving import move_to_tpm  # noqa: PLC0415
    from local_db.store import open_store  # noqa: PLC0415

    move_to_tpm(data, tpm)
    with closing(open_store(data)) as store:
        store.journal.append("key.moved", "tpm", "technician")
    if as_json:
        print_json({"ok": True, "provider": "tpm"})
    else:
        click.echo("key: sealed by the TPM, the file is gone")
