"""What taking one case costs, beside the least any program could do.

`python -m benchmarks.submit_latency [ROUNDS] [FOLDER]` takes turns, round by round, between

- append: one append of form and three scans to an open file and one fdatasync, the physical limit;
- submit: `cases.submit` of a sealed form of the same size, its three scans durable since they were captured;
- with seal: the same, sealing the form and drawing up the receipt included;
- capture: making the three scans durable one by one, as the scanner delivers them;
- form only: append of the form alone and one fdatasync.

All in milliseconds, on the file system of FOLDER (default: the temporary folder).
"""

import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.table import print_table
from kiosk.ports import SealedBlob, SealedMaterial, Submission
from local_db.store import Store, open_store
from tests.local_db.making import Application, draft, enrol, material, page

FORM = 2_000
SCAN = 150_000
SCANS = 3
DRAFT, QR, PAPER = 3_000, 300, 1_500
LIMIT = 1.5
_WARM_UP = 20


@contextmanager
def timed(into: list[float]) -> Iterator[None]:
    started = time.perf_counter()
    yield
    into.append((time.perf_counter() - started) * 1000)


def append(path: Path, *parts: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND)
    for part in parts:
        os.write(descriptor, part)
    os.fdatasync(descriptor)
    os.close(descriptor)


def captured(store: Store, case_id: str, scans: list[SealedBlob]) -> tuple[SealedMaterial, ...]:
    """The scans of one visit on the disk, named by its draft."""
    refs = [store.blobs.keep(scan) for scan in scans]
    owner, plain = secrets.token_bytes(32), secrets.token_bytes(DRAFT)
    store.drafts.save(draft(case_id, tuple(ref.digest for ref in refs), owner=owner, plain=plain))
    return tuple(material(store, ref, f"m{place}") for place, ref in enumerate(refs))


def application(materials: tuple[SealedMaterial, ...], case_id: str) -> Application:
    return Application(
        materials,
        draft_id=case_id,
        owners=(secrets.token_bytes(32),),
        form=secrets.token_bytes(FORM),
        qr_text="https://platform.invalid/r#" + "A" * QR,
        paper=b"p" * PAPER,
    )


def sealed(ready: Submission) -> Callable[[int], Submission]:
    return lambda _: ready


def measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every round, the first ones left out."""
    times: dict[str, list[float]] = {name: [] for name in ("append", "submit", "with seal", "capture", "form only")}
    log, forms = folder / "log", folder / "forms"
    log.touch()
    forms.touch()
    with open_store(folder / "data", create=True) as store:
        enrol(store)
        for turn in range(rounds + _WARM_UP):
            scans = [page(SCAN) for _ in range(2 * SCANS)]
            form = secrets.token_bytes(FORM)
            with timed(times["append"]):
                append(log, form, *(scan.data for scan in scans[:SCANS]))
            with timed(times["capture"]):
                first = captured(store, f"a{turn}", scans[:SCANS])
            second = captured(store, f"b{turn}", scans[SCANS:])
            ready = application(first, f"a{turn}").build(2 * turn + 1)
            with timed(times["submit"]):
                store.cases.submit(sealed(ready))
            with timed(times["with seal"]):
                store.cases.submit(application(second, f"b{turn}").build)
            with timed(times["form only"]):
                append(forms, form)
    return {name: values[_WARM_UP:] for name, values in times.items()}


def main(rounds: int, base: str | None) -> int:
    with tempfile.TemporaryDirectory(prefix="jinban-bench-", dir=base) as folder:
        times = measure(Path(folder), rounds)
    limit = statistics.median(times["append"])
    rows = []
    for name, values in times.items():
        cuts = statistics.quantiles(values, n=100)
        p50 = statistics.median(values)
        rows.append((name, f"{p50:.2f}", f"{cuts[89]:.2f}", f"{cuts[98]:.2f}", f"{p50 / limit:.2f}"))
    print(f"one case: form {FORM} B, {SCANS} scans of {SCAN} B; {rounds} rounds, taking turns")
    print_table(("way", "p50 ms", "p90 ms", "p99 ms", "x append"), rows)
    ratio = statistics.median(times["submit"]) / limit
    print(f"submit / append = {ratio:.2f} (bar: {LIMIT})")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300, sys.argv[2] if len(sys.argv) > 2 else None))
