"""The `ipp` driver with the shipped printer in a process of its own: what comes out, and what is said of it."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from devices.host import DeviceHost
from devices.printer.ipp.client import Client
from devices.printer.ipp.transport import Line, endpoint_of
from kiosk.failure import Failure
from kiosk.model.devices import DeviceKind, Failed, Finished, PageSize, PrintPaper, Ticket
from tests.devices.device_bench import QUICK, ask, begin, pid_of, running, until
from tests.devices.ipp_bench import SimulatedIpp, drawn, drawn_pdf, likeness, simulated

pytestmark = pytest.mark.expects_logs

BRISK = {"reach": "1", "lost": "3", "hold": "0.6", "busy": "1", "settle": "0.4", "confirm": "2"}
LIMITS = replace(QUICK, print_silence=4.0, cancel=2.0)


def config(printer: SimulatedIpp, **options: str) -> dict[str, Any]:
    return {"printer": {"driver": "ipp", "uri": printer.uri, **BRISK, **options}}


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[SimulatedIpp]]:
    """The simulator of this page, and those that were killed before it."""
    started = [SimulatedIpp(tmp_path_factory.mktemp("tray"), "--seconds", "0.05")]
    yield started
    for one in started:
        one.end()


@pytest.fixture
def printer(machines: list[SimulatedIpp], tmp_path: Path) -> SimulatedIpp:
    """A printer in order, with an empty tray."""
    if machines[-1].process.poll() is not None:
        machines.append(SimulatedIpp(tmp_path / "tray", "--seconds", "0.05"))
    machines[-1].do("reset")
    for page in machines[-1].pages():
        page.unlink()
    return machines[-1]


@pytest.fixture
def host(tmp_path: Path, printer: SimulatedIpp) -> Iterator[DeviceHost]:
    with running(tmp_path, config(printer), LIMITS) as one:
        yield one


def failed(host: DeviceHost, paper: PrintPaper) -> Failed:
    event = ask(host, paper)
    assert isinstance(event, Failed), event
    return event


def trouble(host: DeviceHost) -> str | None:
    return host.status()[0].failure


# what comes out


def test_one_sheet_of_a4_comes_out_and_shows_what_the_paper_says(host: DeviceHost, printer: SimulatedIpp) -> None:
    assert ask(host, drawn(1)) == Finished(Ticket(DeviceKind.PRINTER, 1), 1)
    [page] = printer.pages()
    with Image.open(page) as image:
        assert image.size == (1241, 1754)
    assert likeness(drawn_pdf(1), 0, page) < 0.02
    assert likeness(drawn_pdf(2), 1, page) > likeness(drawn_pdf(1), 0, page)


def test_a_printer_that_takes_no_pdf_gets_pictures_of_the_same_pages(tmp_path: Path) -> None:
    with (
        simulated(tmp_path / "tray", "--formats", "raster", "--seconds", "0") as printer,
        running(tmp_path, config(printer), LIMITS) as host,
    ):
        assert isinstance(ask(host, drawn(2)), Finished)
        pages = printer.pages()
        assert [likeness(drawn_pdf(2), number, page) < 0.02 for number, page in enumerate(pages)] == [True, True]
        with Image.open(pages[0]) as image:
            assert image.size == (2481, 3508)
            red, green, _ = image.split()
            assert ImageChops.subtract(red, green).histogram()[150:] != [0] * 106


def test_a_printer_that_takes_neither_pdf_nor_raster_is_told_apart_from_a_broken_one(tmp_path: Path) -> None:
    with (
        simulated(tmp_path / "tray", "--formats", "jpeg") as printer,
        running(tmp_path, config(printer), LIMITS) as host,
    ):
        event = failed(host, drawn(1))
        assert (event.failure, event.detail) == (Failure.PRINT_REFUSED, "reason=no_common_format")
        assert printer.jobs() == []


@pytest.mark.parametrize("habit", ["--no-counter", "--unlisted"])
def test_a_printer_that_tells_little_is_believed_when_it_says_completed(tmp_path: Path, habit: str) -> None:
    with (
        simulated(tmp_path / "tray", "--seconds", "0", habit) as printer,
        running(tmp_path, config(printer), LIMITS) as host,
    ):
        assert isinstance(ask(host, drawn(2)), Finished)
        assert len(printer.pages()) == 2


@pytest.mark.parametrize("content", [b"%PDF-1.4 torn", b"no paper at all", drawn_pdf(1)[:-400]])
def test_what_is_no_whole_pdf_never_reaches_the_printer(
    host: DeviceHost, printer: SimulatedIpp, content: bytes
) -> None:
    assert failed(host, PrintPaper(content, "torn")).failure is Failure.PRINT_REFUSED
    assert printer.jobs() == []


def test_a_roll_paper_is_not_sent_to_an_a4_printer(host: DeviceHost, printer: SimulatedIpp) -> None:
    assert failed(host, PrintPaper(drawn_pdf(1), "roll", PageSize.ROLL_80)).failure is Failure.PRINT_REFUSED
    assert printer.jobs() == []


# status before


@pytest.mark.parametrize(
    ("wrong", "words", "right", "failure"),
    [
        ("paper_out", {}, "refill", Failure.PRINTER_PAPER_OUT),
        ("letter", {}, "a4", Failure.PRINTER_PAPER_OUT),
        ("cover_open", {}, "cover_close", Failure.PRINTER_COVER_OPEN),
        ("stop", {"reason": "toner-empty"}, "go_on", Failure.PRINTER_STOPPED),
        ("stop", {"reason": "media-jam"}, "go_on", Failure.PRINTER_JAM),
    ],
)
def test_what_stands_in_the_way_is_named_before_anything_is_sent_and_gone_soon_after_its_cause(
    host: DeviceHost, printer: SimulatedIpp, wrong: str, words: dict[str, str], right: str, failure: Failure
) -> None:
    printer.do(wrong, **words)
    assert failed(host, drawn(1)).failure is failure
    assert trouble(host) == failure.code
    assert printer.jobs() == []
    printer.do(right)
    mended = time.monotonic()
    until(lambda: host.status()[0].ready)
    assert time.monotonic() - mended < 3.0
    assert isinstance(ask(host, drawn(1)), Finished)


@pytest.mark.parametrize(
    ("what", "failure"), [("media", Failure.PRINTER_PAPER_LOW), ("toner", Failure.PRINTER_TONER_LOW)]
)
def test_what_is_nearly_used_up_is_a_warning_and_prints(
    host: DeviceHost, printer: SimulatedIpp, what: str, failure: Failure
) -> None:
    printer.do("low", what=what)
    assert isinstance(ask(host, drawn(1)), Finished)
    until(lambda: host.status()[0].warning == failure.code)
    status = host.status()[0]
    assert status.ready
    assert f"{what}-low" in status.detail


def test_a_printer_that_is_switched_off_is_offline_and_ready_soon_after_it_is_switched_on(tmp_path: Path) -> None:
    with simulated(tmp_path / "tray", "--seconds", "0") as first:
        settings, port = config(first), str(first.port)
        first.end()
        with running(tmp_path, settings, LIMITS) as host:
            begun = time.monotonic()
            assert failed(host, drawn(1)).failure is Failure.PRINTER_OFFLINE
            assert time.monotonic() - begun < 4.0
            assert trouble(host) == Failure.PRINTER_OFFLINE.code
            with simulated(tmp_path / "tray", "--port", port, "--seconds", "0") as second:
                on = time.monotonic()
                until(lambda: host.status()[0].ready)
                assert time.monotonic() - on < 3.0
                assert isinstance(ask(host, drawn(1)), Finished)
                assert len(second.pages()) == 1


def test_a_wrong_word_in_the_settings_is_named(tmp_path: Path) -> None:
    for options in ({"uri": "http://x/"}, {"uri": "ipp://h/p", "hold": "soon"}, {"uri": "ipp://h/p", "sides": "all"}):
        with running(tmp_path, {"printer": {"driver": "ipp", **options}}, LIMITS) as host:
            until(lambda: host.status()[0].failure is not None)
            assert host.status()[0].failure == Failure.CONFIG_INVALID.code
            assert host.status()[0].detail == f"option={list(options)[-1]}"


# the line breaks


@pytest.mark.parametrize(
    ("at", "seconds"),
    [
        ("connect", 0.0),
        ("body", 0.0),
        ("body", 0.7),
        ("answer", 0.7),
        ("accepted", 0.0),
        ("accepted", 0.7),
        ("answered", 0.7),
    ],
)
def test_a_line_cut_at_any_moment_prints_the_paper_exactly_once(
    host: DeviceHost, printer: SimulatedIpp, at: str, seconds: float
) -> None:
    assert isinstance(ask(host, drawn(1)), Finished)
    printer.do("cut", at=at, seconds=seconds)
    assert isinstance(ask(host, drawn(1)), Finished)
    assert len(printer.pages()) == 2
    assert [job["state"] for job in printer.jobs()] == ["completed", "completed"]


def test_a_cable_pulled_for_two_seconds_while_it_prints_costs_nothing(host: DeviceHost, printer: SimulatedIpp) -> None:
    printer.do("slow", seconds=0.5)
    seen, _ = begin(host, drawn(2))
    until(lambda: printer.jobs() != [])
    printer.do("deaf", seconds=2.0)
    assert isinstance(seen.last(), Finished)
    assert len(printer.pages()) == 2


def test_an_answer_that_comes_late_is_waited_for(host: DeviceHost, printer: SimulatedIpp) -> None:
    printer.do("silent", seconds=1.5)
    assert isinstance(ask(host, drawn(1)), Finished)
    assert len(printer.pages()) == 1


def test_an_unanswered_paper_is_uncertain_at_a_printer_that_forgets_what_it_has_done(tmp_path: Path) -> None:
    with (
        simulated(tmp_path / "tray", "--history", "0", "--seconds", "0") as printer,
        running(tmp_path, config(printer), LIMITS) as host,
    ):
        printer.do("cut", at="accepted", seconds=0.5)
        assert failed(host, drawn(1)).failure is Failure.PRINT_UNCERTAIN
        assert len(printer.pages()) == 1


@pytest.mark.parametrize("at", ["body", "accepted", "page"])
def test_a_printer_whose_plug_is_pulled_with_a_paper_in_it_is_uncertain_in_time(
    host: DeviceHost, printer: SimulatedIpp, at: str
) -> None:
    printer.do("die", at=at)
    begun = time.monotonic()
    event = failed(host, drawn(1))
    assert event.failure is Failure.PRINT_UNCERTAIN
    assert time.monotonic() - begun < 8.0
    assert printer.pages() == []


def test_a_printer_switched_off_and_on_has_forgotten_the_paper_and_prints_the_next_one(
    host: DeviceHost, printer: SimulatedIpp
) -> None:
    printer.do("slow", seconds=3)
    seen, _ = begin(host, drawn(1))
    until(lambda: printer.jobs() != [])
    printer.do("forget")
    assert seen.failure() is Failure.PRINT_UNCERTAIN
    printer.do("slow", seconds=0)
    assert isinstance(ask(host, drawn(1)), Finished)


# trouble in the middle


def test_paper_put_in_while_the_printer_waits_for_it_ends_the_paper_well(tmp_path: Path) -> None:
    with (
        simulated(tmp_path / "tray", "--seconds", "0.05") as printer,
        running(tmp_path, config(printer, hold="6"), LIMITS) as host,
    ):
        printer.do("sheets", count=1)
        seen, _ = begin(host, drawn(2))
        until(lambda: "media-empty-error" in printer.do("state")["reasons"])
        time.sleep(1.0)
        printer.do("refill")
        refilled = time.monotonic()
        assert isinstance(seen.last(), Finished)
        assert time.monotonic() - refilled < 3.0
        assert len(printer.pages()) == 2


def test_a_jam_before_the_first_sheet_takes_the_paper_back_and_says_jam(
    host: DeviceHost, printer: SimulatedIpp
) -> None:
    printer.do("jam")
    event = failed(host, drawn(1))
    assert (event.failure, event.detail) == (Failure.PRINTER_JAM, "reason=media-jam")
    assert [job["state"] for job in printer.jobs()] == ["canceled"]
    printer.do("clear")
    assert isinstance(ask(host, drawn(1)), Finished)
    assert len(printer.pages()) == 1


def test_paper_that_runs_out_after_the_first_sheet_is_uncertain_and_nothing_follows_after_the_refill(
    host: DeviceHost, printer: SimulatedIpp
) -> None:
    printer.do("sheets", count=1)
    event = failed(host, drawn(2))
    assert (event.failure, event.detail) == (Failure.PRINT_UNCERTAIN, "cause=printer.paper_out")
    printer.do("refill")
    time.sleep(0.5)
    assert len(printer.pages()) == 1


@pytest.mark.parametrize(("after", "failure"), [(0, Failure.PRINT_REFUSED), (1, Failure.PRINT_UNCERTAIN)])
def test_a_job_the_printer_gives_up_counts_as_not_printed_only_before_its_first_sheet(
    host: DeviceHost, printer: SimulatedIpp, after: int, failure: Failure
) -> None:
    printer.do("abort", after=after)
    assert failed(host, drawn(2)).failure is failure
    assert len(printer.pages()) == after


def test_a_busy_printer_is_waited_for_and_then_named(host: DeviceHost, printer: SimulatedIpp) -> None:
    printer.do("busy")
    assert failed(host, drawn(1)).failure is Failure.PRINTER_BUSY
    seen, _ = begin(host, drawn(1))
    time.sleep(0.5)
    printer.do("free")
    assert isinstance(seen.last(), Finished)
    assert len(printer.pages()) == 1


def test_a_paper_given_up_before_its_first_sheet_is_cancelled_at_the_printer(
    host: DeviceHost, printer: SimulatedIpp
) -> None:
    printer.do("slow", seconds=5)
    seen, ticket = begin(host, drawn(1))
    until(lambda: printer.jobs() != [])
    host.cancel(ticket)
    asked = time.monotonic()
    assert seen.failure() is Failure.DEVICE_CANCELLED
    assert time.monotonic() - asked < 2.0
    assert [job["state"] for job in printer.jobs()] == ["canceled"]
    assert printer.pages() == []


# nothing stale


def test_a_frozen_driver_makes_the_paper_uncertain_and_its_successor_calls_it_back(
    tmp_path: Path, printer: SimulatedIpp
) -> None:
    with running(tmp_path, config(printer), replace(LIMITS, print_silence=1.5)) as host:
        printer.do("slow", seconds=6)
        seen, _ = begin(host, drawn(1))
        until(lambda: printer.jobs() != [])
        os.kill(pid_of(host, "printer"), signal.SIGSTOP)
        frozen = time.monotonic()
        assert seen.failure() is Failure.PRINT_UNCERTAIN
        assert time.monotonic() - frozen < 4.0
        until(lambda: "cancelled=1" in host.status()[0].detail)
        assert [job["state"] for job in printer.jobs()] == ["canceled"]
        assert printer.pages() == []


def test_one_job_that_cannot_be_called_back_does_not_shield_those_behind_it(
    tmp_path: Path, printer: SimulatedIpp
) -> None:
    printer.do("paper_out")
    earlier = Client(Line(endpoint_of(printer.uri)), printer.uri, "jinban-t")
    for number in range(3):
        earlier.print_job(f"jinban-t-{number} receipt", "application/pdf", [], drawn_pdf(), 5.0)
    earlier.line.close()
    first, _, _ = (job["job"] for job in printer.jobs())
    printer.do("keep", job=first)
    with running(tmp_path, config(printer, user="jinban-t"), LIMITS) as host:
        until(lambda: [job["state"] for job in printer.jobs()][1:] == ["canceled", "canceled"])
        assert printer.jobs()[0]["state"] != "canceled"
        until(lambda: host.status()[0].failure == Failure.PRINTER_PAPER_OUT.code)


def test_a_job_of_somebody_else_at_the_same_printer_is_left_alone(tmp_path: Path, printer: SimulatedIpp) -> None:
    printer.do("paper_out")
    other = tmp_path / "other"
    other.mkdir()
    printer.do("refill")
    printer.do("slow", seconds=2)
    with running(other, config(printer), LIMITS) as elsewhere:
        seen, _ = begin(elsewhere, drawn(1))
        until(lambda: printer.jobs() != [])
        with running(tmp_path, config(printer), LIMITS) as host:
            until(lambda: host.status()[0].ready)
            assert "cancelled" not in host.status()[0].detail
            assert isinstance(seen.last(), Finished)
