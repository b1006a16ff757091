"""What the screen costs on the software backend: at rest, while the agent delivers, a page is scanned, the camera runs.

What the camera's live picture costs where it is shown is in `benchmarks.camera`.

`python -m benchmarks.screen [SECONDS] [SIZE]` (default 8 s, 1920x1080) prints

- first frame: from the start of a process, imports included, to its first picture, the median of five;
- frame cost: what Qt works per frame while the home page scrolls at 2,600 pixels a second, p50 and p99;
- frame interval: between pictures while it scrolls, p99 (a 16 ms timer cannot give less than 16);
- screen change: from the touch that asks for it to the next screen's first picture, over every screen of three whole
  visits, what the desk does in between included; p50, p99 and the slowest three by name. A screen that a device or a
  printer brings up (the card was read, the receipt is out) is no answer to a touch and not counted;
- memory: the most a process of its own holds during two visits and what it holds after them, in MB (resident, shared
  libraries included, less what the touching hand itself had to import).

Bars: first frame 1 s, frame cost p99 8 ms, interval p99 25 ms, change 100 ms, memory 220 MB.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject

from benchmarks.table import print_table
from kiosk.cli.stage import Stage, open_stage
from kiosk.cli.tour import Tour
from kiosk.cli.wiring import new_desk, open_terminal, quiet_logs
from kiosk.config import Config, ScreenConfig
from kiosk.desk.desk import Desk
from kiosk.model.devices import ScanPages, UseCamera
from kiosk.ports import Store
from ui.app import Screen, ScreenDeps, make_application
from ui.hand import Hand

PIXELS_A_FRAME = 41
STARTS = 5
VISITS = 3
BROUGHT_UP = frozenset({"who", "kept", "receipt", "attract"})
"""Screens that come by themselves: the card was read, the paper is out, the goodbye was long enough."""
BAR_START, BAR_COST, BAR_INTERVAL, BAR_CHANGE, BAR_MEMORY = 1000, 8, 25, 100, 220


def rank(figures: list[float], share: float) -> float:
    """The figure at this share of the sorted figures."""
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * share))]


class Frames:
    """Watches a window's frames: what each cost and when it was shown, in milliseconds."""

    def __init__(self, screen: Screen) -> None:
        self.costs: list[float] = []
        self.shown: list[float] = []
        self._began = 0.0
        screen.window.afterAnimating.connect(self._begin)
        screen.window.frameSwapped.connect(self._end)

    def _begin(self) -> None:
        self._began = time.perf_counter()

    def _end(self) -> None:
        now = time.perf_counter()
        self.costs.append((now - self._began) * 1000)
        self.shown.append(now * 1000)

    def forget(self) -> None:
        """Begin anew."""
        self.costs.clear()
        self.shown.clear()

    def intervals(self) -> list[float]:
        """Between one picture and the next."""
        return [later - earlier for earlier, later in zip(self.shown, self.shown[1:], strict=False)]


@contextmanager
def a_screen(stage: Stage, store: Store, size: str, *, still: bool = True) -> Iterator[Screen]:
    """The screen as `kiosk run` shows it."""

    def make_desk(in_lane: Callable[[Callable[[], None]], None]) -> Desk:
        return new_desk(stage.data, store, devices=stage.devices, in_lane=in_lane)

    app = make_application(["screen"])
    config = replace(Config(), screen=ScreenConfig(size=size))
    with Screen(app, ScreenDeps(make_desk, stage.devices, config), still=still) as screen:
        screen.show(size)
        yield screen


def scroll(hand: Hand, frames: Frames, seconds: float) -> None:
    """Up and down the home page, one step a frame."""
    page = hand.find("scrollArea")
    most = float(page.property("contentHeight")) - page.height()
    at, step = 0.0, PIXELS_A_FRAME
    end = time.monotonic() + seconds
    frames.forget()
    while time.monotonic() < end:
        began = time.perf_counter()
        at += step
        if not 0 <= at <= most:
            step, at = -step, min(max(at, 0.0), most)
        page.setProperty("contentY", at)
        while time.perf_counter() - began < 0.016:
            hand.settle(0.001)


class Changes(QObject):
    """Milliseconds from a touch to the first picture of the screen it leads to, with the screen's name."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen.window)
        self.found: list[tuple[float, str]] = []
        self._touched = 0.0
        self._state = ""
        screen.window.installEventFilter(self)
        screen.window.frameSwapped.connect(self._shown)
        getattr(screen.kiosk, "_visit").entered.connect(self._entered)  # noqa: B009 - a property to mypy

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See QObject."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._touched = time.perf_counter()
        return False

    def _entered(self, state: str) -> None:
        self._state = "" if state in BROUGHT_UP else state

    def _shown(self) -> None:
        if self._state:
            self.found.append(((time.perf_counter() - self._touched) * 1000, self._state))
            self._state = ""


def changes(stage: Stage, store: Store, size: str) -> list[tuple[float, str]]:
    """Every change of screen in some whole visits."""
    with a_screen(stage, store, size) as screen:
        hand = Hand(make_application(), screen.window, patience=30.0)
        hand.settle(0.5)
        seen = Changes(screen)
        tour = Tour(screen, hand, stage.devices, lambda _: None)
        for _ in range(VISITS):
            tour.whole()
        return seen.found


def measure(
    stage: Stage, store: Store, size: str, seconds: float, *, busy: bool, filming: bool = False
) -> tuple[str, float, float, float]:
    """Which, frame cost p50 and p99, interval p99."""
    with a_screen(stage, store, size) as screen:
        frames = Frames(screen)
        hand = Hand(make_application(), screen.window, patience=30.0)
        hand.settle(1.0)
        hand.touch("startButton")
        hand.find("scrollArea")
        if busy:
            stage.link.restore()
            stage.devices.start(ScanPages(), lambda _: None)
        camera = stage.devices.start(UseCamera(), lambda _: None) if filming else None
        scroll(hand, frames, seconds)
        if camera is not None:
            stage.devices.cancel(camera)
        costs, intervals = list(frames.costs), frames.intervals()
        which = "delivering, scanning, filming" if filming else "delivering, scanning" if busy else "at rest"
        return which, statistics.median(costs), rank(costs, 0.99), rank(intervals, 0.99)


def alone(job: str, data: Path) -> list[float]:
    """The figures a process of its own prints for one job."""
    command = [sys.executable, "-m", "benchmarks.screen_alone", job, str(data)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(figure) for figure in answer.stdout.split()[-2:]]


def main(seconds: float = 8.0, size: str = "1920x1080") -> int:
    """Print the figures; 1 when one of them missed its bar."""
    with tempfile.TemporaryDirectory(prefix="jinban-screen-") as folder, open_stage(Path(folder)) as stage:
        with closing(open_terminal(stage.data)) as store:
            rows = [measure(stage, store, size, seconds, busy=False)]
            stage.link.cut()
            switched = changes(stage, store, size)
            rows.append(measure(stage, store, size, seconds, busy=True))
            rows.append(measure(stage, store, size, seconds, busy=True, filming=True))
        start = statistics.median(alone("first-frame", stage.data)[1] for _ in range(STARTS))
        most, after = alone("visits", stage.data)
    print(f"first frame: {start:.0f} ms (median of {STARTS} starts)")
    print(f"memory: at most {most:.0f} MB during two visits, {after:.0f} MB after them")
    times = [milliseconds for milliseconds, _ in switched]
    late = rank(times, 0.99)
    print(f"screen change: {len(times)}, p50 {statistics.median(times):.0f} ms, p99 {late:.0f} ms; slowest", end=" ")
    print(", ".join(f"{state} {milliseconds:.0f}" for milliseconds, state in sorted(switched, reverse=True)[:3]))
    print_table(
        (f"ms, {size}", "cost p50", "cost p99", "interval p99"),
        [(which, *(f"{figure:.1f}" for figure in figures)) for which, *figures in rows],
    )
    in_time = all(cost <= BAR_COST and interval <= BAR_INTERVAL for _, _, cost, interval in rows)
    return int(start > BAR_START or late > BAR_CHANGE or most > BAR_MEMORY or not in_time)


if __name__ == "__main__":
    quiet_logs()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(*(convert(text) for convert, text in zip((float, str), sys.argv[1:], strict=False))))
