"""Data directories as earlier releases left them, with everything in them that an upgrade must not lose.

The schema is drawn from the released migrations, which are never edited; the rows are those that release could hold.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.model.case import Decision, Rating
from kiosk.model.state import CaseState
from local_db.driver import Database, connect, database
from local_db.keys import FileKey
from local_db.migrations import SCHEMA_VERSION, migrations
from local_db.opening import FILE_NAME
from local_db.store import Store, open_store
from tests.local_db.making import NOON, Application, SetClock, draft, enrol, material, page

RELEASED: Final = tuple(range(1, SCHEMA_VERSION + 1))


@dataclass(frozen=True)
class Contents:
    """What lies in the directory, to be found again."""

    queued: tuple[str, ...]
    parked: str
    settled: str
    draft: str
    draft_pages: tuple[str, ...]
    paper: int
    events: dict[str, str]
    """Number → event, of all four cases."""


def older_directory(data: Path, version: int) -> Contents:
    """A directory of that release: cases queued, parked and delivered, a draft with pages, a parked print, a rating."""
    with open_store(data, create=True, clock=SetClock()) as store:
        enrol(store)
        contents = _fill(store)
    if version < SCHEMA_VERSION:
        _take_back(data, version)
    return contents


def _fill(store: Store) -> Contents:
    taken = [_submit(store, f"case-{place}") for place in range(4)]
    numbers = [one[0] for one in taken]
    store.outbox.park(taken[2][1], "intake.refused", "form")
    store.outbox.settle(taken[3][1], b"ack")
    store.inbox.apply_decision(Decision(numbers[3], 1, CaseState.RECEIVED, NOON, paper=b"paper", paper_signature=b"s"))
    store.cases.rate(Rating(numbers[3], 1, NOON))
    entry, _ = store.papers.begin("receipt", numbers[0], "digest")
    store.papers.end(entry, "parked")
    pages = tuple(store.blobs.keep(page()).digest for _ in range(2))
    store.drafts.save(draft("kept", pages))
    return Contents(tuple(numbers[:2]), numbers[2], numbers[3], "kept", pages, entry, dict(taken))


def _submit(store: Store, case: str) -> tuple[str, str]:
    refs = [store.blobs.keep(page()) for _ in range(2)]
    store.drafts.save(draft(case, tuple(ref.digest for ref in refs)))
    materials = tuple(material(store, ref, f"m{place}") for place, ref in enumerate(refs))
    taken = store.cases.submit(Application(materials, draft_id=case).build)
    return taken.summary.submission_no, taken.event_id


def _take_back(data: Path, version: int) -> None:
    """Put the rows into a database of the earlier schema and that in the place of this one."""
    key, path = FileKey(data).key(), data / FILE_NAME
    old, new = data / "older.db", connect(path, key)
    db = database(old, key, "rwc")
    names = [one.name for one in migrations.pending(db)]
    db.conn.execute("BEGIN IMMEDIATE")
    migrations.apply(db, stop_before=names[version])
    db.conn.execute(f"PRAGMA user_version = {version}")
    _copy_rows(db, new)
    db.conn.execute("COMMIT")
    db.conn.close()
    new.close()
    old.chmod(0o600)
    old.replace(path)


def _copy_rows(db: Database, new: Any) -> None:
    """Triggers step aside: counters come along as they stand, and the journal is written once more."""
    triggers = db.conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.conn.execute(f"DROP TRIGGER {name}")
    db.conn.execute("PRAGMA defer_foreign_keys = ON")
    tables = [name for (name,) in db.conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    # a release keeps the counters it knows; those of later ones come with their migrations
    for (name,) in db.conn.execute("SELECT name FROM counters").fetchall():
        stands = new.execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()
        db.conn.execute("UPDATE counters SET value = ? WHERE name = ?", (*stands, name))
    for table in (name for name in tables if not name.startswith(("_", "sqlite_")) and name != "counters"):
        columns = [row[1] for row in db.conn.execute(f"PRAGMA table_info({table})")]
        rows = new.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()  # noqa: S608 -- names of our own
        db.conn.execute(f"DELETE FROM {table}")  # noqa: S608 -- same
        db.conn.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' for _ in columns)})", rows)  # noqa: S608
    for _, sql in triggers:
        db.conn.execute(sql)
