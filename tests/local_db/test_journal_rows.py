"""The stored journal: append-only by the file's own rules, and tampering past those rules is found."""

from pathlib import Path

import pytest

from kiosk import journal as chain
from kiosk.failure import Failure, KioskError
from local_db.driver import DriverError
from local_db.store import Store, open_store
from tests.local_db.making import SetClock, broken_off, submit


@pytest.fixture
def told(store: Store) -> Store:
    """A journal of a few ordinary days."""
    for step in range(12):
        submit(store)
        store.journal.append("paper.printed", f"receipt-{step}", "terminal", {"copy": "0", "digest": "一"})
    return store


def broken_at(store: Store) -> object:
    with pytest.raises(KioskError) as error:
        store.journal.verify()
    assert error.value.failure is Failure.JOURNAL_BROKEN
    return error.value.info["position"]


def test_entries_are_chained_from_the_first_on(told: Store) -> None:
    entries = told.journal.entries()

    assert [entry.position for entry in entries] == list(range(1, 26))
    assert entries[0].previous == chain.GENESIS[1]
    assert told.journal.verify() == told.journal.head() == (25, entries[-1].digest)
    assert told.journal.entries(after=20, limit=2) == entries[20:22]


def test_an_empty_journal_verifies(data: Path) -> None:
    with open_store(data, create=True, clock=SetClock()) as store:
        assert store.journal.verify() == store.journal.head() == chain.GENESIS


def test_an_entry_belongs_to_the_transaction_it_tells_of(store: Store) -> None:
    before = store.journal.head()
    broken_off(store, lambda: submit(store), lambda: store.journal.append("a", "b", "c"))

    assert store.journal.head() == before
    submit(store)
    assert store.journal.verify()[0] == before[0] + 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET act = 'nothing' WHERE position = 3",
        "DELETE FROM journal WHERE position = 3",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE position = 3",
    ],
)
def test_the_file_itself_refuses_to_change_the_journal(told: Store, sql: str) -> None:
    with pytest.raises(DriverError), told.write_tx():
        told._connection.run(sql)
    told.journal.verify()


@pytest.mark.parametrize(
    ("sql", "position"),
    [
        ("UPDATE journal SET act = 'nothing' WHERE position = 7", 7),
        ("UPDATE journal SET at = '2026-11-24T03:41:00.000000Z' WHERE position = 7", 7),
        ("UPDATE journal SET at = 'never' WHERE position = 7", 7),
        ('UPDATE journal SET details = \'{"copy":"1"}\' WHERE position = 8', 8),
        ("UPDATE journal SET details = 'no json' WHERE position = 8", 8),
        ("DELETE FROM journal WHERE position = 7", 7),
        ("DELETE FROM journal WHERE position = 1", 1),
        ("DELETE FROM journal WHERE position > 20", 21),
        ("DELETE FROM journal", 1),
        ("UPDATE journal SET position = 99 WHERE position = 7", 7),
    ],
)
def test_who_gets_past_those_rules_is_found_out(told: Store, sql: str, position: int) -> None:
    with told.write_tx():
        told._connection.run("DROP TRIGGER journal_never_changes")
        told._connection.run("DROP TRIGGER journal_never_shrinks")
        told._connection.run(sql)

    assert broken_at(told) == position


def test_a_cut_off_end_stays_visible_after_further_work(told: Store) -> None:
    with told.write_tx():
        told._connection.run("DROP TRIGGER journal_never_shrinks")
        told._connection.run("DELETE FROM journal WHERE position > 23")
    submit(told)

    assert broken_at(told) == 24


def test_two_exchanged_entries_are_found(told: Store) -> None:
    with told.write_tx():
        told._connection.run("DROP TRIGGER journal_never_changes")
        for old, new in ((7, -1), (8, 7), (-1, 8)):
            told._connection.run("UPDATE journal SET position = ? WHERE position = ?", (new, old))

    assert broken_at(told) == 7


def test_the_chain_is_checked_across_many_runs(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("local_db.journal._RUN", 3)
    for _ in range(10):
        submit(store)

    assert store.journal.verify()[0] == 11
