"""A simulated scanner with a feeder. Its pages are real images and pass the same inspection as every driver's.

Nobody at a demo has paper at hand, so an untouched scanner feeds one sample page per request, the next one each time.

`simulate` actions beside those of `devices.switches`:

load
    Put `pages` into the feeder, a list or names with commas; `blank` is an empty sheet, `pages` answers all names.
empty
    Take everything out: `SCANNER_EMPTY` until the next `load`. `rotate` goes back to a sample page per request.
jam
    Jam after so many more pages (`after`, 0); `clear` takes the jammed sheet out.
short_page
    The next page stops half-way.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from devices.contract import Job, Page, Setup
from devices.scanner.pages import BLANK, find, page_names, scanned
from devices.switches import Switches
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import ScanPages

_STEP_SECONDS = 0.08


class SimulatedScanner:
    """Implements `devices.contract.ScannerDriver`."""

    simulated = True

    def __init__(self, setup: Setup) -> None:
        self._data = setup.data
        self._switches = Switches(
            setup,
            _STEP_SECONDS,
            {
                "load": self._load,
                "empty": lambda: self._switches.set(feeder=[]),
                "rotate": lambda: self._switches.set(feeder=None),
                "jam": lambda after=0: self._switches.set(jam_after=int(after)),
                "clear": lambda: self._switches.set(jammed=None, jam_after=None),
                "short_page": lambda: self._switches.set(short=True),
                "pages": lambda: {"pages": [*page_names(self._data), BLANK]},
            },
        )

    def open(self) -> None:
        """Find the scanner."""
        self._switches.pass_by("open")

    def check(self) -> str:
        """Say that it is a simulator, or that it is jammed."""
        self._switches.pass_by("idle")
        self._raise_if_jammed()
        return "simulated scanner"

    def close(self) -> None:
        """Nothing to let go."""

    def scan(self, request: ScanPages, job: Job) -> Iterator[Page]:
        """Feed page after page until the feeder is empty."""
        self._raise_if_jammed()
        if self._switches.get("feeder") == []:
            raise KioskError(Failure.SCANNER_EMPTY)
        for fed in range(request.max_pages):
            name = self._next_page(fed)
            if name is None:
                return
            self._switches.step(job)
            self._jam_if_due()
            short = bool(self._switches.take("short"))
            path = None if name == BLANK else find(self._data, name)
            yield scanned(path, request.dpi, colour=request.colour, short=short)

    def simulate(self, action: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """Load, jam and the rest of the actions above."""
        return self._switches.act(action, args)

    def _next_page(self, fed: int) -> str | None:
        """The next sheet, taken out of the feeder; one of the samples where nobody has loaded anything."""
        feeder = self._switches.get("feeder")
        if feeder is not None:
            self._switches.set(feeder=feeder[1:])
            return str(feeder[0]) if feeder else None
        if fed:
            return None
        names = page_names(self._data)
        turn = int(self._switches.get("turn", 0))
        self._switches.set(turn=turn + 1)
        return names[turn % len(names)]

    def _jam_if_due(self) -> None:
        left = self._switches.get("jam_after")
        if left is None:
            return
        if left > 0:
            self._switches.set(jam_after=left - 1)
            return
        self._switches.set(jam_after=None, jammed=True)
        raise KioskError(Failure.SCANNER_JAM)

    def _raise_if_jammed(self) -> None:
        if self._switches.get("jammed"):
            raise KioskError(Failure.SCANNER_JAM)

    def _load(self, pages: str | list[str]) -> None:
        names = [name.strip() for name in pages.split(",")] if isinstance(pages, str) else list(pages)
        for name in names:
            if name != BLANK:
                find(self._data, name)
        self._switches.set(feeder=names)
