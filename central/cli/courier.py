"""`central courier …`: what comes and goes on memory sticks."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from central.cli.answer import REFUSED, data_option, json_option, print_json, usable
from central.courier.giving import Given, give, tidy_catalogues
from central.courier.registering import register as register_stick
from central.courier.taking import OnBytes, TakenIn, take_folder
from central.office import Office, open_office
from central.store import audit, terminals
from central.store.terminals import Terminal, TerminalState
from kiosk.failure import Failure, KioskError
from sync.wire.stick.labels import read_label
from sync.wire.stick.medium import Stick, folder_of
from sync.wire.stick.messages import Label

_ACTOR = "operator"
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def courier() -> None:
    """Records carried by memory stick. DIR is where the stick is mounted, or a copy of its folder."""


@courier.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--name", required=True, help="What is written on the outside of the stick.")
@click.option("--region", default="", help="Only for terminals whose region code begins so (nine digits: a township).")
@data_option
@json_option
@usable
def register(folder: Path, name: str, region: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """Register a stick: sign its label. What lies on it stays."""
    with open_office(data, db) as office:
        label = register_stick(office, Stick(folder), name, region, actor=_ACTOR)
    if as_json:
        print_json({"ok": True, "serial": label.serial, "name": label.name, "region": label.region})
    else:
        click.echo(f"{label.serial}: write “{label.name}” on the stick.")


@courier.command("import")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@data_option
@json_option
@usable
def import_(folder: Path, data: Path, db: str | None, *, as_json: bool) -> None:
    """Take in what terminals have put on a stick. Exit 1: something on it could not be taken."""
    stick = Stick(folder)
    with open_office(data, db) as office:
        label = _label(office, stick)
        with _bar(stick.blob_bytes(), as_json=as_json) as on_bytes:
            brought = [take_folder(office, stick, one, on_bytes) for one in stick.terminals()]
        _note(office, "courier.imported", label, sum(len(one.answers) for one in brought))
    if as_json:
        print_json({"ok": not _trouble(brought), "serial": label.serial, "terminals": [_row(one) for one in brought]})
    else:
        for one in brought:
            click.echo("  ".join(f"{name}: {value}" for name, value in _row(one).items() if value not in (None, 0)))
    sys.exit(REFUSED if _trouble(brought) else 0)


@courier.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--terminal", "only", multiple=True, metavar="ID", help="Also for this terminal, which has none on it.")
@data_option
@json_option
@usable
def export(folder: Path, only: tuple[str, ...], data: Path, db: str | None, *, as_json: bool) -> None:
    """Put acknowledgements, decisions and the catalogue on a stick, for the terminals that have a folder on it.

    On a stick without any, for every enrolled terminal that its label is for. What the stick brought is taken in first.
    Exit 1: something did not fit, or could not be taken.
    """
    stick = Stick(folder)
    with open_office(data, db) as office:
        label = _label(office, stick)
        with _bar(stick.blob_bytes(), as_json=as_json) as on_bytes:
            brought = {one: take_folder(office, stick, one, on_bytes) for one in stick.terminals()}
        given, left = _give_all(office, stick, brought, _served(office, label, brought, only))
        _note(office, "courier.exported", label, sum(one.answers for one in given))
    trouble = _trouble(brought.values()) or bool(left)
    if as_json:
        print_json(
            {
                "ok": not trouble,
                "serial": label.serial,
                "terminals": [
                    {
                        "terminal": one.terminal,
                        "answers": one.answers,
                        "decisions": one.decisions,
                        "catalogue": one.catalogue,
                    }
                    for one in given
                ],
                "did_not_fit": left,
            }
        )
    else:
        for one in given:
            click.echo(f"{one.terminal}: {one.answers} answers, {one.decisions} decisions, catalogue {one.catalogue}")
        for name in left:
            click.echo(f"{name}: {Failure.COURIER_FULL.code}", err=True)
    sys.exit(REFUSED if trouble else 0)


def _label(office: Office, stick: Stick) -> Label:
    stick.demand()
    return read_label(stick, office.name, office.keys.record_public)


def _served(office: Office, label: Label, brought: dict[str, TakenIn], only: tuple[str, ...]) -> list[Terminal]:
    with office.store.read() as connection:
        every = [one for one in terminals.every(connection) if one.state is TerminalState.ENROLLED]
    known = {one.id for one in every}
    if not known.issuperset(only):
        raise KioskError(Failure.NOT_PROVISIONED, role="terminal")
    if not brought and not only:
        return [one for one in every if one.region12.startswith(label.region)]
    # a terminal that was enrolled again still has its earlier folder on the stick
    here = {name[:-1].upper() for name in brought}
    return [one for one in every if one.id in here or one.id in only]


def _give_all(
    office: Office, stick: Stick, brought: dict[str, TakenIn], served: list[Terminal]
) -> tuple[list[Given], list[str]]:
    given, left = [], []
    for terminal in served:
        taken = brought.get(folder_of(terminal.id, terminal.epoch))
        try:
            given.append(give(office, stick, terminal, taken if taken and taken.failure is None else None))
        except KioskError as error:
            if error.failure is not Failure.COURIER_FULL:
                raise
            left.append(terminal.id)
    if not left:
        tidy_catalogues(stick, [one.package for one in given])
    return given, left


def _note(office: Office, act: str, label: Label, count: int) -> None:
    with office.store.write() as connection:
        audit.note(connection, office.now(), act, label.serial, _ACTOR, events=str(count))


def _trouble(brought: Iterable[TakenIn]) -> bool:
    return any(one.refused or one.torn or one.failure not in (None, Failure.COURIER_NOTHING) for one in brought)


def _row(one: TakenIn) -> dict[str, object]:
    return {
        "folder": one.folder,
        "terminal": one.terminal.id if one.terminal else None,
        "complete": one.complete,
        "waiting": one.waiting,
        "refused": one.refused,
        "torn": one.torn,
        "failure": one.failure.code if one.failure else None,
        "reason": one.reason or None,
    }


@contextmanager
def _bar(length: int, *, as_json: bool) -> Iterator[OnBytes]:
    """Of the bytes that lie on the stick, those that were taken in, for whoever watches."""
    hidden = as_json or not sys.stderr.isatty()
    with click.progressbar(length=length, label="Import", file=sys.stderr, hidden=hidden) as bar:
        yield bar.update
