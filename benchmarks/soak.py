"""A terminal that is used without a pause: does it grow?

`python -m benchmarks.soak [--minutes N]` (as `./dev bench soak --minutes N`; default 60) walks visit after visit at the
screen in a process of its own: whole visits from card to receipt, in the usual and in the large type, and visits broken
off in the middle with a name half typed. It prints what the process holds after each tenth of the visits, and the slope
of resident memory over the last three quarters, fitted by least squares.

Bars: slope 2 MB an hour (below what one malloc arena wobbles by) or less than twice its own standard error, at most
220 MB, and not one more thread, open file or Qt item at the end than after the first tenth.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.screen_alone import memory, rest, terminal
from benchmarks.table import print_table
from devices.host import DeviceHost
from kiosk.cli.wiring import quiet_logs
from ui.app import Screen, make_application

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickItem

    from kiosk.cli.tour import Tour
    from ui.hand import Hand

MINUTES = 60.0
BAR_SLOPE, BAR_MOST = 2.0, 220.0
TENTHS = 10
SAID = 20
WARM = 0.25


class Sample(NamedTuple):
    """What the process holds between two visits; `seconds` since the first."""

    seconds: float
    resident: float
    files: int
    threads: int
    items: int


class Slope(NamedTuple):
    """MB an hour, and how sure that is: one standard error."""

    an_hour: float
    error: float


@dataclass(slots=True)
class Visits:
    """Kinds of visits, one after the other, each back to the attract picture. `brought` MB are no terminal's own."""

    screen: Screen
    hand: "Hand"
    tour: "Tour"
    brought: float

    def walk(self) -> Iterator[None]:
        """Endlessly one more visit."""
        while True:
            for visit in (self._whole, self.broken_off, self._large, self.broken_off):
                visit()
                yield

    def sample(self, seconds: float) -> Sample:
        """Now, with nobody in front of the screen."""
        self.hand.settle(0.3)
        held = memory() - self.brought
        return Sample(
            seconds,
            held,
            _count("/proc/self/fd"),
            _count("/proc/self/task"),
            _items(self.screen.window.contentItem()),
        )

    def _whole(self) -> None:
        self.tour.whole()

    def _large(self) -> None:
        self._part("preferences").setProperty("elder", True)
        self.tour.whole()

    def broken_off(self) -> None:
        """A name half typed by keys, then the person walks away and time runs out."""
        hand, tour = self.hand, self.tour
        tour.to_guide()
        hand.touch("backButton")
        tour.at("home", show=False)
        hand.touch("searchField")
        for letter in "zhangxiuyinggaolingjintie":
            hand.touch(f"key_{letter}")
        from PySide6.QtCore import QTimer  # noqa: PLC0415 - the terminal's own way to import Qt comes first

        # From the event loop, as the clock does it: what is deleted later outside of one is never deleted.
        QTimer.singleShot(0, lambda: self._part("visit").finish(True))
        hand.until(lambda: tour.state() in ("attract", "goodbye"), "the end")
        if tour.state() == "goodbye":
            hand.touch("primaryButton")
        tour.at("attract", show=False)

    def _part(self, name: str) -> Any:
        """A controller, as Python sees it behind the property."""
        return getattr(self.screen.kiosk, name)


def _count(folder: str) -> int:
    return sum(1 for _ in Path(folder).iterdir())


def _items(item: "QQuickItem") -> int:
    """How many there are, seen or not."""
    return 1 + sum(_items(child) for child in item.childItems())


def slope(samples: list[Sample]) -> Slope:
    """Least squares of resident memory over time."""
    count = len(samples)
    middle = sum(one.seconds for one in samples) / count
    mean = sum(one.resident for one in samples) / count
    spread = sum((one.seconds - middle) ** 2 for one in samples)
    rise = sum((one.seconds - middle) * (one.resident - mean) for one in samples) / spread
    rest = sum((one.resident - mean - rise * (one.seconds - middle)) ** 2 for one in samples)
    return Slope(rise * 3600, (rest / max(1, count - 2) / spread) ** 0.5 * 3600)


def soak(data: Path, enough: Callable[[list[Sample]], bool]) -> list[Sample]:
    """Visits over a prepared directory until it is enough; a sample after each."""
    with terminal(data) as (screen, devices):
        visits = _visits(screen, devices)
        begun = time.monotonic()
        found: list[Sample] = []
        for _ in visits.walk():
            found.append(visits.sample(time.monotonic() - begun))
            if len(found) % SAID == 0:
                print(f"{len(found)} visits, {found[-1].resident:.1f} MB", file=sys.stderr, flush=True)
            if enough(found):
                return found
    raise AssertionError


def _visits(screen: Screen, devices: DeviceHost) -> Visits:
    screen.show("1920x1080")
    rest()
    before = memory()
    from kiosk.cli.tour import Tour  # noqa: PLC0415 - weighed apart: it is no part of the terminal
    from ui.hand import Hand  # noqa: PLC0415 - same, with the test library of Qt

    hand = Hand(make_application(), screen.window, patience=60.0)
    hand.settle(0.5)
    return Visits(screen, hand, Tour(screen, hand, devices, lambda _: None), memory() - before)


def report(samples: list[Sample]) -> int:
    """Print; 1 when a bar is missed."""
    last = samples[-1].seconds
    shown = [samples[len(samples) * part // TENTHS - 1] for part in range(1, TENTHS + 1)]
    rows = [
        (f"{one.seconds / 60:.1f} min", f"{one.resident:.1f}", str(one.files), str(one.threads), str(one.items))
        for one in shown
    ]
    print_table(("after", "resident MB", "open files", "threads", "items"), rows)
    warm = [one for one in samples if one.seconds >= last * WARM]
    grown, most = slope(warm), max(one.resident for one in samples)
    print(f"{len(samples)} visits in {last / 60:.1f} min; at most {most:.1f} MB (bar {BAR_MOST:.0f})")
    print(
        f"slope {grown.an_hour:+.2f} ± {grown.error:.2f} MB an hour over the last three quarters (bar {BAR_SLOPE:.0f})"
    )
    flat = grown.an_hour <= max(BAR_SLOPE, 2 * grown.error)
    first, end = shown[0], samples[-1]
    kept = end.files <= first.files and end.threads <= first.threads and end.items <= first.items
    return int(not (flat and kept and most <= BAR_MOST))


def main() -> int:
    """Prepare a demonstration, and walk in a process that holds nothing but the terminal."""
    parser = argparse.ArgumentParser(prog="soak")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--over", type=Path, help="a prepared data directory; given to the walking process alone")
    wanted = parser.parse_args()
    if wanted.over is not None:
        end = wanted.minutes * 60
        return report(soak(wanted.over, lambda samples: samples[-1].seconds >= end))
    from kiosk.cli.stage import open_stage  # noqa: PLC0415 - a whole platform: not in the process that is measured

    with tempfile.TemporaryDirectory(prefix="jinban-soak-") as folder, open_stage(Path(folder)) as stage:
        command = [sys.executable, "-m", "benchmarks.soak", "--minutes", str(wanted.minutes), "--over", str(stage.data)]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    quiet_logs()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
