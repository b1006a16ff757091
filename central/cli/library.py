"""`central library …`: the reference platform's e-licence library and base registries."""

from pathlib import Path

import click

from central.cli.answer import data_option, json_option, print_json, usable
from central.exchange import library as shelf
from central.office import open_office


@click.group()
def library() -> None:
    """The e-licence library and base registries."""


@library.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@data_option
@json_option
@usable
def import_entries(file: Path, data: Path, db: str | None, *, as_json: bool) -> None:
    """Keep the licences and facts of FILE (JSON), in place of those of the same id or name."""
    with open_office(data, db) as office:
        entries = shelf.read_entries(file.read_bytes())
        shelf.put(office, entries, actor="operator")
    if as_json:
        print_json({"licences": len(entries.licences), "facts": len(entries.facts)})
    else:
        click.echo(f"{len(entries.licences)} licences and {len(entries.facts)} facts are kept.")


@library.command()
@click.argument("licence")
@data_option
@json_option
@usable
def code(licence: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """A code for LICENCE (its id) as its holder's telephone would show it: the text of a QR code, good for minutes."""
    with open_office(data, db) as office:
        text = shelf.new_code(office, licence)
    if as_json:
        print_json({"code": text, "minutes": int(shelf.CODE_LASTS.total_seconds() // 60)})
    else:
        click.echo(text)
