"""One application and one stage for all tests of the screen; every test gets a fresh window."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.cli.stage import Stage, open_stage
from kiosk.cli.tour import Tour
from kiosk.cli.wiring import clock_of, open_terminal, settings_of
from kiosk.config import Config, ScreenConfig
from kiosk.desk.desk import Desk
from kiosk.desk.equipment import Equipment
from kiosk.papers.press import ChildPress
from kiosk.ports import Press, Store
from sync.inquiring import AgentExchange
from sync.line import AgentLine
from ui.app import Screen, ScreenDeps, make_application
from ui.hand import Hand
from ui.languages import FOLDER
from ui.pseudo import write_pseudo

PATIENCE = 30.0
"""Seconds until a test gives up what should come. It bounds no promise: whoever holds one to its time measures that."""


@dataclass(slots=True)
class Shown:
    """A window on the stage, a hand, and a tour; `seen` are the states the tour stopped at."""

    screen: Screen
    hand: Hand
    tour: Tour
    stage: Stage
    store: Store

    def part(self, name: str) -> Any:
        """A controller, as QML sees it."""
        return getattr(self.screen.kiosk, name)

    def newest_paper(self) -> str:
        """What stands on the paper printed last."""
        path = max((self.stage.data / "papers").glob("*.pdf"), key=lambda one: one.stat().st_mtime_ns)
        document = pypdfium2.PdfDocument(path)
        try:
            return "".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()

    def texts(self) -> str:
        """Everything that can be read on the screen now."""
        return "\n".join(str(item.property("text") or "") for item in self.hand.visible())


@pytest.fixture(scope="session")
def app() -> QGuiApplication:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return make_application(["tests"])


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with open_stage(Path(tmp_path_factory.mktemp("screen"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def knowing_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Another stage, for tests in which it matters what is known of people already: nothing, from other files."""
    with open_stage(Path(tmp_path_factory.mktemp("knowing"))) as opened:
        yield opened


@pytest.fixture(scope="session")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the long and the mirrored language."""
    return write_pseudo(tmp_path_factory.mktemp("languages"))


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    with closing(ChildPress()) as opened:
        yield opened


@pytest.fixture
def store(stage: Stage) -> Iterator[Store]:
    with closing(open_terminal(stage.data)) as opened:
        yield opened


Show = Callable[..., Shown]


@pytest.fixture
def show(app: QGuiApplication, stage: Stage, press: Press, store: Store) -> Iterator[Show]:
    """Open a window: `show(size="1920x1080", large_type=True)`. Any QML warning fails the test."""
    opened: list[Shown] = []

    def make_desk(in_lane: Callable[[Callable[[], None]], None]) -> Desk:
        line = AgentLine(stage.data, store.outbox.counts)
        kit = Equipment(
            store,
            press,
            line,
            clock_of(store),
            stage.devices,
            in_lane=in_lane,
            exchange=AgentExchange(stage.data),
            point=lambda: settings_of(stage.data, store).point,
        )
        return Desk(kit)

    def open_window(
        photograph: Callable[[str], None] = lambda _: None, languages: tuple[Path, ...] = (FOLDER,), **settings: object
    ) -> Shown:
        wanted = replace(ScreenConfig(size="1920x1080"), **settings)  # type: ignore[arg-type] # named by the test
        deps = ScreenDeps(make_desk, stage.devices, replace(Config(), screen=wanted), languages=languages)
        screen = Screen(app, deps, still=True)
        screen.show(wanted.size)
        hand = Hand(app, screen.window, patience=PATIENCE)
        hand.settle(0.2)
        shown = Shown(screen, hand, Tour(screen, hand, stage.devices, photograph), stage, store)
        opened.append(shown)
        return shown

    yield open_window
    warnings = [warning for shown in opened for warning in shown.screen.warnings]
    for shown in opened:
        shown.screen.close()
    stage.devices.simulate("idcard", "lift")
    assert warnings == []
