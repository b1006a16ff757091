"""What is counted when a rehearsal is over: people, papers, rows, acknowledgements, and what lies about."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.cli.rehearsal.leavings import Leavings
from kiosk.cli.stage import PLATFORM
from kiosk.cli.wiring import open_terminal
from kiosk.failure import KioskError
from kiosk.ports import Store


@dataclass(slots=True)
class Count:
    """The report. `wrong` names what does not add up; empty when everything does."""

    told: int = 0
    rows: int = 0
    platform: int = 0
    acknowledged: int = 0
    printed: int = 0
    waiting: int = 0
    parked: int = 0
    files_looked_at: int = 0
    wrong: list[str] = field(default_factory=list)


def count(data: Path, told: Collection[str], temporary: Path) -> Count:
    """Count, when everything has stopped. `told` are the numbers people were given."""
    made = Count(told=len(told))
    with closing(open_terminal(data)) as store:
        rows = {case.submission_no: case for case in store.cases.page(limit=100_000)}
        made.rows = len(rows)
        made.waiting, made.parked, _ = store.outbox.counts()
        made.acknowledged = sum(not case.pending for case in rows.values())
        made.wrong += _store_faults(store)
    held = _at_platform(data)
    made.platform = len(held)
    made.wrong += _set_faults(set(told), set(rows), held)
    originals = _originals(data / "papers")
    made.printed = sum(originals.values())
    made.wrong += _paper_faults(originals, set(rows))
    if made.waiting or made.parked or made.acknowledged != made.rows:
        made.wrong.append("not every case is acknowledged")
    left = Leavings(data, temporary)
    left.look()
    made.wrong += left.wrong()
    made.files_looked_at = left.search.files
    return made


def _store_faults(store: Store) -> Iterator[str]:
    """Every page of the database, every index, and the journal's chain."""
    examine = getattr(store, "examine", store.journal.verify)
    try:
        examine()
    except KioskError as error:
        yield f"the terminal's database: {error.failure.code}"


def _at_platform(data: Path) -> list[str]:
    command = [sys.executable, "-m", "central.cli", "cases", "list", "--data", str(data / PLATFORM), "--json"]
    answer = subprocess.run(command, capture_output=True, check=True)
    return [str(row["submission_no"]) for row in json.loads(answer.stdout)]


def _set_faults(told: set[str], rows: set[str], held: list[str]) -> Iterator[str]:
    if told - rows:
        yield f"{len(told - rows)} cases people hold a number for are gone"
    if rows - set(held):
        yield f"{len(rows - set(held))} cases have not reached the platform"
    if set(held) - rows:
        yield f"{len(set(held) - rows)} cases of the platform are not here"
    if len(held) != len(set(held)):
        yield "a case is at the platform twice"


def _originals(tray: Path) -> Counter[str]:
    """Receipts in the tray that do not say 补打, by number."""
    found: Counter[str] = Counter()
    for path in tray.glob("*-receipt-*.pdf"):
        found[path.name.partition("-receipt-")[2].removesuffix(".pdf")] += 1
    return found


def _paper_faults(originals: Counter[str], rows: set[str]) -> Iterator[str]:
    if rows - originals.keys():
        yield f"{len(rows - originals.keys())} cases have no receipt"
    if sum(originals[number] for number in rows) != len(originals.keys() & rows):
        yield "a receipt came out twice as an original"
    if strangers := [name for name in originals.keys() - rows if not any(name.startswith(f"{row}-") for row in rows)]:
        yield f"{len(strangers)} receipts are of no case"
