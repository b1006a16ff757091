"""`central courier …`: named by the operators' contract, brought by a later version."""

import click

from central.cli.answer import not_yet

_ANY = {"ignore_unknown_options": True, "allow_extra_args": True}


@click.group()
def courier() -> None:
    """Records carried by USB stick (later version)."""


@courier.command("import", context_settings=_ANY)
def import_() -> None:
    """Take what a terminal has put on a stick."""
    not_yet("central courier import")


@courier.command("export", context_settings=_ANY)
def export() -> None:
    """Put acknowledgements, decisions and the catalogue on a stick."""
    not_yet("central courier export")
