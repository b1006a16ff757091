"""`central feedback …`."""

from datetime import UTC
from pathlib import Path
from typing import Any

import click

from central import feedback as book
from central.cli.answer import REFUSED, data_option, fail, json_option, message_of, print_json, usable
from central.office import Office, open_office
from central.store.feedback import StoredFeedback
from kiosk import numbers
from kiosk.failure import KioskError
from kiosk.model.feedback import Feedback

_OFFICER = "窗口工作人员"


@click.group()
def feedback() -> None:
    """Guides said to be wrong, complaints, suggestions."""


@feedback.command("list")
@click.option("--open", "unanswered", is_flag=True, help="Only those nobody answered yet.")
@data_option
@json_option
@usable
def list_feedback(data: Path, db: str | None, *, unanswered: bool, as_json: bool) -> None:
    """What was handed in, those first that wait longest. What it says is not shown."""
    with open_office(data, db) as office:
        rows = [_row(one) for one in book.listed(office, unanswered=unanswered)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['number']}  {row['kind']:10}  {row['answered_at'] or '-':25}  {row['item'] or '-'}")


@feedback.command()
@click.argument("number")
@data_option
@json_option
@usable
def show(number: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """One with what it says and how to reach whoever wrote it, where they said so. Exit 1: there is none."""
    with open_office(data, db) as office:
        stored, said = _opened(office, number, as_json=as_json)
    row = _row(stored) | {"section": said.section, "text": said.text, "contact": said.contact}
    if as_json:
        print_json(row)
        return
    for name, value in row.items():
        click.echo(f"{name}: {value}")


@feedback.command()
@click.argument("number")
@click.argument("text")
@click.option("--officer", default=_OFFICER, show_default=True, help="Who answers, in the platform's own journal.")
@data_option
@json_option
@usable
def answer(number: str, text: str, officer: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """Answer in words a resident reads at the terminal where it was handed in. Exit 1: there is none."""
    with open_office(data, db) as office:
        stored, _ = _opened(office, number, as_json=as_json)
        sequence = book.answer(office, stored.number, text, officer=officer)
    if as_json:
        print_json({"ok": True, "number": stored.number, "sequence": sequence})
    else:
        click.echo(f"{stored.number}: answered")


def _opened(office: Office, number: str, *, as_json: bool) -> tuple[StoredFeedback, Feedback]:
    try:
        parts = numbers.parse(number)
        return book.opened(office, numbers.submission_no(parts.terminal, parts.epoch, parts.day, parts.counter))
    except KioskError as error:
        fail(error.failure.code, message_of(error), as_json=as_json, status=REFUSED)


def _row(one: StoredFeedback) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind,
        "item": one.item or None,
        "terminal": one.terminal,
        "made_at": one.made_at.astimezone(UTC).isoformat(),
        "taken_at": one.taken_at.astimezone(UTC).isoformat(),
        "answered_at": one.answered_at.astimezone(UTC).isoformat() if one.answered_at else None,
    }
