"""`kiosk staff`: accounts of this terminal."""

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import click

from kiosk.cli.answer import data_option, json_option, plain, print_json, usable
from kiosk.cli.wiring import new_desk, open_terminal
from kiosk.failure import Failure, KioskError
from kiosk.model.people import Operator, Role
from kiosk.ports import Store

_STAFF_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,31}")
_ACTOR = "technician"
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
    """Accounts of this terminal that were not removed."""
    with closing(open_terminal(data)) as store:
        accounts, states = store.staff.accounts(), store.staff.states()
    if as_json:
        print_json([{**plain(account), "state": states[account.staff_id]} for account in accounts])
        return
    for account in accounts:
        closed = "" if states[account.staff_id] == "active" else f"  ({states[account.staff_id]})"
        click.echo(f"{account.staff_id:<12}{account.role:<12}{account.name}{closed}")


@staff.command("disable")
@click.argument("staff_id")
@data_option
@usable
def disable(staff_id: str, data: Path) -> None:
    """Close an account until it is enabled again. What it left half done is parked for a supervisor."""
    _change(data, staff_id, "disabled", lambda store: store.staff.disable(staff_id, _ACTOR))


@staff.command("enable")
@click.argument("staff_id")
@data_option
@usable
def enable(staff_id: str, data: Path) -> None:
    """Open a disabled account again with its PIN; it gets back what was parked of it."""
    _change(data, staff_id, "active", lambda store: store.staff.enable(staff_id, _ACTOR))


@staff.command("remove")
@click.argument("staff_id")
@data_option
@usable
def remove(staff_id: str, data: Path) -> None:
    """Close an account for good. Its cases stay; what it left half done is parked for a supervisor."""
    _change(data, staff_id, "removed", lambda store: store.staff.remove(staff_id, _ACTOR))


@staff.command("parked")
@data_option
@json_option
@usable
def list_parked(data: Path, *, as_json: bool) -> None:
    """Drafts that accounts left behind, for a supervisor to take over."""
    with closing(open_terminal(data)) as store:
        found = store.drafts.parked()
    if as_json:
        print_json(
            [
                {"draft": one.summary.case_id, "item": one.summary.item_code, "of": one.staff_id, "why": one.why}
                for one in found
            ]
        )
        return
    for one in found:
        click.echo(f"{one.summary.case_id}  {one.summary.item_code} {one.summary.item_name}  {one.staff_id}: {one.why}")


@staff.command("take-over")
@click.argument("draft")
@data_option
@click.option("--as", "supervisor", required=True, metavar="ID", help="The supervisor whose it becomes.")
@click.option("--pin", prompt=True, hide_input=True, help="That supervisor's; asked for when left out.")
@usable
def take_over(draft: str, data: Path, supervisor: str, pin: str) -> None:
    """Make a parked draft a supervisor's own, who goes on with it at the screen."""
    with closing(open_terminal(data)) as store:
        desk = new_desk(data, store)
        session = desk.open_session()
        try:
            desk.staff_login(session, supervisor, pin)
            desk.take_over(session, draft)
        finally:
            session.wipe()
    click.echo(f"{draft}: {supervisor}")


def _change(data: Path, staff_id: str, state: str, change: Callable[[Store], int]) -> None:
    with closing(open_terminal(data)) as store:
        try:
            drafts = change(store)
        except LookupError as error:
            raise KioskError(Failure.STAFF_UNKNOWN) from error
    click.echo(f"{staff_id}: {state}" + (f", {drafts} drafts" if drafts else ""))
