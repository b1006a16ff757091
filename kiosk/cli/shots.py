"""`python -m kiosk.cli.shots [DIR]` (as `./dev shots`): every screen of a real visit as PNG, in every size and view."""

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import click

from kiosk.cli.byways import Byways
from kiosk.cli.stage import Stage, open_stage
from kiosk.cli.tour import Tour
from kiosk.cli.wiring import new_desk, open_terminal, quiet_logs
from kiosk.config import Config, ScreenConfig
from kiosk.desk.desk import Desk
from kiosk.ports import Store

_SIZES = ("1920x1080", "1080x1920", "1280x800")


@dataclass(frozen=True, slots=True)
class View:
    """One way of looking: size, 大字版, contrast, language."""

    name: str
    screen: ScreenConfig


VIEWS = (
    *(View(size, ScreenConfig(size=size)) for size in _SIZES),
    View("1920x1080-large", ScreenConfig(size="1920x1080", large_type=True)),
    View("1080x1920-large", ScreenConfig(size="1080x1920", large_type=True)),
    View("1280x800-large", ScreenConfig(size="1280x800", large_type=True)),
    View("1920x1080-contrast", ScreenConfig(size="1920x1080", high_contrast=True)),
    View("1920x1080-english", ScreenConfig(size="1920x1080", language="en")),
)


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@click.option("--only", multiple=True, help="Only these views, such as 1920x1080.")
def shots(folder: Path | None, only: tuple[str, ...]) -> None:
    """Walk one whole visit in every size and view and write every screen as PNG."""
    quiet_logs()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    target = (folder or Path("build") / "shots").absolute()
    with (
        tempfile.TemporaryDirectory(prefix="jinban-shots-") as data,
        open_stage(Path(data)) as stage,
        closing(open_terminal(stage.data)) as store,
    ):
        for view in VIEWS:
            if not only or view.name in only:
                click.echo(f"{view.name}: {_walk(stage, store, view, target / view.name)} screens", err=True)
    click.echo(str(target))


def _walk(stage: Stage, store: Store, view: View, folder: Path) -> int:

    from ui.app import Screen, ScreenDeps, make_application  # noqa: PLC0415 -- after the environment is set
    from ui.hand import Hand, NotThereError  # noqa: PLC0415

    app = make_application(["shots"])
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[str] = []

    def make_desk(in_lane: Callable[[Callable[[], None]], None]) -> Desk:
        return new_desk(stage.data, store, devices=stage.devices, in_lane=in_lane)

    config = replace(Config(), screen=view.screen)
    with Screen(app, ScreenDeps(make_desk, stage.devices, config), still=True) as screen:
        screen.show(view.screen.size)
        hand = Hand(app, screen.window, patience=30.0)

        def photograph(name: str) -> None:
            taken.append(name)
            screen.window.grabWindow().save(str(folder / f"{len(taken):02d}-{name}.png"))

        hand.settle(1.5)
        try:
            Tour(screen, hand, stage.devices, photograph).whole()
            Byways(screen, hand, stage.devices, photograph).everything()
        except NotThereError as error:
            photograph("stuck")
            raise click.ClickException(f"{view.name}: never saw {error}") from error
    return len(taken)


if __name__ == "__main__":
    shots(sys.argv[1:])
