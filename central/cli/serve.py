"""`central serve`."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from central.cli.answer import data_option, print_json, usable

if TYPE_CHECKING:
    from central.office import Office

DEFAULT_PORT = 8480


@click.command()
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--review",
    type=click.Choice(["auto", "manual"]),
    default="auto",
    show_default=True,
    help="auto accepts every complete case (demonstration, integration); manual waits for central decide.",
)
@click.option("--demo", is_flag=True, help="Say on every paper and to every terminal that this is a demonstration.")
@usable
def serve(data: Path, db: str | None, host: str, port: int, review: str, *, demo: bool) -> None:
    """Run the platform; founds it on first use and publishes the sample catalogue when none is published.

    The first line on stdout is {"url": …}. When the port is taken another one is chosen and said.
    """
    from central.exchange import holders  # noqa: PLC0415 -- same
    from central.office import lock_office, open_office  # noqa: PLC0415 -- same
    from central.serving import listen, url_of  # noqa: PLC0415 -- same
    from central.serving import serve as run  # noqa: PLC0415 -- same

    with open_office(data, db, found=True, demo=demo) as office, lock_office(office.data):
        if office.catalogues.version() == 0:
            _publish_samples(office)
            if office.demo:
                _fill_library(office)
                _publish_articles(office)
        holders.prepare(office)
        listening, moved = listen(host, port)
        url = url_of(listening)
        if moved:
            click.echo(f"Port {port} is taken; serving at {url} instead.", err=True)

        def announce() -> None:
            print_json({"url": url, "port_taken": port} if moved else {"url": url})

        run(office, listening, review=review == "auto", announce=announce)


def _fill_library(office: "Office") -> None:
    """Something to be told in a demonstration: one of its people has an e-licence and stands in a registry."""
    from central.exchange import library  # noqa: PLC0415 -- needed once

    entries = (files("central") / "samples" / "library.json").read_bytes()
    library.put(office, library.read_entries(entries), actor="serve")


def _publish_articles(office: "Office") -> None:
    """Something to be read in a demonstration."""
    from central.articles import publish, read_articles  # noqa: PLC0415 -- brings pinyin tables, needed once

    publish(office, read_articles(Path(str(files("central") / "samples" / "articles.toml"))), actor="serve")


def _publish_samples(office: "Office") -> None:
    from central.publishing import publish  # noqa: PLC0415 -- brings pinyin tables, needed once

    version, _ = publish(office, Path(str(files("central") / "samples")), actor="serve")
    office.log.info("catalogue.published", version=version)
