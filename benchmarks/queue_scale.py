"""Whether anything a screen or the agent asks all day grows with the number of cases waiting.

`python -m benchmarks.queue_scale [FOLDER] [SIZES]` fills one data directory for each size (default 1000,10000,100000),
then opens each in turn, several times over, in a fresh process whose file cache for the database was dropped, and
prints the medians side by side in milliseconds.
"""

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.table import print_table
from kiosk import numbers
from kiosk.ports import Submission
from local_db.store import Store, open_store
from tests.local_db.making import NOON, Application, enrol, material, page

SIZES = (1_000, 10_000, 100_000)
REPEATS = 7
BARS = {"open": 5.0, "first page": 10.0, "next to send": 0.1}
_BATCH = 100


def fill(data: Path, size: int) -> None:
    """`size` queued cases of 2 kB with three files each; a tenth postponed, a tenth with its form taken."""
    with open_store(data, create=True) as store:
        enrol(store)
        refs = [store.blobs.keep(page(1000)) for _ in range(3)]
        materials = tuple(material(store, ref, f"m{place}") for place, ref in enumerate(refs))
        model = Application(materials, form=b"x" * 2000).build(1)
        for start in range(0, size, _BATCH):
            with store.write_tx():
                for place in range(start, min(start + _BATCH, size)):
                    add(store, model, place)


def add(store: Store, model: Submission, place: int) -> None:
    at = NOON - timedelta(days=30) + timedelta(seconds=place)
    event = secrets.token_hex(16)

    def build(counter: int) -> Submission:
        number = numbers.submission_no("T00001", "A", at.date(), counter)
        summary = replace(model.summary, submission_no=number, submitted_at=at)
        receipt = replace(model.receipt, submission_no=number, submitted_at=at)
        return replace(model, event_id=event, summary=summary, receipt=receipt, owners=(place.to_bytes(32, "big"),))

    store.cases.submit(build)
    if place % 10 == 1:
        store.outbox.postpone([event], "link.down", NOON + timedelta(minutes=10))
    elif place % 10 == 2:
        store.outbox.form_taken(event, b"acknowledged")


def once(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def often(act: Callable[[], object], times: int = 200) -> float:
    return statistics.median(once(act) for _ in range(times))


def drop_cache(path: Path) -> None:
    """Ask the system to forget the file, so that what is read comes from the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(descriptor)


def look(data: Path) -> dict[str, float]:
    """Everything once cold, then often; run in a process of its own."""
    drop_cache(data / "jinban.db")
    figures: dict[str, float] = {}
    started = time.perf_counter()
    store = open_store(data)
    figures["open"] = (time.perf_counter() - started) * 1000
    middle = store.cases
    figures["first page"] = once(middle.page)
    figures["first next"] = once(lambda: store.outbox.next_batch(NOON, 1))
    figures["page"] = often(middle.page)
    figures["next to send"] = often(lambda: store.outbox.next_batch(NOON, 1), 1000)
    figures["next 100"] = often(lambda: store.outbox.next_batch(NOON, 100), 20)
    figures["counts"] = often(store.outbox.counts, 1000)
    figures["next due"] = often(store.outbox.next_due, 1000)
    figures["own cases"] = often(lambda: store.cases.owned_by((500).to_bytes(32, "big")))
    older = middle.page()[-1].submitted_at - timedelta(seconds=400)
    figures["older page"] = often(lambda: middle.page(older))
    figures["submit"] = often(lambda: submit_one(store, NOON), 50)
    store.close()
    return figures


def submit_one(store: Store, at: datetime) -> None:
    store.cases.submit(Application(at=at, form=b"x" * 2000).build)


def main(base: str | None, sizes: tuple[int, ...]) -> int:
    with tempfile.TemporaryDirectory(prefix="jinban-bench-", dir=base) as folder:
        seen = measure(Path(folder), sizes)
    least, most = sizes[0], sizes[-1]
    rows, failed = [], False
    for name in seen[least][0]:
        medians = [statistics.median(look[name] for look in seen[size]) for size in sizes]
        ratio = medians[-1] / medians[0]
        bar = BARS.get(name)
        failed = failed or (bar is not None and (medians[-1] > bar or ratio > 2))
        rows.append((name, *(f"{value:.3f}" for value in medians), f"{ratio:.2f}", f"{bar}" if bar else ""))
    print_table(("ms", *(f"{size:,}" for size in sizes), f"x {least:,}", "bar"), rows)
    print(f"bars hold for {most:,} queued, and no bar grows more than twofold from {least:,}")
    return int(failed)


def measure(folder: Path, sizes: tuple[int, ...]) -> dict[int, list[dict[str, float]]]:
    seen: dict[int, list[dict[str, float]]] = {}
    for size in sizes:
        took = once(lambda size=size: fill(folder / str(size), size))  # type: ignore[misc] # a bound loop variable
        length = (folder / str(size) / "jinban.db").stat().st_size
        print(f"{size:,} cases written in {took / 1000:.1f} s, {length / size:,.0f} B each")
        seen[size] = []
    for _ in range(REPEATS):
        for size in sizes:
            command = [sys.executable, "-m", "benchmarks.queue_scale", "look", str(folder / str(size))]
            answer = subprocess.run(command, check=True, capture_output=True, text=True)
            seen[size].append(json.loads(answer.stdout))
    return seen


if __name__ == "__main__":
    if sys.argv[1:2] == ["look"]:
        print(json.dumps(look(Path(sys.argv[2]))))
        sys.exit(0)
    wanted = tuple(int(size) for size in sys.argv[2].split(",")) if len(sys.argv) > 2 else SIZES
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None, wanted))
