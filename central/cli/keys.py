"""`central keys …`."""

from contextlib import closing
from pathlib import Path

import click

from central.cli.answer import data_option, json_option, print_json, usable
from central.office import lock_office, open_office
from central.rekeying import renew_platform_key

_ACTOR = "operator"


@click.group()
def keys() -> None:
    """The platform's own keys."""


@keys.command("renew")
@data_option
@json_option
@usable
def renew(data: Path, db: str | None, *, as_json: bool) -> None:
    """Make a new key for terminals to seal to. Not while the platform serves; they move over at their next contact.

    What was and will be sealed to the former keys still opens, so keep the keys folder whole.
    """
    with closing(lock_office(data)), open_office(data, db) as office:
        public = renew_platform_key(office, actor=_ACTOR)
    if as_json:
        print_json({"ok": True, "platform_key": public.hex()})
    else:
        click.echo(f"platform key {public.hex()[:16]}…; start the platform again")
