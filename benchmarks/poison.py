"""What five cases that no platform takes in cost the other 495.

`python -m benchmarks.poison [CASES] [POISONED] [ROUNDS]` (500, 5, 3) fills the outbox of a real terminal, once with
sound cases alone and once with poisoned ones strewn among them, and times the run that delivers it to a real platform
on loopback, each with one scan of 20 kB. Medians in seconds, turns and megabytes; the ratio must stay below 1.2.
"""

import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.table import print_table
from kiosk.clock import SystemClock
from local_db.store import open_store
from sync.agent import RunReport
from sync.provision import provision_online
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import QUICK, Terminal

SCAN = 20_000
BAR = 1.2
POISON: dict[str, object] = {"no_form_asks_for": "this"}


def delivered(folder: Path, platform: Platform, cases: int, poisoned: int) -> tuple[float, RunReport]:
    """Seconds of the run that delivers so many cases, of which some are refused, and its report."""
    with open_store(folder, create=True) as store:
        provision_online(platform.url, platform.code(), store, SystemClock(), QUICK)
    terminal = Terminal(folder, platform.url)
    try:
        bad = range(cases // poisoned // 2, cases, cases // poisoned) if poisoned else ()
        for place in range(cases):
            take(terminal.store, SCAN, index=place + 1, answers=POISON if place in bad else None)
        started = perf_counter()
        report = terminal.agent.run_once()
        seconds = perf_counter() - started
        arrived = platform.numbers(terminal.name)
    finally:
        terminal.close()
    whole = (report.settled, report.parked, len(arrived), len(set(arrived)))
    if whole != (cases - poisoned, poisoned, cases - poisoned, cases - poisoned):
        raise SystemExit(f"not all and only the sound cases arrived: {whole}")
    return seconds, report


def main(cases: int = 500, poisoned: int = 5, rounds: int = 3) -> int:
    """Print the table; 1 when the sound cases were delayed by more than the bar."""
    times: dict[int, list[float]] = {0: [], poisoned: []}
    rows: dict[int, RunReport] = {}
    with tempfile.TemporaryDirectory() as folder:
        platform = Platform(Path(folder, "platform"))
        try:
            for turn in range(rounds):
                for bad, taken in times.items():
                    seconds, rows[bad] = delivered(Path(folder, f"{bad}-{turn}"), platform, cases, bad)
                    taken.append(seconds)
        finally:
            platform.kill()
    middle = {bad: statistics.median(taken) for bad, taken in times.items()}
    print_table(
        ("poisoned", "seconds", "turns", "MB sent"),
        [(str(bad), f"{middle[bad]:.2f}", str(rows[bad].turns), f"{rows[bad].sent_bytes / 1e6:.2f}") for bad in times],
    )
    ratio = middle[poisoned] / middle[0]
    print(f"{cases} cases, {poisoned} of them poisoned, take {ratio:.2f} times as long (bar {BAR})")
    return ratio > BAR


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
