"""A card reader behind the real host, in the driver's own process: every fault has its name, its time, and an end."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.host import DeviceHost
from kiosk.failure import Failure
from kiosk.model.devices import CardRead, Failed, ReadCard
from tests.devices.device_bench import QUICK, ask, begin, pid_of, running, until
from tests.stacks.pty import ANSWER, PlayedReader, played_reader, settings

pytestmark = pytest.mark.expects_logs
RECOVERY = 3.0


@pytest.fixture(scope="module")
def pty() -> Iterator[PlayedReader]:
    with played_reader("--already-read", "free") as reader:
        yield reader


@pytest.fixture
def played(pty: PlayedReader) -> PlayedReader:
    pty.do("reset")
    pty.do("plug")
    pty.do("already_read", rule="free")
    return pty


@pytest.fixture
def host(played: PlayedReader, tmp_path: Path) -> Iterator[DeviceHost]:
    with running(tmp_path, settings(played.port)) as one:
        until(lambda: one.status()[0].ready)
        yield one
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [], "a real driver keeps nothing"


def reads_again(host: DeviceHost) -> float:
    """Seconds until a card lying there is read, asking as a person would."""
    begun = time.monotonic()
    while not isinstance(ask(host, ReadCard(seconds=1.0)), CardRead):
        assert time.monotonic() - begun < RECOVERY
        time.sleep(0.05)
    return time.monotonic() - begun


def test_a_card_laid_down_while_it_is_waited_for_is_read(played: PlayedReader, host: DeviceHost) -> None:
    seen, _ = begin(host, ReadCard())
    time.sleep(0.3)
    played.do("lay", name="rare-name")
    event = seen.last()
    assert isinstance(event, CardRead)
    assert event.card.name == "演示·𠮷䶮㛃"
    assert len(event.card.secret) == 1024


def test_cards_are_told_as_they_come_and_go(played: PlayedReader, host: DeviceHost) -> None:
    told: list[bool] = []
    host.watch_card(told.append)
    until(lambda: told == [False])
    played.do("lay", name="li-xiaofang")
    until(lambda: told == [False, True])
    assert isinstance(ask(host, ReadCard()), CardRead)
    played.do("lift")
    until(lambda: told[-1] is False, 8.0)


def test_a_card_to_be_lifted_is_read_when_it_is_laid_down_again(played: PlayedReader, host: DeviceHost) -> None:
    """The way of the screen: the read fails, the person lifts the card, and its return is told and begins a new one."""
    played.do("already_read", rule="selectable")
    told: list[bool] = []
    host.watch_card(told.append)
    played.do("lay", name="li-xiaofang")
    assert isinstance(ask(host, ReadCard()), CardRead)
    assert begin(host, ReadCard())[0].failure() is Failure.CARD_LIFT_FIRST
    until(lambda: told[-1:] == [False])
    played.do("lay", name="li-xiaofang")
    until(lambda: told[-1:] == [True])
    assert isinstance(ask(host, ReadCard()), CardRead)


@pytest.mark.parametrize("step", ["select", "read", "address"])
def test_a_card_pulled_at_any_step_is_named_and_the_next_is_read(
    played: PlayedReader, host: DeviceHost, step: str
) -> None:
    played.do("lay", name="li-xiaofang", newest="演示省新址1号")
    assert isinstance(ask(host, ReadCard()), CardRead)
    played.do("pull", at=step)
    assert begin(host, ReadCard())[0].failure() is Failure.CARD_PULLED
    played.do("lay", name="zhang-xiuying")
    assert reads_again(host) < RECOVERY


@pytest.mark.parametrize(
    ("step", "places"), [("find", range(15)), ("select", range(19)), ("read", range(0, ANSWER, 13))]
)
def test_a_port_lost_at_a_byte_is_absent_and_the_next_read_works_by_itself(
    played: PlayedReader, host: DeviceHost, step: str, places: range
) -> None:
    """Every byte of the read itself is tried without the host, in test_sam_lines."""
    played.do("lay", name="li-xiaofang")
    pid = pid_of(host, "idcard")
    slowest = 0.0
    for place in places:
        played.do("close", at=place, on=step)
        begun = time.monotonic()
        assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_ABSENT
        slowest = max(slowest, time.monotonic() - begun, reads_again(host))
    assert slowest < RECOVERY
    assert pid_of(host, "idcard") == pid, "no restart was needed"


def test_a_reader_pulled_off_and_plugged_in_comes_back_without_being_asked(
    played: PlayedReader, host: DeviceHost
) -> None:
    played.do("unplug")
    until(lambda: host.status()[0].failure == Failure.DEVICE_ABSENT.code, 4.0)
    assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_ABSENT
    time.sleep(3.0)
    played.do("plug")
    until(lambda: host.status()[0].ready, RECOVERY)


def test_a_silent_reader_is_named_within_its_time_and_read_when_it_speaks_again(
    played: PlayedReader, host: DeviceHost
) -> None:
    played.do("lay", name="li-xiaofang")
    played.do("silence", times=1000)
    begun = time.monotonic()
    assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_ABSENT
    assert time.monotonic() - begun < 5.0
    played.do("reset")
    played.do("lay", name="li-xiaofang")
    assert reads_again(host) < RECOVERY


def test_a_disturbed_line_is_named_and_read_when_it_is_quiet_again(played: PlayedReader, host: DeviceHost) -> None:
    played.do("lay", name="li-xiaofang")
    played.do("flip", at=40, on="read", times=2)
    assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_DISTURBED
    assert reads_again(host) < RECOVERY


def test_a_frozen_driver_is_replaced_within_its_deadline_and_its_successor_reads(
    played: PlayedReader, host: DeviceHost
) -> None:
    played.do("lay", name="li-xiaofang")
    played.do("slow", seconds=0.6, on="read")
    seen, _ = begin(host, ReadCard())
    until(lambda: len(seen.events) > 0)
    os.kill(pid_of(host, "idcard"), signal.SIGSTOP)
    begun = time.monotonic()
    assert seen.failure() is Failure.DEVICE_HUNG
    assert time.monotonic() - begun < QUICK.card_silence + 1.0
    assert reads_again(host) < RECOVERY


def test_a_frozen_reader_is_silent_and_read_when_it_goes_on(tmp_path: Path) -> None:
    with (
        played_reader("--already-read", "free", "--card", "li-xiaofang") as reader,
        running(tmp_path, settings(reader.port)) as host,
    ):
        assert isinstance(ask(host, ReadCard()), CardRead)
        os.kill(reader.process.pid, signal.SIGSTOP)
        assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_ABSENT
        os.kill(reader.process.pid, signal.SIGCONT)
        assert reads_again(host) < RECOVERY


def test_a_port_held_by_another_program_is_told_busy(played: PlayedReader, host: DeviceHost, tmp_path: Path) -> None:
    with running(tmp_path, settings(played.port)) as second:
        until(lambda: second.status()[0].failure == Failure.DEVICE_BUSY.code)
        assert begin(second, ReadCard())[0].failure() is Failure.DEVICE_BUSY
        host.close()
        until(lambda: second.status()[0].ready, RECOVERY)


def test_a_wrong_option_is_told_and_not_a_crash(tmp_path: Path) -> None:
    with running(tmp_path, settings("/dev/null", baud="fast")) as host:
        until(lambda: host.status()[0].failure == Failure.CONFIG_INVALID.code)
        assert host.status()[0].detail == "option=baud"


def test_a_reader_with_a_wrong_option_leaves_the_card_to_its_neighbour(played: PlayedReader, tmp_path: Path) -> None:
    wrong, right = settings("/dev/null", baud="fast")["idcard"], settings(played.port)["idcard"]
    played.do("lay", name="li-xiaofang")
    with running(tmp_path, {"idcard": [wrong, right]}) as host:
        assert isinstance(ask(host, ReadCard()), CardRead)


def test_a_cancelled_wait_ends_at_once(played: PlayedReader, host: DeviceHost) -> None:
    process = pid_of(host, "idcard")
    seen, ticket = begin(host, ReadCard())
    time.sleep(0.2)
    begun = time.monotonic()
    host.cancel(ticket)
    assert seen.failure() is Failure.DEVICE_CANCELLED
    assert time.monotonic() - begun < 2.0
    assert pid_of(host, "idcard") == process
    played.do("lay", name="li-xiaofang")
    assert isinstance(ask(host, ReadCard()), CardRead)


def test_a_failure_tells_nothing_of_card_or_port(played: PlayedReader, host: DeviceHost) -> None:
    played.do("lay", name="li-xiaofang")
    played.do("status", code="33", on="read")
    seen, _ = begin(host, ReadCard())
    event = seen.last()
    assert isinstance(event, Failed)
    assert (event.failure, event.detail) == (Failure.CARD_REJECTED, "step=read, status=33")
    played.do("unplug")
    until(lambda: not host.status()[0].ready)
    assert "/" not in host.status()[0].detail
