"""The driver `escl` in its own process below the real host, against the shipped scanner."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.limits import Limits
from kiosk.failure import Failure
from kiosk.model.devices import Failed, Finished, Progress, ScanPages
from tests.devices.device_bench import ask, begin, pid_of, running, until
from tests.stacks.simulators import Simulator, simulator

pytestmark = pytest.mark.expects_logs

PATIENT = Limits(scan_silence=2.0, leave=0.5, first_pause=0.2)
SMALL = ScanPages(dpi=100)
RAW = ScanPages(dpi=100, finish=False)


@pytest.fixture(scope="module")
def one_scanner() -> Iterator[Simulator]:
    with simulator("escl") as played:
        yield played


@pytest.fixture
def played(one_scanner: Simulator) -> Simulator:
    one_scanner.do("reset")
    return one_scanner


def scanner(played: Simulator, **options: str) -> dict[str, Any]:
    return {"scanner": {**played.first["settings"]["scanner"], **options}}


def test_a_stack_goes_through_the_pipeline_page_by_page(tmp_path: Path, played: Simulator) -> None:
    played.do("load", pages=["id-card", "lease", "mandate"])
    with running(tmp_path, scanner(played), PATIENT) as host:
        seen, ticket = begin(host, SMALL)
        assert seen.last() == Finished(ticket, 3)
        assert len(seen.pages()) == 3
        (status,) = host.status()
        assert (status.ready, status.simulated) == (True, False)
        assert status.detail == "Jinban Simulated Scanner, flatbed+feeder+duplex"
    assert list(tmp_path.iterdir()) == []


def test_blank_backs_are_left_out_and_written_ones_kept(tmp_path: Path, played: Simulator) -> None:
    played.do("load", pages=["id-card", "lease/mandate"])
    with running(tmp_path, scanner(played, duplex="yes"), PATIENT) as host:
        seen, ticket = begin(host, SMALL)
        assert seen.last() == Finished(ticket, 3)


@pytest.mark.parametrize("request_", [SMALL, RAW], ids=["finished", "as it came"])
@pytest.mark.parametrize(
    ("action", "words"),
    [("short_page", {}), ("torn", {"after": 20_000}), ("torn", {"after": 3}), ("cut", {"after": 20_000})],
)
def test_a_page_that_is_not_whole_is_never_handed_on(
    tmp_path: Path, played: Simulator, action: str, words: dict[str, int], request_: ScanPages
) -> None:
    played.do("place", page="household-register")
    with running(tmp_path, scanner(played), PATIENT) as host:
        played.do(action, **words)
        seen, _ = begin(host, request_)
        assert seen.failure() is Failure.SCANNER_SHORT_PAGE
        assert seen.pages() == []
        assert isinstance(ask(host, request_), Finished)


def test_a_white_page_is_blank(tmp_path: Path, played: Simulator) -> None:
    played.do("place", page="blank")
    with running(tmp_path, scanner(played), PATIENT) as host:
        assert begin(host, SMALL)[0].failure() is Failure.SCANNER_BLANK


def test_a_jam_is_told_as_long_as_it_lasts_and_pages_before_it_stay(tmp_path: Path, played: Simulator) -> None:
    played.do("load", pages=["id-card", "lease", "mandate"])
    played.do("jam", after=1)
    with running(tmp_path, scanner(played), PATIENT) as host:
        seen, _ = begin(host, SMALL)
        assert seen.failure() is Failure.SCANNER_JAM
        assert len(seen.pages()) == 1
        until(lambda: host.status()[0].failure == Failure.SCANNER_JAM.code)
        played.do("clear")
        until(lambda: host.status()[0].ready, 3.0)
        assert isinstance(ask(host, SMALL), Finished)


def test_a_scan_cancelled_in_the_middle_of_a_page_ends_at_once_and_the_next_one_works(
    tmp_path: Path, played: Simulator
) -> None:
    played.do("load", pages=["id-card", "lease"])
    played.do("slow", seconds=8)
    with running(tmp_path, scanner(played), PATIENT) as host:
        pid = pid_of(host, "scanner")
        seen, ticket = begin(host, RAW)
        until(lambda: any(isinstance(event, Progress) for event in seen.events))
        begun = time.monotonic()
        host.cancel(ticket)
        assert seen.failure() is Failure.DEVICE_CANCELLED
        assert time.monotonic() - begun < PATIENT.cancel
        assert not played.do("state")["running"]
        played.do("slow", seconds=0)
        assert ask(host, RAW) != Failed(ticket, Failure.DEVICE_CANCELLED)
        assert pid_of(host, "scanner") == pid


def test_a_driver_that_stands_still_is_replaced_and_the_next_scan_works(tmp_path: Path, played: Simulator) -> None:
    played.do("slow", seconds=8)
    with running(tmp_path, scanner(played), PATIENT) as host:
        seen, _ = begin(host, RAW)
        until(lambda: any(isinstance(event, Progress) for event in seen.events))
        os.kill(pid_of(host, "scanner"), signal.SIGSTOP)
        begun = time.monotonic()
        assert seen.failure() is Failure.DEVICE_HUNG
        assert time.monotonic() - begun < PATIENT.scan_silence + 1.0
        played.do("reset")
        assert isinstance(ask(host, RAW), Finished)


def test_a_scanner_switched_off_is_absent_and_there_again_within_three_seconds(
    tmp_path: Path, played: Simulator
) -> None:
    with running(tmp_path, scanner(played), PATIENT) as host:
        pid = pid_of(host, "scanner")
        played.do("gone")
        assert begin(host, SMALL)[0].failure() is Failure.DEVICE_ABSENT
        until(lambda: host.status()[0].failure == Failure.DEVICE_ABSENT.code)
        played.do("back")
        until(lambda: host.status()[0].ready, 3.0)
        assert isinstance(ask(host, SMALL), Finished)
        assert pid_of(host, "scanner") == pid
