"""What is over is gone from rows, pages, free pages, write-ahead log and files; and that is known."""

import secrets
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.failure import KioskError
from kiosk.model.retention import Erased
from local_db.driver import connect
from local_db.keys import FileKey
from local_db.opening import FILE_NAME
from local_db.store import Store
from tests.local_db.making import ITEM, NOON, SetClock, draft, submit
from tests.local_db.rawpages import found, plain_pages

DAY = timedelta(days=1)
OVER = NOON + 40 * DAY
PIECE = 16


def things(pieces: Iterable[str]) -> set[str]:
    """What the pieces are of: one that lies over the edge of a page is not found, others of the same thing are."""
    return {piece.partition(" from byte ")[0] for piece in pieces}


@dataclass
class Traces:
    """Pieces of what lies here, by what they are of; `over` is to go, `stays` is not."""

    over: dict[str, bytes] = field(default_factory=dict)
    stays: dict[str, bytes] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def note(self, name: str, data: bytes, *, over: bool) -> None:
        starts = range(0, len(data) - PIECE + 1, PIECE if len(data) < 200 else 400)
        pieces = {f"{name} from byte {start}": data[start : start + PIECE] for start in starts}
        (self.over if over else self.stays).update(pieces)


@pytest.fixture
def busy(store: Store) -> Traces:
    """Forms and drafts of many sizes, every third of which is not over, so that pages are shared and split."""
    with store.write_tx():
        store._connection.run_many(
            "INSERT INTO shelf_retention VALUES (?, ?, 10)", [(ITEM, f"m{place}") for place in range(3)]
        )
    traces = Traces()
    for number in range(18):
        over = number % 3 != 0
        taken = submit(store, pages=number % 4, form=secrets.token_bytes(300 + number * 500))
        if over:
            store.outbox.settle(taken.event_id, b"ack")
        traces.note(f"form {number}", taken.payload, over=over)
        for one in taken.materials:
            traces.note(f"wrap {number}", one.wrap, over=over)
            traces.files += [one.digest] if over else []
        kept = draft(
            f"d{number}",
            keep_until=NOON + (5 if over else 500) * DAY,
            owner=secrets.token_bytes(32),
            plain=secrets.token_bytes(100 + number * 400),
        )
        store.drafts.save(kept)
        for name, data in (("draft", kept.sealed), ("draft key", kept.wrapped_key), ("owner", kept.owner)):
            traces.note(f"{name} {number}", data, over=over)
    return traces


def test_nothing_that_is_over_is_left_in_any_page_log_or_file(store: Store, data: Path, busy: Traces) -> None:
    key = FileKey(data).key()
    before = things(found(data, key, {**busy.over, **busy.stays}))
    assert before == things({**busy.over, **busy.stays}), "the search finds what is there"

    erased = store.erasure.run(OVER)

    assert erased == Erased(OVER, materials=len(busy.files), forms=3, drafts=12, files=len(busy.files))
    assert erased.clean
    assert found(data, key, busy.over) == set()
    assert things(found(data, key, busy.stays)) == things(busy.stays)
    assert [digest for digest in busy.files if list(data.rglob(f"{digest}*"))] == []
    assert store._connection.rows("PRAGMA freelist_count")[0][0] > 3, "free pages were looked at too"
    store.examine()


def test_the_journal_tells_how_much_went_and_nothing_of_whom(store: Store, busy: Traces) -> None:
    store.erasure.run(OVER)
    (entry,) = [entry for entry in store.journal.entries() if entry.act == "retention.erased"]

    counts = {"materials": len(busy.files), "forms": 3, "drafts": 12, "files": len(busy.files), "left": 0}
    assert entry.details == {**{name: str(count) for name, count in counts.items()}, "folded": "yes"}
    last = store.erasure.last()
    assert last is not None
    assert last.at == OVER
    assert store.erasure.overdue(OVER) == 0


def test_where_nothing_is_over_nothing_is_said(store: Store, busy: Traces) -> None:
    assert not store.erasure.run(NOON + DAY).anything
    assert store.erasure.last() is None
    assert store.erasure.overdue(OVER) == len(busy.files)
    assert [entry for entry in store.journal.entries() if entry.act == "retention.erased"] == []


def test_what_a_submission_left_in_the_log_of_its_draft_goes_with_the_next_look(store: Store, data: Path) -> None:
    """Until then whoever has disk, key file *and* the same card could still open the pages of this visit."""
    key, wrapped = FileKey(data).key(), {"key": secrets.token_bytes(48)}
    store.drafts.save(draft("d1", plain=wrapped["key"]))
    sealed = {"draft": store.drafts.load("d1").sealed[20:60]}
    submit(store, draft_id="d1")
    assert found(data, key, sealed) == {"draft"}, "the log holds older states"

    store.erasure.run(NOON)

    assert found(data, key, sealed) == set()


def test_a_file_that_cannot_be_deleted_is_told_and_tried_again(
    store: Store, data: Path, busy: Traces, clock: SetClock
) -> None:
    path = data / "blobs" / busy.files[0][:2] / busy.files[0]
    path.unlink()
    path.mkdir()  # the file system refuses, whoever asks

    erased = store.erasure.run(OVER)
    assert (erased.left, erased.files, erased.clean) == (1, len(busy.files) - 1, False)

    clock.at = OVER + timedelta(hours=2)
    assert store.erasure.run(clock.at).left == 1
    path.rmdir()
    assert store.erasure.run(clock.at).clean
    told = [entry.details["left"] for entry in store.journal.entries() if entry.act == "retention.erased"]
    assert told == ["1", "1", "0"]


def test_a_log_somebody_reads_is_emptied_the_next_time_and_keeps_no_writer_waiting(
    store: Store, data: Path, busy: Traces
) -> None:
    key = FileKey(data).key()
    with closing(connect(data / FILE_NAME, key)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM drafts").fetchone()
        erased = store.erasure.run(OVER)
        assert (erased.drafts, erased.folded) == (12, False)
        assert found(data, key, busy.over), "what the reader may still read is still there"
        reader.execute("ROLLBACK")

    assert store.erasure.run(OVER).folded
    last = store.erasure.last()
    assert last is not None
    assert last.clean
    assert found(data, key, busy.over) == set()


@pytest.mark.usefixtures("busy")
def test_who_handed_in_what_is_forgotten_with_it(store: Store) -> None:
    with store.write_tx():
        rows = store._connection.rows("SELECT seq, material_id FROM outbox_materials WHERE place = 0")
        store._connection.run_many(
            "INSERT INTO held_materials (owner, member, kind, seq, material_id, collected_at)"
            " VALUES (?, x'', 'id_card', ?, ?, 0)",
            [(secrets.token_bytes(32), seq, material) for seq, material in rows],
        )
    store.erasure.run(OVER)
    held = store._connection.rows("SELECT state FROM held_materials JOIN outbox USING (seq)")

    assert held
    assert {state for (state,) in held} == {"queued"}


def test_the_search_reads_the_pages_as_the_database_does(store: Store, data: Path) -> None:
    submit(store, masked="演*试")
    store.erasure.run(NOON)
    key = FileKey(data).key()

    assert any("演*试".encode() in page for page in plain_pages(data, key))
    assert not any("演*试".encode() in page for page in plain_pages(data, bytes(32)))
    with pytest.raises(KioskError):
        store.drafts.load("nothing")
