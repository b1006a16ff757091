"""A new program meets the directory of an old one, and an old program that of a new one."""

import hashlib
import os
import shutil
import signal
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.failure import Failure, KioskError
from local_db import opening
from local_db.driver import Database, connect
from local_db.keys import FileKey
from local_db.migrations import SCHEMA_VERSION
from local_db.opening import FILE_NAME
from local_db.store import Store, open_store
from tests.local_db.making import NOON, SetClock, submit
from tests.local_db.older import RELEASED, Contents, older_directory
from tests.powercut.laying import read_tree


def shown(store: Store, held: Contents) -> None:
    """Everything is there, as it was left."""
    store.examine()
    due = {entry.submission_no: entry for entry in store.outbox.next_batch(NOON)}
    assert set(due) >= set(held.queued)
    for number in held.queued:
        for one in due[number].materials:
            assert hashlib.sha256(store.blobs.read(one.digest)).hexdigest() == one.digest
    assert store.cases.show(held.parked).parked
    assert str(store.cases.show(held.settled).state) == "received"
    assert store.cases.decision_paper(held.settled) == (b"paper", b"s")
    assert set(store.drafts.load(held.draft).blobs) == set(held.draft_pages)
    assert [one.entry for one in store.papers.open_ends(held.queued[0])] == [held.paper]
    assert store.outbox.counts()[:2] == (3, 1)
    for number, event in held.events.items():
        assert store.cases.receipt(number).submission_no == number
        assert any(entry.details.get("event") == event for entry in store.journal.entries(limit=1000))


@pytest.mark.parametrize("version", RELEASED)
def test_every_released_schema_opens_with_everything_in_it(tmp_path: Path, version: int) -> None:
    data = tmp_path / "data"
    held = older_directory(data, version)
    key = FileKey(data).key()
    with closing(connect(data / FILE_NAME, key, "ro")) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (version,)

    with open_store(data, clock=SetClock()) as store:
        shown(store, held)
        assert store._connection.row("PRAGMA user_version") == (SCHEMA_VERSION,)
        taken = submit(store, pages=1).summary.submission_no
        assert taken not in held.events
        assert store.outbox.unpark(held.parked, "clerk") == 1
    with open_store(data, clock=SetClock()) as store:
        assert store.outbox.counts()[:2] == (4, 0)


def test_the_schema_of_an_upgraded_directory_is_that_of_a_new_one(tmp_path: Path) -> None:
    drawn = []
    for version in (RELEASED[0], SCHEMA_VERSION):
        older_directory(tmp_path / str(version), version)
        with open_store(tmp_path / str(version), clock=SetClock()) as store:
            drawn.append(sorted(store._connection.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")))

    assert drawn[0] == drawn[1]


def test_a_newer_directory_is_refused_and_not_one_byte_of_it_changes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    older_directory(data, SCHEMA_VERSION)
    with closing(connect(data / FILE_NAME, FileKey(data).key())) as raw:
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        raw.execute("CREATE TABLE of_a_later_release (x)")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = read_tree(data)
    for _ in range(2):
        with pytest.raises(KioskError) as refused:
            open_store(data, clock=SetClock())
        assert refused.value.failure is Failure.STORE_NEWER

    after = read_tree(data)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() <= {f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"}
    assert not after.get(f"{FILE_NAME}-wal"), "SQLite makes an empty log to read beside, and nothing stands in it"


def test_a_newer_directory_that_lost_its_power_in_a_commit_is_refused_with_its_log_kept(tmp_path: Path) -> None:
    """The newer program's last commit lies in its log alone; the older one must not fold it in, nor lose it."""
    data = tmp_path / "data"
    older_directory(data, SCHEMA_VERSION)
    child = os.fork()
    if child == 0:
        raw = connect(data / FILE_NAME, FileKey(data).key())
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    kept = {name: content for name, content in read_tree(data).items() if not name.endswith("-shm")}
    assert len(kept[f"{FILE_NAME}-wal"] or b"") > 0

    with pytest.raises(KioskError) as refused:
        open_store(data, clock=SetClock())

    assert refused.value.failure is Failure.STORE_NEWER
    assert {name: content for name, content in read_tree(data).items() if not name.endswith("-shm")} == kept


def test_a_migration_that_is_killed_at_any_statement_is_done_by_the_next_opening(tmp_path: Path) -> None:
    prepared = tmp_path / "prepared"
    held = older_directory(prepared, RELEASED[0])
    deaths = 0
    while killed_at(deaths + 1, data := copy(prepared, tmp_path / f"killed-{deaths}")):
        deaths += 1
        with open_store(data, clock=SetClock()) as store:
            shown(store, held)
            assert store._connection.row("PRAGMA user_version") == (SCHEMA_VERSION,)
        shutil.rmtree(data)

    assert deaths > 2 * SCHEMA_VERSION


def copy(prepared: Path, data: Path) -> Path:
    shutil.copytree(prepared, data)
    return data


def killed_at(statement: int, data: Path) -> bool:
    """Open it in a process that dies at that statement of the migration; whether it came to that."""
    child = os.fork()
    if child == 0:
        left, real = [statement], opening._migrate

        def die(_: str) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def dying(db: Database) -> None:
            db.conn.set_trace_callback(die)
            real(db)

        opening._migrate = dying
        open_store(data, clock=SetClock())
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
