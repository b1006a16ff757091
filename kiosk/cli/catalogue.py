"""`kiosk catalogue`: check what an author wrote, import a package, search."""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.answer import data_option, json_option, print_json, usable
from kiosk.cli.wiring import open_terminal
from kiosk.desk.browsing import Browser
from kiosk.failure import Failure, KioskError

if TYPE_CHECKING:
    from kiosk.catalogue.doubts import Doubt


@click.group()
def catalogue() -> None:
    """The catalogue of service items."""


@catalogue.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@json_option
@usable
def check(file: Path, *, as_json: bool) -> None:
    """Apply the quality rules to an item, a folder of items or a package; print every violation with its path.

    Exit status: 0 none, 1 violations.
    """
    from kiosk.catalogue.check import check_catalogue  # noqa: PLC0415

    found = check_catalogue(file)
    if as_json:
        print_json({"ok": not found, "violations": found})
    else:
        for violation in found:
            click.echo(f"{violation.path}: {violation.rule}: {violation.message}")
        click.echo(f"{len(found)} violations", err=True)
    sys.exit(1 if found else 0)


@catalogue.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@data_option
@json_option
@usable
def import_(file: Path, data: Path, *, as_json: bool) -> None:
    """Take a package signed by this terminal's platform (`central catalogue write` makes the file).

    What is odd in it (codes that are not as the standard writes them, guides this version cannot read) is told and
    taken all the same: real catalogues are dirty, and a county must still be served.
    """
    package = _read(file)
    with closing(open_terminal(data)) as store:
        version = store.shelf.replace(package)
        head = store.shelf.head()
    found = _doubts(package)
    if as_json:
        print_json({"ok": True, "version": version, "items": head.items, "digest": head.digest, "doubts": found})
        return
    click.echo(f"version {version}: {head.items} items, {head.title}, as of {head.as_of}")
    for doubt in found:
        click.echo(f"{doubt.code}#{doubt.field}: {doubt.reason}", err=True)
    if found:
        click.echo(f"{len(found)} doubts; everything was taken.", err=True)


def _read(file: Path) -> bytes:
    from kiosk.catalogue.package import MOST_PACKAGE_BYTES  # noqa: PLC0415

    try:
        if file.stat().st_size > MOST_PACKAGE_BYTES:
            raise KioskError(Failure.FILE_TOO_LARGE)
        return file.read_bytes()
    except OSError as error:
        raise KioskError(Failure.FILE_MISSING) from error


def _doubts(package: bytes) -> "list[Doubt]":
    """Judged after the platform's signature was checked."""
    from kiosk.catalogue.doubts import entry_doubts, guide_doubts  # noqa: PLC0415
    from kiosk.catalogue.package import inspect_package  # noqa: PLC0415

    whole = inspect_package(package)
    return [*entry_doubts(whole.entries), *guide_doubts(whole)]


@catalogue.command("search")
@click.argument("query")
@data_option
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many at most.")
@json_option
@usable
def search(query: str, data: Path, limit: int, *, as_json: bool) -> None:
    """Search by Chinese text, pinyin, initials or code."""
    with closing(open_terminal(data)) as store:
        hits = Browser(store.shelf).search(query, limit)
    if as_json:
        print_json([{"code": hit.code, "name": hit.name, "kind": hit.kind.name.lower()} for hit in hits])
        return
    for hit in hits:
        click.echo(f"{hit.code:<20}{hit.name}  ({hit.kind.name.lower()})")
