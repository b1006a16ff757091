"""`central`: the reference platform's commands. Other commands work on the same database while `serve` runs."""

import click

from central.cli.board import articles, holidays, notices, settings
from central.cli.cases import cases, decide, export, findings, paid, unbook
from central.cli.catalogue import catalogue
from central.cli.conformance import conformance
from central.cli.courier import courier
from central.cli.feedback import feedback
from central.cli.fleet import audit, enroll, terminals
from central.cli.keys import keys
from central.cli.library import library
from central.cli.relay import relay
from central.cli.report import report
from central.cli.serve import serve
from kiosk import incidents
from kiosk.unseen import leave_no_image


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name=None, version="0.1.0", prog_name="central")
def central() -> None:
    """Reference central platform of Jinban."""


_TAKING = (serve, enroll, terminals, cases, decide, paid, unbook, export, findings, feedback, audit, report)
_TELLING = (catalogue, notices, articles, settings, holidays)
_CARRYING = (keys, library, courier, relay, conformance)
for _command in (*_TAKING, *_TELLING, *_CARRYING):
    central.add_command(_command)


def main() -> None:
    """Run the command line."""
    leave_no_image()
    incidents.install()
    central(prog_name="central")
