"""The agent as a process: alone in its directory, truthful on its socket, gone when asked, silent when dead."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.channel import AGENT, Channel
from kiosk.clock import SystemClock
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import LineStatus, LinkState
from local_db.store import open_store
from sync.line import AgentLine
from sync.lock import only_agent
from sync.service import serve
from sync.simlink import LinkSimulator
from tests.sync.conftest import Opener
from tests.sync.platform import Platform
from tests.sync.taking import take

Starter = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture
def start(data: Path) -> Iterator[Starter]:
    """Starts an agent and waits until it answers."""
    running: list[subprocess.Popen[bytes]] = []

    def start_agent() -> subprocess.Popen[bytes]:
        agent = subprocess.Popen(
            [sys.executable, "-m", "tests.sync.agent_main", str(data), "30"], stdout=subprocess.DEVNULL
        )
        running.append(agent)
        until(lambda: Channel(data, AGENT).ask({"do": "status"}) is not None)
        return agent

    yield start_agent
    for agent in running:
        agent.kill()
        agent.wait()


def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_new_case_wakes_the_agent_and_is_gone_before_the_next_poll(
    start: Starter, data: Path, opened: Opener, platform: Platform
) -> None:
    start()
    terminal = opened()
    line = AgentLine(data, terminal.store.outbox.counts)
    until(lambda: line.status().state is LinkState.ONLINE)
    taken = take(terminal.store, 30_000)
    assert not line.status().all_delivered, "the case is known the moment it is submitted"
    line.wake()
    until(lambda: line.status().all_delivered, 5)
    assert platform.numbers(terminal.name) == [taken.number]


def test_the_status_says_what_is_still_here_and_when_the_next_try_is(
    start: Starter, data: Path, opened: Opener, simlink: LinkSimulator
) -> None:
    terminal = opened()
    take(terminal.store, 30_000)
    simlink.cut()
    start()
    line = AgentLine(data)
    until(lambda: line.status().next_try is not None)
    status = line.status()
    assert (status.state, status.queued, status.parked) == (LinkState.OFFLINE, 1, 0)
    assert status.bytes_left == status.bytes_total > 30_000
    assert status.failure == Failure.LINK_DOWN.code
    assert status.last_contact is None
    assert not status.all_delivered
    simlink.restore()
    line.wake()
    until(lambda: line.status().all_delivered, 5)
    assert line.status().state is LinkState.ONLINE
    assert line.status().last_contact is not None


def test_a_line_that_comes_back_is_found_without_anybody_waking_the_agent(
    start: Starter, data: Path, opened: Opener, simlink: LinkSimulator
) -> None:
    terminal = opened()
    take(terminal.store)
    simlink.cut()
    start()
    line = AgentLine(data)
    until(lambda: line.status().next_try is not None)
    simlink.restore()
    until(lambda: line.status().all_delivered, 15)


def test_progress_shows_while_a_scan_is_still_under_way(
    start: Starter, data: Path, opened: Opener, simlink: LinkSimulator
) -> None:
    terminal = opened()
    take(terminal.store, 600_000)
    simlink.limit(300_000)
    start()
    seen: set[int] = set()
    line = AgentLine(data)

    def done() -> bool:
        status = line.status()
        seen.add(status.bytes_left)
        return status.all_delivered

    until(done)
    assert any(0 < left < 500_000 for left in seen)


def test_a_second_agent_on_the_same_directory_is_refused(start: Starter, data: Path) -> None:
    start()
    second = subprocess.run(
        [sys.executable, "-m", "tests.sync.agent_main", str(data), "30"], capture_output=True, check=False
    )
    assert second.returncode == 4
    assert second.stderr.decode() == Failure.AGENT_ALREADY_RUNNING.code
    with pytest.raises(KioskError) as caught, only_agent(data):
        pass
    assert caught.value.failure is Failure.AGENT_ALREADY_RUNNING


def test_the_command_refuses_with_status_4_while_an_agent_runs(start: Starter, data: Path) -> None:
    start()
    second = subprocess.run(
        [sys.executable, "-m", "kiosk.cli", "sync", "--once", "--json", "--data", str(data)],
        capture_output=True,
        check=False,
    )
    assert second.returncode == 4
    assert json.loads(second.stdout)["failure"] == Failure.AGENT_ALREADY_RUNNING.code


def test_an_agent_that_was_killed_leaves_the_directory_free_and_is_shown_as_silent(
    start: Starter, data: Path, opened: Opener
) -> None:
    agent = start()
    terminal = opened()
    line = AgentLine(data, terminal.store.outbox.counts)
    take(terminal.store)
    agent.kill()
    agent.wait()
    started = time.monotonic()
    status = line.status()
    assert time.monotonic() - started < 0.5
    assert status.state is LinkState.SILENT
    assert start().poll() is None, "the socket it left behind is taken over"


def test_a_silent_agent_is_never_shown_as_all_sent(tmp_path: Path) -> None:
    assert AgentLine(tmp_path).status() == LineStatus(LinkState.SILENT, queued=1)
    assert not AgentLine(tmp_path).status().all_delivered
    assert AgentLine(tmp_path, lambda: (3, 1, 900)).status() == LineStatus(LinkState.SILENT, 3, 1, 900, 900)


def test_an_agent_that_hangs_is_silent_within_200_milliseconds(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with closing(socket.socket(socket.AF_UNIX)) as deaf:
        deaf.bind(str(tmp_path / "run" / AGENT))
        deaf.listen(1)
        started = time.monotonic()
        assert AgentLine(tmp_path).status().state is LinkState.SILENT
        assert 0.15 < time.monotonic() - started < 0.5


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "socket"])
def test_the_agent_ends_cleanly_when_asked_even_in_the_middle_of_an_upload(
    start: Starter, data: Path, opened: Opener, simlink: LinkSimulator, how: str
) -> None:
    terminal = opened()
    taken = take(terminal.store, 600_000)
    simlink.limit(150_000)
    agent = start()
    until(lambda: simlink.bytes_up > 100_000)
    started = time.monotonic()
    if how == "socket":
        assert Channel(data, AGENT).ask({"do": "stop"}) == {"ok": True}
    else:
        agent.send_signal(getattr(signal, how))
    assert agent.wait(10) == 0
    assert time.monotonic() - started < 5
    assert not (data / "run" / AGENT).exists()
    assert terminal.store.cases.show(taken.number).attempts == 0, "being stopped is no failed try"


def test_a_terminal_that_was_never_enrolled_has_no_agent(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.sync.agent_main", str(tmp_path), "30"], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.decode() == Failure.NOT_PROVISIONED.code


class Stumbling(SystemClock):
    """A clock that fails as nobody foresaw, once."""

    def __init__(self) -> None:
        super().__init__()
        self.stumbled = False

    def now(self) -> datetime:
        if not self.stumbled:
            self.stumbled = True
            raise ZeroDivisionError("000000194305120029")
        return super().now()


def test_an_unforeseen_fault_costs_one_run_and_not_the_runs_to_come(
    data: Path, opened: Opener, platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = take(opened().store, 10_000)
    agent = threading.Thread(target=serve, args=(data, lambda: open_store(data), Stumbling()))
    agent.start()
    try:
        until(lambda: (Channel(data, AGENT).ask({"do": "status"}) or {}).get("failure") == "terminal.agent_faulty")
        assert AgentLine(data).status().state is LinkState.OFFLINE
        Channel(data, AGENT).ask({"do": "wake"})
        until(lambda: platform.numbers(opened().name) == [taken.number])
    finally:
        Channel(data, AGENT).ask({"do": "stop"})
        agent.join()
    told = capsys.readouterr().out
    assert "run.crashed" in told
    assert "ZeroDivisionError" in told
    assert "000000194305120029" not in told
