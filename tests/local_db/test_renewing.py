"""Another key in place of the old one: everything is there afterwards; a crash anywhere leaves one key that opens."""

from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk import folders
from kiosk.cli import kiosk
from kiosk.failure import Failure, KioskError
from kiosk.seal import keys as sealing
from kiosk.seal.drafts import card_kek, owner_tag
from local_db import aside, files, renewing, rescue
from local_db.driver import connect
from local_db.keys import FileKey
from local_db.migrations import SCHEMA_VERSION
from local_db.opening import FILE_NAME, key_fits
from local_db.salvage import is_damaged, salvage
from local_db.settings import PROVIDER_SECRET
from local_db.store import open_store
from tests.local_db.making import SetClock
from tests.local_db.older import older_directory

RESCUE = sealing.new_sealing_key()
BESIDE = {"key.next", "jinban.db.next", "rescue.sealed.next"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A directory with something of everything in it, and a rescue copy."""
    folder = tmp_path / "data"
    older_directory(folder, SCHEMA_VERSION)
    with open_store(folder, clock=SetClock()) as store:
        store.seal_rescue(sealing.sealing_public(RESCUE))
    return folder


def contents(data: Path) -> dict[str, Any]:
    """Every schema line and every row, but what renewing itself writes down."""
    with closing(connect(data / FILE_NAME, FileKey(data).key(), "ro")) as database:
        schema = database.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
        tables = [name for kind, name, _ in schema if kind == "table"]
        rows = {name: sorted(map(repr, database.execute(f"SELECT * FROM {name}"))) for name in tables}  # noqa: S608
        version = database.execute("PRAGMA user_version").fetchone()
    rows["settings"] = [row for row in rows["settings"] if PROVIDER_SECRET not in row]
    return {"schema": schema, "version": version, **rows}


def renewed(data: Path) -> None:
    provider = FileKey(data)
    with open_store(data, clock=SetClock()) as store:
        store.settings.put(PROVIDER_SECRET, store.provider_secret)
    renewing.renew_key(data, provider, "T00001", sealing.sealing_public(RESCUE))


def test_everything_is_there_under_the_new_key_and_nothing_under_the_old(data: Path) -> None:
    old, before = FileKey(data).key(), contents(data)
    with open_store(data, clock=SetClock()) as store:
        tag, kek = owner_tag(store.provider_secret, "x"), card_kek(store.provider_secret, bytes(range(32)))

    renewed(data)

    assert FileKey(data).key() != old
    assert contents(data) == before
    assert not key_fits(data / FILE_NAME, old)
    assert rescue.open_key((data / "rescue.sealed").read_bytes(), RESCUE, "T00001") == FileKey(data).key()
    with open_store(data, clock=SetClock()) as store:
        store.examine()
        secret = store.provider_secret
        assert (owner_tag(secret, "x"), card_kek(secret, bytes(range(32)))) == (tag, kek), "people find their own again"
    assert BESIDE.isdisjoint(path.name for path in data.iterdir())


class _PowerCutError(BaseException):
    pass


@pytest.fixture(params=range(5))
def cut(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """The power goes before the n-th step; what a running program would tidy up does not happen then."""
    before = int(request.param)
    taken = 0

    def step(real: Any) -> Any:
        def act(*arguments: Any, **named: Any) -> Any:
            nonlocal taken
            if taken == before:
                raise _PowerCutError
            taken += 1
            return real(*arguments, **named)

        return act

    monkeypatch.setattr("local_db.renewing.write_durably", step(files.write_durably))
    monkeypatch.setattr("local_db.renewing._write_anew", step(renewing._write_anew))
    monkeypatch.setattr("local_db.renewing.flush", step(folders.flush))
    monkeypatch.setattr("local_db.renewing._settle", lambda _: None)
    return before


def test_a_power_cut_before_any_step_leaves_exactly_one_key_that_opens_everything(
    data: Path, cut: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, before = FileKey(data).key(), contents(data)
    with suppress(_PowerCutError):
        renewed(data)
    monkeypatch.undo()
    if cut == 1:
        for torn in ("jinban.db.next", "jinban.db.next-journal"):
            (data / torn).write_bytes(b"half a page")

    with open_store(data, clock=SetClock()) as store:
        store.examine()
    now = FileKey(data).key()

    assert (now == old) is (cut < 3), "three steps prepare: key, database, rescue copy; then the rename decides"
    assert [key_fits(data / FILE_NAME, key) for key in {old, now}].count(True) == 1
    assert contents(data) == before
    assert rescue.open_key((data / "rescue.sealed").read_bytes(), RESCUE, "T00001") == now
    assert BESIDE.isdisjoint(path.name for path in data.iterdir())
    renewed(data)
    assert FileKey(data).key() != now, "and it can be renewed again"


def test_a_power_cut_while_it_is_being_finished_is_finished_too(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(data)
    monkeypatch.setattr("local_db.renewing._settle", lambda _: None)
    renewed(data)
    monkeypatch.undo()
    (data / "rescue.sealed.next").rename(data / "rescue.sealed")  # and there the power went

    with open_store(data, clock=SetClock()):
        pass
    assert contents(data) == before
    assert rescue.open_key((data / "rescue.sealed").read_bytes(), RESCUE, "T00001") == FileKey(data).key()
    assert BESIDE.isdisjoint(path.name for path in data.iterdir())


def test_a_directory_somebody_works_in_is_not_renewed(data: Path) -> None:
    key = FileKey(data).key()
    with open_store(data, clock=SetClock()), pytest.raises(KioskError) as refused:
        renewing.renew_key(data, FileKey(data), "T00001", sealing.sealing_public(RESCUE))

    assert refused.value.failure is Failure.STORE_BUSY
    assert FileKey(data).key() == key
    assert BESIDE.isdisjoint(path.name for path in data.iterdir())


def test_nobody_comes_in_while_it_is_being_renewed(data: Path) -> None:
    (data / "key.next").write_bytes(b"")
    with renewing._alone(data), pytest.raises(KioskError) as refused:
        open_store(data, clock=SetClock())

    assert (refused.value.failure, refused.value.info["reason"]) == (Failure.STORE_BUSY, "renewing")


def test_without_the_platforms_rescue_key_a_rescued_terminal_stays_as_it_is(data: Path) -> None:
    with pytest.raises(KioskError) as refused:
        renewing.renew_key(data, FileKey(data), "T00001", None)

    assert (refused.value.failure, refused.value.info["role"]) == (Failure.KEY_ABSENT, "rescue")


def test_the_command_renews_and_the_journal_says_so(data: Path) -> None:
    key = FileKey(data).key()
    done = CliRunner().invoke(kiosk, ["key", "renew", "--data", str(data), "--json"])

    assert done.exit_code == 0, done.output
    assert FileKey(data).key() != key
    with open_store(data) as store:
        assert ("key.renewed", "file") in {(entry.act, entry.subject) for entry in store.journal.entries()}
        store.examine()


def test_after_a_power_cut_nothing_is_taken_for_damaged_before_the_renewal_is_finished(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(data)
    monkeypatch.setattr("local_db.renewing._settle", lambda _: None)
    renewed(data)  # the database stands in its place, and the power goes before the key does
    monkeypatch.undo()

    assert not is_damaged(data)
    assert contents(data) == before
    assert BESIDE.isdisjoint(path.name for path in data.iterdir())


def test_a_copy_of_the_schema_under_the_old_key_makes_no_damage_of_another_key(data: Path) -> None:
    old, before = FileKey(data), (data / "jinban.db.schema").read_bytes()
    key = old.key()
    renewed(data)
    (data / "jinban.db.schema").write_bytes(before)
    (data / "key").write_bytes(old.sealed(key))  # as a careless hand puts it back

    assert not is_damaged(data)
    with pytest.raises(KioskError) as refused:
        salvage(data, SetClock())
    assert refused.value.failure is Failure.STORE_CORRUPT
    with pytest.raises(KioskError) as refused:
        open_store(data)
    assert refused.value.failure is Failure.STORE_WRONG_KEY


def test_where_neither_key_opens_a_page_both_are_kept(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("local_db.renewing._settle", lambda _: None)
    renewed(data)
    monkeypatch.undo()
    (data / FILE_NAME).write_bytes(b"\xff" * 4096 * 3)
    prepared, key = (data / "key.next").read_bytes(), (data / "key").read_bytes()

    with pytest.raises(KioskError) as refused:
        open_store(data)
    assert refused.value.failure is Failure.STORE_WRONG_KEY
    assert ((data / "key.next").read_bytes(), (data / "key").read_bytes()) == (prepared, key)


def test_looking_at_the_pages_of_an_open_database_lets_nobody_else_in(data: Path) -> None:
    path = data / FILE_NAME
    with open_store(data, clock=SetClock()):
        assert key_fits(path, FileKey(data).key())
        assert not is_damaged(data)
        with pytest.raises(KioskError) as refused, aside.alone(path):
            pass
    assert refused.value.failure is Failure.STORE_BUSY
