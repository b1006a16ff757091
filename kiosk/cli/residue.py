"""`kiosk residue`: does anything of a person lie about on this terminal."""

import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from kiosk.cli.answer import UNUSABLE, data_option, json_option, print_json, usable
from kiosk.cli.traces.places import places
from kiosk.cli.traces.search import Search
from kiosk.cli.traces.sought import sought
from kiosk.cli.wiring import quiet_logs
from kiosk.seal.statements import read_device_statement
from local_db.store import open_store

_FOUND, _NOT_ALL = 1, 3


@click.command()
@data_option
@json_option
@click.option(
    "--page",
    "pages",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A scan that was handed in here: stretches of its bytes and of its pixels are looked for too.",
)
@click.option("--everything", is_flag=True, help="Elsewhere too, also what was there before the terminal was enrolled.")
@usable
def residue(data: Path, pages: tuple[Path, ...], *, as_json: bool, everything: bool) -> None:
    """Look for words from standard input, one a line, wherever this terminal can write.

    Such as name, number, address and phone of somebody who was just here; on the command line they would stay in the
    shell's own history. Looked through are data, temporary, spool, cache, runtime and shared-memory folders of the
    terminal's user, shared memory of the living processes, the opened database, and whether a crash would write memory
    down; in UTF-8, UTF-16, GBK and GB 18030. Run it as the service user, or as root to see into running processes.

    Exit status: 0 nothing found, 1 something found, 2 nothing to look for, 3 nothing found where not all could be read.
    """
    quiet_logs()
    words = tuple(line.strip() for line in sys.stdin if line.strip())
    if not words and not pages:
        click.echo("residue: nothing to look for on standard input", err=True)
        sys.exit(UNUSABLE)
    search = _searched(data.absolute(), words, tuple(path.read_bytes() for path in pages), everything=everything)
    if as_json:
        print_json({"ok": not search.left and not search.unread, **asdict(search)})
    else:
        _tell(search)
    sys.exit(_FOUND if search.left else _NOT_ALL if search.unread else 0)


def _searched(data: Path, words: tuple[str, ...], pages: tuple[bytes, ...], *, everything: bool) -> Search:
    wanted, search = sought(words, pages), Search()
    with closing(open_store(data)) as store:
        identity = store.settings.identity()
        search.look_at_database(store, wanted)
    enrolled = read_device_statement(identity.root_key, identity.statement).issued_at.timestamp()
    for place in places(data):
        search.look_at_files(place, wanted, demo=identity.demo, since=0.0 if everything else enrolled)
    search.look_at_processes(data, wanted)
    return search


def _tell(search: Search) -> None:
    click.echo(f"looked through {search.files} files, {search.processes} processes, {search.values} database values")
    for place in search.left:
        click.echo(f"FOUND  {place}")
    for place in search.unread:
        click.echo(f"unread {place}")
    if not search.left and not search.unread:
        click.echo("nothing of it lies about")
