"""The schema on paper is the schema in the file, and no hot query ever reads more than it shows."""

from contextlib import closing

import pytest

from local_db import migrations, schema
from local_db.driver import in_memory
from local_db.outbox import _COUNTS, _DUE, _NEXT
from local_db.store import Store

PAGE = "SELECT * FROM case_summaries WHERE submitted_at < 9 ORDER BY submitted_at DESC, submission_no DESC LIMIT 50"
OWN = (
    "SELECT s.* FROM case_owners o JOIN case_summaries s ON s.submission_no = o.submission_no WHERE o.owner = x'00'"
    " ORDER BY s.submitted_at DESC, s.submission_no DESC"
)


def plan(store: Store, sql: str, parameters: tuple[object, ...] = ()) -> list[str]:
    return [row[3] for row in store._connection.rows(f"EXPLAIN QUERY PLAN {sql}", parameters)]


def test_the_drawn_schema_is_in_step_with_the_migrations() -> None:
    assert schema.FILE.read_text(encoding="utf-8") == schema.drawn(), "run: python -m local_db.schema"


def test_the_version_in_the_file_counts_the_migrations(store: Store) -> None:
    with closing(in_memory()) as empty:
        assert len(migrations.migrations.pending(empty)) == migrations.SCHEMA_VERSION
    assert store._connection.row("PRAGMA user_version") == (migrations.SCHEMA_VERSION,)


def test_the_file_is_written_as_promised(store: Store) -> None:
    settings = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }
    for name, value in settings.items():
        assert store._connection.row(f"PRAGMA {name}") == (value,), name


@pytest.mark.parametrize(
    ("sql", "parameters"),
    [(PAGE, ()), (_DUE, (0, -1, 9, 1)), (_NEXT, ()), (OWN, ()), (_COUNTS, ())],
    ids=["page", "next to send", "next due", "own cases", "counts"],
)
def test_what_a_screen_or_the_agent_asks_all_day_walks_an_index(
    store: Store, sql: str, parameters: tuple[object, ...]
) -> None:
    steps = plan(store, sql, parameters)

    scanned = [step for step in steps if step.startswith("SCAN")]
    assert all("(subquery" in step for step in scanned), steps


@pytest.mark.parametrize(("sql", "parameters"), [(PAGE, ()), (_DUE, (0, -1, 9, 1))], ids=["page", "next to send"])
def test_nothing_is_sorted_to_find_the_first_rows(store: Store, sql: str, parameters: tuple[object, ...]) -> None:
    steps = plan(store, sql, parameters)

    assert not [step for step in steps if "TEMP B-TREE" in step], steps
