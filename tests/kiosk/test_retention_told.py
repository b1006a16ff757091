"""`kiosk doctor` says what was deleted, whether it is gone, and what should have gone."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.cli.health.finding import Health
from kiosk.cli.health.retention import look_at_retention
from kiosk.clock import CLOCK_MARK, ClockMark
from local_db.driver import connect
from local_db.keys import FileKey
from local_db.opening import FILE_NAME
from local_db.store import Store, open_store
from tests.local_db.making import ITEM, enrol, submit

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A terminal that delivered one file which nothing asks to be kept."""
    with open_store(tmp_path / "data", create=True) as opened:
        enrol(opened)
        opened.settings.put(CLOCK_MARK, ClockMark.taken(datetime.now(UTC), timedelta(0)).encode())
        with opened.write_tx():
            opened._connection.run("INSERT INTO shelf_retention VALUES (?, 'm0', 0)", (ITEM,))
        taken = submit(opened, pages=1)
        opened.outbox.settle(taken.event_id, b"ack")
        yield opened


def test_nothing_is_over_yet(store: Store) -> None:
    finding = look_at_retention(store)
    assert (finding.health, finding.state.en) == (Health.WELL, "nothing was over yet")


def test_what_was_deleted_and_looked_for_is_well(store: Store) -> None:
    store.erasure.run(datetime.now(UTC))
    finding = look_at_retention(store)
    assert finding.health is Health.WELL
    assert "1 materials, 0 forms, 0 drafts deleted, and looked for: gone" in finding.state.en
    assert "已核对删净" in finding.state.zh


def test_a_file_past_its_time_by_a_day_is_worth_a_look(store: Store) -> None:
    with store.write_tx():
        store._connection.run("UPDATE outbox SET settled_at = settled_at - 86400000000 * 2")
    finding = look_at_retention(store)
    assert finding.health is Health.AMBER
    assert finding.state.en == "1 files past their time are still here"


def test_a_log_that_was_not_emptied_is_worth_a_look_until_it_is(store: Store, tmp_path: Path) -> None:
    with closing(connect(tmp_path / "data" / FILE_NAME, FileKey(tmp_path / "data").key())) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM drafts").fetchone()
        store.erasure.run(datetime.now(UTC))
        finding = look_at_retention(store)
    assert finding.health is Health.AMBER
    assert "log was not emptied" in finding.cause.en
    store.erasure.run(datetime.now(UTC))
    assert look_at_retention(store).health is Health.WELL
