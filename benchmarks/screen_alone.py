"""Figures of `benchmarks.screen` that need a process of their own, over a directory: `first-frame` and `visits`."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from devices.config import table_of
from devices.host import DeviceHost
from kiosk.cli.wiring import new_desk, open_terminal, quiet_logs
from kiosk.config import Config, ScreenConfig
from kiosk.desk.desk import Desk
from ui.app import Screen, ScreenDeps, make_application

_TICK = os.sysconf("SC_CLK_TCK")


def memory() -> float:
    """Resident MB of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def rest(seconds: float = 1.0) -> None:
    """Let the screen come to rest: what the lane still reads at the start must not be taken for something else."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        make_application().processEvents()
        time.sleep(0.005)


@contextmanager
def terminal(data: Path) -> Iterator[tuple[Screen, DeviceHost]]:
    """The screen as `kiosk run` starts it, with nothing of a demonstration in its process."""
    config = replace(Config(), screen=ScreenConfig(size="1920x1080"))
    with DeviceHost(table_of(config.devices), data) as devices, closing(open_terminal(data)) as store:

        def make_desk(in_lane: Callable[[Callable[[], None]], None]) -> Desk:
            return new_desk(data, store, devices=devices, in_lane=in_lane)

        with Screen(make_application(["screen"]), ScreenDeps(make_desk, devices, config), still=True) as screen:
            yield screen, devices


def first_frame(data: Path) -> None:
    """Show the screen and print how many milliseconds after the process's start its first picture stood."""
    started = int(Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19]) / _TICK
    seen: list[float] = []
    with terminal(data) as (screen, _):
        screen.window.frameSwapped.connect(lambda: seen.append(time.clock_gettime(time.CLOCK_BOOTTIME)))
        screen.show("1920x1080")
        while not seen:
            make_application().processEvents()
    print(0, f"{(seen[0] - started) * 1000:.0f}")


def visits(data: Path) -> None:
    """Walk two visits and print the most and the last resident MB."""
    most: list[float] = []
    with terminal(data) as (screen, devices):
        screen.show("1920x1080")
        rest()
        before = memory()
        from kiosk.cli.tour import Tour  # noqa: PLC0415 -- weighed apart: it is no part of the terminal
        from ui.hand import Hand  # noqa: PLC0415 -- same, with the test library of Qt

        brought = memory() - before
        hand = Hand(make_application(), screen.window, patience=30.0)
        hand.settle(0.5)
        tour = Tour(screen, hand, devices, lambda _: most.append(memory() - brought))
        for _ in range(2):
            tour.whole()
        hand.settle(0.5)
        print(f"{max(most):.0f}", f"{memory() - brought:.0f}")


if __name__ == "__main__":
    quiet_logs()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    {"first-frame": first_frame, "visits": visits}[sys.argv[1]](Path(sys.argv[2]))
