"""`central catalogue …`."""

from pathlib import Path

import click

from central.cli.answer import data_option, json_option, print_json, usable, writing
from central.office import open_office


@click.group()
def catalogue() -> None:
    """The catalogue of service items."""


@catalogue.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@data_option
@json_option
@usable
def publish(folder: Path, data: Path, db: str | None, *, as_json: bool) -> None:
    """Publish an authoring folder as the next version. Terminals fetch it; open cases keep the version they saw."""
    from central.publishing import publish as publish_folder  # noqa: PLC0415 -- brings pinyin tables

    with open_office(data, db) as office:
        version, changed = publish_folder(office, folder, actor="operator")
    if as_json:
        print_json({"version": version, "changed": changed})
    else:
        click.echo(f"Version {version} is in force." if changed else f"Nothing changed; version {version} stays.")


@catalogue.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
@json_option
@usable
def write(file: Path, data: Path, db: str | None, *, as_json: bool) -> None:
    """Write the catalogue in force to FILE, one signed package, for `kiosk catalogue import` at a terminal."""
    with open_office(data, db) as office:
        version = office.catalogues.version()
        package = office.catalogues.package(version)
        head = office.catalogues.at(version).head
    with writing():
        file.write_bytes(package)
    if as_json:
        print_json({"version": version, "items": head.items, "digest": head.digest})
    else:
        click.echo(f"Version {version}: {head.items} items, {len(package)} bytes.")
