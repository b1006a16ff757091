"""A terminal put back from its backup: what waited arrives once, what had gone up meanwhile is not there twice."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from central.cli import central
from kiosk import numbers
from kiosk.clock import SystemClock
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import StopCause
from local_db.backup import back_up
from local_db.restoring import restore
from local_db.store import open_store
from sync.provision import provision_online
from sync.simlink import LinkSimulator
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import QUICK, Terminal


def run(data: Path, url: str) -> str | None:
    with closing(Terminal(data, url)) as terminal:
        return terminal.agent.run_once().failure


def put_back(file: Path, data: Path, new: Path) -> Path:
    """A terminal made of a backup on another disk, with the key of the first; it has spoken with nobody yet."""
    new.mkdir()
    shutil.copy(data / "key", new / "key")
    restore(file, new, SystemClock())
    with open_store(new) as store:
        assert store.settings.stopped() is StopCause.RESTORED
        with pytest.raises(KioskError) as error:
            take(store)
    assert error.value.failure is Failure.TERMINAL_STOPPED
    return new


def deliver(data: Path, url: str) -> None:
    run(data, url)  # signs with numbers the other disk has used up
    run(data, url)
    with open_store(data) as store:
        assert store.outbox.counts()[:2] == (0, 0)


def test_what_went_up_after_the_backup_is_not_there_twice(
    data: Path, tmp_path: Path, platform: Platform, simlink: LinkSimulator
) -> None:
    file = tmp_path / "terminal.backup"
    with open_store(data) as store:
        terminal = store.settings.identity().terminal
        delivered = take(store, 2000)
    run(data, simlink.url)
    with open_store(data) as store:
        sent_later = take(store, 2500, index=2)
        back_up(data, file, store, SystemClock().now())
        taken_later = take(store, 3000, index=3)
    run(data, simlink.url)

    deliver(put_back(file, data, tmp_path / "new"), simlink.url)

    assert platform.numbers(terminal) == sorted([delivered.number, sent_later.number, taken_later.number])
    assert len(platform.files(terminal, sent_later.event)) == 1


def test_what_waited_arrives_once_and_the_next_epoch_takes_cases_again(
    data: Path, tmp_path: Path, platform: Platform, simlink: LinkSimulator
) -> None:
    file = tmp_path / "terminal.backup"
    with open_store(data) as store:
        terminal = store.settings.identity().terminal
        delivered = take(store, 2000)
    run(data, simlink.url)
    with open_store(data) as store:
        waiting = take(store, 3500, index=2)
        back_up(data, file, store, SystemClock().now())
    new = put_back(file, data, tmp_path / "new")

    deliver(new, simlink.url)

    arrived = sorted([delivered.number, waiting.number])
    assert platform.numbers(terminal) == arrived
    assert len(platform.files(terminal, waiting.event)) == 1
    with open_store(new) as store:
        provision_online(simlink.url, platform.code(terminal), store, SystemClock(), QUICK)
        assert store.settings.stopped() is None
        after = take(store, index=3)
        store.examine()
    assert run(new, simlink.url) is None
    assert numbers.parse(after.number).epoch == "B"
    assert platform.numbers(terminal) == sorted([*arrived, after.number])


@pytest.mark.parametrize("source", ["a backup", "the rescue copy"])
def test_a_terminal_whose_key_died_with_its_disk_is_put_back_with_the_platforms_rescue_key(
    data: Path, tmp_path: Path, platform: Platform, source: str
) -> None:
    file, new = tmp_path / "terminal.backup", tmp_path / "new"
    with open_store(data) as store:
        terminal = store.settings.identity().terminal
        waiting = take(store, 2000)
        back_up(data, file, store, SystemClock().now())
    new.mkdir(mode=0o700)
    sealed = file if source == "a backup" else data / "rescue.sealed"

    def rescued(whose: str) -> dict[str, object]:
        words = ["keys", "rescue", str(sealed), str(new / "key"), "--terminal", whose, "--data", str(platform.data)]
        answer: dict[str, object] = json.loads(CliRunner().invoke(central, [*words, "--json"]).output)
        return answer

    refused = rescued("T99999")
    assert (refused["failure"], "reason=rescue" in str(refused["message"])) == ("blob.damaged", True)
    assert not (new / "key").exists()
    assert rescued(terminal) == {"ok": True, "terminal": terminal}
    assert rescued(terminal)["failure"] == "store.unreadable", "a key that is there is not written over"
    assert (new / "key").read_bytes() == (data / "key").read_bytes()
    assert (new / "key").stat().st_mode & 0o777 == 0o600
    audit = CliRunner().invoke(central, ["audit", "--data", str(platform.data), "--json"]).output
    assert "key.rescued" in audit

    restore(file, new, SystemClock())
    with open_store(new) as store:
        assert [one.event_id for one in store.outbox.next_batch(SystemClock().now())] == [waiting.event]
