"""The shipped receipt printer in a process of its own, what people do to it, and what came out of it."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image

from devices.contract import Paper, Setup
from devices.printer.escpos import EscPosPrinter
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import PageSize
from kiosk.model.roll import Align, Cut, Pair, Roll, Text
from tests.stacks import need

SHORT: Roll = (Text("自助申报回执", Align.CENTRE, size=2, bold=True), Pair("申请人", "演示·甲*"), Cut())
QR = "https://platform.example/r#" + "A1b2-_" * 40
QUICK = {"patience": "0.3", "finish": "2"}


@dataclass
class ReceiptPrinter:
    """A running one."""

    process: "subprocess.Popen[str]"
    address: str
    options: dict[str, str]

    def do(self, action: str, **args: Any) -> dict[str, Any]:
        """One command of its menu."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": action, **args}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert answer["ok"], answer
        return answer

    def papers(self) -> list[dict[str, Any]]:
        """What it printed, strip by strip."""
        found: list[dict[str, Any]] = self.do("state")["papers"]
        return found

    def driver(self, **options: str) -> EscPosPrinter:
        """A driver for it, in this process."""
        driver = EscPosPrinter(Setup("printer", Path("/nowhere"), {**self.options, **QUICK, **options}))
        driver.open()
        return driver


@contextmanager
def receipt_printer(*arguments: str) -> Iterator[ReceiptPrinter]:
    """A printer for one test; it ends with its input."""
    need("pty" if "--pty" in arguments else "tcp9100")
    command = [sys.executable, "-m", "devices.printer.simulated.escpos", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        options = {name: word for name, word in first["options"].items() if name != "driver"}
        yield ReceiptPrinter(process, first["address"], options)
        process.stdin.close()
        assert process.wait(5) == 0


class Patience:
    """A `Job` that waits as long as it takes, unless it is called off."""

    def __init__(self) -> None:
        self.cancelled = False
        self.steps: list[float] = []

    @property
    def seconds_left(self) -> float:
        """For ever."""
        return float("inf")

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)
        if self.cancelled:
            raise KioskError(Failure.DEVICE_CANCELLED)

    def progress(self, fraction: float) -> None:
        """Note it."""
        self.steps.append(fraction)


def print_on(driver: EscPosPrinter, roll: Roll = SHORT, job: Patience | None = None) -> int:
    """Print a roll and let the way go afterwards."""
    try:
        return driver.print_paper(Paper(b"", "receipt-1", PageSize.ROLL_80, roll), job or Patience())
    finally:
        driver.close()


def end_of(driver: EscPosPrinter, roll: Roll = SHORT, job: Patience | None = None) -> tuple[Failure, str]:
    """The failure a print ends with, and its cause."""
    try:
        print_on(driver, roll, job)
    except KioskError as error:
        return error.failure, str(error.info.get("cause", ""))
    raise AssertionError("it was printed")


def outcome(driver: EscPosPrinter) -> Failure | None:
    """How a short print ends: None when it was printed."""
    try:
        print_on(driver)
    except KioskError as error:
        return error.failure
    return None


def long_roll(lines: int = 120) -> Roll:
    """A paper of many lines."""
    return (*(Text(f"第 {place} 行，一张长长的单子。") for place in range(lines)), Cut())


def codes_on(file: str) -> list[str]:
    """The texts of the QR codes on a strip."""
    with Image.open(file) as strip:
        return [found.text for found in zxingcpp.read_barcodes(strip.convert("L"))]


def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait for something the printer does in its own time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def ink(file: str) -> int:
    """How many dots are black."""
    with Image.open(file) as strip:
        return strip.convert("L").histogram()[0]
