"""The receipt printer behind the device host: its own process, its status, and what becomes of it when it hangs."""

import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.host import DeviceHost
from kiosk.failure import Failure
from kiosk.model.devices import Failed, Finished, PageSize, PrinterOffer, PrintPaper
from kiosk.model.terminal import DeviceStatus
from tests.devices.device_bench import QUICK, ask, begin, pid_of, running, until
from tests.devices.receipt_printer import SHORT, ReceiptPrinter, long_roll, receipt_printer

PAPER = PrintPaper(b"", "receipt-1", PageSize.ROLL_80, SHORT)


def config(printer: ReceiptPrinter, **options: str) -> dict[str, Any]:
    return {"printer": {"driver": "escpos", **printer.options, "patience": "0.5", "finish": "3", **options}}


def status(host: DeviceHost) -> DeviceStatus:
    return host.status()[0]


def test_a_terminal_with_a_receipt_printer_offers_rolls_as_lines(tmp_path: Path) -> None:
    with receipt_printer() as printer, running(tmp_path, config(printer)) as host:
        assert host.papers() == (PrinterOffer(frozenset({PageSize.ROLL_80}), lines=True),)


def test_a_receipt_is_printed_by_its_own_process_and_an_a4_sheet_is_not_meant_for_it(tmp_path: Path) -> None:
    with receipt_printer() as printer, running(tmp_path, config(printer)) as host:
        ended = ask(host, PAPER)
        assert isinstance(ended, Finished)
        assert ended.pages == 1
        refused = ask(host, PrintPaper(b"%PDF-", "decision-1", PageSize.A4))
        assert isinstance(refused, Failed)
        assert refused.failure is Failure.DEVICE_ABSENT
        assert len(printer.papers()) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_status_warns_of_a_roll_that_runs_low_and_names_one_that_is_out(tmp_path: Path) -> None:
    with receipt_printer() as printer, running(tmp_path, config(printer)) as host:
        until(lambda: status(host).ready)
        printer.do("paper_low")
        until(lambda: status(host).warning == "printer.paper_low")
        assert status(host).ready
        printer.do("paper_out")
        until(lambda: status(host).failure == "printer.paper_out")
        assert status(host).warning is None
        printer.do("refill")
        started = time.monotonic()
        until(lambda: status(host).ready)
        assert time.monotonic() - started < 3


@pytest.mark.parametrize(("away", "back"), [("away", "back"), ("silent", "speak"), ("cover", "close_cover")])
def test_a_printer_that_comes_back_is_ready_within_three_seconds(tmp_path: Path, away: str, back: str) -> None:
    with receipt_printer() as printer, running(tmp_path, config(printer)) as host:
        until(lambda: status(host).ready)
        printer.do(away)
        until(lambda: not status(host).ready)
        assert isinstance(ask(host, PAPER), Failed)
        printer.do(back)
        started = time.monotonic()
        until(lambda: status(host).ready)
        assert time.monotonic() - started < 3
        assert isinstance(ask(host, PAPER), Finished)
        assert len(printer.papers()) == 1


def test_a_driver_stopped_over_a_paper_leaves_it_uncertain_and_its_successor_prints_the_next(tmp_path: Path) -> None:
    with receipt_printer() as printer, running(tmp_path, config(printer)) as host:
        pid = pid_of(host, "printer")
        printer.do("slow", bytes_per_second=1000)
        seen, _ = begin(host, PrintPaper(b"", "receipt-2", PageSize.ROLL_80, long_roll()))
        time.sleep(0.6)
        os.kill(pid, signal.SIGSTOP)
        assert seen.failure() is Failure.PRINT_UNCERTAIN
        printer.do("slow", bytes_per_second=0)
        printer.do("off_on")

        assert isinstance(ask(host, PAPER), Finished)
        assert pid_of(host, "printer") != pid


def test_papers_wait_their_turn_and_each_comes_out_once(tmp_path: Path) -> None:
    with receipt_printer() as printer, running(tmp_path, config(printer)) as host:
        waiting = [begin(host, PAPER)[0] for _ in range(4)]
        assert all(isinstance(one.last(), Finished) for one in waiting)
        assert len(printer.papers()) == 4


def test_a_paper_whose_turn_comes_when_whoever_asked_has_gone_is_not_printed(tmp_path: Path) -> None:
    with receipt_printer() as printer, running(tmp_path, config(printer), replace(QUICK, stale=0.5)) as host:
        until(lambda: status(host).ready)
        printer.do("slow", bytes_per_second=4000)
        first, _ = begin(host, PrintPaper(b"", "receipt-2", PageSize.ROLL_80, long_roll()))
        second, _ = begin(host, PAPER)

        assert isinstance(first.last(), Finished)
        assert second.failure() is Failure.PRINTER_BUSY
        assert len(printer.papers()) == 1
