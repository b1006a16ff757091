"""A simulated printer: its paper tray is the folder `DATA/papers`, one whole PDF per printed paper.

`simulate` actions beside those of `devices.switches`:

paper_out
    No sheet left: papers fail with `PRINTER_PAPER_OUT` and nothing of them comes out. `refill` puts paper in.
paper_low
    The paper is nearly used up and still prints; `refill` ends that too.
sheets
    `count` sheets are left; a paper that needs more ends `PRINT_UNCERTAIN`.
offline / online
    Nobody answers at the printer, or somebody does again.
jam
    The next paper gets stuck half-way (`PRINT_UNCERTAIN`), every one after it fails (`PRINTER_JAM`) until `clear`.
"""

import os
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pypdfium2

from devices.contract import Condition, Job, Paper, Setup
from devices.switches import Switches
from kiosk.failure import Failure, KioskError

_STEP_SECONDS = 0.08
_HERE = timezone(timedelta(hours=8), "Asia/Shanghai")
_NOT_IN_A_NAME = re.compile(r"[^\w.·-]+")
_LONGEST_TITLE_BYTES = 160


class SimulatedPrinter:
    """Implements `devices.contract.PrinterDriver`."""

    simulated = True

    def __init__(self, setup: Setup) -> None:
        self._tray = setup.data / "papers"
        self._switches = Switches(
            setup,
            _STEP_SECONDS,
            {
                "paper_out": lambda: self._switches.set(sheets=0),
                "sheets": lambda count: self._switches.set(sheets=int(count)),
                "paper_low": lambda: self._switches.set(low=True),
                "refill": lambda: self._switches.set(sheets=None, low=None),
                "offline": lambda: self._switches.set(offline=True),
                "online": lambda: self._switches.set(offline=None),
                "jam": lambda: self._switches.set(jam=True),
                "clear": lambda: self._switches.set(jammed=None, jam=None),
            },
        )

    def open(self) -> None:
        """Find the printer and its tray."""
        self._switches.pass_by("open")
        self._tray.mkdir(parents=True, exist_ok=True)

    def check(self) -> Condition:
        """Say that it is a simulator, or what keeps it from printing."""
        self._switches.pass_by("idle")
        self._raise_if_unable()
        low = bool(self._switches.get("low"))
        return Condition("simulated printer", Failure.PRINTER_PAPER_LOW if low else None)

    def close(self) -> None:
        """Nothing to let go."""

    def print_paper(self, paper: Paper, job: Job) -> int:
        """Print sheet by sheet; the paper lies in the tray when the last one is out."""
        pages = _pages_of(paper.pdf)
        self._switches.pass_by("job")
        self._raise_if_unable()
        if job.cancelled:
            raise KioskError(Failure.DEVICE_CANCELLED)
        for done in range(pages):
            if self._switches.get("sheets") == 0:
                raise KioskError(Failure.PRINT_UNCERTAIN, cause=Failure.PRINTER_PAPER_OUT.code)
            if self._switches.take("jam"):
                self._switches.set(jammed=True)
                raise KioskError(Failure.PRINT_UNCERTAIN, cause=Failure.PRINTER_JAM.code)
            self._sheet_out(job)
            job.progress((done + 1) / pages)
        _drop(paper, self._tray)
        return pages

    def simulate(self, action: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Take the paper away and the rest of the actions above."""
        return self._switches.act(action, args)

    def _sheet_out(self, job: Job) -> None:
        try:
            self._switches.step(job)
        except KioskError as error:
            # Cancelled or unplugged with a sheet on its way: nobody knows what came out.
            raise KioskError(Failure.PRINT_UNCERTAIN, cause=error.failure.code) from error
        left = self._switches.get("sheets")
        if left is not None:
            self._switches.set(sheets=max(0, left - 1))

    def _raise_if_unable(self) -> None:
        if self._switches.get("offline"):
            raise KioskError(Failure.PRINTER_OFFLINE)
        if self._switches.get("jammed"):
            raise KioskError(Failure.PRINTER_JAM)
        if self._switches.get("sheets") == 0:
            raise KioskError(Failure.PRINTER_PAPER_OUT)


def _pages_of(pdf: bytes) -> int:
    """Number of pages of a whole PDF.

    Raises:
        KioskError: `PRINT_REFUSED`.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise KioskError(Failure.PRINT_REFUSED) from None
    try:
        pages = len(document)
    finally:
        document.close()
    if pages < 1 or b"%%EOF" not in pdf[-1024:]:
        raise KioskError(Failure.PRINT_REFUSED)
    return pages


def _drop(paper: Paper, tray: Path) -> None:
    """Let the paper fall into the tray, whole or not at all, under a name nothing else has."""
    stem = f"{datetime.now(_HERE):%Y%m%d-%H%M%S}-{_file_title(paper.title)}"
    part = tray / f".{stem}.{os.getpid()}.part"
    with part.open("wb") as file:
        file.write(paper.pdf)
        file.flush()
        os.fsync(file.fileno())
    target, number = tray / f"{stem}.pdf", 1
    while target.exists():
        number += 1
        target = tray / f"{stem}-{number}.pdf"
    part.rename(target)


def _file_title(title: str) -> str:
    cleaned = _NOT_IN_A_NAME.sub("-", title).strip("-.") or "paper"
    return cleaned.encode()[:_LONGEST_TITLE_BYTES].decode(errors="ignore")
