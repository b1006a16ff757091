"""`python -m kiosk.cli.shots [DIR]` (as `./dev shots`): every screen of a real visit as PNG, in every size and view.

`./dev shots gallery` draws the components instead, on one page for each view, into `build/gallery`.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import click

from kiosk.cli.afterways import Afterways
from kiosk.cli.byways import Byways
from kiosk.cli.stage import Stage, open_stage
from kiosk.cli.tour import Photograph, Tour
from kiosk.cli.wiring import new_desk, open_terminal, quiet_logs
from kiosk.config import Config, ScreenConfig
from kiosk.desk.desk import Desk
from kiosk.ports import Store
from ui.app import Screen, ScreenDeps, make_application
from ui.gallery import draw_gallery
from ui.hand import Hand, NotThereError
from ui.languages import FOLDER
from ui.pseudo import LONG, MIRRORED, write_pseudo

_SIZES = ("1920x1080", "1080x1920", "1280x800")


@dataclass(frozen=True, slots=True)
class View:
    """One way of looking: size, 大字版, contrast, language (two of them languages nobody speaks: `ui.pseudo`)."""

    name: str
    screen: ScreenConfig


_LOOKS = {
    "": ScreenConfig(),
    "-large": ScreenConfig(large_type=True),
    "-contrast": ScreenConfig(high_contrast=True),
    "-english": ScreenConfig(language="en"),
}

VIEWS = (
    *(View(size + look, replace(screen, size=size)) for look, screen in _LOOKS.items() for size in _SIZES),
    View("1920x1080-long", ScreenConfig(size="1920x1080", language=LONG)),
    View("1920x1080-mirrored", ScreenConfig(size="1920x1080", language=MIRRORED)),
    View("1080x1920-large-long", ScreenConfig(size="1080x1920", large_type=True, language=LONG)),
    View("1080x1920-large-mirrored", ScreenConfig(size="1080x1920", large_type=True, language=MIRRORED)),
)


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="[DIR | gallery]")
@click.option("--only", multiple=True, help="Only these views, such as 1920x1080.")
def shots(folder: Path | None, only: tuple[str, ...]) -> None:
    """Walk one whole visit in every size and view and write every screen as PNG."""
    quiet_logs()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    views = [view for view in VIEWS if not only or view.name in only]
    if folder == Path("gallery"):
        target = (Path("build") / "gallery").absolute()
        for view in views:
            draw_gallery(view.screen).save(str(_made(target) / f"{view.name}.png"))
    else:
        target = (folder or Path("build") / "shots").absolute()
        _walk_all(views, target)
    click.echo(str(target))


def every_screen(screen: Screen, hand: Hand, stage: Stage, photograph: Photograph) -> None:
    """Walk every visit there is; `photograph` is called with the name of every state. What tests measure, too."""
    Tour(screen, hand, stage.devices, photograph).whole()
    Byways(screen, hand, stage.devices, photograph, at_platform=stage.at_platform).everything()
    Afterways(screen, hand, stage.devices, photograph).afterwards()


def _walk_all(views: list[View], target: Path) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="jinban-shots-") as data,
        open_stage(Path(data)) as stage,
        closing(open_terminal(stage.data)) as store,
    ):
        pseudo = write_pseudo(Path(data) / "languages")
        for view in views:
            taken = _walk(stage, store, view, _made(target / view.name), pseudo)
            click.echo(f"{view.name}: {taken} screens", err=True)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _walk(stage: Stage, store: Store, view: View, folder: Path, pseudo: Path) -> int:
    app = make_application(["shots"])
    taken: list[str] = []

    def make_desk(in_lane: Callable[[Callable[[], None]], None]) -> Desk:
        return new_desk(stage.data, store, devices=stage.devices, in_lane=in_lane)

    # Languages nobody speaks, where they are offered, change the words on a button of every picture.
    languages = (FOLDER, pseudo) if view.screen.language in {LONG, MIRRORED} else (FOLDER,)
    deps = ScreenDeps(make_desk, stage.devices, replace(Config(), screen=view.screen), languages=languages)
    with Screen(app, deps, still=True) as screen:
        screen.show(view.screen.size)
        hand = Hand(app, screen.window, patience=30.0)

        def photograph(name: str) -> None:
            taken.append(name)
            screen.window.grabWindow().save(str(folder / f"{len(taken):02d}-{name}.png"))

        hand.settle(1.5)
        try:
            every_screen(screen, hand, stage, photograph)
        except NotThereError as error:
            photograph("stuck")
            raise click.ClickException(f"{view.name}: never saw {error}") from error
    return len(taken)


if __name__ == "__main__":
    shots(sys.argv[1:])
