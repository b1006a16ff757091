"""`kiosk provision`: makes a data directory a terminal."""

from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import click

from kiosk.cli.answer import data_option, json_option, message_of, not_yet, print_json, usable
from kiosk.clock import SystemClock


@click.group()
def provision() -> None:
    """Make this data directory a terminal of a platform."""


@provision.command("online")
@data_option
@click.option("--platform", required=True, help="Address of the platform.")
@click.option("--code", required=True, help="The one-time code that `central enroll` printed.")
@click.option("--tpm", type=click.Path(path_type=Path), help="Keep the key in this TPM, such as /dev/tpmrm0.")
@json_option
@usable
def online(data: Path, platform: str, code: str, *, tpm: Path | None, as_json: bool) -> None:
    """Enrol over the line. The code names the platform it belongs to; any other is refused before anything is sent."""
    if not platform.startswith(("http://", "https://")) or not urlsplit(platform).hostname:
        raise click.BadParameter(
            "write the platform's address as https://host or http://host:port", param_hint="--platform"
        )
    from local_db.keys import TpmKey  # noqa: PLC0415
    from local_db.store import open_store  # noqa: PLC0415
    from sync.provision import provision_online  # noqa: PLC0415

    with closing(open_store(data, create=True, provider=TpmKey(data, tpm) if tpm else None)) as store:
        done = provision_online(platform, code, store, SystemClock())
    answer = {
        "ok": True,
        "terminal": done.identity.terminal,
        "epoch": done.identity.epoch,
        "point_name": done.identity.point_name,
        "platform": done.identity.platform_id,
        "catalogue": done.catalogue_version,
    }
    if as_json:
        print_json(answer)
        return
    click.echo(f"{done.identity.terminal}: {done.identity.point_name}, catalogue version {done.catalogue_version}")
    if done.failure is not None:
        click.echo(f"The catalogue is still to come: {message_of(done.failure)}", err=True)


@provision.command("bundle", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def bundle() -> None:
    """Enrol from a file, without a line (later version)."""
    not_yet("kiosk provision bundle")
