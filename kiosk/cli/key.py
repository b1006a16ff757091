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


@key.command("renew")
@data_option
@json_option
@usable
def renew(data: Path, *, as_json: bool) -> None:
    """Write the database anew under a fresh key, kept where the old one was. Stop screen and agent first.

    Broken off anywhere, the next start finishes or forgets it. Tags and kept drafts go on.
    """
    from local_db.keys import FileKey, TpmKey, provider_for  # noqa: PLC0415
    from local_db.renewing import renew_key  # noqa: PLC0415
    from local_db.settings import PROVIDER_SECRET, RESCUE_KEY  # noqa: PLC0415
    from local_db.store import open_store  # noqa: PLC0415

    with closing(open_store(data)) as store:
        terminal, rescue_key = store.settings.identity().terminal, store.settings.get(RESCUE_KEY)
        store.settings.put(PROVIDER_SECRET, store.provider_secret)
    provider = provider_for(data)
    if not isinstance(provider, (FileKey, TpmKey)):
        raise click.UsageError("a systemd credential is made by systemd: unset it and renew the key in a file or TPM")
    renew_key(data, provider, terminal, rescue_key)
    with closing(open_store(data)) as store:
        store.journal.append("key.renewed", provider.name, "technician")
    if as_json:
        print_json({"ok": True, "provider": provider.name})
    else:
        click.echo("key: renewed, and the database written anew under it")
