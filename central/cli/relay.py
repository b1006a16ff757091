"""`central relay`: a township hub."""

from pathlib import Path

import click

from central.cli.answer import print_json, usable

DEFAULT_PORT = 8490


@click.command()
@click.option(
    "--data",
    envvar="CENTRAL_DATA",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The hub's own data directory (or CENTRAL_DATA).",
)
@click.option("--platform", required=True, help="Address of the platform it forwards to.")
@click.option("--code", help="A one-time enrolment code, the first time: the platform knows its hubs.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on, for terminals nearby.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(0, 65535))
@click.option("--every", default=30.0, show_default=True, type=click.FloatRange(0.2), help="Seconds between two looks.")
@click.option(
    "--village-mb",
    default=2000,
    show_default=True,
    type=click.IntRange(1),
    help="Million bytes each terminal may keep.",
)
@click.option(
    "--village-files", default=20_000, show_default=True, type=click.IntRange(16), help="Files each may keep."
)
@usable
def relay(
    data: Path,
    platform: str,
    code: str | None,
    host: str,
    port: int,
    every: float,
    village_mb: int,
    village_files: int,
) -> None:
    """Take sealed records from terminals nearby, forward them when the platform can be reached, bring answers back.

    It can read nothing and forge nothing. The first line on stdout is {"url": …}, for hub in the terminals' settings.
    """
    from central.relay.room import Allowance  # noqa: PLC0415 -- needed here alone
    from central.relay.serving import run  # noqa: PLC0415 -- needed here alone

    allowance = Allowance(village_mb * 1_000_000, village_files)
    run(data, platform, code, host, port, every, allowance=allowance, announce=lambda url: print_json({"url": url}))
