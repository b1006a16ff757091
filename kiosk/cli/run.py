"""`kiosk run`: the terminal as provisioned."""

import sys
from pathlib import Path

import click

from kiosk.cli.answer import UNUSABLE, data_option, usable
from kiosk.cli.display import has_display
from kiosk.cli.wiring import quiet_logs


@click.command()
@data_option
@usable
def run(data: Path) -> None:
    """Show the terminal's screen; the agent (`kiosk sync`) runs beside it."""
    quiet_logs()
    if not has_display():
        click.echo(
            "没有显示器。 No display: set DISPLAY, or QT_QPA_PLATFORM=eglfs where there is no X server.", err=True
        )
        sys.exit(UNUSABLE)
    from kiosk.cli.screen import show_terminal  # noqa: PLC0415 -- Qt only for the screen

    sys.exit(show_terminal(data))
