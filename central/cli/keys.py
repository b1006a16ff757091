"""`central keys …`."""

from contextlib import closing
from pathlib import Path

import click

from central.cli.answer import data_option, json_option, print_json, usable, writing
from central.office import lock_office, open_office
from central.rekeying import renew_platform_key
from central.rescuing import rescue_key

_ACTOR = "operator"


@click.group()
def keys() -> None:
    """The platform's own keys, and what only they open."""


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


@keys.command("rescue")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--terminal", required=True, help="Whose it is, such as T00001.")
@data_option
@json_option
@usable
def rescue(file: Path, out: Path, terminal: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """Write a terminal's database key to OUT, from its `rescue.sealed` or one of its backups. OUT must not be there.

    Whoever has OUT and the terminal's disk or backup reads what a thief of both reads; `central audit` names the act.
    """
    with open_office(data, db) as office, writing():
        rescue_key(office, file, out, terminal, actor=_ACTOR)
    if as_json:
        print_json({"ok": True, "terminal": terminal})
    else:
        click.echo(f"the key of {terminal} lies in {out.name}; delete it when the terminal has it")
