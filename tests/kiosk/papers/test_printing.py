"""From the desk to the paper: one original, reprints that say so, and nothing that comes out unasked.

The store, the device host and the receipt printer are the real ones, the printer's paper is simulated.
"""

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.host import DeviceHost
from kiosk.cli.wiring import clock_of
from kiosk.desk.equipment import Equipment
from kiosk.desk.printing import PrintOutcome, Way, print_paper, way_of
from kiosk.failure import Failure
from kiosk.model.devices import PageSize
from kiosk.model.printing import OpenEnd
from kiosk.papers.content import Paper
from kiosk.papers.press import ChildPress
from local_db.store import Store, open_store
from sync.line import AgentLine
from tests.devices.receipt_printer import QUICK, ReceiptPrinter, receipt_printer
from tests.kiosk.papers.test_papers import HEAD, RECEIPT
from tests.local_db.making import enrol

NUMBER = RECEIPT.submission_no


class Desk:
    """Just the printing part of a desk, with the lane that owns its store."""

    def __init__(self, store: Store, host: DeviceHost, data: Path, press: ChildPress) -> None:
        self._lane: queue.Queue[Callable[[], None]] = queue.Queue()
        line = AgentLine(data, store.outbox.counts)
        self.kit = Equipment(store, press, line, clock_of(store), host, in_lane=self._lane.put)

    def receipt(self, way: Way | None = None) -> PrintOutcome:
        """Print the receipt and wait for its end."""
        ended: queue.Queue[PrintOutcome] = queue.Queue()
        chosen = way or way_of(self.kit, short=True)

        def make(copy: int) -> Paper:
            return replace(RECEIPT, head=replace(HEAD, copy=copy), size=chosen.size)

        print_paper(self.kit, "receipt", NUMBER, make, ended.put, chosen)
        until = time.monotonic() + 15
        while True:
            try:
                self._lane.get(timeout=0.02)()
            except queue.Empty:
                assert time.monotonic() < until
            if not ended.empty() and self._lane.empty():
                return ended.get()

    def open_ends(self) -> list[tuple[str, int, OpenEnd]]:
        """What asks for somebody."""
        return [(one.subject, one.copy, one.end) for one in self.kit.store.papers.open_ends()]


@pytest.fixture(scope="module")
def press() -> Iterator[ChildPress]:
    with closing(ChildPress()) as opened:
        yield opened


@pytest.fixture
def printer() -> Iterator[ReceiptPrinter]:
    with receipt_printer() as started:
        yield started


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "data", create=True) as opened:
        enrol(opened)
        yield opened


def thermal(printer: ReceiptPrinter, **options: str) -> dict[str, Any]:
    return {"driver": "escpos", **printer.options, **QUICK, **options}


@pytest.fixture
def desk(printer: ReceiptPrinter, store: Store, tmp_path: Path, press: ChildPress) -> Iterator[Desk]:
    with DeviceHost({"printer": thermal(printer)}, tmp_path) as host:
        yield Desk(store, host, tmp_path / "data", press)


def words(printer: ReceiptPrinter) -> list[str]:
    return ["".join(paper["text"]) for paper in printer.papers()]


def test_there_is_one_original_and_every_further_paper_says_that_it_is_a_copy(
    desk: Desk, printer: ReceiptPrinter
) -> None:
    assert [desk.receipt().copy for _ in range(3)] == [0, 1, 2]

    original, first, second = words(printer)
    assert "补打" not in original
    assert "补打 1" in first
    assert "补打 2" in second
    assert desk.open_ends() == []


STOPS = [
    ("paper_out", "refill", Failure.PRINTER_PAPER_OUT),
    ("cover", "close_cover", Failure.PRINTER_COVER_OPEN),
    ("jam", "clear", Failure.PRINTER_JAM),
    ("away", "back", Failure.PRINTER_OFFLINE),
]


@pytest.mark.parametrize(("wrong", "right", "failure"), STOPS, ids=[row[0] for row in STOPS])
def test_a_paper_that_could_not_be_printed_waits_to_be_asked_for_and_is_then_the_original(
    desk: Desk, printer: ReceiptPrinter, wrong: str, right: str, failure: Failure
) -> None:
    printer.do(wrong)
    assert desk.receipt().failure is failure
    assert desk.open_ends() == [(NUMBER, 0, OpenEnd.PARKED)]
    printer.do(right)
    time.sleep(0.5)
    assert words(printer) == []

    assert desk.receipt() == PrintOutcome(f"receipt-{NUMBER}", 0)
    (paper,) = words(printer)
    assert "补打" not in paper
    assert desk.open_ends() == []


def test_a_paper_whose_end_nobody_saw_is_not_printed_again_unasked_and_then_says_copy(
    desk: Desk, printer: ReceiptPrinter
) -> None:
    printer.do("out_after", lines=8)
    assert desk.receipt().failure is Failure.PRINT_UNCERTAIN
    printer.do("refill")
    time.sleep(0.5)
    assert words(printer) == []
    assert desk.open_ends() == [(NUMBER, 0, OpenEnd.UNCERTAIN)]

    assert desk.receipt().copy == 1
    assert "补打 1" in words(printer)[-1]
    assert desk.open_ends() == [(NUMBER, 0, OpenEnd.UNCERTAIN)]


def test_after_a_night_off_nothing_comes_out_by_itself(
    printer: ReceiptPrinter, tmp_path: Path, press: ChildPress
) -> None:
    data, config = tmp_path / "data", {"printer": thermal(printer)}
    printer.do("paper_out")
    with open_store(data, create=True) as store, DeviceHost(config, tmp_path) as host:
        enrol(store)
        assert Desk(store, host, data, press).receipt().failure is Failure.PRINTER_PAPER_OUT
    printer.do("refill")
    printer.do("off_on")
    with open_store(data) as store, DeviceHost(config, tmp_path) as host:
        desk = Desk(store, host, data, press)
        time.sleep(1.5)
        assert words(printer) == []
        assert desk.open_ends() == [(NUMBER, 0, OpenEnd.PARKED)]

        assert desk.receipt().copy == 0
        assert len(words(printer)) == 1


def test_a_receipt_printer_says_that_it_prints_only_when_the_paper_is_out(desk: Desk, printer: ReceiptPrinter) -> None:
    printer.do("slow", bytes_per_second=8000)
    started = time.monotonic()
    assert desk.receipt().failure is None

    assert time.monotonic() - started > 0.5
    assert len(words(printer)) == 1


@pytest.mark.parametrize(
    ("printers", "receipt", "sheet"),
    [
        ([{"driver": "sim"}], Way(), Way()),
        (
            [{"driver": "sim", "sizes": "A4"}, {"driver": "escpos", "port": "192.0.2.1"}],
            Way(PageSize.ROLL_80, True),
            Way(),
        ),
        ([{"driver": "escpos", "port": "192.0.2.1"}], Way(PageSize.ROLL_80, True), Way(PageSize.ROLL_80, True)),
        (
            [{"driver": "escpos", "port": "192.0.2.1", "paper": "58mm"}],
            Way(PageSize.ROLL_58, True),
            Way(PageSize.ROLL_58, True),
        ),
        ([{"driver": "sim", "sizes": "80mm"}], Way(PageSize.ROLL_80), Way(PageSize.ROLL_80)),
        ([], Way(), Way()),
    ],
)
def test_a_paper_goes_to_the_printer_that_suits_it(
    tmp_path: Path, store: Store, press: ChildPress, printers: list[dict[str, str]], receipt: Way, sheet: Way
) -> None:
    with DeviceHost({"printer": printers}, tmp_path) as host:
        kit = Desk(store, host, tmp_path / "data", press).kit

        assert way_of(kit, short=True) == receipt
        assert way_of(kit) == sheet


def test_a_roll_printer_that_takes_pdfs_gets_one_as_wide_as_its_paper(
    tmp_path: Path, store: Store, press: ChildPress
) -> None:
    from pypdfium2 import PdfDocument  # noqa: PLC0415 -- one test's own tool

    with DeviceHost({"printer": {"driver": "sim", "sizes": "58mm"}}, tmp_path) as host:
        assert Desk(store, host, tmp_path / "data", press).receipt().failure is None
    (pdf,) = (tmp_path / "papers").glob("*.pdf")

    with closing(PdfDocument(pdf)) as document:
        assert round(document[0].get_width() / 72 * 25.4) == 58
