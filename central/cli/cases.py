"""`central cases …`, `central decide`, `central paid`, `central unbook`, `central export`, `central findings`."""

import sys
from pathlib import Path

import click
import msgspec

from central import arranging, casebook
from central import export as exporting
from central.cli.answer import REFUSED, data_option, fail, json_option, message_of, print_json, usable, writing
from central.deciding import Verdict
from central.deciding import decide as decide_case
from central.export import Exported
from central.grounds import NotInCatalogueError, offered
from central.office import Office, open_office
from central.store import audit
from central.store import cases as casefile
from central.store.cases import Case
from kiosk import numbers
from kiosk.failure import KioskError
from kiosk.model.afterwards import yuan
from kiosk.model.state import CaseState

_STATES = {"accept": CaseState.ACCEPTED, "correct": CaseState.CORRECTION, "refuse": CaseState.REFUSED}
_OFFICER = "窗口工作人员"


@click.group()
def cases() -> None:
    """Cases at the platform."""


@cases.command("list")
@data_option
@click.option("--state", type=click.Choice([str(state) for state in CaseState]), help="Only cases in this state.")
@json_option
@usable
def list_cases(data: Path, db: str | None, state: str | None, *, as_json: bool) -> None:
    """Every case, by submission number."""
    with open_office(data, db) as office:
        found = [case for case in _all(office) if state is None or case.state == state]
    if as_json:
        print_json([_row(case) for case in found])
        return
    for case in found:
        click.echo(f"{case.number}  {case.acceptance or '-':15}  {case.state:10}  {case.item_name}")


@cases.command()
@click.argument("number")
@data_option
@json_option
@usable
def show(number: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """One case, and what the catalogue lets an officer name for it. Nobody's data is shown."""
    number = _number(number)
    with open_office(data, db) as office, office.store.read() as connection:
        opened = casebook.open_case(office, connection, number)
        told = arranging.arranged_of(connection, number)
    row = _row(opened.case) | {
        "arranged": None if told is None else msgspec.to_builtins(told),
        "files_waiting": opened.case.waiting > 0,
        "amendments": len(opened.events) - 1,
        "correct": offered(opened.item, CaseState.CORRECTION),
        "refuse": offered(opened.item, CaseState.REFUSED),
    }
    if as_json:
        print_json(row)
        return
    for name, value in row.items():
        click.echo(f"{name}: {value}")


@click.command()
@click.argument("number")
@click.argument("verdict", type=click.Choice(list(_STATES)))
@click.option("--reason", "reasons", multiple=True, metavar="ID", help="Refusal reason, condition or form field.")
@click.option("--material", "materials", multiple=True, metavar="ID", help="Material to supply or replace.")
@click.option("--note", default="", help="Explanation for the person; asks for nothing by itself.")
@click.option("--officer", default=_OFFICER, show_default=True, help="Who decides, as printed on the paper.")
@data_option
@json_option
@usable
def decide(
    number: str,
    verdict: str,
    reasons: tuple[str, ...],
    materials: tuple[str, ...],
    note: str,
    officer: str,
    data: Path,
    db: str | None,
    *,
    as_json: bool,
) -> None:
    """Accept a case, have it corrected, or refuse it. Exit 1: not now; 2: not in the catalogue or unusable."""
    if not officer.strip():
        raise click.BadParameter("a paper names who decided", param_hint="--officer")
    verdict_given = Verdict(_STATES[verdict], officer, reasons + materials, note)
    with open_office(data, db) as office:
        try:
            body = decide_case(office, _number(number), verdict_given)
        except NotInCatalogueError as error:
            named = ", ".join(error.ids) or "an id is needed"
            message = f"Only what the catalogue of this item names ({named}). See central cases show {number}."
            fail("decision.not_in_catalogue", message, as_json=as_json)
        except KioskError as error:
            fail(error.failure.code, message_of(error), as_json=as_json, status=REFUSED)
    if as_json:
        print_json(
            {
                "ok": True,
                "submission_no": body.number,
                "acceptance_no": body.acceptance,
                "state": body.state,
                "sequence": body.seq,
            }
        )
    else:
        click.echo(f"{body.number}: {body.state}" + (f", {body.acceptance}" if body.acceptance else ""))


@click.command()
@click.argument("number")
@data_option
@json_option
@usable
def paid(number: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """Note that the fee of a case was paid; its terminals hear of it. Exit 1: nothing was due."""
    with open_office(data, db) as office:
        try:
            told = arranging.note_paid(office, _number(number))
        except KioskError as error:
            fail(error.failure.code, message_of(error), as_json=as_json, status=REFUSED)
    if as_json:
        print_json({"ok": True, "submission_no": _number(number), "yuan": yuan(told.fen)})
    else:
        click.echo(f"{_number(number)}: {yuan(told.fen)} paid")


@click.command()
@click.argument("number")
@data_option
@json_option
@usable
def unbook(number: str, data: Path, db: str | None, *, as_json: bool) -> None:
    """The place cannot keep a case's appointment; its terminals hear of it. Exit 1: nothing was booked."""
    with open_office(data, db) as office:
        try:
            told = arranging.unbook(office, _number(number))
        except KioskError as error:
            fail(error.failure.code, message_of(error), as_json=as_json, status=REFUSED)
    if as_json:
        print_json({"ok": True, "submission_no": _number(number), "day": str(told.day), "begins": told.begins})
    else:
        click.echo(f"{_number(number)}: {told.day} {told.begins} is off")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--bound", is_flag=True, help="Besides, every material as one PDF in bound/, its pages in order.")
@data_option
@json_option
@usable
def export(folder: Path, data: Path, db: str | None, *, bound: bool, as_json: bool) -> None:
    """Write every case, opened, into FOLDER. Exit 1 when something could not be opened or is still on its way."""
    with (
        open_office(data, db) as office,
        writing(),
        click.progressbar(
            exporting.export_cases(office, folder, bound=bound),
            length=exporting.count(office),
            label="Export",
            file=sys.stderr,
            hidden=as_json or not sys.stderr.isatty(),
        ) as bar,
    ):
        done = list(bar)
    open_ones = [one for one in done if one.missing or one.failure or one.unbound]
    if as_json:
        print_json(
            {
                "cases": len(done),
                "files": sum(one.files for one in done),
                "incomplete": [
                    {
                        "submission_no": one.number,
                        "missing": one.missing,
                        "unbound": one.unbound,
                        "failure": one.failure or None,
                    }
                    for one in open_ones
                ],
            }
        )
    else:
        click.echo(f"{len(done)} cases, {sum(one.files for one in done)} files")
        for one in open_ones:
            click.echo(f"{one.number}: {_wanting(one)}", err=True)
    sys.exit(REFUSED if open_ones else 0)


@click.command()
@data_option
@json_option
@usable
def findings(data: Path, db: str | None, *, as_json: bool) -> None:
    """What officers did that the rules of service do not allow."""
    with open_office(data, db) as office, office.store.read() as connection:
        found = audit.findings(connection)
    if as_json:
        print_json(
            [
                {
                    "at": one.at.isoformat(),
                    "rule": one.rule,
                    "submission_no": one.number,
                    "officer": one.officer,
                    "ids": list(one.refs),
                }
                for one in found
            ]
        )
        return
    for one in found:
        click.echo(f"{one.at:%Y-%m-%d %H:%M}  {one.rule}  {one.number}  {one.officer}  {' '.join(one.refs)}")


def _wanting(one: Exported) -> str:
    """What an export of a case lacks, in words."""
    words = [f"{one.missing} files missing"] if one.missing else []
    words += [f"{one.unbound} materials cannot be bound"] if one.unbound else []
    return ", ".join([*words, *([one.failure] if one.failure else [])])


def _all(office: Office) -> list[Case]:
    found: list[Case] = []
    while True:
        with office.store.read() as connection:
            page = casefile.page(connection, found[-1].number if found else "")
        if not page:
            return found
        found += page


def _row(case: Case) -> dict[str, object]:
    return {
        "submission_no": case.number,
        "acceptance_no": case.acceptance,
        "state": str(case.state),
        "item": case.item,
        "item_name": case.item_name,
    }


def _number(text: str) -> str:
    """The number as it is stored, however it was typed."""
    parts = numbers.parse(text)
    return numbers.submission_no(parts.terminal, parts.epoch, parts.day, parts.counter)
