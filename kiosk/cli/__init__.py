"""The command `kiosk` and the composition root: wires every room together and is imported by nobody.

Commands live in their own modules and are imported when they are called, so that `kiosk verify` pays nothing for Qt.
"""

import importlib
import sys

import click

from kiosk import incidents
from kiosk.unseen import leave_no_image

_COMMANDS = {
    "demo": "kiosk.cli.demo",
    "run": "kiosk.cli.run",
    "provision": "kiosk.cli.provision",
    "apply": "kiosk.cli.apply",
    "sync": "kiosk.cli.sync",
    "cases": "kiosk.cli.cases",
    "papers": "kiosk.cli.papers",
    "verify": "kiosk.cli.verify",
    "doctor": "kiosk.cli.doctor",
    "rehearse": "kiosk.cli.rehearse",
    "residue": "kiosk.cli.residue",
    "journal": "kiosk.cli.journal",
    "key": "kiosk.cli.key",
    "catalogue": "kiosk.cli.catalogue",
    "simulate": "kiosk.cli.simulate",
    "staff": "kiosk.cli.staff",
    "courier": "kiosk.cli.courier",
    "rescue": "kiosk.cli.rescue",
    "report": "kiosk.cli.report",
}


class _LazyGroup(click.Group):
    """Imports a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = getattr(importlib.import_module(module), cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name=None, version="0.1.0", prog_name="kiosk")
def kiosk() -> None:
    """Jinban 近办: an offline-first self-service kiosk and grassroots service-point client."""


def main() -> None:
    """Run the command line."""
    leave_no_image()
    incidents.install()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    kiosk(prog_name="kiosk")


if __name__ == "__main__":
    main()
