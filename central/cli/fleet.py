"""`central enroll`, `central terminals …`, `central audit`."""

from pathlib import Path

import click

from central import fleet
from central.cli.answer import data_option, json_option, print_json, usable
from central.office import open_office
from central.store import anchors
from central.store import audit as journal

ACTOR = "operator"
_POINT = "近办服务点"
_REGION = "000000000000"


@click.command()
@data_option
@click.option("--terminal", help="Enrol this terminal again, with a new epoch, instead of a new one.")
@click.option("--point", "point_name", help="Name of the service point, as printed on its papers.")
@click.option("--region", "region12", help="Region code of the service point, 12 digits.")
@json_option
@usable
def enroll(
    data: Path, db: str | None, terminal: str | None, point_name: str | None, region12: str | None, *, as_json: bool
) -> None:
    """Make a one-time enrolment code: 2 hours, 5 tries, one terminal."""
    with open_office(data, db) as office:
        if terminal is None:
            point_name, region12 = point_name or _POINT, region12 or office.catalogues.region12() or _REGION
        code = fleet.new_code(office, actor=ACTOR, terminal=terminal, point_name=point_name, region12=region12)
    if as_json:
        print_json({"code": code.text, "terminal": code.terminal, "expires": code.expires.isoformat()})
    else:
        click.echo(f"{code.text}\nTerminal {code.terminal}, valid until {code.expires:%Y-%m-%d %H:%M} UTC, once.")


@click.group()
def terminals() -> None:
    """The fleet."""


@terminals.command("list")
@data_option
@json_option
@usable
def list_terminals(data: Path, db: str | None, *, as_json: bool) -> None:
    """Every terminal with its state and epoch."""
    with open_office(data, db) as office:
        found = fleet.every(office)
    rows = [
        {
            "terminal": one.id,
            "state": str(one.state),
            "epoch": one.epoch,
            "point_name": one.point_name,
            "region12": one.region12,
            "enrolled_at": one.enrolled_at.isoformat() if one.enrolled_at else None,
            "forked_at": one.forked_at.isoformat() if one.forked_at else None,
        }
        for one in found
    ]
    if as_json:
        print_json(rows)
        return
    for one in found:
        click.echo(f"{one.id}{one.epoch}  {one.state}  {one.point_name}" + ("  FORKED" if one.forked_at else ""))


@terminals.command("anchors")
@click.argument("terminal")
@data_option
@usable
def list_anchors(terminal: str, data: Path, db: str | None) -> None:
    """What TERMINAL told of its journal, as JSON for `kiosk journal verify --anchors`; a seal with its day."""
    with open_office(data, db) as office, office.store.read() as connection:
        found = [
            {"epoch": epoch, "position": one.position, "digest": one.digest, "day": one.day}
            for epoch, one in anchors.kept(connection, terminal)
            if one.position
        ]
    print_json(found)


@terminals.command()
@click.argument("terminal")
@data_option
@json_option
@usable
def revoke(terminal: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """Take nothing more from TERMINAL until it is enrolled again."""
    with open_office(data, db) as office:
        fleet.revoke(office, terminal, actor=ACTOR)
    if as_json:
        print_json({"ok": True, "terminal": terminal})
    else:
        click.echo(f"{terminal} is revoked.")


@click.command()
@data_option
@click.option("--limit", default=1000, show_default=True, type=click.IntRange(1))
@json_option
@usable
def audit(data: Path, db: str | None, limit: int, *, as_json: bool) -> None:
    """The newest entries of the platform's own journal."""
    with open_office(data, db) as office, office.store.read() as connection:
        found = journal.entries(connection, limit)
    if as_json:
        print_json(
            [
                {"at": one.at.isoformat(), "act": one.act, "subject": one.subject, "actor": one.actor, **one.details}
                for one in found
            ]
        )
        return
    for one in found:
        details = " ".join(f"{key}={value}" for key, value in one.details.items())
        click.echo(f"{one.at:%Y-%m-%d %H:%M:%S}  {one.act}  {one.subject}  {one.actor}  {details}")
