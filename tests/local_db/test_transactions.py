"""One way to write: transactions that join, undo and never meet a lock."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk.failure import Failure, KioskError
from local_db import driver
from local_db.store import Store, open_store
from tests.local_db.making import SetClock, broken_off, submit


def test_what_one_transaction_holds_is_written_whole(store: Store) -> None:
    with store.write_tx():
        store.settings.put("a", b"1")
        store.settings.put("b", b"2")

    assert (store.settings.get("a"), store.settings.get("b")) == (b"1", b"2")


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    broken_off(store, lambda: store.settings.put("a", b"1"), lambda: submit(store))

    assert store.settings.get("a") is None
    assert store.cases.page() == ()
    assert store.outbox.counts() == (0, 0, 0)


def test_an_inner_transaction_that_fails_is_undone_alone(store: Store) -> None:
    with store.write_tx():
        store.settings.put("outer", b"1")
        broken_off(store, lambda: store.settings.put("inner", b"1"))
        store.settings.put("after", b"1")

    assert [store.settings.get(name) for name in ("outer", "inner", "after")] == [b"1", None, b"1"]


def test_a_change_outside_a_transaction_is_a_bug(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store._connection.run("DELETE FROM settings")


def test_another_process_sees_nothing_before_the_commit(store: Store, data: Path) -> None:
    with open_store(data, clock=SetClock()) as other:
        with store.write_tx():
            store.settings.put("a", b"1")
            assert other.settings.get("a") is None
        assert other.settings.get("a") == b"1"


def test_what_is_to_follow_a_commit_does_not_follow_an_undone_one(store: Store) -> None:
    done: list[str] = []
    with store.write_tx():
        store._connection.after_commit(lambda: done.append("outer"))
        broken_off(store, lambda: store._connection.after_commit(lambda: done.append("inner")))
        assert done == []
    broken_off(store, lambda: store._connection.after_commit(lambda: done.append("never")))

    assert done == ["outer"]


def test_threads_take_turns(store: Store) -> None:
    def work() -> None:
        for _ in range(50):
            with store.write_tx():
                before = int(store.settings.get("count") or b"0")
                store.settings.put("count", b"%d" % (before + 1))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.settings.get("count") == b"150"


def test_two_processes_write_three_hundred_cases_each_and_none_meets_a_lock(store: Store, data: Path) -> None:
    """Both also read first and write then, which a deferred transaction would not survive."""
    code = (
        "import sys; from pathlib import Path; from local_db.store import open_store;"
        "from tests.local_db.making import submit\n"
        "with open_store(Path(sys.argv[1])) as store:\n"
        "    for _ in range(300):\n"
        "        with store.write_tx():\n"
        "            store.settings.put('seen', b'%d' % (int(store.settings.get('seen') or b'0') + 1))\n"
        "            submit(store)"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", code, str(data)], stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]

    assert [(child.communicate()[1], child.returncode) for child in children] == [("", 0)] * 2
    assert store.settings.get("seen") == b"600"
    assert store.outbox.counts()[0] == 600
    assert len({case.submission_no for case in store.cases.page(limit=1000)}) == 600
    store.journal.verify()


def test_a_lock_held_for_too_long_is_called_busy(store: Store, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    with open_store(data, clock=SetClock()) as other, store.write_tx(), pytest.raises(KioskError) as error:
        other.settings.put("a", b"1")

    assert error.value.failure is Failure.STORE_BUSY
    assert error.value.failure.retry.value == "auto"
