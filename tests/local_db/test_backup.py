"""One sealed file with everything, made while the terminal works; what is made of it, and what is refused."""

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk.cli import kiosk
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import StopCause
from kiosk.seal import keys as sealing
from kiosk.seal.rescue import BackupFront
from local_db import backup, rescue
from local_db.backup import Counts, back_up, check
from local_db.keys import FileKey
from local_db.restoring import drill, restore
from local_db.store import open_store
from tests.local_db.making import NOON, SetClock, draft, enrol, page, submit

ROOT = Path(__file__).parents[2]
RESCUE = sealing.new_sealing_key()
OWNER = "演示·张小凤"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three cases with pages, a draft with one, an account, settings, a rescue copy."""
    folder = tmp_path / "data"
    with open_store(folder, create=True, clock=SetClock()) as store:
        enrol(store)
        store.seal_rescue(sealing.sealing_public(RESCUE))
        for _ in range(3):
            submit(store, 2, masked="演*凤", form=OWNER.encode())
        store.drafts.save(draft("d1", (store.blobs.keep(page()).digest,), plain=OWNER.encode()))
    (folder / "config.toml").write_text("[seal]\nsuite = 'aes'\n")
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "terminal.backup"


def made(data: Path, file: Path) -> backup.Manifest:
    with open_store(data, clock=SetClock()) as store:
        return back_up(data, file, store, NOON)


def new_machine(data: Path, name: str = "new") -> Path:
    """An empty folder that has the key and nothing else."""
    new = data.parent / name
    new.mkdir(mode=0o700)
    shutil.copy(data / "key", new / "key")
    return new


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(data: Path, file: Path) -> tuple[Failure, object]:
    with pytest.raises(KioskError) as error:
        check(file, FileKey(data).key())
    return error.value.failure, error.value.info.get("reason")


def test_what_is_restored_is_what_was_backed_up_and_takes_no_case(data: Path, file: Path) -> None:
    told = made(data, file)
    assert told.counts == Counts(cases=3, receipts=3, numbers=3, waiting=3, drafts=1, journal=5, files=7)
    new = new_machine(data)

    assert restore(file, new, SetClock()) == told

    with open_store(new, clock=SetClock()) as store:
        store.examine()
        assert store.settings.stopped() is StopCause.RESTORED
        with pytest.raises(KioskError) as error:
            submit(store)
        assert error.value.failure is Failure.TERMINAL_STOPPED
        assert [entry.act for entry in store.journal.entries()][-2:] == ["terminal.stopped", "backup.restored"]
        for case in store.outbox.next_batch(NOON.replace(year=2028)):
            assert all(store.blobs.read(one.digest) for one in case.materials)
        assert store.drafts.load("d1").blobs
    for name in ("config.toml", "rescue.sealed"):
        assert (new / name).read_bytes() == (data / name).read_bytes()
    assert not [path for path in new.iterdir() if "restored" in path.name]


def test_the_act_is_in_the_journal_and_nothing_is_left_beside_the_file(data: Path, file: Path) -> None:
    made(data, file)
    with open_store(data, clock=SetClock()) as store:
        assert store.journal.entries()[-1].act == "backup.written"
        store.examine()
    assert sorted(path.name for path in file.parent.iterdir()) == ["data", file.name]
    assert not [path for path in data.iterdir() if "backup" in path.name]
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_in_the_file_can_be_read(data: Path, file: Path) -> None:
    made(data, file)
    sealed = file.read_bytes()
    with open_store(data, clock=SetClock()) as store:
        numbers = [case.submission_no for case in store.cases.page()]
        secrets = [store.settings.device_key(), store.settings.terminal_key(), FileKey(data).key()]
    words = [*numbers, "演*凤", OWNER, "T00001", "000000000000", "SQLite format 3", "config", "suite", "journal", "jpg"]
    for word in words:
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert word.encode(encoding) not in sealed, word
    for blob in (data / "blobs").rglob("*/*"):
        assert blob.name.encode() not in sealed
        assert bytes.fromhex(blob.name) not in sealed
        assert blob.read_bytes()[:64] not in sealed
    for secret in secrets:
        assert secret not in sealed
        assert secret.hex().encode() not in sealed


def test_a_backup_made_while_cases_are_taken_is_one_moment_of_it(data: Path, file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.local_db.backing", "work", str(data)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline()
        told = [made(data, file) for _ in range(3)]
        other.stdin.write(b"\n")
        other.stdin.close()
        taken = 3 + 1 + len(other.stdout.readlines())
    assert other.returncode == 0
    cases = [one.counts.cases for one in told]
    assert 4 <= cases[0] < cases[-1] <= taken
    for one in told:
        assert one.counts.cases == one.counts.numbers == one.counts.waiting == one.counts.receipts
        assert one.missing == ()
        assert one.counts.files - one.counts.cases - 4 in {0, 1}, "one page may wait for its case"
    assert drill(file, data, SetClock()) == told[-1]


def test_a_drill_proves_it_and_changes_nothing(
    data: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = made(data, file)
    rooms = tmp_path / "rooms"
    rooms.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(rooms))
    before = everything(data)

    assert drill(file, data, SetClock()) == told

    assert everything(data) == before
    assert not any(rooms.iterdir())


def test_any_changed_byte_and_any_missing_end_is_noticed(data: Path, file: Path) -> None:
    made(data, file)
    whole = file.read_bytes()
    places = [*range(0, 400, 7), *range(400, len(whole), len(whole) // 150), len(whole) - 1]
    for place in places:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert refused(data, file)[0] in {Failure.BACKUP_DAMAGED, Failure.BACKUP_OTHER_KEY}
        file.write_bytes(whole[:place])
        assert refused(data, file)[0] in {Failure.BACKUP_DAMAGED, Failure.BACKUP_OTHER_KEY}
    file.write_bytes(whole + b"\0")
    assert refused(data, file) == (Failure.BACKUP_DAMAGED, "content")
    file.write_bytes(b"")
    assert refused(data, file) == (Failure.BACKUP_DAMAGED, "kind")


def test_of_a_damaged_backup_no_terminal_is_made(data: Path, file: Path) -> None:
    made(data, file)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    new = new_machine(data)
    with pytest.raises(KioskError) as error:
        restore(file, new, SetClock())
    assert error.value.failure is Failure.BACKUP_DAMAGED
    with pytest.raises(KioskError) as error:
        drill(file, data, SetClock())
    assert error.value.failure is Failure.BACKUP_DAMAGED
    assert [path.name for path in new.iterdir()] == ["key"]


def test_it_opens_under_no_other_key_and_the_rescue_key_brings_back_the_right_one(data: Path, file: Path) -> None:
    made(data, file)
    new = new_machine(data)
    (new / "key").write_text("0" * 64 + "\n")
    with pytest.raises(KioskError) as error:
        restore(file, new, SetClock())
    assert error.value.failure is Failure.BACKUP_OTHER_KEY
    (new / "key").unlink()
    with pytest.raises(KioskError) as error:
        restore(file, new, SetClock())
    assert error.value.failure is Failure.KEY_ABSENT
    assert not any(new.iterdir())

    with file.open("rb") as sealed:
        key = rescue.open_key(BackupFront.read(sealed).rescue, RESCUE, "T00001")
    assert key == FileKey(data).key()


@pytest.mark.parametrize("held", ["a terminal", "a damaged one put aside", "sealed files", "a log"])
def test_a_folder_that_holds_a_terminal_is_not_touched(data: Path, file: Path, held: str) -> None:
    made(data, file)
    new = data if held == "a terminal" else new_machine(data)
    if held == "sealed files":
        shutil.copytree(data / "blobs", new / "blobs")
    elif held == "a log":
        (new / "jinban.db-wal").write_bytes(b"left behind")
    elif held != "a terminal":
        (new / "aside").mkdir()
    before = everything(new)
    with pytest.raises(KioskError) as error:
        restore(file, new, SetClock())
    assert error.value.failure is Failure.ALREADY_PROVISIONED
    assert everything(new) == before


def test_a_file_that_was_lost_before_is_named_and_the_rest_is_kept(data: Path, file: Path) -> None:
    lost = min((data / "blobs").rglob("*/*"))
    lost.unlink()
    told = made(data, file)
    assert told.missing == (lost.name,)
    assert drill(file, data, SetClock()) == told


@pytest.mark.parametrize("for_good", [False, True])
def test_a_page_thrown_away_after_the_copy_begins_it_anew(
    data: Path, file: Path, monkeypatch: pytest.MonkeyPatch, *, for_good: bool
) -> None:
    copied, copies = backup._copied, 0
    with open_store(data, clock=SetClock()) as store:

        def then_thrown_away(path: Path, snapshot: Path, key: bytes) -> tuple[Counts, list[bytes]]:
            nonlocal copies
            going = store.blobs.keep(page()).digest
            found = copied(path, snapshot, key)
            copies += 1
            if for_good or copies == 1:
                store.blobs.discard([going])
            return found

        monkeypatch.setattr("local_db.backup._copied", then_thrown_away)
        if for_good:
            with pytest.raises(KioskError) as error:
                back_up(data, file, store, NOON)
            assert (error.value.failure, error.value.info["reason"]) == (Failure.STORE_BUSY, "changing")
            assert not file.exists()
        else:
            told = back_up(data, file, store, NOON)
            assert (copies, told.counts.files, told.missing) == (2, 8, ())


def test_a_full_disk_leaves_the_old_backup_whole(data: Path, file: Path) -> None:
    old = made(data, file)
    with open_store(data, clock=SetClock()) as store:
        store.blobs.keep(page(600_000))
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, usual[1]))
        try:
            with pytest.raises(KioskError) as error:
                back_up(data, file, store, NOON)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert error.value.failure is Failure.STORE_FULL
    assert check(file, FileKey(data).key()) == old
    assert sorted(path.name for path in file.parent.iterdir()) == ["data", file.name]


def test_one_backup_at_a_time(data: Path, file: Path) -> None:
    with backup._snapshot_place(data), pytest.raises(KioskError) as error:
        made(data, file)
    assert (error.value.failure, error.value.info["reason"]) == (Failure.STORE_BUSY, "running")


@pytest.mark.parametrize("which", ["backup", "restore"])
def test_killed_at_any_act_it_leaves_the_old_backup_whole_and_no_half_terminal(
    tmp_path: Path, file: Path, which: str
) -> None:
    data = tmp_path / "data"
    with open_store(data, create=True, clock=SetClock()) as store:
        enrol(store)
        for pages in (1, 0, 0):
            submit(store, pages)
    made(data, file)
    done = subprocess.run(
        [sys.executable, "-m", "tests.local_db.backing", which, str(data.parent)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one for one in told if one["wrong"]] == []
    assert {"open", "os.rename"} <= {one["act"] for one in told}
    assert len(told) > 7
    if which == "backup":
        assert not [
            path for path in (*data.iterdir(), *data.parent.iterdir()) if path.name.endswith((".part", "db.backup"))
        ]


def test_the_commands_back_up_try_and_restore(data: Path, file: Path) -> None:
    def ask(*words: str, folder: Path) -> dict[str, Any]:
        done = CliRunner().invoke(kiosk, ["rescue", *words, "--data", str(folder), "--json"])
        answer: dict[str, Any] = json.loads(done.output)
        return answer | {"status": done.exit_code}

    new = new_machine(data)
    for words, folder in (("backup", data), ("drill", data), ("restore", new)):
        told = ask(words, str(file), folder=folder)
        assert (told["ok"], told["status"]) == (True, 0)
        assert told["backup"]["counts"]["cases"] == 3
    assert ask("restore", str(file), folder=new)["failure"] == "terminal.already_provisioned"
    shown = CliRunner().invoke(kiosk, ["rescue", "drill", str(file), "--data", str(data)]).output
    assert "3 cases, 3 receipts, numbers up to 3" in shown
    os.truncate(file, file.stat().st_size - 1)
    assert ask("drill", str(file), folder=data)["failure"] == "backup.damaged"
