"""A whole catalogue comes in pieces: a line that breaks costs one of them, not all."""

from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

import sync.changes
from central.publishing import publish
from kiosk.clock import SystemClock
from kiosk.failure import Failure, KioskError
from local_db.store import open_store
from sync.link import Link, Question
from sync.provision import provision_online
from sync.schedule import next_piece
from tests.sync.platform import Platform
from tests.sync.terminal import QUICK, Terminal

PIECE = 16 * 1024
SAMPLES = Path(str(files("central") / "samples"))


class Breaking(Link):
    """A line that breaks after so many answers."""

    left = 1000

    def ask(self, question: Question) -> bytes:
        if self.left == 0:
            raise KioskError(Failure.LINK_DOWN, reason="test")
        self.left -= 1
        return super().ask(question)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Platform]:
    """A platform of its own, so that no other test sees what it publishes."""
    running = Platform(tmp_path / "county")
    yield running
    running.kill()


@pytest.fixture
def far(county: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """A terminal that holds the first catalogue and asks for the next one whole, from a line that breaks."""
    monkeypatch.setattr(sync.changes, "FIRST_PIECE", PIECE)
    with open_store(tmp_path / "far", create=True) as store:
        provision_online(county.url, county.code(), store, SystemClock(), QUICK)
    with county.office() as office:
        publish(office, SAMPLES, actor="test")
    with closing(again(county, tmp_path)) as terminal:
        yield terminal


def again(county: Platform, folder: Path) -> Terminal:
    """The same terminal after a restart."""
    terminal = Terminal(folder / "far", county.url, make_link=Breaking)
    terminal.agent._changes._whole = True
    return terminal


def break_after(terminal: Terminal, answers: int) -> None:
    assert isinstance(terminal.link, Breaking)
    terminal.link.left = answers


def test_a_catalogue_fetch_goes_on_where_it_was_cut_and_after_a_restart(
    far: Terminal, county: Platform, tmp_path: Path
) -> None:
    with county.office() as office:
        whole = len(office.catalogues.package(office.catalogues.version()))
    assert whole > 3 * PIECE, "it takes several pieces"
    break_after(far, 2)
    assert far.agent.run_once().failure == Failure.LINK_DOWN.code
    held = far.store.packages.begun()[1]
    assert PIECE < held < whole
    assert far.store.shelf.version() == 1, "what is half here counts for nothing"
    with closing(again(county, tmp_path)) as later:
        report = later.agent.run_once()
        assert report.failure is None
        assert later.store.shelf.version() == 2
        assert report.received_bytes < whole - held + 8_000
        assert later.store.packages.begun() == ("", 0)
        assert later.agent.run_once().turns == 1


def test_pieces_of_a_catalogue_that_was_replaced_meanwhile_are_let_go(far: Terminal, county: Platform) -> None:
    break_after(far, 2)
    far.agent.run_once()
    county.publish(3)
    break_after(far, 1000)
    assert far.agent.run_once().failure is None
    assert far.store.shelf.version() == 3
    assert far.store.packages.begun() == ("", 0)


def test_a_piece_that_leaves_a_gap_is_not_kept(far: Terminal) -> None:
    packages = far.store.packages
    assert packages.add("aa" * 32, 0, b"12345") == 5
    assert packages.add("aa" * 32, 7, b"8") == 5
    assert packages.add("aa" * 32, 5, b"67") == 7
    assert packages.whole() == b"1234567"
    assert packages.begun() == ("aa" * 32, 7)
    assert packages.add("bb" * 32, 3, b"x") == 0
    assert packages.begun() == ("", 0)


def test_pieces_are_as_long_as_the_line_carries_in_two_seconds() -> None:
    assert next_piece(65_536, 65_536, 4.0) == 32_768
    assert next_piece(65_536, 65_536, 0.1) == 131_072
    assert next_piece(16_384, 16_384, 60.0) == 16_384
    assert next_piece(1 << 20, 1 << 20, 0.01) == 1 << 20
