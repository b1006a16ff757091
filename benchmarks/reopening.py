"""How long a terminal waits for its database when it starts again.

`python -m benchmarks.reopening [CASES] [ROUNDS]` (1,000, 200) fills a data directory with cases of one page each, then
opens and closes it again and again: key, schema version, journal mode, sweep. Milliseconds; the median must be below 5.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import print_table
from local_db.store import open_store
from tests.local_db.making import enrol, submit

LIMIT = 5.0
_WARM_UP = 10


def measure(folder: Path, cases: int, rounds: int) -> list[float]:
    """Milliseconds of every opening, the first ones left out."""
    data = folder / "data"
    with open_store(data, create=True) as store:
        enrol(store)
        for _ in range(cases):
            submit(store, pages=1)
    times = []
    for _ in range(rounds + _WARM_UP):
        started = time.perf_counter()
        store = open_store(data)
        times.append((time.perf_counter() - started) * 1000)
        assert store.outbox.counts()[0] == cases
        store.close()
    return times[_WARM_UP:]


def main(cases: int, rounds: int) -> int:
    with tempfile.TemporaryDirectory(prefix="jinban-bench-") as folder:
        times = measure(Path(folder), cases, rounds)
    cuts = statistics.quantiles(times, n=100)
    median = statistics.median(times)
    print_table(
        ("cases", "p50 ms", "p90 ms", "p99 ms"),
        [(f"{cases:,}", *(f"{one:.2f}" for one in (median, cuts[89], cuts[98])))],
    )
    print(f"reopening: {median:.2f} ms (bar: {LIMIT:.0f})")
    return 0 if median <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in (sys.argv[1:] + ["1000", "200"][len(sys.argv) - 1 :]))))
