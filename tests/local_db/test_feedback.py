"""What somebody has to say is kept like a case, in an old database as well."""

import pytest

from kiosk.failure import Failure, KioskError
from kiosk.model.feedback import FeedbackKind, FeedbackState, NewFeedback, Reply
from local_db.driver import DriverError, in_memory
from local_db.migrations import migrate, migrations
from local_db.store import Store
from tests.local_db.making import NOON

NUMBER = "T00001A-20261124-00042-X"
_ROW = (
    "INSERT INTO outbox (event_id, kind, submission_no, item_code, item_version, created_at, clock_trusted, bytes_left,"
    " holds) VALUES (?, ?, 'n', 'i', 1, 0, 1, 5, 0)"
)


def new(_counter: int) -> NewFeedback:
    return NewFeedback("e1", NUMBER, FeedbackKind.COMPLAINT, b"sealed", NOON, True, b"tag", owner=b"me")


def test_one_commit_takes_it_and_a_failure_leaves_nothing(store: Store) -> None:
    before = store.journal.head()

    def fails(_: int) -> NewFeedback:
        raise KioskError(Failure.NOT_PROVISIONED)

    with pytest.raises(KioskError):
        store.feedback.submit(fails)
    assert store.journal.head() == before
    store.feedback.submit(new)
    (entry,) = store.outbox.next_batch(NOON)
    assert (entry.kind, entry.submission_no, entry.payload) == ("feedback", NUMBER, b"sealed")
    assert [one.number for one in store.feedback.owned_by(b"me")] == [NUMBER]
    assert store.feedback.owned_by(b"another") == ()
    assert store.feedback.show("42").number == store.feedback.show("00042").number == NUMBER


def test_an_older_answer_changes_nothing(store: Store) -> None:
    store.feedback.submit(new)

    assert store.feedback.answer(Reply(NUMBER, 2, NOON, "新的"))
    assert not store.feedback.answer(Reply(NUMBER, 1, NOON, "旧的"))
    assert not store.feedback.answer(Reply(NUMBER, 2, NOON, "又来"))

    found = store.feedback.show(NUMBER)
    assert (found.state, found.answer) == (FeedbackState.ANSWERED, "新的")
    with pytest.raises(KioskError) as unknown:
        store.feedback.answer(Reply("T00001A-20261124-00043-X", 1, NOON, "?"))
    assert unknown.value.failure is Failure.FEEDBACK_UNKNOWN


def test_an_old_database_learns_the_kind_and_keeps_what_waits() -> None:
    db = in_memory()
    migrations.apply(db, stop_before="m0009_feedback")
    db.execute(_ROW, ("old", "case"))
    with pytest.raises(DriverError, match="CHECK"):
        db.execute(_ROW, ("early", "feedback"))
    db.conn.commit()

    db.conn.execute("BEGIN IMMEDIATE")
    migrate(db)
    db.conn.commit()

    db.execute(_ROW, ("now", "feedback"))
    with pytest.raises(DriverError, match="CHECK"):
        db.execute(_ROW, ("never", "gossip"))
    assert db.execute("SELECT event_id, kind FROM outbox ORDER BY seq").fetchall() == [
        ("old", "case"),
        ("now", "feedback"),
    ]
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with pytest.raises(DriverError):
        db.execute("DELETE FROM outbox WHERE event_id = 'old'")
    db.close()
