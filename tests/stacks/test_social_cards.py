"""Social-security cards through a real pcscd, its virtual reader and pyscard; only the chip is played."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.idcard.pcsc.watcher import LONGEST_PAUSE
from kiosk.failure import Failure
from kiosk.model.devices import CardRead, ReadCard
from kiosk.model.people import CardMedium
from tests.devices.device_bench import begin, pid_of, running, until
from tests.stacks.card_reader import BACK_WITHIN, PATIENT, failure, name, reader, reads_again, ready
from tests.stacks.pcscd import PORT, CardProcess, Pcscd, asks_polkit, own_pcscd

pytestmark = pytest.mark.expects_logs

COMMANDS = 9
# The virtual reader is asked every 0.4 s whether its card is still there.
SEEN = 0.6


@pytest.fixture
def pcscd() -> Iterator[Pcscd]:
    with own_pcscd() as stack:
        stack.start_open()
        yield stack


@pytest.fixture
def card(pcscd: Pcscd) -> Iterator[CardProcess]:
    process = pcscd.card()
    try:
        yield process
    finally:
        process.close()


def test_a_card_is_read_whole_and_says_what_it_is(pcscd: Pcscd, card: CardProcess, tmp_path: Path) -> None:
    with reader(pcscd, tmp_path) as host:
        seen, _ = begin(host, ReadCard(10))
        ready(host)
        card.do("insert", card="rare-name")
        event = seen.last()
        assert isinstance(event, CardRead)
        assert event.card.name == "演示·𠮷䶮㛃"
        assert event.card.id_no == "000000197901300134"
        assert event.card.medium is CardMedium.SOCIAL_SECURITY
        assert len(event.card.secret) == 16
        assert host.status()[0].detail == "Virtual PCD 00 00, Virtual PCD 00 01"
        assert "演示" not in repr(event)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "manners",
    [
        {"numbering": "identifiers"},
        {"numbering": "numbers"},
        {"lengths": "exact"},
        {"lengths": "fetched"},
        {"lengths": "zero", "numbering": "numbers"},
    ],
    ids=lambda manners: " ".join(manners.values()),
)
def test_cards_of_every_make_are_read(pcscd: Pcscd, card: CardProcess, tmp_path: Path, manners: dict[str, str]) -> None:
    with reader(pcscd, tmp_path) as host:
        card.do("insert", card="ayiguli", **manners)
        assert name(host) == "演示·阿依古丽·买买提"
        told = card.do("state")["commands"]
        assert "B20700" not in told
        assert "B2072C" not in told


@pytest.mark.parametrize(
    ("manners", "expected"),
    [
        ({"application": False}, Failure.CARD_WRONG),
        ({"status": "6982"}, Failure.CARD_NEEDS_VENDOR),
        ({"locked": "6283"}, Failure.CARD_REJECTED),
        ({"records": "garbled"}, Failure.CARD_UNREADABLE),
        ({"mute": True}, Failure.CARD_UNREADABLE),
    ],
    ids=lambda value: value.name if isinstance(value, Failure) else "",
)
def test_a_card_that_cannot_be_read_says_why_and_the_next_one_is_read(
    pcscd: Pcscd, card: CardProcess, tmp_path: Path, manners: dict[str, object], expected: Failure
) -> None:
    with reader(pcscd, tmp_path) as host:
        card.do("insert", card="li-xiaofang", **manners)
        assert failure(host) is expected
        reads_again(host, card)


def test_a_card_pulled_at_any_command_is_a_card_pulled(pcscd: Pcscd, card: CardProcess, tmp_path: Path) -> None:
    with reader(pcscd, tmp_path) as host:
        ready(host)
        process = pid_of(host, "idcard")
        for command in range(1, COMMANDS + 1):
            card.do("insert", card="li-xiaofang")
            card.do("at", command=command, how="half" if command in {2, 5, COMMANDS} else "pull")
            begun = time.monotonic()
            assert failure(host) is Failure.CARD_PULLED, command
            assert time.monotonic() - begun < 2.5
        reads_again(host, card)
        assert pid_of(host, "idcard") == process


@pytest.mark.parametrize("how", ["scrap", "hang"])
def test_a_disturbed_card_is_told_in_time_and_read_once_it_is_put_in_again(
    pcscd: Pcscd, card: CardProcess, tmp_path: Path, how: str
) -> None:
    with reader(pcscd, tmp_path) as host:
        ready(host)
        process = pid_of(host, "idcard")
        for command in (1, COMMANDS):
            card.do("remove")
            time.sleep(SEEN)
            card.do("insert", card="li-xiaofang")
            card.do("at", command=command, how=how)
            begun = time.monotonic()
            assert failure(host) is Failure.DEVICE_DISTURBED, command
            assert time.monotonic() - begun < 3.0
        # It still hangs: no second command is put behind the first, and a request that has waited for it says so.
        if how == "hang":
            assert failure(host, 0.7) is Failure.DEVICE_DISTURBED
            assert not host.status()[0].ready
        reads_again(host, card)
        assert pid_of(host, "idcard") == process


def test_a_slow_card_is_waited_for_and_a_request_called_off_meanwhile_ends_at_once(
    pcscd: Pcscd, card: CardProcess, tmp_path: Path
) -> None:
    with reader(pcscd, tmp_path) as host:
        card.do("insert", card="li-xiaofang")
        card.do("at", command=1, how="wait", seconds=0.2, every=True)
        begun = time.monotonic()
        assert name(host) == "演示·李晓芳"
        assert time.monotonic() - begun >= COMMANDS * 0.2
        seen, ticket = begin(host, ReadCard(5))
        time.sleep(0.3)
        begun = time.monotonic()
        host.cancel(ticket)
        assert seen.failure() is Failure.DEVICE_CANCELLED
        assert time.monotonic() - begun < (COMMANDS - 4) * 0.2, "as long as the rest of the card"
        reads_again(host, card)


def test_pcscd_stopped_and_started_again_is_found_again_by_the_same_driver(
    pcscd: Pcscd, card: CardProcess, tmp_path: Path
) -> None:
    with reader(pcscd, tmp_path) as host:
        ready(host)
        process = pid_of(host, "idcard")
        pcscd.stop()
        until(lambda: host.status()[0].failure == Failure.CARD_SERVICE_DOWN.code, 5.0)
        assert failure(host) is Failure.CARD_SERVICE_DOWN
        pcscd.start_open()
        begun = time.monotonic()
        ready(host, BACK_WITHIN)
        assert time.monotonic() - begun < BACK_WITHIN
        reads_again(host, card)
        assert pid_of(host, "idcard") == process


@pytest.mark.parametrize("command", [1, 4, COMMANDS])
def test_pcscd_killed_in_the_middle_of_a_card_is_a_service_that_is_down(
    pcscd: Pcscd, card: CardProcess, tmp_path: Path, command: int
) -> None:
    with reader(pcscd, tmp_path) as host:
        card.do("insert", card="li-xiaofang")
        card.do("at", command=command, how="wait", seconds=0.8)
        seen, _ = begin(host, ReadCard(5))
        until(lambda: len(card.do("state")["commands"]) == command)
        pcscd.stop(signal.SIGKILL)
        assert seen.failure() is Failure.CARD_SERVICE_DOWN
        pcscd.start_open()
        reads_again(host, card, meanwhile=Failure.CARD_SERVICE_DOWN)


def test_a_pcscd_that_stands_still_is_a_service_that_is_down_and_costs_no_process(
    pcscd: Pcscd, card: CardProcess, tmp_path: Path
) -> None:
    with reader(pcscd, tmp_path) as host:
        ready(host)
        process = pid_of(host, "idcard")
        pcscd.freeze()
        until(lambda: host.status()[0].failure == Failure.CARD_SERVICE_DOWN.code, 8.0)
        assert failure(host) is Failure.CARD_SERVICE_DOWN
        pcscd.thaw()
        begun = time.monotonic()
        ready(host, BACK_WITHIN)
        assert time.monotonic() - begun < BACK_WITHIN
        reads_again(host, card)
        assert pid_of(host, "idcard") == process


def test_a_reader_unplugged_is_absent_and_is_used_again_once_it_is_back(
    pcscd: Pcscd, card: CardProcess, tmp_path: Path
) -> None:
    with reader(pcscd, tmp_path) as host:
        ready(host)
        process = pid_of(host, "idcard")
        pcscd.unplug()
        until(lambda: host.status()[0].failure == Failure.DEVICE_ABSENT.code, 6.0)
        assert failure(host) is Failure.DEVICE_ABSENT
        pcscd.plug()
        begun = time.monotonic()
        ready(host, BACK_WITHIN)
        assert time.monotonic() - begun < BACK_WITHIN
        reads_again(host, card)
        assert pid_of(host, "idcard") == process


def test_a_driver_frozen_in_the_middle_of_a_card_is_replaced_and_the_card_read(
    pcscd: Pcscd, card: CardProcess, tmp_path: Path
) -> None:
    with reader(pcscd, tmp_path) as host:
        card.do("insert", card="li-xiaofang")
        card.do("at", command=4, how="wait", seconds=0.7)
        seen, _ = begin(host, ReadCard(10))
        until(lambda: len(card.do("state")["commands"]) >= 4)
        begun = time.monotonic()
        os.kill(pid_of(host, "idcard"), signal.SIGSTOP)
        assert seen.failure() is Failure.DEVICE_HUNG
        assert time.monotonic() - begun < PATIENT.card_silence + 1.0
        begun = time.monotonic()
        assert name(host) == "演示·李晓芳"
        assert time.monotonic() - begun < BACK_WITHIN


def test_the_reader_can_be_chosen_by_a_part_of_its_name(pcscd: Pcscd, card: CardProcess, tmp_path: Path) -> None:
    second = pcscd.card(PORT + 1)
    try:
        with reader(pcscd, tmp_path, reader="pcd 00 01") as host:
            ready(host)
            assert host.status()[0].detail == "Virtual PCD 00 01"
            card.do("insert", card="li-xiaofang")
            assert failure(host, 1.0) is Failure.CARD_ABSENT
            second.do("insert", card="wang-jianguo")
            assert name(host) == "演示·王建国"
        with reader(pcscd, tmp_path, reader="Nobody") as host:
            until(lambda: host.status()[0].failure == Failure.DEVICE_ABSENT.code)
            assert host.status()[0].detail == "readers=2"
    finally:
        second.close()


def test_a_security_module_in_a_second_slot_is_passed_over_once_it_was_refused(pcscd: Pcscd, tmp_path: Path) -> None:
    module, person = pcscd.card(), pcscd.card(PORT + 1)
    try:
        with reader(pcscd, tmp_path) as host:
            module.do("insert", card="li-xiaofang", application=False)
            assert failure(host) is Failure.CARD_WRONG
            seen, _ = begin(host, ReadCard(10))
            time.sleep(0.5)
            person.do("insert", card="wang-jianguo")
            event = seen.last()
            assert isinstance(event, CardRead)
            assert event.card.name == "演示·王建国"
    finally:
        module.close()
        person.close()


def test_a_bank_card_left_in_one_reader_does_not_keep_people_from_the_other(
    pcscd: Pcscd, card: CardProcess, tmp_path: Path
) -> None:
    table = {"idcard": [pcscd.options(), {"driver": "sim"}]}
    moves: list[bool] = []
    with running(tmp_path, table, PATIENT) as host:
        host.watch_card(moves.append)
        ready(host)
        card.do("insert", card="li-xiaofang", application=False)
        seen, _ = begin(host, ReadCard(5))
        # Whoever has just put it in is told at once, although the other reader still waits.
        assert seen.failure(3.0) is Failure.CARD_WRONG
        until(lambda: moves[-1:] == [False])
        begun = time.monotonic()
        seen, _ = begin(host, ReadCard(5))
        time.sleep(0.3)
        host.simulate("idcard", "tap", device=2, name="zhang-xiuying")
        event = seen.last()
        assert isinstance(event, CardRead)
        assert event.card.medium is CardMedium.IDENTITY_DOCUMENT
        assert time.monotonic() - begun < 2.0
        # The bank card is news again after it was taken out and put in.
        host.simulate("idcard", "lift", device=2)
        card.do("remove")
        time.sleep(SEEN)
        card.do("insert", card="li-xiaofang", application=False)
        until(lambda: moves[-1:] == [True])
        assert failure(host) is Failure.CARD_WRONG


def test_a_card_service_that_is_down_leaves_the_other_reader_in_peace(tmp_path: Path) -> None:
    with own_pcscd() as stack:
        table = {"idcard": [stack.options(), {"driver": "sim"}]}
        with running(tmp_path, table, PATIENT) as host:
            until(lambda: host.status()[0].failure == Failure.CARD_SERVICE_DOWN.code)
            seen, _ = begin(host, ReadCard(10))
            time.sleep(0.3)
            host.simulate("idcard", "tap", device=2, name="zhang-xiuying")
            assert isinstance(seen.last(), CardRead)


def test_the_seven_causes_of_a_dead_card_reader_are_seven_failures(tmp_path: Path) -> None:
    with own_pcscd() as stack, reader(stack, tmp_path) as host:
        told = [failure(host)]  # pcscd does not run
        with refusing(stack):
            time.sleep(2 * LONGEST_PAUSE)
            told.append(failure(host))
        stack.unplug()
        time.sleep(2 * LONGEST_PAUSE)
        told.append(failure(host))
        stack.plug()
        time.sleep(2 * LONGEST_PAUSE)
        told.append(failure(host, 0.5))  # no card
        card = stack.card()
        try:
            card.do("insert", card="li-xiaofang", application=False)
            told.append(failure(host))
            for how in ("scrap", "pull"):
                card.do("insert", card="li-xiaofang")
                card.do("at", command=3, how=how)
                told.append(failure(host))
        finally:
            card.close()
    assert told == [
        Failure.CARD_SERVICE_DOWN,
        Failure.DEVICE_FORBIDDEN,
        Failure.DEVICE_ABSENT,
        Failure.CARD_ABSENT,
        Failure.CARD_WRONG,
        Failure.DEVICE_DISTURBED,
        Failure.CARD_PULLED,
    ]


@contextmanager
def refusing(stack: Pcscd) -> Iterator[None]:
    """A pcscd that lets nobody in: the real one where it asks polkit, else one that says what the real one says."""
    if asks_polkit():
        stack.start()
        yield
        stack.stop()
        return
    with subprocess.Popen(
        [sys.executable, "-m", "tests.stacks.pcscd_refusing", stack.socket],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield
        process.communicate()
    Path(stack.socket).unlink()
