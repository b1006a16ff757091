"""After a visit at the screen, and after one that an unexpected error ended, nothing of the person lies anywhere."""

import os
import tempfile
from pathlib import Path

import pytest

from devices.idcard.cards import pick
from kiosk.cli.headless import CARD
from kiosk.cli.traces.places import Place
from kiosk.cli.traces.processes import shares
from kiosk.cli.traces.search import Search
from kiosk.cli.traces.sought import Sought, sought
from local_db.store import open_store
from tests.ui.conftest import Show, Shown


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process and what it starts put files of their own while the test runs."""
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def of_person(shown: Shown) -> Sought:
    """The card's words, and every page handed in so far, as a visitor would know them."""
    visit, card = shown.part("visit"), pick(shown.stage.data, CARD).card
    session = visit.session
    pages = [
        visit.desk.page(session, material.material_id, material.member, index)[0]
        for material in session.current().materials
        for index in range(len(material.files))
    ]
    assert pages
    return sought((card.name.rpartition("·")[2], card.id_no, card.address), pages)


def children() -> list[int]:
    """Drivers, page workers, the press: what the screen's process started."""
    return [int(one) for task in Path("/proc/self/task").iterdir() for one in (task / "children").read_text().split()]


def looked(shown: Shown, elsewhere: Path, wanted: Sought) -> Search:
    """Everything the screen, its drivers and the agent can write, and what this very process shares in memory."""
    search = Search()
    for place in (Place("data", shown.stage.data, own=True), Place("elsewhere", elsewhere)):
        search.look_at_files(place, wanted, demo=True)
    search.look_at_processes(shown.stage.data, wanted)
    for pid in (os.getpid(), *children()):
        search.processes += 1
        found, whole = shares(pid, wanted)
        search.left += [f"shared memory of {pid}"] * found
        search.unread += [f"shared memory of {pid}"] * (not whole and os.geteuid() == 0)
    with open_store(shown.stage.data) as store:
        search.look_at_database(store, wanted)
    return search


def test_a_visit_that_was_handed_in_leaves_nothing(show: Show, elsewhere: Path) -> None:
    shown = show()
    shown.tour.to_card()
    shown.tour.to_notice()
    shown.hand.touch("primaryButton")
    shown.tour.at("materials")
    shown.tour.scan_everything()
    wanted = of_person(shown)
    shown.hand.touch("backButton")
    shown.tour.at("notice")
    shown.tour.to_receipt()
    shown.hand.touch("primaryButton")
    shown.tour.at("rating")
    shown.hand.touch("rate_1")
    shown.tour.at("goodbye")
    search = looked(shown, elsewhere, wanted)

    assert (search.left, search.unread) == ([], [])
    assert search.files > 5
    assert search.processes >= 7


@pytest.mark.expects_logs
def test_a_visit_that_an_unexpected_error_ended_leaves_nothing(
    show: Show, elsewhere: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shown = show()
    shown.tour.to_card()
    shown.tour.to_notice()
    shown.hand.touch("primaryButton")
    shown.tour.at("materials")
    shown.tour.scan_everything()
    wanted, card = of_person(shown), pick(shown.stage.data, CARD).card
    shown.part("visit").ask(lambda: int(f"{card.name} {card.id_no} {card.address}"), lambda _: None)
    shown.tour.at("fault")
    search = looked(shown, elsewhere, wanted)

    assert (search.left, search.unread) == ([], [])
    assert "ValueError" in caplog.text
    assert not wanted.within(caplog.text.encode())
