"""`kiosk staff`: accounts of this terminal."""

import re
from contextlib import closing
from pathlib import Path

import click

from kiosk.cli.answer import data_option, json_option, print_json, usable
from kiosk.cli.wiring import open_terminal
from kiosk.model.people import Operator, Role

_STAFF_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,31}")
_PIN = re.compile(r"[0-9]{6,12}")


@click.group()
def staff() -> None:
    """Accounts of the people who work here."""


@staff.command("add")
@click.argument("staff_id")
@data_option
@click.option("--name", required=True, help="Name as it stands on papers.")
@click.option("--role", type=click.Choice([str(role) for role in Role]), default=str(Role.CLERK), show_default=True)
@click.option("--pin", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when left out.")
@usable
def add(staff_id: str, data: Path, name: str, role: str, pin: str) -> None:
    """Add an account, or give it a new PIN: 6 to 12 digits, typed on the pad of the screen."""
    if not _STAFF_ID.fullmatch(staff_id):
        raise click.BadParameter("letters and digits, at most 32", param_hint="STAFF_ID")
    if not name.strip() or not name.isprintable():
        raise click.BadParameter("the name as it stands on papers", param_hint="--name")
    if not _PIN.fullmatch(pin):
        raise click.BadParameter("6 to 12 digits", param_hint="--pin")
    with closing(open_terminal(data)) as store:
        store.staff.add(Operator(staff_id, name, Role(role)), pin)
    click.echo(f"{staff_id}: {role}")


@staff.command("list")
@data_option
@json_option
@usable
def list_staff(data: Path, *, as_json: bool) -> None:
    """Accounts of this terminal."""
    with closing(open_terminal(data)) as store:
        accounts = store.staff.accounts()
    if as_json:
        print_json(list(accounts))
        return
    for account in accounts:
        click.echo(f"{account.staff_id:<12}{account.role:<12}{account.name}")
