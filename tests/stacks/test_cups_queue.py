"""The `cups` driver at a real cupsd: onto a real IPP printer, and onto the shipped one that misbehaves on command."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.host import DeviceHost
from kiosk.failure import Failure
from kiosk.model.devices import Failed, Finished
from tests.devices.device_bench import QUICK, ask, begin, pid_of, running, until
from tests.devices.ipp_bench import SimulatedIpp, drawn, drawn_pdf, likeness, simulated
from tests.stacks.cups import QUEUE, Cupsd, cupsd
from tests.stacks.ipp import ippeveprinter

pytestmark = pytest.mark.expects_logs

BRISK = {"reach": "1", "lost": "3", "hold": "1", "busy": "2", "settle": "0.6", "confirm": "2"}
LIMITS = replace(QUICK, print_silence=4.0, cancel=2.0)


def config(queue: Cupsd, **options: str) -> dict[str, Any]:
    return {"printer": {"driver": "cups", "queue": QUEUE, "server": queue.server, **BRISK, **options}}


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[SimulatedIpp]:
    with simulated(tmp_path / "tray", "--seconds", "0.1") as one:
        yield one


@pytest.fixture
def queue(printer: SimulatedIpp) -> Iterator[Cupsd]:
    with cupsd() as one:
        one.add(printer.uri)
        yield one


@pytest.fixture
def host(tmp_path: Path, queue: Cupsd) -> Iterator[DeviceHost]:
    with running(tmp_path, config(queue), LIMITS) as one:
        until(lambda: one.status()[0].ready)
        yield one


def failed(host: DeviceHost, pages: int = 1) -> Failed:
    event = ask(host, drawn(pages))
    assert isinstance(event, Failed), event
    return event


def test_a_queue_onto_a_real_printer_prints_the_same_page_of_a4(tmp_path: Path) -> None:
    with ippeveprinter(tmp_path / "printer") as printer, cupsd() as queue:
        queue.add(printer.uri)
        with running(tmp_path, config(queue), LIMITS) as host:
            assert isinstance(ask(host, drawn(1)), Finished)
            [document] = printer.printed()
            assert likeness(drawn_pdf(1), 0, document) < 0.01
            printer.set("nopaper")
            seen, _ = begin(host, drawn(1))
            time.sleep(0.8)
            printer.clear("nopaper")
            assert isinstance(seen.last(), Finished)
            assert len(printer.printed()) == 2


WITHOUT, RASTER_QUEUES = (2, 4, 3), (2, 4, 12)
"""CUPS 2.4.10 (Debian 13) looks for resolutions under a wrong type and makes no driverless queue for a printer that
takes raster alone; mended in 2.4.12. CUPS 2.4.2 (Debian 12) does."""


def _version() -> tuple[int, ...]:
    told = subprocess.run(
        ["dpkg-query", "-W", "-f=${Version}", "cups-daemon"], capture_output=True, text=True, check=True
    )
    return tuple(int(part) for part in told.stdout.partition("-")[0].split("."))


@pytest.mark.parametrize("formats", ["pdf", "raster"])
def test_a_queue_prints_what_its_printer_takes(tmp_path: Path, formats: str) -> None:
    with (
        simulated(tmp_path / "tray", "--seconds", "0", "--formats", formats) as printer,
        cupsd() as queue,
    ):
        if formats == "raster" and WITHOUT <= _version() < RASTER_QUEUES:
            with pytest.raises(AssertionError, match="required IPP attributes"):
                queue.add(printer.uri)
            return
        queue.add(printer.uri)
        with running(tmp_path, config(queue), LIMITS) as host:
            assert isinstance(ask(host, drawn(2)), Finished)
            pages = printer.pages()
            assert [likeness(drawn_pdf(2), number, page) < 0.03 for number, page in enumerate(pages)] == [True, True]


@pytest.mark.parametrize(("habit", "printed"), [("--unlisted", True), ("--history=0", False)])
def test_cupsd_is_believed_where_its_printer_lists_nothing_and_not_where_that_forgot_the_paper(
    tmp_path: Path, habit: str, *, printed: bool
) -> None:
    with simulated(tmp_path / "tray", "--seconds", "0.3", habit) as printer, cupsd() as queue:
        queue.add(printer.uri)
        with running(tmp_path, config(queue), LIMITS) as host:
            event = ask(host, drawn(1))
            assert isinstance(event, Finished) == printed
            assert printed or (isinstance(event, Failed) and event.failure is Failure.PRINT_UNCERTAIN)


def test_a_printed_paper_is_nowhere_on_the_disk_afterwards(host: DeviceHost, queue: Cupsd) -> None:
    assert isinstance(ask(host, drawn(1)), Finished)
    assert queue.kept() == []
    assert queue.client.jobs("completed", mine=False) == []


def test_a_paper_given_up_in_time_leaves_the_queue_and_the_printer(
    host: DeviceHost, printer: SimulatedIpp, queue: Cupsd
) -> None:
    printer.do("slow", seconds=5)
    seen, ticket = begin(host, drawn(1))
    until(lambda: [job["state"] for job in printer.jobs()] == ["processing"])
    host.cancel(ticket)
    asked = time.monotonic()
    assert seen.failure() is Failure.DEVICE_CANCELLED
    assert time.monotonic() - asked < 2.0
    assert (queue.waiting(), [job["state"] for job in printer.jobs()]) == (0, ["canceled"])


def test_a_paper_in_a_queue_that_somebody_stops_does_not_print_when_the_queue_goes_on(
    host: DeviceHost, printer: SimulatedIpp, queue: Cupsd
) -> None:
    printer.do("slow", seconds=4)
    seen, _ = begin(host, drawn(1))
    until(lambda: [job["state"] for job in printer.jobs()] == ["processing"])
    queue.order("cupsdisable", QUEUE)
    assert seen.failure() in {Failure.PRINTER_STOPPED, Failure.DEVICE_CANCELLED}
    assert queue.waiting() == 0
    assert failed(host).failure is Failure.PRINTER_STOPPED
    queue.order("cupsenable", QUEUE)
    printer.do("slow", seconds=0)
    until(lambda: host.status()[0].ready)
    assert printer.pages() == []
    assert isinstance(ask(host, drawn(1)), Finished)
    assert len(printer.pages()) == 1


def test_the_printer_behind_a_queue_says_what_is_wrong_before_cupsd_gets_anything(
    host: DeviceHost, printer: SimulatedIpp, queue: Cupsd
) -> None:
    printer.do("paper_out")
    assert failed(host).failure is Failure.PRINTER_PAPER_OUT
    assert queue.client.jobs("completed", mine=False) == []
    printer.do("refill")
    refilled = time.monotonic()
    until(lambda: host.status()[0].ready)
    assert time.monotonic() - refilled < 3.0


def test_a_jam_behind_a_queue_takes_the_paper_out_of_both(
    host: DeviceHost, printer: SimulatedIpp, queue: Cupsd
) -> None:
    printer.do("jam")
    assert failed(host).failure is Failure.PRINTER_JAM
    assert queue.waiting() == 0
    assert [job["state"] for job in printer.jobs()] == ["canceled"]


def test_a_paper_the_printer_aborts_is_not_tried_again_by_cupsd(
    host: DeviceHost, printer: SimulatedIpp, queue: Cupsd
) -> None:
    printer.do("abort", after=1)
    assert failed(host, 2).failure is Failure.PRINT_UNCERTAIN
    assert queue.waiting() == 0
    assert len(printer.pages()) == 1


@pytest.mark.parametrize("at", ["body", "accepted"])
def test_a_line_cut_between_cupsd_and_its_printer_prints_the_paper_exactly_once(
    host: DeviceHost, printer: SimulatedIpp, at: str
) -> None:
    # cupsd itself calls the first of these completed: nothing of it had reached the printer.
    printer.do("cut", at=at, seconds=0.5)
    assert isinstance(ask(host, drawn(1)), Finished)
    assert len(printer.pages()) == 1


def test_a_printer_killed_behind_a_queue_is_uncertain_in_time_and_prints_nothing_when_it_is_back(
    tmp_path: Path, host: DeviceHost, printer: SimulatedIpp, queue: Cupsd
) -> None:
    printer.do("slow", seconds=1)
    seen, _ = begin(host, drawn(2))
    until(lambda: [job["state"] for job in printer.jobs()] == ["processing"])
    port = str(printer.port)
    printer.end()
    killed = time.monotonic()
    assert seen.failure() is Failure.PRINT_UNCERTAIN
    assert time.monotonic() - killed < 10.0
    with simulated(tmp_path / "tray-2", "--port", port, "--seconds", "0") as again:
        on = time.monotonic()
        until(lambda: host.status()[0].ready)
        assert time.monotonic() - on < 3.0
        time.sleep(0.5)
        assert again.pages() == []
        assert queue.waiting() == 0
        assert isinstance(ask(host, drawn(1)), Finished)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_cupsd_ended_in_the_middle_and_started_again_prints_nothing_twice(
    host: DeviceHost, printer: SimulatedIpp, queue: Cupsd, how: signal.Signals
) -> None:
    queue.kill(signal.SIGTERM)
    queue.start()
    printer.do("slow", seconds=0.8)
    seen, _ = begin(host, drawn(2))
    until(lambda: [job["state"] for job in printer.jobs()] == ["processing"])
    queue.kill(how)
    time.sleep(0.3)
    queue.start()
    back = time.monotonic()
    event = seen.last()
    assert isinstance(event, Finished) or (isinstance(event, Failed) and event.failure is Failure.PRINT_UNCERTAIN)
    assert time.monotonic() - back < 8.0
    time.sleep(1.5)
    assert queue.waiting() == 0
    assert len(printer.pages()) <= 2
    assert isinstance(event, Finished) == (len(printer.pages()) == 2)
    printer.do("slow", seconds=0)
    assert isinstance(ask(host, drawn(1)), Finished)


def test_without_cupsd_the_printer_is_offline_and_it_is_well_soon_after_cupsd_is_back(
    host: DeviceHost, queue: Cupsd
) -> None:
    queue.kill(signal.SIGTERM)
    assert failed(host).failure is Failure.PRINTER_OFFLINE
    queue.start()
    back = time.monotonic()
    until(lambda: host.status()[0].ready)
    assert time.monotonic() - back < 3.0
    assert isinstance(ask(host, drawn(1)), Finished)


def test_what_an_earlier_life_left_in_a_queue_never_prints(tmp_path: Path, printer: SimulatedIpp, queue: Cupsd) -> None:
    printer.do("slow", seconds=8)
    with running(tmp_path, config(queue), replace(LIMITS, print_silence=1.5)) as host:
        seen, _ = begin(host, drawn(1))
        until(lambda: queue.waiting() == 1)
        os.kill(pid_of(host, "printer"), signal.SIGSTOP)
        assert seen.failure() is Failure.PRINT_UNCERTAIN
        until(lambda: "cancelled=" in host.status()[0].detail)
        assert queue.waiting() == 0
        until(lambda: {job["state"] for job in printer.jobs()} <= {"canceled"})
        assert printer.pages() == []
