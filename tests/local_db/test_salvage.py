"""A damaged database: what is readable goes on in a fresh one, all of it is counted, and the old one is kept."""

import json
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.failure import Failure, KioskError
from kiosk.model.people import Operator, Role
from kiosk.model.terminal import StopCause
from local_db import aside
from local_db.carving import Carved, Shape, carve, shapes
from local_db.cells import children
from local_db.keys import FileKey
from local_db.pages import Pages, copied_pages
from local_db.salvage import Salvaged, is_damaged, report_of, salvage
from local_db.store import Store, open_store
from tests.local_db.making import NOON, SetClock, draft, enrol, page, submit

DB = "jinban.db"
PAGE = 4096
LATER = NOON.replace(year=2028)
PIN = "135790"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty cases with pages, some delivered, one parked; drafts, prints, an account; closed in order."""
    data = tmp_path_factory.mktemp("salvage") / "data"
    with open_store(data, create=True, clock=SetClock()) as store:
        enrol(store)
        store.staff.add(Operator("s1", "演示·主管", Role.SUPERVISOR), PIN)
        for place in range(60):
            taken = submit(store, pages=place % 2, form=secrets.token_bytes(100 + 40 * place))
            if place % 10 == 0:
                store.outbox.settle(taken.event_id, b"signed")
        store.outbox.park(taken.event_id, Failure.INTAKE_REFUSED.code, "field: reason")
        ref = store.blobs.keep(page())
        store.drafts.save(draft("kept", (ref.digest,)))
        store.papers.begin("receipt", taken.summary.submission_no, "digest")
    return data


@pytest.fixture
def data(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "data"))


def damage(data: Path, *numbers: int) -> None:
    """Overwrite pages with what a failing flash gives back."""
    with (data / DB).open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * PAGE)
            file.write(b"\xff" * PAGE)


def pages_of(data: Path) -> int:
    return (data / DB).stat().st_size // PAGE


def root_of(data: Path, table: str) -> int:
    with open_store(data, clock=SetClock()) as store:
        return int(store._connection.rows("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))[0][0])


def leaves_of(data: Path, table: str) -> list[int]:
    """Pages of a table that hold rows."""
    pages = Pages.read(data / DB, FileKey(data).key())
    assert pages is not None
    below, found = [root_of(data, table)], []
    while below:
        number = below.pop(0)
        page = pages.get(number)
        assert page is not None
        more = children(number, page)
        below += more
        found += [] if more else [number]
    return found


def columns(shape: Shape) -> str:
    return ", ".join(column.name for column in shape.columns)


def by_sql(store: Store) -> dict[str, list[str]]:
    """All rows of all tables, as SQLite gives them."""
    return {
        name: sorted(map(repr, store._connection.rows(f"SELECT {columns(shape)} FROM {name}")))  # noqa: S608
        for name, shape in shapes().items()
        if shape.table
    }


def by_hand(carved: Carved) -> dict[str, list[str]]:
    return {
        name: sorted(repr(tuple(row[c.name] for c in shape.columns)) for row in carved.rows(name))
        for name, shape in shapes().items()
        if shape.table
    }


def carved_of(data: Path) -> Carved:
    pages = Pages.read(data / DB, FileKey(data).key(), copied_pages(data / DB)[1])
    assert pages is not None
    return carve(pages)


def salvaged(data: Path) -> Salvaged:
    return salvage(data, SetClock(LATER))


def events_of(store: Store) -> set[str]:
    return {event for (event,) in store._connection.rows("SELECT event_id FROM outbox")}


@pytest.fixture
def everything(data: Path) -> dict[str, list[str]]:
    with open_store(data, clock=SetClock()) as store:
        return by_sql(store)


def test_read_by_hand_a_sound_database_holds_what_sqlite_says(data: Path) -> None:
    with open_store(data, clock=SetClock()) as store:
        submit(store, pages=1)  # lies in the log alone
        found = carved_of(data)
        assert by_hand(found) == by_sql(store)
    assert (found.damaged, found.stray) == (set(), 0)
    assert not is_damaged(data)


def test_whichever_page_is_lost_only_the_rows_on_it_are(data: Path, everything: dict[str, list[str]]) -> None:
    content = (data / DB).read_bytes()
    for number in range(1, pages_of(data) + 1, 2):
        damage(data, number)
        found = by_hand(carved_of(data))
        assert is_damaged(data)
        for table, rows in everything.items():
            assert set(found[table]) <= set(rows), (number, table)
            assert len(rows) - len(found[table]) <= 60, (number, table)
        lacking = [table for table, rows in everything.items() if found[table] != rows]
        assert len(lacking) <= 1, (number, lacking)
        (data / DB).write_bytes(content)


@pytest.mark.parametrize("number", [1, "schema"])
def test_without_the_pages_that_say_where_tables_begin_nothing_is_lost(data: Path, number: int | str) -> None:
    copied = sorted(copied_pages(data / DB)[1])
    with open_store(data, clock=SetClock()) as store:
        before = by_sql(store)
    damage(data, *(copied if number == "schema" else [1]))

    done = salvaged(data)

    assert done.taken.lost == ()
    assert done.taken.waiting == 54
    with open_store(data, clock=SetClock(LATER)) as store:
        after = by_sql(store)
        assert after["outbox_payloads"] == before["outbox_payloads"]
        assert after["receipts"] == before["receipts"]
        assert after["cases"] == before["cases"]
        store.examine()


def test_a_damaged_database_goes_on_with_everything_and_the_old_one_is_kept(data: Path) -> None:
    with open_store(data, clock=SetClock()) as store:
        before, events = store.outbox.counts(), events_of(store)
        journal = store.journal.head()
    # an index: nothing of it is needed
    damage(data, root_of(data, "cases_by_time"))
    broken = (data / DB).read_bytes()

    done = salvaged(data)

    assert (data / aside.FOLDER / done.kept / DB).read_bytes() == broken
    assert not is_damaged(data)
    with open_store(data, clock=SetClock(LATER)) as store:
        store.examine()
        assert store.outbox.counts() == before
        assert events_of(store) == events
        assert store.journal.entries(journal[0] - 1, 1)[0].digest == journal[1]
        assert store.settings.identity().terminal == "T00001"
        assert store.staff.prove("s1", PIN, LATER)[0].role is Role.SUPERVISOR
        assert len(store.drafts.load("kept").blobs) == 1
        assert len(store.papers.open_ends()) == 1
        assert store.outbox.next_batch(LATER, 100)[0].materials or store.outbox.next_batch(LATER, 100)[1].materials
        assert report_of(store.settings) == done


@pytest.mark.parametrize(("table", "cursors"), [("postings", (7, 0)), ("cases", (0, 7)), ("papers", (7, 7))])
def test_what_the_platform_told_is_asked_for_again_where_it_was_lost(
    data: Path, table: str, cursors: tuple[int, int]
) -> None:
    with open_store(data, clock=SetClock()) as store, store.write_tx():
        store._connection.run("UPDATE counters SET value = 7 WHERE name IN ('inbox.cursor', 'board.cursor')")
    damage(data, root_of(data, table))
    salvage(data, SetClock())
    with open_store(data, clock=SetClock()) as store:
        assert (store.inbox.cursor(), store.board.cursor()) == cursors


def test_after_it_no_case_is_taken_before_there_is_another_epoch(data: Path) -> None:
    damage(data, root_of(data, "cases_by_time"))
    salvaged(data)

    with open_store(data, clock=SetClock(LATER)) as store:
        assert store.settings.stopped() is StopCause.DAMAGED
        with pytest.raises(KioskError) as error:
            submit(store)
        assert error.value.failure is Failure.TERMINAL_STOPPED
        numbers = [case.submission_no for case in store.cases.page(limit=100)]

        enrol(store)
        assert submit(store).summary.submission_no not in numbers


def test_a_lost_row_of_the_queue_is_put_together_again_from_journal_and_payload(data: Path) -> None:
    with open_store(data, clock=SetClock()) as store:
        events = events_of(store)
        queued = {one.event_id: one.payload for one in store.outbox.next_batch(LATER, 100)}
    for number in leaves_of(data, "outbox")[1:2]:
        damage(data, number)

    done = salvaged(data)

    assert done.taken.rebuilt > 10
    assert done.taken.lost == ()
    with open_store(data, clock=SetClock(LATER)) as store:
        now = {one.event_id: one.payload for one in store.outbox.next_batch(LATER, 100)}
        assert {name: now[name] for name in queued} == queued
        assert events_of(store) <= events


def test_a_payload_that_is_gone_is_told_by_number_and_never_shown_as_sent(data: Path) -> None:
    leaf = leaves_of(data, "outbox_payloads")[3]
    damage(data, leaf)

    done = salvaged(data)

    with open_store(data, clock=SetClock(LATER)) as store:
        parked = [case for case in store.cases.page(limit=100) if case.parked]
        assert done.taken.parked == len(parked) > 1
        assert all(case.pending for case in parked)
        assert store.outbox.counts()[0] == 54


def test_cases_whose_own_row_is_gone_stay_in_the_lists(data: Path) -> None:
    leaf = leaves_of(data, "cases")[1]
    damage(data, leaf)

    assert salvaged(data).taken.lost == ()
    with open_store(data, clock=SetClock(LATER)) as store:
        assert len(store.cases.page(limit=100)) == 60
        assert {case.item_name for case in store.cases.page(limit=100)} == {"演示事项"}


def test_numbers_of_which_nothing_is_left_are_named(data: Path) -> None:
    with open_store(data, clock=SetClock()) as store:
        numbers = {case.submission_no for case in store.cases.page(limit=100)}
    damage(data, *leaves_of(data, "outbox")[1:], *leaves_of(data, "outbox_payloads")[2:])

    done = salvaged(data)

    assert done.taken.lost
    with open_store(data, clock=SetClock(LATER)) as store:
        here = {number for (number,) in store._connection.rows("SELECT submission_no FROM outbox")}
        assert set(done.taken.lost) == numbers - here - settled_in(store)


def settled_in(store: Store) -> set[str]:
    return {one.subject for one in store.journal.entries(0, 10_000) if one.act == "event.settled"}


def test_a_journal_with_a_hole_is_kept_beside_the_new_one_and_both_verify(data: Path) -> None:
    leaf = leaves_of(data, "journal")[2]
    damage(data, leaf)

    done = salvaged(data)

    assert done.taken.gaps > 0
    with open_store(data, clock=SetClock(LATER)) as store:
        store.examine()
        store._connection.db.conn.execute("DROP TRIGGER past_journal_never_shrinks")
        with store.write_tx():
            store._connection.run("DELETE FROM past_journal WHERE position = 3")
        with pytest.raises(KioskError) as error:
            store.journal.verify()
        assert error.value.info["reason"] == "past"


def test_a_wrong_bit_anywhere_is_noticed(data: Path) -> None:
    content = (data / DB).read_bytes()
    for place in range(300, len(content), 40_961):
        (data / DB).write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        assert is_damaged(data), place
    (data / DB).write_bytes(content[: len(content) // 2])
    assert salvaged(data).damaged


def test_nothing_is_touched_while_somebody_has_it_open(data: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from local_db.store import open_store;"
        "s = open_store(Path(sys.argv[1])); s.outbox.counts(); print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"\n"
        with pytest.raises(KioskError) as error:
            salvaged(data)
        other.communicate()
    assert error.value.failure is Failure.STORE_BUSY
    assert not (data / aside.FOLDER).exists()


def test_killed_at_any_step_it_goes_on_and_nothing_is_lost_or_there_twice(data: Path) -> None:
    damage(data, root_of(data, "cases_by_time"))
    command = [sys.executable, "-m", "tests.local_db.salvaging", str(data)]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    told = [json.loads(line) for line in ended.stdout.splitlines()]

    assert len(told) >= 8
    assert {"os.rename", "os.link", "os.mkdir"} <= {one["step"] for one in told}
    assert [one for one in told if one["wrong"]] == []
