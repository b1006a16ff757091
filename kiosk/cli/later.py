"""Commands that the operators' contract already names and a later version brings. They exit 2 and say so."""

import click

from kiosk.cli.answer import not_yet

_ANY = {"ignore_unknown_options": True, "allow_extra_args": True}


@click.group()
def rescue() -> None:
    """Move an unsent queue from a dead terminal to a spare one (later version)."""


@rescue.command("export", context_settings=_ANY)
def rescue_export() -> None:
    """Take the queue off a dead terminal's disk."""
    not_yet("kiosk rescue export")


@rescue.command("import", context_settings=_ANY)
def rescue_import() -> None:
    """Take the queue onto a spare terminal."""
    not_yet("kiosk rescue import")
