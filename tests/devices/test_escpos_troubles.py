"""Everything that goes wrong at a receipt printer ends in its own failure, in time, and is over when its cause is."""

import socket
import threading
import time
from pathlib import Path

import pytest

from devices.contract import Condition
from devices.printer.escpos.encode import encode
from devices.printer.escpos.settings import settings_of
from kiosk.failure import Failure, KioskError
from tests.devices.receipt_printer import (
    SHORT,
    Patience,
    ReceiptPrinter,
    end_of,
    long_roll,
    outcome,
    print_on,
    receipt_printer,
    until,
)

RECOVERY = 3.0


def trouble_of(printer: ReceiptPrinter) -> Failure | None:
    """What the driver's own feeling for the device says."""
    driver = printer.driver()
    try:
        driver.check()
    except KioskError as error:
        return error.failure
    finally:
        driver.close()
    return None


BEFORE = [
    ("paper_out", "refill", Failure.PRINTER_PAPER_OUT),
    ("cover", "close_cover", Failure.PRINTER_COVER_OPEN),
    ("jam", "clear", Failure.PRINTER_JAM),
    ("offline", "online", Failure.PRINTER_OFFLINE),
    ("hot", "cool", Failure.PRINTER_BUSY),
    ("silent", "speak", Failure.PRINTER_OFFLINE),
    ("deaf", "hear", Failure.PRINTER_OFFLINE),
    ("busy", "free", Failure.PRINTER_BUSY),
    ("away", "back", Failure.PRINTER_OFFLINE),
]


@pytest.mark.parametrize(("wrong", "right", "failure"), BEFORE, ids=[row[0] for row in BEFORE])
def test_a_printer_that_cannot_print_says_why_and_nothing_comes_out(wrong: str, right: str, failure: Failure) -> None:
    with receipt_printer() as printer:
        printer.do(wrong)
        started = time.monotonic()
        assert trouble_of(printer) is failure
        assert time.monotonic() - started < 1.2
        assert end_of(printer.driver())[0] is failure
        assert time.monotonic() - started < 4
        printer.do(right)

        started = time.monotonic()
        assert trouble_of(printer) is None
        assert print_on(printer.driver()) == 1
        assert time.monotonic() - started < RECOVERY
        assert len(printer.papers()) == 1
        assert not printer.do("state")["unfinished"]


def test_a_roll_that_is_nearly_used_up_is_a_warning_and_prints() -> None:
    with receipt_printer() as printer:
        driver = printer.driver()
        assert driver.check() == Condition("ESC/POS")
        printer.do("paper_low")
        assert driver.check() == Condition("ESC/POS", Failure.PRINTER_PAPER_LOW)
        assert print_on(driver) == 1


@pytest.mark.parametrize("end", ["status", "process"])
def test_paper_that_runs_out_in_the_middle_leaves_an_uncertain_paper_and_nothing_comes_out_later(end: str) -> None:
    with receipt_printer() as printer:
        printer.do("out_after", lines=20)
        started = time.monotonic()
        assert end_of(printer.driver(end=end), long_roll()) == (Failure.PRINT_UNCERTAIN, "printer.paper_out")
        assert time.monotonic() - started < 6
        until(lambda: printer.do("state")["held"] == 0)

        printer.do("refill")
        time.sleep(0.2)
        assert printer.papers() == []
        assert print_on(printer.driver(end=end)) == 1


class Played(threading.Thread):
    """A printer that is well until a paper was sent: then it says `burst`, answers what is asked later by `afterwards`
    in turn, and with `stops` takes nothing more until `resume`. `got` is what reached it.
    """

    def __init__(self, burst: bytes = b"", afterwards: tuple[bytes, ...] = (), *, stops: bool = False) -> None:
        super().__init__(daemon=True)
        self._listener = socket.socket()
        # As little room as printers have: the rest of a long paper waits in this machine.
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(4)
        self.port = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.got = 0
        self.resume = threading.Event()
        self._burst, self._afterwards, self._stops = burst, iter(afterwards), stops
        self.start()

    def run(self) -> None:
        with self._listener, self._listener.accept()[0] as visitor:
            try:
                self._serve(visitor)
            except ConnectionError:
                return

    def _serve(self, visitor: socket.socket) -> None:
        sent = False
        while data := visitor.recv(4096):
            self.got += len(data)
            if b"\x1dr\x01" in data:
                sent = True
                visitor.sendall(self._burst)
            elif data[:2] == b"\x10\x04":
                visitor.sendall(next(self._afterwards, b"") if sent else b"\x12")
            elif self._stops:
                self.resume.wait(20)


def test_what_a_full_printer_had_not_taken_yet_does_not_follow_when_it_goes_on() -> None:
    with receipt_printer() as printer:
        played = Played(stops=True)
        driver = printer.driver(port=played.port, charset="raster", finish="0.3")
        roll = long_roll(150)
        assert end_of(driver, roll)[0] is Failure.PRINT_UNCERTAIN

        played.resume.set()
        played.join(5)
        assert not played.is_alive()
        assert played.got < len(encode(roll, settings_of({"port": "192.0.2.1", "charset": "raster"}))) / 2


def test_a_burst_of_status_bytes_does_not_hold_a_paper_longer_than_patience() -> None:
    with receipt_printer() as printer:
        started = time.monotonic()
        driver = printer.driver(port=Played(b"\x1a" * 60).port, finish="1")
        assert end_of(driver)[0] is Failure.PRINT_UNCERTAIN
        assert time.monotonic() - started < 10


def test_an_answer_that_comes_while_something_else_is_asked_is_not_lost() -> None:
    with receipt_printer() as printer:
        # Offline for a moment, and through with the paper while it is asked why.
        played = Played(b"\x1a", (b"\x00\x12", *[b"\x12"] * 40))
        assert print_on(printer.driver(port=played.port)) == 1


@pytest.mark.parametrize("after", [10, 300, 2500])
def test_a_connection_closed_in_the_middle_of_a_paper_leaves_it_uncertain(after: int) -> None:
    with receipt_printer() as printer:
        driver = printer.driver()
        driver.check()
        printer.do("hang_up", after=after)
        assert end_of(driver, long_roll())[0] is Failure.PRINT_UNCERTAIN
        assert print_on(printer.driver()) == 1


def test_a_line_cut_at_any_byte_never_calls_a_paper_printed_that_is_not_and_the_next_one_is_clean() -> None:
    whole = len(encode(SHORT, settings_of({"port": "192.0.2.1"})))
    with receipt_printer() as printer:
        for after in range(7, whole + 24, 11):
            before = len(printer.papers())
            driver = printer.driver()
            driver.check()
            printer.do("hang_up", after=after)
            failure = outcome(driver)
            assert failure in {None, Failure.PRINT_UNCERTAIN}, after
            assert len(printer.papers()) - before in ({1} if failure is None else {0, 1}), after
            printer.do("hang_up", after=1_000_000)
            before = len(printer.papers())
            assert print_on(printer.driver()) == 1, after
            papers = printer.papers()
            assert len(papers) == before + 1, after
            assert "".join(papers[-1]["text"]).endswith("申请人   演示·甲*"), after
            assert papers[-1]["boxes"] == 0


def test_a_connection_that_was_closed_while_nothing_was_printed_is_opened_again_unnoticed() -> None:
    with receipt_printer() as printer:
        driver = printer.driver()
        driver.check()
        printer.do("off_on")
        assert driver.check() == Condition("ESC/POS")
        printer.do("off_on")

        assert print_on(driver) == 1
        assert len(printer.papers()) == 1


def test_a_printer_lost_for_seconds_neither_errors_nor_prints_twice() -> None:
    with receipt_printer() as printer:
        printer.do("away")
        driver = printer.driver(patience="8")
        timer = threading.Timer(1.5, lambda: printer.do("back"))
        timer.start()
        assert print_on(driver) == 1
        timer.join()
        assert len(printer.papers()) == 1


def test_a_printer_that_falls_silent_over_a_paper_leaves_it_uncertain_in_time() -> None:
    with receipt_printer() as printer:
        driver = printer.driver(finish="1")
        driver.check()
        printer.do("slow", bytes_per_second=4000)
        timer = threading.Timer(0.5, lambda: printer.do("silent"))
        timer.start()
        started = time.monotonic()
        assert end_of(driver, long_roll()) == (Failure.PRINT_UNCERTAIN, "unconfirmed")
        timer.join()
        assert time.monotonic() - started < 6


def test_a_printer_that_reads_slowly_prints_everything() -> None:
    with receipt_printer() as printer:
        printer.do("slow", bytes_per_second=20_000)
        job = Patience()
        assert print_on(printer.driver(), long_roll(), job) == 1
        assert len(printer.papers()[0]["text"]) >= 120
        assert job.steps == sorted(job.steps)


def test_a_cover_closed_again_within_patience_is_no_failure() -> None:
    with receipt_printer() as printer:
        driver = printer.driver(patience="8", finish="5")
        driver.check()
        printer.do("slow", bytes_per_second=5000)
        timers = [
            threading.Timer(0.2, lambda: printer.do("cover")),
            threading.Timer(1.8, lambda: printer.do("close_cover")),
        ]
        for timer in timers:
            timer.start()
        assert print_on(driver, long_roll()) == 1
        for timer in timers:
            timer.join()
        assert len(printer.papers()) == 1


def test_only_a_printer_that_says_so_has_printed() -> None:
    with receipt_printer() as printer:
        assert end_of(printer.driver(status="none")) == (Failure.PRINT_UNCERTAIN, "no_answers")
        until(lambda: len(printer.papers()) == 1)


@pytest.mark.parametrize("knows", [True, False])
def test_a_printer_that_does_not_know_the_process_id_is_asked_the_old_way(knows: bool) -> None:  # noqa: FBT001 -- both ways
    with receipt_printer(*([] if knows else ["--no-process"])) as printer:
        assert print_on(printer.driver(end="process")) == 1
        assert printer.papers()[0]["boxes"] == 0


def test_a_paper_is_called_off_only_while_nothing_of_it_was_sent() -> None:
    with receipt_printer() as printer:
        job = Patience()
        job.cancelled = True
        assert end_of(printer.driver(), SHORT, job)[0] is Failure.DEVICE_CANCELLED
        assert printer.papers() == []


def test_a_serial_line_unplugged_and_plugged_in_again_is_told_and_comes_back(tmp_path: Path) -> None:
    link = tmp_path / "tty"
    with receipt_printer("--pty", "--link", str(link)) as printer:
        driver = printer.driver()
        driver.check()
        printer.do("away")
        with pytest.raises(KioskError) as lost:
            driver.check()
        assert lost.value.failure is Failure.PRINTER_OFFLINE
        assert end_of(printer.driver())[0] is Failure.PRINTER_OFFLINE
        printer.do("back")

        assert driver.check() == Condition("ESC/POS")
        assert print_on(driver) == 1


def test_a_serial_line_that_goes_in_the_middle_of_a_paper_leaves_it_uncertain(tmp_path: Path) -> None:
    with receipt_printer("--pty", "--link", str(tmp_path / "tty")) as printer:
        driver = printer.driver()
        driver.check()
        printer.do("slow", bytes_per_second=2000)
        timer = threading.Timer(0.5, lambda: printer.do("away"))
        timer.start()
        assert end_of(driver, long_roll())[0] is Failure.PRINT_UNCERTAIN
        timer.join()


def test_a_device_file_that_is_not_there_or_not_ours_is_told_apart(tmp_path: Path) -> None:
    with receipt_printer() as printer:
        assert end_of(printer.driver(port=f"file:{tmp_path}/lp0")) == (Failure.PRINTER_OFFLINE, "gone")


def test_a_port_where_something_else_answers_is_no_printer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger, receipt_printer() as printer:
        port = f"127.0.0.1:{stranger.getsockname()[1]}"

        assert end_of(printer.driver(port=port)) == (Failure.PRINTER_OFFLINE, "silent")
