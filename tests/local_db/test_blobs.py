"""Sealed pages: durable before they count, checked when read, deleted only when nobody holds them."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.failure import Failure, KioskError
from kiosk.seal import content, wraps
from local_db.blobfiles import BlobFiles
from local_db.store import Store, open_store
from tests.local_db.making import (
    DRAFT_KEY,
    NOON,
    PLATFORM_PRIVATE,
    Application,
    SetClock,
    broken_off,
    digest_of,
    draft,
    material,
    page,
    sealed_page,
)

HOUR = timedelta(hours=1)


def files(data: Path) -> set[str]:
    return {path.name for path in (data / "blobs").rglob("*") if path.is_file()}


def failure_of(store: Store, digest: str) -> tuple[Failure, object]:
    with pytest.raises(KioskError) as error:
        store.blobs.read(digest)
    return error.value.failure, error.value.info.get("reason")


def test_a_page_comes_back_as_it_was_kept(store: Store, data: Path) -> None:
    blob = sealed_page(b"scan", "png")
    ref = store.blobs.keep(blob)

    assert (ref.digest, ref.size, ref.extension) == (digest_of(blob), len(blob.data), "png")
    assert (data / "blobs" / ref.digest[:2] / ref.digest).read_bytes() == blob.data
    key = wraps.unwrap_under(store.blobs.draft_wrap(ref.digest), DRAFT_KEY)
    assert content.decrypt(store.blobs.read(ref.digest), key, content.PAGE) == b"scan"
    assert wraps.open_platform_wrap(store.blobs.platform_wrap(ref.digest), PLATFORM_PRIVATE) == key


def test_a_page_is_durable_under_its_name_before_its_row_says_so(
    store: Store, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, str, int]] = []
    fsync, rename = os.fsync, os.rename

    def rows() -> int:
        return len(store._connection.rows("SELECT 1 FROM blobs"))

    def seen_fsync(descriptor: int) -> None:
        fsync(descriptor)
        done.append(("fsync", Path(f"/proc/self/fd/{descriptor}").readlink().name, rows()))

    def seen_rename(source: Path, target: Path) -> None:
        rename(source, target)
        done.append(("rename", Path(target).name, rows()))

    blob = page()
    digest = digest_of(blob)
    first = next(other for other in iter(page, None) if digest_of(other)[:2] != digest[:2])
    store.blobs.keep(first)
    # As a process leaves it that was killed before it made the folder's name durable.
    (data / "blobs" / digest[:2]).mkdir()
    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(os, "rename", seen_rename)
    store.blobs.keep(blob)

    assert done == [
        ("fsync", "blobs", 1),
        ("fsync", f"{digest}.part", 1),
        ("rename", digest, 1),
        ("fsync", digest[:2], 1),
    ]
    assert rows() == 2


def test_the_same_bytes_again_are_one_file_with_the_newer_wraps(store: Store, data: Path) -> None:
    blob = page()
    store.blobs.keep(blob)
    again = type(blob)(blob.data, blob.extension, b"new platform wrap", b"new draft wrap")

    assert store.blobs.keep(again).digest == digest_of(blob)
    assert files(data) == {digest_of(blob)}
    assert store.blobs.draft_wrap(digest_of(blob)) == b"new draft wrap"


def test_a_changed_or_missing_file_is_never_handed_out(store: Store, data: Path) -> None:
    ref = store.blobs.keep(page())
    path = data / "blobs" / ref.digest[:2] / ref.digest
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert failure_of(store, ref.digest) == (Failure.BLOB_DAMAGED, "digest")
    path.unlink()
    assert failure_of(store, ref.digest) == (Failure.BLOB_DAMAGED, "missing")


@pytest.mark.parametrize("name", ["", "../../key", "A" * 64, "a" * 63, "a" * 64 + "\n", "a/" * 32])
def test_only_a_digest_names_a_file(store: Store, name: str) -> None:
    assert failure_of(store, name) == (Failure.BLOB_DAMAGED, "name")


def test_discarding_deletes_file_and_wraps(store: Store, data: Path) -> None:
    kept, gone = store.blobs.keep(page()), store.blobs.keep(page())

    store.blobs.discard([gone.digest, "0" * 64])

    assert files(data) == {kept.digest}
    with pytest.raises(KioskError) as error:
        store.blobs.draft_wrap(gone.digest)
    assert error.value.failure is Failure.BLOB_DAMAGED


def test_what_a_submitted_case_holds_is_not_discarded(store: Store) -> None:
    ref = store.blobs.keep(page())
    store.cases.submit(Application(materials=(material(store, ref),)).build)

    store.blobs.discard([ref.digest])

    assert store.blobs.read(ref.digest)
    assert store.blobs.platform_wrap(ref.digest)


def test_what_two_drafts_hold_is_not_discarded_by_one(store: Store, data: Path) -> None:
    ref = store.blobs.keep(page())
    store.drafts.save(draft("one", (ref.digest,)))
    store.drafts.save(draft("two", (ref.digest,)))

    store.blobs.discard([ref.digest])
    assert files(data) == {ref.digest}
    store.drafts.discard("one")
    assert files(data) == {ref.digest}
    store.drafts.discard("two")
    assert files(data) == set()


def test_a_discard_that_is_undone_keeps_the_file(store: Store) -> None:
    ref = store.blobs.keep(page())

    broken_off(store, lambda: store.blobs.discard([ref.digest]))

    assert store.blobs.read(ref.digest)


def test_leftovers_go_at_the_next_opening_once_they_are_old(store: Store, data: Path, clock: SetClock) -> None:
    """A file written by a process that died before its row was: its name stands among the loose ones."""
    blob = page()
    digest = bytes.fromhex(digest_of(blob))
    with store.write_tx():
        store.blobs._loosen(digest)
    store.blobs._files.write(digest, blob.data)
    (data / "blobs" / digest.hex()[:2] / f"{digest.hex()}.part").write_bytes(b"torn")

    assert store.blobs.sweep(clock.at + HOUR / 2) == 0
    assert digest.hex() in files(data)
    assert store.blobs.sweep(clock.at + 2 * HOUR) == 1
    assert files(data) == set()
    assert store.blobs.sweep(clock.at + 2 * HOUR) == 0


def test_the_sweep_never_touches_a_file_a_row_names(store: Store, data: Path, clock: SetClock) -> None:
    ref = store.blobs.keep(page())
    kept = store.blobs.keep(page())
    store.drafts.save(draft("d", (kept.digest,)))
    store.cases.submit(Application(materials=(material(store, ref),)).build)

    clock.at = NOON + timedelta(days=400)
    with open_store(data, clock=clock) as reopened:
        assert reopened.blobs.read(ref.digest)
        assert reopened.blobs.read(kept.digest)


def test_a_page_no_draft_ever_named_goes_after_a_month(store: Store, data: Path) -> None:
    lost = store.blobs.keep(page())

    store.blobs.sweep(NOON + timedelta(days=29))
    assert files(data) == {lost.digest}
    store.blobs.sweep(NOON + timedelta(days=31))
    assert files(data) == set()


def test_a_page_a_draft_has_let_go_of_goes_after_a_month(store: Store, data: Path) -> None:
    kept, let_go = store.blobs.keep(page()), store.blobs.keep(page())
    store.drafts.save(draft("d", (kept.digest, let_go.digest)))
    store.drafts.save(draft("d", (kept.digest,)))

    store.blobs.sweep(NOON + timedelta(days=29))
    assert files(data) == {kept.digest, let_go.digest}
    store.blobs.sweep(NOON + timedelta(days=31))
    assert files(data) == {kept.digest}


def test_a_clock_in_1970_makes_nothing_old(store: Store, data: Path, clock: SetClock) -> None:
    clock.at = NOON.replace(year=1970)
    ref = store.blobs.keep(page())

    store.blobs.sweep(NOON)

    assert files(data) == {ref.digest}


def test_a_write_taken_for_a_leftover_by_a_jumping_clock_is_done_again(
    store: Store, data: Path, clock: SetClock
) -> None:
    """The other process sweeps, two hours later by its clock, between this one's file and its row."""

    class Interrupted(BlobFiles):
        sweeps = 0

        def write(self, digest: bytes, data: bytes) -> None:
            super().write(digest, data)
            if self.sweeps == 0:
                self.sweeps += 1
                with open_store(folder, clock=SetClock(clock.at + 2 * HOUR)):
                    assert digest.hex() not in files(folder)

    folder = data
    interrupted = store.blobs._files = Interrupted(data)
    ref = store.blobs.keep(page())

    assert interrupted.sweeps == 1
    assert store.blobs.read(ref.digest)
