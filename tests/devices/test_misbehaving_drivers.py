import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.check import check, describe
from devices.config import SIMULATED
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CardRead, Failed, Finished, ReadCard, ScanPages
from tests.devices.device_bench import QUICK, ask, begin, paper, pid_of, running, until

pytestmark = pytest.mark.expects_logs

READER = {"idcard": "sim"}
PRINTER = {"printer": "sim"}
SCANNER = {"scanner": "sim"}


def test_a_reader_killed_in_the_middle_of_a_read_costs_only_that_read(tmp_path: Path) -> None:
    with running(tmp_path, SIMULATED) as host:
        host.simulate("idcard", "slow", seconds=0.5)
        host.simulate("printer", "slow", seconds=0.2)
        host.simulate("idcard", "tap", name="li-xiaofang")
        before = {kind: pid_of(host, kind) for kind in SIMULATED}
        reading, _ = begin(host, ReadCard())
        printing, _ = begin(host, paper(4))
        until(lambda: len(reading.events) > 0)
        os.kill(before["idcard"], signal.SIGKILL)
        assert reading.failure() is Failure.DEVICE_CRASHED
        assert isinstance(printing.last(), Finished)
        host.simulate("idcard", "slow", seconds=0)
        assert isinstance(ask(host, ReadCard()), CardRead)
        after = {kind: pid_of(host, kind) for kind in SIMULATED}
        assert after["idcard"] != before["idcard"]
        assert (after["scanner"], after["printer"]) == (before["scanner"], before["printer"])


def test_a_driver_that_hangs_is_replaced_and_the_next_request_works(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        host.simulate("idcard", "tap", name="li-xiaofang")
        host.simulate("idcard", "hang")
        begun = time.monotonic()
        seen, _ = begin(host, ReadCard())
        assert seen.failure() is Failure.DEVICE_HUNG
        assert QUICK.card_silence <= time.monotonic() - begun < QUICK.card_silence + 2.0
        assert isinstance(ask(host, ReadCard()), CardRead)


def test_a_driver_frozen_between_requests_is_found_out_without_one(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER, replace(QUICK, idle=2.5)) as host:
        before = pid_of(host, "printer")
        os.kill(before, signal.SIGSTOP)
        until(lambda: not host.status()[0].ready)
        assert host.status()[0].failure == Failure.DEVICE_HUNG.code
        assert isinstance(ask(host, paper()), Finished)


def test_a_paper_sent_to_a_printer_that_was_frozen_already_is_printed_once_by_its_successor(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        os.kill(pid_of(host, "printer"), signal.SIGSTOP)
        assert isinstance(ask(host, paper()), Finished)
        assert len(list(tmp_path.glob("papers/*.pdf"))) == 1


def test_a_reader_too_slow_for_the_time_it_was_given_ends_in_time_by_itself(tmp_path: Path) -> None:
    with running(tmp_path, READER, replace(QUICK, card_grace=0.2)) as host:
        host.simulate("idcard", "slow", seconds=30)
        host.simulate("idcard", "tap", name="li-xiaofang")
        seen, _ = begin(host, ReadCard(seconds=0.5))
        # It waits inside the read and shows life all the while, but its time is up: the driver says so itself.
        assert seen.failure() is Failure.CARD_ABSENT


@pytest.mark.parametrize("trouble", ["hang", "crash"])
def test_a_paper_whose_printer_died_over_it_is_uncertain_and_never_comes_again_by_itself(
    tmp_path: Path, trouble: str
) -> None:
    with running(tmp_path, PRINTER) as host:
        host.simulate("printer", trouble)
        event = ask(host, paper())
        assert isinstance(event, Failed)
        assert event.failure is Failure.PRINT_UNCERTAIN
        assert event.detail == f"device.{'hung' if trouble == 'hang' else 'crashed'}"
        assert isinstance(ask(host, paper(title="after")), Finished)
        assert [path.name.endswith("-after.pdf") for path in tmp_path.glob("papers/*.pdf")] == [True]


def test_a_paper_that_came_out_is_told_printed_even_if_its_driver_dies_right_afterwards(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        host.simulate("printer", "slow", seconds=0.3)
        seen, _ = begin(host, paper(2))
        until(lambda: len(seen.events) > 0)
        host.simulate("printer", "crash", at="idle")
        assert isinstance(seen.last(), Finished)
        assert isinstance(ask(host, paper()), Finished)


def test_papers_behind_a_printer_that_dies_are_printed_when_it_is_back(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        host.simulate("printer", "crash")
        seen = [begin(host, paper(title=f"paper-{number}"))[0] for number in range(3)]
        assert seen[0].failure() is Failure.PRINT_UNCERTAIN
        assert [isinstance(one.last(), Finished) for one in seen[1:]] == [True, True]


def test_a_driver_that_keeps_crashing_is_told_quickly_and_comes_back_when_it_can(tmp_path: Path) -> None:
    with running(tmp_path, {"idcard": "sim", "printer": "sim"}) as host:
        host.simulate("idcard", "crash", at="open", times=3)
        before = pid_of(host, "idcard")
        os.kill(before, signal.SIGKILL)
        seen, _ = begin(host, ReadCard())
        begun = time.monotonic()
        assert seen.failure() is Failure.DEVICE_CRASHED
        assert time.monotonic() - begun < 3.0
        assert host.status()[0].failure == Failure.DEVICE_CRASHED.code
        again, _ = begin(host, ReadCard())
        assert again.failure(3.0) is Failure.DEVICE_CRASHED
        assert isinstance(ask(host, paper()), Finished)
        until(lambda: host.status()[0].ready)
        host.simulate("idcard", "tap", name="li-xiaofang")
        assert isinstance(ask(host, ReadCard()), CardRead)


def test_restarts_are_spaced_out_more_and_more() -> None:
    pauses = [QUICK.pause(crashes) for crashes in range(1, 14)]
    assert pauses[:4] == [0.0, 0.2, 0.4, 0.8]
    assert pauses == sorted(pauses)
    assert pauses[-1] == QUICK.longest_pause


def test_a_device_that_is_unplugged_is_named_and_found_again(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        host.simulate("idcard", "tap", name="li-xiaofang")
        before = pid_of(host, "idcard")
        host.simulate("idcard", "unplug")
        assert begin(host, ReadCard())[0].failure() is Failure.DEVICE_ABSENT
        until(lambda: host.status()[0].failure == Failure.DEVICE_ABSENT.code)
        host.simulate("idcard", "plug")
        assert isinstance(ask(host, ReadCard()), CardRead)
        assert host.status()[0].ready
        assert pid_of(host, "idcard") == before


def test_a_device_unplugged_in_the_middle_of_a_read_is_named(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        host.simulate("idcard", "slow", seconds=0.3)
        host.simulate("idcard", "tap", name="li-xiaofang")
        seen, _ = begin(host, ReadCard())
        until(lambda: len(seen.events) > 0)
        host.simulate("idcard", "unplug")
        assert seen.failure() is Failure.DEVICE_ABSENT


def test_a_driver_that_ignores_a_cancel_is_killed_and_replaced(tmp_path: Path) -> None:
    with running(tmp_path, READER, replace(QUICK, card_silence=30.0)) as host:
        before = pid_of(host, "idcard")
        host.simulate("idcard", "hang")
        seen, ticket = begin(host, ReadCard())
        time.sleep(0.3)
        begun = time.monotonic()
        host.cancel(ticket)
        assert seen.failure() is Failure.DEVICE_CANCELLED
        assert time.monotonic() - begun < QUICK.cancel + 1.0
        host.simulate("idcard", "tap", name="li-xiaofang")
        assert isinstance(ask(host, ReadCard()), CardRead)
        assert pid_of(host, "idcard") != before


def test_a_paper_called_off_while_it_prints_is_reported_as_it_ended(tmp_path: Path) -> None:
    with running(tmp_path, PRINTER) as host:
        host.simulate("printer", "slow", seconds=0.3)
        seen, ticket = begin(host, paper(3))
        until(lambda: len(seen.events) > 0)
        host.cancel(ticket)
        assert seen.failure() is Failure.PRINT_UNCERTAIN


def test_every_request_gets_exactly_one_end_whatever_happens_to_its_driver(tmp_path: Path) -> None:
    with running(tmp_path, SIMULATED) as host:
        host.simulate("idcard", "tap", name="li-xiaofang")
        all_seen = []
        for turn in range(12):
            pids = [seat.child.pid for seat in host._seats if seat.child is not None]
            for request in (ReadCard(seconds=1.0), ScanPages(dpi=75), paper(2)):
                seen, ticket = begin(host, request)
                all_seen.append(seen)
                if turn % 3 == 1:
                    host.cancel(ticket)
            if turn % 3 == 2:
                for pid in pids:
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05 * (turn % 4))
        for seen in all_seen:
            seen.last()
        time.sleep(0.5)
        for seen in all_seen:
            ends = [event for event in seen.events if isinstance(event, CardRead | Finished | Failed)]
            assert len(ends) == 1
            assert seen.events[-1] is ends[0]


def test_the_doctor_feels_for_every_device_and_says_which_are_simulated(tmp_path: Path) -> None:
    with running(tmp_path, SIMULATED, replace(QUICK, idle=60.0)) as host:
        assert [(status.kind, status.ready, status.simulated) for status in check(host)] == [
            ("idcard", True, True),
            ("scanner", True, True),
            ("printer", True, True),
        ]
        reader_pid = pid_of(host, "idcard")
        host.simulate("printer", "paper_out")
        host.simulate("scanner", "jam")
        ask(host, ScanPages())
        os.kill(reader_pid, signal.SIGSTOP)
        reader, scanner, printer = check(host, 1.0)
        assert (reader.ready, reader.failure) == (False, Failure.DEVICE_HUNG.code)
        assert (scanner.ready, scanner.failure) == (False, Failure.SCANNER_JAM.code)
        assert (printer.ready, printer.failure) == (False, Failure.PRINTER_PAPER_OUT.code)
        assert describe(printer) == "打印机 printer (sim): 模拟设备,不可用 printer.paper_out simulated, not ready"
        assert describe(
            replace(printer, kind="printer-2", simulated=False, ready=True, failure=None, detail="ink 40 %")
        ) == ("打印机 2 printer (sim): 正常 well [ink 40 %]")


def test_what_a_simulator_does_not_know_is_refused_and_does_it_no_harm(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        before = pid_of(host, "idcard")
        unknown: tuple[tuple[str, dict[str, Any]], ...] = (
            ("dance", {}),
            ("tap", {}),
            ("tap", {"name": "nobody"}),
            ("tap", {"name": "../cards/li-xiaofang"}),
            ("lift", {"name": "x"}),
            ("hang", {"at": "breakfast"}),
            ("slow", {"seconds": "much"}),
        )
        for action, args in unknown:
            with pytest.raises(KioskError) as refused:
                host.simulate("idcard", action, **args)
            assert refused.value.failure is Failure.CONFIG_INVALID
        with pytest.raises(KioskError) as refused:
            host.simulate("printer", "jam")
        assert refused.value.failure is Failure.DEVICE_ABSENT
        assert pid_of(host, "idcard") == before


def test_asking_a_driver_from_an_event_is_refused_instead_of_waiting_for_ever(tmp_path: Path) -> None:
    with running(tmp_path, READER) as host:
        errors: list[BaseException] = []

        def ask_again(_: object) -> None:
            try:
                host.simulate("idcard", "lift")
            except RuntimeError as error:
                errors.append(error)

        host.start(ReadCard(seconds=0.1), ask_again)
        until(lambda: len(errors) == 1)
