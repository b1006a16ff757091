"""`central`: the reference platform's commands. Other commands work on the same database while `serve` runs."""

import click

from central.cli.cases import cases, decide, export, findings
from central.cli.catalogue import catalogue
from central.cli.courier import courier
from central.cli.fleet import audit, enroll, terminals
from central.cli.serve import serve


@click.group()
def main() -> None:
    """Reference central platform of Jinban."""


for _command in (serve, enroll, terminals, cases, decide, export, findings, audit, catalogue, courier):
    main.add_command(_command)
