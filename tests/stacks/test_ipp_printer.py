"""The `ipp` driver at a real IPP printer, `ippeveprinter`: CUPS' own reference implementation."""

import hashlib
import os
import signal
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from devices.host import DeviceHost
from kiosk.failure import Failure
from kiosk.model.devices import Failed, Finished
from tests.devices.device_bench import QUICK, ask, begin, pid_of, running, until
from tests.devices.ipp_bench import drawn, drawn_pdf, likeness
from tests.stacks.ipp import RealPrinter, ippeveprinter

pytestmark = pytest.mark.expects_logs

BRISK = {"reach": "1", "lost": "3", "hold": "1.5", "busy": "2", "settle": "0.4", "confirm": "2"}
LIMITS = replace(QUICK, print_silence=4.0, cancel=2.0)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealPrinter]:
    with ippeveprinter(tmp_path_factory.mktemp("eve") / "printer") as one:
        yield one


@pytest.fixture
def printer(machine: RealPrinter) -> RealPrinter:
    """In order, and with an empty tray."""
    machine.clear("nopaper", "wait", "fail")
    machine.switch_on()
    for document in machine.printed():
        document.unlink()
    return machine


@pytest.fixture
def host(tmp_path: Path, printer: RealPrinter) -> Iterator[DeviceHost]:
    with running(tmp_path, {"printer": {"driver": "ipp", "uri": printer.uri, **BRISK}}, LIMITS) as one:
        until(lambda: one.status()[0].ready)
        yield one


def failed(host: DeviceHost) -> Failed:
    event = ask(host, drawn(1))
    assert isinstance(event, Failed), event
    return event


def test_a_real_printer_gets_the_same_page_of_a4(host: DeviceHost, printer: RealPrinter) -> None:
    assert isinstance(ask(host, drawn(1)), Finished)
    [document] = printer.printed()
    assert likeness(drawn_pdf(1), 0, document) < 0.005


def test_a_real_printer_without_pdf_gets_a_raster_its_own_parser_takes(tmp_path: Path) -> None:
    with ippeveprinter(tmp_path / "printer", "image/pwg-raster") as printer:
        settings = {"printer": {"driver": "ipp", "uri": printer.uri, **BRISK, "format": "raster"}}
        with running(tmp_path, settings, LIMITS) as host:
            assert isinstance(ask(host, drawn(1)), Finished)
            [document] = printer.printed()
            assert document.read_bytes().startswith(b"RaS2")
            assert likeness(drawn_pdf(1), 0, document) < 0.02


def test_a_real_printer_is_spoken_to_through_tls_and_known_by_its_certificate(
    tmp_path: Path, printer: RealPrinter
) -> None:
    certificate = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", printer.port)))
    pin = hashlib.sha256(certificate).hexdigest()
    settings = {"driver": "ipp", "uri": printer.uri.replace("ipp:", "ipps:"), **BRISK}
    with running(tmp_path, {"printer": {**settings, "certificate": pin}}, LIMITS) as host:
        assert isinstance(ask(host, drawn(1)), Finished)
        assert len(printer.printed()) == 1
    with running(tmp_path, {"printer": {**settings, "certificate": "0" * 64}}, LIMITS) as host:
        event = failed(host)
        assert (event.failure, event.detail) == (Failure.PRINTER_OFFLINE, "why=certificate")


def test_a_real_printer_that_runs_out_of_paper_goes_on_after_the_refill(host: DeviceHost, printer: RealPrinter) -> None:
    printer.set("nopaper")
    seen, _ = begin(host, drawn(1))
    time.sleep(1.0)
    assert printer.printed() == []
    printer.clear("nopaper")
    refilled = time.monotonic()
    assert isinstance(seen.last(), Finished)
    assert time.monotonic() - refilled < 3.0
    assert len(printer.printed()) == 1


def test_a_real_printer_that_does_not_let_go_of_a_paper_makes_it_uncertain_in_time(
    host: DeviceHost, printer: RealPrinter
) -> None:
    printer.set("nopaper")
    begun = time.monotonic()
    # It says yes to Cancel-Job, waits for paper all the same, and would print.
    event = failed(host)
    assert time.monotonic() - begun < 6.0
    assert (event.failure, event.detail) == (Failure.PRINT_UNCERTAIN, "cause=printer.paper_out")
    printer.clear("nopaper")
    assert isinstance(ask(host, drawn(1)), Finished)
    assert printer.jobs() == []


def test_a_real_printer_that_aborts_a_paper_has_not_printed_it(host: DeviceHost, printer: RealPrinter) -> None:
    printer.set("fail")
    event = failed(host)
    assert (event.failure, event.detail) == (Failure.PRINT_REFUSED, "reason=aborted")
    assert printer.printed() == []


def test_a_real_printer_at_another_job_is_waited_for(tmp_path: Path, printer: RealPrinter) -> None:
    settings = {"printer": {"driver": "ipp", "uri": printer.uri, **BRISK}}
    other = tmp_path / "other"
    other.mkdir()
    with running(tmp_path, settings, LIMITS) as host, running(other, settings, LIMITS) as elsewhere:
        printer.set("wait")
        first, _ = begin(elsewhere, drawn(1))
        until(lambda: _states(printer) == [5])
        assert failed(host).failure is Failure.PRINTER_BUSY
        second, _ = begin(host, drawn(1))
        time.sleep(0.4)
        printer.clear("wait")
        assert [isinstance(seen.last(), Finished) for seen in (first, second)] == [True, True]
        assert len(printer.printed()) == 2


def test_a_real_printer_killed_in_the_middle_is_uncertain_in_time_and_well_soon_after(
    host: DeviceHost, printer: RealPrinter
) -> None:
    printer.set("wait")
    seen, _ = begin(host, drawn(1))
    until(lambda: _states(printer) == [5])
    printer.switch_off()
    killed = time.monotonic()
    assert seen.failure() is Failure.PRINT_UNCERTAIN
    assert time.monotonic() - killed < 6.0
    until(lambda: host.status()[0].failure == Failure.PRINTER_OFFLINE.code)
    printer.clear("wait")
    printer.switch_on()
    on = time.monotonic()
    until(lambda: host.status()[0].ready)
    assert time.monotonic() - on < 3.0
    assert isinstance(ask(host, drawn(1)), Finished)
    assert len(printer.printed()) == 1


def test_a_frozen_driver_at_a_real_printer_is_uncertain_and_its_job_is_called_back(
    tmp_path: Path, printer: RealPrinter
) -> None:
    settings = {"printer": {"driver": "ipp", "uri": printer.uri, **BRISK}}
    with running(tmp_path, settings, replace(LIMITS, print_silence=1.5)) as host:
        printer.set("wait")
        seen, _ = begin(host, drawn(1))
        until(lambda: _states(printer) == [5])
        os.kill(pid_of(host, "printer"), signal.SIGSTOP)
        assert seen.failure() is Failure.PRINT_UNCERTAIN
        until(lambda: "cancelled=1" in host.status()[0].detail)
        printer.clear("wait")


def _states(printer: RealPrinter) -> list[int]:
    return [job.state for job in printer.jobs()]
