"""What the next opening of a platform's directory finds there, and everything in it that is half done."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from central.office import open_office
from central.store import audit, cases, events
from kiosk.failure import KioskError


@dataclass
class Held:
    """One directory as it was opened: numbers, and of these the ones whose every file is here whole."""

    cases: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    decided: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def look(data: Path) -> Held:
    """Open it with the platform's own code and look at everything."""
    held = Held()
    try:
        _read(data, held)
    except KioskError as error:
        held.wrong.append(f"platform: {error.failure.code} {error.info}")
    if not held.wrong:
        with closing(sqlite3.connect(data / "central.db")) as raw:
            if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                held.wrong.append("platform: the database is damaged")
    return held


def _read(data: Path, held: Held) -> None:
    with open_office(data) as office, office.store.read() as connection:
        found = cases.page(connection, limit=1_000_000)
        held.cases = {case.number for case in found}
        held.decided = {case.number: str(case.state) for case in found}
        if len(held.cases) != len(found):
            held.wrong.append("platform: a case twice")
        noted = [one.subject for one in audit.entries(connection, limit=1_000_000) if one.act == "intake.case"]
        if sorted(noted) != sorted(held.cases):
            held.wrong.append("platform: cases and its record of them disagree")
        for case in found:
            stored = events.of_case(connection, case.number)
            if len(stored) != 1:
                held.wrong.append("platform: not one event of one case")
            if all(one.completed_at for one in stored):
                held.whole.add(case.number)
                for one in stored:
                    for entry in events.files(connection, one.terminal, one.event):
                        office.blobs.read(one.terminal, entry.digest)
