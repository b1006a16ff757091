"""`central conformance`: holds any platform against the protocol page."""

import ssl
import sys
from pathlib import Path

import click

from central.cli.answer import REFUSED, json_option, print_json, usable


@click.command()
@click.option("--url", required=True, help="Address of the platform to be tried.")
@click.option("--code", required=True, help="A one-time enrolment code of that platform; it is used up.")
@click.option("--second-code", help="Another code, to try that terminals see nothing of each other.")
@click.option("--item", default="", help="Code of the item to file; without it the first with a form.")
@click.option(
    "--earlier",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="An earlier catalogue of that platform as a package, to try the difference to the one in force.",
)
@click.option(
    "--ca-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Who signed its certificate."
)
@json_option
@usable
def conformance(
    url: str,
    code: str,
    second_code: str | None,
    item: str,
    earlier: Path | None,
    ca_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Enrol at a platform as a terminal and try everything docs/sync-protocol.md says of it.

    It files some 150 cases of nobody who exists: for a platform under test, never for one in use. Exit 1: something a
    terminal relies on does not hold.
    """
    from central.conformance.checking import Outcome, go_through  # noqa: PLC0415 -- needed here alone
    from central.conformance.every import CHECKS  # noqa: PLC0415 -- same
    from central.conformance.probe import new_probe  # noqa: PLC0415 -- same

    trusted = ssl.create_default_context(cafile=ca_file) if ca_file else None
    package = earlier.read_bytes() if earlier else b""
    probe = new_probe(url, code, second_code, trusted=trusted, wanted_item=item, earlier=package)
    findings = go_through(probe, CHECKS)
    broken = [one for one in findings if one.check.must and one.outcome is Outcome.FAILS]
    if as_json:
        rows = [
            {
                "check": one.check.name,
                "section": one.check.section,
                "level": "must" if one.check.must else "should",
                "outcome": str(one.outcome),
                "says": one.check.says,
                "why": one.why or None,
            }
            for one in findings
        ]
        print_json({"ok": not broken, "platform": probe.root.platform if probe.root else None, "checks": rows})
    else:
        for one in findings:
            level = "must" if one.check.must else "should"
            why = f": {one.why}" if one.why else ""
            click.echo(f"{one.outcome:9}  {level:6}  §{one.check.section:3} {one.check.name:24} {one.check.says}{why}")
        held = sum(one.outcome is Outcome.HOLDS for one in findings)
        click.echo(f"{held} of {len(findings)} hold.")
    sys.exit(REFUSED if broken else 0)
