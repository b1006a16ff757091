"""What happens before screen or agent begin: a damaged database goes on as a fresh one, and that is said."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.clock import SystemClock

if TYPE_CHECKING:
    from local_db.salvage import Salvaged


def begin_sound(data: Path) -> None:
    """Look at every page; salvage where one is damaged.

    Raises:
        KioskError: `NOT_PROVISIONED`, what keeps the key or the file from being read, or what a salvage raises.
    """
    from local_db.salvage import is_damaged, salvage  # noqa: PLC0415 -- only who opens a database pays for it

    if is_damaged(data):
        click.echo(told(salvage(data, SystemClock())), err=True)


def told(done: "Salvaged") -> str:
    """What was saved and what was lost, for the technician."""
    taken, all_pages = done.taken, done.pages + done.damaged_pages
    lines = [
        f"{done.damaged_pages} of {all_pages} pages were damaged; the old database lies in aside/{done.kept}.",
        f"saved: {taken.cases} cases, {taken.waiting} events to be sent, {taken.delivered} delivered ones,",
        f"  {taken.papers} prints, {taken.drafts} drafts, {taken.journal} journal entries",
        f"lost: {len(taken.lost)} numbers, {taken.gaps} journal entries; {taken.parked} parked, a part is missing",
        *taken.lost,
        "It takes no new case before it is enrolled again: central enroll --terminal ID, then kiosk provision online.",
    ]
    return "\n".join(lines)
