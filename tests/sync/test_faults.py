"""Killed in the middle of it, on either side: afterwards exactly one case, whole, and nothing left over."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.failure import Failure
from sync.simlink import LinkSimulator
from tests.sync.conftest import Opener
from tests.sync.platform import Platform
from tests.sync.taking import Taken, take
from tests.sync.terminal import Terminal


def leftovers(platform: Platform, terminal: str) -> set[str]:
    """Files in the platform's room for this terminal that are not whole blobs."""
    room = platform.data / "blobs" / terminal
    return {path.name for path in room.rglob("*") if path.is_file() and len(path.name) != 64}


def arrived_once(platform: Platform, terminal: Terminal, cases: list[Taken]) -> bool:
    held = {digest: terminal.store.blobs.read(digest) for case in cases for digest in case.digests}
    whole = all(
        sorted(platform.files(terminal.name, case.event)) == sorted(held[digest] for digest in case.digests)
        for case in cases
    )
    return whole and sorted(platform.numbers(terminal.name)) == sorted(case.number for case in cases)


@pytest.fixture
def own_platform(tmp_path: Path, platform: Platform) -> Iterator[Platform]:
    """The room's platform, running again afterwards whatever the test did to it."""
    del tmp_path
    yield platform
    platform.kill()
    platform.start()


@pytest.mark.parametrize("moment", ["forms", "scans"])
def test_a_platform_killed_in_the_middle_takes_everything_once_when_it_is_back(
    opened: Opener, own_platform: Platform, simlink: LinkSimulator, moment: str
) -> None:
    terminal = opened()
    cases = [take(terminal.store, 120_000, index=index) for index in range(6)]
    forms = 6 * 2_500
    simlink.limit(400_000)
    enough = simlink.bytes_up + (forms // 2 if moment == "forms" else forms + 150_000)

    def kill_in_the_middle() -> None:
        while simlink.bytes_up < enough:
            time.sleep(0.005)
        own_platform.kill()

    killer = threading.Thread(target=kill_in_the_middle)
    killer.start()
    report = terminal.agent.run_once()
    killer.join()
    assert report.pending > 0
    assert report.failure in {Failure.LINK_DOWN.code, Failure.LINK_STALLED.code}
    own_platform.start()
    simlink.restore()
    report = terminal.agent.run_once()
    assert (report.pending, report.failure) == (0, None)
    assert arrived_once(own_platform, terminal, cases)
    assert leftovers(own_platform, terminal.name) == set()


def test_an_agent_killed_in_the_middle_of_a_scan_goes_on_where_it_was(
    data: Path, opened: Opener, platform: Platform, simlink: LinkSimulator
) -> None:
    with closing(opened()) as taker:
        cases = [take(taker.store, 400_000, index=index) for index in range(3)]
    for part in (300_000, 700_000):
        simlink.limit(400_000)
        agent = subprocess.Popen([sys.executable, "-m", "tests.sync.agent_main", str(data), "30"])
        while simlink.bytes_up < part:
            assert agent.poll() is None
            time.sleep(0.005)
        agent.kill()
        agent.wait()
        # what the dead process had left in the kernel's buffers goes with the power
        simlink.cut()
        simlink.restore()
    terminal = opened()
    report = terminal.agent.run_once()
    assert (report.pending, report.failure) == (0, None)
    assert arrived_once(platform, terminal, cases)
    assert leftovers(platform, terminal.name) == set()
    assert simlink.bytes_up < 1_200_000 * 1.25


def test_a_line_that_flaps_all_the_time_still_delivers(
    opened: Opener, platform: Platform, simlink: LinkSimulator
) -> None:
    terminal = opened()
    cases = [take(terminal.store, 150_000, index=index) for index in range(4)]
    runs = 0
    while terminal.store.outbox.counts()[0]:
        runs += 1
        assert runs < 20
        simlink.restore()
        simlink.cut_after(120_000)
        terminal.agent.run_once()
    assert arrived_once(platform, terminal, cases)


def test_a_dead_line_ends_the_run_and_names_itself(opened: Opener, simlink: LinkSimulator) -> None:
    terminal = opened()
    take(terminal.store, 10_000)
    simlink.cut()
    report = terminal.agent.run_once()
    assert (report.failure, report.reached, report.pending) == (Failure.LINK_DOWN.code, False, 1)
    assert report.retry_in is not None
    assert 0 < report.retry_in <= 60


@pytest.mark.parametrize(
    ("status", "page", "failure"),
    [
        ("503 Service Unavailable", "<html>busy</html>", Failure.LINK_BUSY),
        ("200 OK", "<html>log in first</html>", Failure.LINK_NOT_PLATFORM),
    ],
)
def test_somebody_else_at_the_line_changes_nothing_and_is_named(
    opened: Opener, simlink: LinkSimulator, platform: Platform, status: str, page: str, failure: Failure
) -> None:
    terminal = opened()
    case = take(terminal.store, 10_000)
    simlink.answer_instead(status, page)
    report = terminal.agent.run_once()
    assert (report.failure, report.settled, report.pending) == (failure.code, 0, 1)
    assert platform.numbers(terminal.name) == []

    simlink.restore()
    assert terminal.agent.run_once().pending == 0
    assert arrived_once(platform, terminal, [case])
