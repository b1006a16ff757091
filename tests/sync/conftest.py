"""One real platform for this room's tests, and terminals enrolled at it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import SystemClock
from local_db.store import open_store
from sync.provision import provision_online
from sync.simlink import LinkSimulator
from tests.sync.platform import Platform
from tests.sync.terminal import QUICK, Terminal

Opener = Callable[..., Terminal]


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    running = Platform(tmp_path_factory.mktemp("platform"))
    yield running
    running.kill()


@pytest.fixture
def simlink(platform: Platform) -> Iterator[LinkSimulator]:
    """The line between terminal and platform, with switches."""
    with closing(LinkSimulator(platform.url)) as line:
        yield line


@pytest.fixture
def data(tmp_path: Path, platform: Platform, simlink: LinkSimulator) -> Path:
    """A data directory enrolled at the platform through the simulated line."""
    folder = tmp_path / "terminal"
    with open_store(folder, create=True) as store:
        done = provision_online(simlink.url, platform.code(), store, SystemClock(), QUICK)
        assert done.failure is None
    return folder


@pytest.fixture
def opened(data: Path, simlink: LinkSimulator) -> Iterator[Opener]:
    """Opens the enrolled directory, as often as a test needs it; another URL puts somebody else at the line's end."""
    terminals: list[Terminal] = []

    def open_terminal(url: str | None = None, **how: Any) -> Terminal:
        terminals.append(Terminal(data, url or simlink.url, **how))
        return terminals[-1]

    yield open_terminal
    for one in terminals:
        one.close()


@pytest.fixture
def terminal(opened: Opener) -> Terminal:
    return opened()
