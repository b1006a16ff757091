"""The driver `sane` in its own process below the real host: what is left of stopped and killed processes."""

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from devices.limits import Limits
from kiosk.failure import Failure
from kiosk.model.devices import Failed, Finished, PageScanned, Progress, ScanPages
from tests.devices.device_bench import ask, begin, pid_of, running, until
from tests.stacks import sane
from tests.stacks.sane import left_behind

pytestmark = pytest.mark.expects_logs

PATIENT = Limits(scan_silence=2.0, leave=0.5, first_pause=0.2)
SLOW = "--test-picture=Grid --read-limit=yes --read-limit-size=4096 --read-delay=yes --read-delay-duration=20000"
RAW = ScanPages(dpi=100, colour=False)


@pytest.fixture(autouse=True)
def _configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANE_CONFIG_DIR", str(sane.backend_test(tmp_path)))


def scanner(**options: str) -> dict[str, Any]:
    words = {"driver": "sane", "device": "test:0", "source": "flatbed", "size": "200x200", "extra": SLOW}
    return {"scanner": {**words, **options}}


def scanimages(data: Path) -> list[int]:
    return [int(word) for word in left_behind(data) if word.isdigit()]


def begin_a_page(host: Any, data: Path) -> tuple[Any, Any]:
    """A scan that has got somewhere, with its program under way."""
    seen, ticket = begin(host, RAW)
    until(lambda: any(isinstance(event, Progress) for event in seen.events))
    assert scanimages(data)
    return seen, ticket


def test_a_page_goes_through_the_pipeline_and_says_that_a_real_device_made_it(tmp_path: Path) -> None:
    with running(tmp_path, scanner(extra="--test-picture=Grid"), PATIENT) as host:
        seen, ticket = begin(host, ScanPages(dpi=150))
        assert seen.last() == Finished(ticket, 1)
        (page,) = seen.pages()
        assert isinstance(page, PageScanned)
        assert page.extension != "pnm"
        assert min(page.width, page.height) > 1000
        (status,) = host.status()
        assert (status.ready, status.simulated, status.detail) == (True, False, "SANE test")


def test_a_scan_cancelled_in_the_middle_of_a_page_ends_at_once_and_the_next_one_works(tmp_path: Path) -> None:
    with running(tmp_path, scanner(), PATIENT) as host:
        pid = pid_of(host, "scanner")
        seen, ticket = begin_a_page(host, tmp_path)
        begun = time.monotonic()
        host.cancel(ticket)
        assert seen.failure() is Failure.DEVICE_CANCELLED
        assert time.monotonic() - begun < PATIENT.cancel
        assert left_behind(tmp_path) == []
        assert isinstance(ask(host, RAW), Finished)
        assert pid_of(host, "scanner") == pid


def test_a_driver_that_stands_still_is_replaced_with_everything_it_had_started(tmp_path: Path) -> None:
    with running(tmp_path, scanner(), PATIENT) as host:
        pid = pid_of(host, "scanner")
        seen, _ = begin_a_page(host, tmp_path)
        os.kill(pid, signal.SIGSTOP)
        begun = time.monotonic()
        assert seen.failure() is Failure.DEVICE_HUNG
        assert time.monotonic() - begun < PATIENT.scan_silence + 1.0
        until(lambda: scanimages(tmp_path) == [])
        assert isinstance(ask(host, RAW), Finished)
        assert left_behind(tmp_path) == []


def test_a_driver_that_dies_takes_its_program_with_it(tmp_path: Path) -> None:
    with running(tmp_path, scanner(), PATIENT) as host:
        seen, _ = begin_a_page(host, tmp_path)
        os.kill(pid_of(host, "scanner"), signal.SIGKILL)
        assert seen.failure() is Failure.DEVICE_CRASHED
        until(lambda: left_behind(tmp_path) == [], 3.0)
        assert isinstance(ask(host, RAW), Finished)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_backend_that_crashes_costs_its_page_and_not_the_driver(tmp_path: Path, how: signal.Signals) -> None:
    with running(tmp_path, scanner(), PATIENT) as host:
        pid = pid_of(host, "scanner")
        seen, _ = begin_a_page(host, tmp_path)
        os.kill(scanimages(tmp_path)[0], how)
        event = seen.last()
        assert isinstance(event, Failed)
        assert event.failure in {Failure.DEVICE_CRASHED, Failure.DEVICE_CANCELLED, Failure.SCANNER_SHORT_PAGE}
        assert seen.pages() == []
        assert isinstance(ask(host, RAW), Finished)
        assert pid_of(host, "scanner") == pid


def test_a_backend_that_stands_still_is_given_up_in_time(tmp_path: Path) -> None:
    with running(tmp_path, scanner(patience="1"), PATIENT) as host:
        seen, _ = begin_a_page(host, tmp_path)
        os.kill(scanimages(tmp_path)[0], signal.SIGSTOP)
        begun = time.monotonic()
        assert seen.failure() is Failure.DEVICE_HUNG
        assert time.monotonic() - begun < 4.0
        assert left_behind(tmp_path) == []
        assert isinstance(ask(host, RAW), Finished)


def test_a_host_that_closes_in_the_middle_of_a_page_leaves_no_program_and_no_pipe(tmp_path: Path) -> None:
    with running(tmp_path, scanner(), PATIENT) as host:
        begin_a_page(host, tmp_path)
    until(lambda: scanimages(tmp_path) == [], 3.0)
    assert left_behind(tmp_path) == []


def test_a_scanner_plugged_in_later_is_there_within_three_seconds(tmp_path: Path) -> None:
    configuration = tmp_path / "sane" / "dll.conf"
    configuration.write_text("")
    with running(tmp_path, scanner(device="test:*"), PATIENT) as host:
        assert begin(host, RAW)[0].failure() is Failure.DEVICE_ABSENT
        configuration.write_text("test\n")
        until(lambda: host.status()[0].ready, 3.0)
        assert isinstance(ask(host, RAW), Finished)
