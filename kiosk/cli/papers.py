"""`kiosk papers`: prints whose end asks something of people."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Final

import click

from kiosk.calendar import SHANGHAI
from kiosk.cli.answer import UNUSABLE, data_option, in_chinese, json_option, print_json, usable
from kiosk.cli.wiring import open_terminal
from kiosk.model.printing import OpenEnd, OpenPrint
from kiosk.model.values import JsonObject

_KINDS: Final = {
    "receipt": ("回执", "receipt"),
    "decision": ("部门文书", "decision"),
    "notice": ("一次性告知单", "one-time notice"),
    "signature": ("按手印签字页", "signature sheet"),
    "list": ("材料清单", "list of materials"),
    "guide": ("办事指南", "guide"),
    "specimen": ("空白表或样表", "blank or sample form"),
    "day": ("日终核对单", "report of the day"),
}
_ENDS: Final = {
    OpenEnd.UNCERTAIN: ("不知道打出来没有：看出纸口，再 settle", "end unknown: look into the tray, then settle it"),
    OpenEnd.PARKED: (
        "没有打出来：本人刷卡或工作人员在办件里打印",
        "not printed: print it from its case, with the person's card or as staff",
    ),
}


@click.group()
def papers() -> None:
    """Prints whose end asks something of people: list them, say what lay in the tray."""


@papers.command("list")
@data_option
@json_option
@usable
def list_papers(data: Path, *, as_json: bool) -> None:
    """Prints that are uncertain or wait for a printer, oldest first. Nothing of them is ever printed unasked."""
    with closing(open_terminal(data)) as store:
        found = store.papers.open_ends()
    if as_json:
        print_json([_row(one) for one in found])
        return
    language = 0 if in_chinese() else 1
    for one in found:
        kind = _KINDS.get(one.kind, (one.kind, one.kind))[language]
        copy = "" if not one.copy else f"补打 {one.copy}" if in_chinese() else f"copy {one.copy}"
        at = f"{one.begun_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        click.echo(
            f"{one.entry:>6}  {at}  {one.subject}  {' '.join(filter(None, (kind, copy)))}  {_ENDS[one.end][language]}"
        )
    if not found:
        click.echo("每一张都有结果" if in_chinese() else "every print has a known end")


@papers.command("settle")
@click.argument("entry", type=int)
@click.argument("found", type=click.Choice(["printed", "not-printed"]))
@data_option
@json_option
@usable
def settle_paper(entry: int, found: str, data: Path, *, as_json: bool) -> None:
    """Say what became of a print after looking into the tray.

    One that was not printed may be printed as the original again; one that was makes the next a reprint. A print that
    waits for a printer can only be given up, with not-printed.
    """
    with closing(open_terminal(data)) as store:
        try:
            settled = store.papers.settle(entry, printed=found == "printed")
        except LookupError:
            _refuse(entry, as_json=as_json)
    if as_json:
        print_json({**_row(settled), "settled": found})
    else:
        click.echo(f"{settled.entry}: {settled.subject} {found}")


def _refuse(entry: int, *, as_json: bool) -> None:
    message = f"print {entry} asks for nothing of the kind; see kiosk papers list"
    if as_json:
        print_json({"ok": False, "failure": "paper.not_open", "message": message})
    else:
        click.echo(message, err=True)
    sys.exit(UNUSABLE)


def _row(one: OpenPrint) -> JsonObject:
    return {
        "entry": one.entry,
        "kind": one.kind,
        "subject": one.subject,
        "copy": one.copy,
        "state": str(one.end),
        "begun_at": one.begun_at,
    }
