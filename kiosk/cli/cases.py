"""`kiosk cases`: what this terminal holds, masked."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from kiosk.calendar import SHANGHAI
from kiosk.channel import AGENT, Channel
from kiosk.cli.answer import data_option, json_option, print_json, usable
from kiosk.cli.wiring import open_terminal
from kiosk.model.case import CaseSummary
from kiosk.model.values import JsonObject
from kiosk.ports import Store


@click.group()
def cases() -> None:
    """List the cases held here, show one, or send a parked one again."""


@cases.command("list")
@data_option
@json_option
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1), help="How many, newest first.")
@usable
def list_cases(data: Path, *, as_json: bool, limit: int) -> None:
    """Cases held here, newest first."""
    with closing(open_terminal(data)) as store:
        rows = _rows(data, store, store.cases.page(limit=limit))
    if as_json:
        print_json(rows)
        return
    for row in rows:
        where = "parked" if row["parked"] else "waiting" if row["pending"] else "delivered"
        why = f"  ({row['failure']}: {row['reason']})" if row["parked"] else ""
        click.echo(
            f"{row['submission_no']}  {row['state']:<10}  {row['acceptance_no'] or '-':<16}  "
            f"{where:<9}  {row['item']} {row['item_name']}{why}"
        )


@cases.command("show")
@click.argument("number")
@data_option
@json_option
@usable
def show_case(number: str, data: Path, *, as_json: bool) -> None:
    """One case by its submission number."""
    with closing(open_terminal(data)) as store:
        (row,) = _rows(data, store, [store.cases.show(number.strip().upper())])
    if as_json:
        print_json(row)
        return
    for name, value in row.items():
        click.echo(f"{name:<16}{_told(value)}".rstrip())


@cases.command("resend")
@click.argument("number")
@data_option
@json_option
@usable
def resend_case(number: str, data: Path, *, as_json: bool) -> None:
    """Send a parked case again, after what stopped it has been put right."""
    number = number.strip().upper()
    with closing(open_terminal(data)) as store:
        resent = store.outbox.unpark(number, "technician")
    Channel(data, AGENT).ask({"do": "wake"})
    if as_json:
        print_json({"submission_no": number, "resent": resent})
    else:
        click.echo(f"{number}: {'sent again' if resent else 'nothing is parked'}")


def _told(value: object) -> str:
    """A value as people read it: instants in the time people live by."""
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)


def _rows(data: Path, store: Store, found: Sequence[CaseSummary]) -> list[JsonObject]:
    """With the bytes of what is not acknowledged yet: the outbox's own count, less what the agent knows to be there."""
    from sync.line import AgentLine  # noqa: PLC0415 -- only these two ask the agent

    weighed = store.outbox.weigh(case.submission_no for case in found if case.pending)
    lacking = AgentLine(data).lacking() if weighed else {}
    rows = []
    for case in found:
        total, left = weighed.get(case.submission_no, (0, 0))
        left = min(left, lacking.get(case.submission_no, left))
        rows.append(row_of(case) | {"bytes_total": total, "bytes_left": left})
    return rows


def row_of(case: CaseSummary) -> JsonObject:
    """A case as this command answers it."""
    return {
        "submission_no": case.submission_no,
        "acceptance_no": case.acceptance_no,
        "item": case.item_code,
        "item_name": case.item_name,
        "applicant": case.applicant_masked,
        "state": str(case.state),
        "submitted_at": case.submitted_at,
        "deliver_by": case.deliver_by,
        "pending": case.pending,
        "parked": case.parked,
        "attempts": case.attempts,
        "next_attempt": case.next_attempt,
        "failure": case.failure,
        "reason": case.reason,
        "correct": list(case.correct),
    }
