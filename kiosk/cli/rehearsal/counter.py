"""The counter: simulated devices and a desk, in a process that may be killed at any moment.

`python -m kiosk.cli.rehearsal.counter DATA`. A JSON line on standard input asks, a JSON line answers:
`{"do": "visit", "trouble": NAME}` → `{"ok", "number", "printed", "met"}`, `met` being the failures people were told;
`{"do": "tidy"}` → `{"ok", "printed"}`: somebody looks into the tray and prints what did not come out.
"""

import json
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from devices.config import table_of
from devices.host import DeviceHost
from devices.limits import Limits
from kiosk import incidents
from kiosk.cli.headless import Walk
from kiosk.cli.wiring import open_terminal, quiet_logs
from kiosk.clock import CLOCK_MARK, SystemClock
from kiosk.config import read_config
from kiosk.failure import Failure, KioskError
from kiosk.model.values import JsonObject
from kiosk.ports import Store
from kiosk.unseen import leave_no_image

IMPATIENT: Final = Limits(scan_silence=3.0, card_silence=3.0, print_silence=5.0)
"""A rehearsal does not wait as long for a hung driver as a terminal with real devices does."""

_TRIES: Final = 3
_FULL_AT: Final = 64 * 1024
_DEVICES: Final[dict[str, tuple[tuple[str, str], str]]] = {
    "card_pulled": (("idcard", "pull_mid_read"), "lift"),
    "card_unreadable": (("idcard", "unreadable"), "lift"),
    "scanner_jam": (("scanner", "jam"), "clear"),
    "scanner_hangs": (("scanner", "hang"), "state"),
    "scanner_dies": (("scanner", "crash"), "state"),
    "printer_jam": (("printer", "jam"), "clear"),
    "paper_out": (("printer", "paper_out"), "refill"),
}
"""Trouble → what is done to which simulator, and what somebody does about it there."""

_CLOCKS: Final[dict[str, Callable[[datetime], timedelta]]] = {
    "clock_1970": lambda now: datetime.fromtimestamp(0, now.tzinfo) - now + timedelta(minutes=7),
    "clock_ahead": lambda _: timedelta(days=730),
    "clock_behind": lambda _: timedelta(hours=-3),
}


class MovedClock(SystemClock):
    """The machine's clock, and how wrong it is made."""

    off: timedelta = timedelta(0)

    def now(self) -> datetime:
        """See `SystemClock.now`."""
        return super().now() + self.off


class Counter:
    """One desk, as it is used."""

    def __init__(self, walk: Walk, store: Store, clock: MovedClock, tray: Path) -> None:
        self._walk, self._store, self._clock, self._tray = walk, store, clock, tray

    def visit(self, trouble: str) -> JsonObject:
        """One person, with this trouble; what went wrong is put right and tried again."""
        met: list[str] = []
        with self._troubled(trouble):
            number = self._tried(self._walk.visit, trouble, met)
            printed = self._print(number, trouble, met) if number else False
        return {"ok": number is not None, "number": number, "printed": printed, "met": met}

    def tidy(self) -> JsonObject:
        """Look into the tray after every print whose end is unknown, and print the receipts that did not come out."""
        printed = 0
        for case in self._store.cases.page(limit=100_000):
            if not self._lies_in_tray(case.submission_no):
                self._settle(case.submission_no)
                printed += self._walk.receipt(case.submission_no).failure is None
            else:
                self._settle(case.submission_no)
        return {"ok": True, "printed": printed}

    def _tried(self, act: Callable[[], str], trouble: str, met: list[str]) -> str | None:
        for _ in range(_TRIES):
            try:
                return act()
            except KioskError as error:
                met.append(error.failure.code)
                self._put_right(trouble)
        return None

    def _print(self, number: str, trouble: str, met: list[str]) -> bool:
        for _ in range(_TRIES):
            failure = self._receipt(number)
            if failure is None:
                return True
            met.append(failure.code)
            self._put_right(trouble)
            self._settle(number)
        return False

    def _receipt(self, number: str) -> Failure | None:
        try:
            return self._walk.receipt(number).failure
        except KioskError as error:
            return error.failure

    def _settle(self, number: str) -> None:
        for one in self._store.papers.open_ends(number):
            self._store.papers.settle(one.entry, printed=one.end == "uncertain" and self._lies_in_tray(number))

    def _lies_in_tray(self, number: str) -> bool:
        return any(self._tray.glob(f"*-receipt-{number}.pdf"))

    @contextmanager
    def _troubled(self, trouble: str) -> Iterator[None]:
        if trouble in _DEVICES:
            (device, action), _ = _DEVICES[trouble]
            self._walk.devices.simulate(device, action)
        elif trouble in _CLOCKS:
            self._clock.off = _CLOCKS[trouble](self._clock.now())
        elif trouble == "disk_full":
            _limit(_FULL_AT)
        try:
            yield
        finally:
            self._clock.off = timedelta(0)
            _limit(resource.RLIM_INFINITY)

    def _put_right(self, trouble: str) -> None:
        if trouble in _DEVICES:
            (device, _), remedy = _DEVICES[trouble]
            try:
                self._walk.devices.simulate(device, remedy)
            except KioskError:  # its driver is only just starting again
                return
        _limit(resource.RLIM_INFINITY)


def _limit(size: int) -> None:
    """Let no file of this process grow beyond so many bytes: the system refuses it as it does on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def main(data: Path) -> None:
    """Answer until the input ends."""
    leave_no_image()
    incidents.install()
    quiet_logs()
    clock = MovedClock()
    table = table_of(read_config(data).devices)
    with closing(open_terminal(data, clock)) as store, DeviceHost(table, data, limits=IMPATIENT) as host:
        clock = MovedClock(lambda: store.settings.get(CLOCK_MARK))
        counter = Counter(Walk(data, host, store, clock), store, clock, data / "papers")
        _say({"ok": True})
        for line in sys.stdin:
            asked: dict[str, Any] = json.loads(line)
            _say(counter.visit(str(asked["trouble"])) if asked["do"] == "visit" else counter.tidy())


def _say(answer: JsonObject) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
