"""A terminal whose database was damaged, or whose disk was cloned: all of it arrives once, and numbers stay its own."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from kiosk import numbers
from kiosk.clock import SystemClock
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import StopCause
from local_db.keys import FileKey
from local_db.salvage import salvage
from local_db.store import open_store
from sync.provision import provision_online
from sync.simlink import LinkSimulator
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import QUICK, Terminal

DB, PAGE = "jinban.db", 4096


def damage(data: Path, table: str) -> None:
    """Overwrite the page a table or an index begins with."""
    with open_store(data) as store:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (number,) = store._connection.rows(query, (table,))[0]
    with (data / DB).open("r+b") as file:
        file.seek((number - 1) * PAGE)
        file.write(b"\xff" * PAGE)


def enrol_again(data: Path, url: str, platform: Platform, terminal: str) -> str:
    """The epoch it has afterwards."""
    with open_store(data) as store:
        return provision_online(url, platform.code(terminal), store, SystemClock(), QUICK).identity.epoch


def run(data: Path, url: str) -> str | None:
    with closing(Terminal(data, url)) as terminal:
        return terminal.agent.run_once().failure


@pytest.mark.parametrize("table", ["outbox", "journal", "cases_by_time", "sqlite_schema"])
def test_the_queue_of_a_damaged_database_arrives_whole_and_once(
    data: Path, platform: Platform, simlink: LinkSimulator, table: str
) -> None:
    with open_store(data) as store:
        terminal = store.settings.identity().terminal
        sent = take(store, 2000)
    run(data, simlink.url)
    with open_store(data) as store:
        waiting = [take(store, 3000, index=place + 2) for place in range(4)]
    if table == "sqlite_schema":
        (data / DB).write_bytes(b"\0" * PAGE + (data / DB).read_bytes()[PAGE:])
    else:
        damage(data, table)

    done = salvage(data, SystemClock())

    assert (done.taken.lost, done.taken.parked) == ((), 0)
    run(data, simlink.url)
    with open_store(data) as store:
        assert store.outbox.counts()[:2] == (0, 0)
        assert store.settings.stopped() is StopCause.DAMAGED
        with pytest.raises(KioskError) as error:
            take(store)
        assert error.value.failure is Failure.TERMINAL_STOPPED
    assert platform.numbers(terminal) == sorted([sent.number, *(one.number for one in waiting)])
    assert all(len(platform.files(terminal, one.event)) == 1 for one in waiting)

    assert enrol_again(data, simlink.url, platform, terminal) == "B"
    with open_store(data) as store:
        after = take(store)
    assert run(data, simlink.url) is None
    assert numbers.parse(after.number).epoch == "B"
    assert after.number in platform.numbers(terminal)
    with open_store(data) as store:
        assert store.settings.stopped() is None
        store.examine()


@pytest.mark.parametrize("how", ["clone", "snapshot put back", "old copy of the database"])
def test_a_cloned_disk_or_an_older_state_takes_no_case_until_it_has_another_epoch(
    data: Path, tmp_path: Path, platform: Platform, simlink: LinkSimulator, how: str
) -> None:
    with open_store(data) as store:
        terminal = store.settings.identity().terminal
        take(store)
    run(data, simlink.url)
    copy = tmp_path / "copy"
    shutil.copytree(data, copy)
    with open_store(data) as store:
        take(store, index=2)
    run(data, simlink.url)
    if how == "clone":
        older = copy
    elif how == "snapshot put back":
        shutil.rmtree(data)
        older = Path(shutil.copytree(copy, data))
    else:
        shutil.copyfile(copy / DB, data / DB)
        older = data

    with open_store(older) as store:
        meanwhile = take(store, 2500, index=3)  # taken before anybody could know
    run(older, simlink.url)
    run(older, simlink.url)  # the first signs with numbers the other disk has used up
    with open_store(older) as store:
        assert store.settings.stopped() is StopCause.FORKED
        with pytest.raises(KioskError) as error:
            take(store)
        assert error.value.failure is Failure.TERMINAL_STOPPED
        # its number had been given on the other disk: named, kept, never mixed up
        assert store.cases.show(meanwhile.number).parked

    assert enrol_again(older, simlink.url, platform, terminal) == "B"
    with open_store(older) as store:
        after = take(store, index=4)
    run(older, simlink.url)
    assert after.number in platform.numbers(terminal)
    with open_store(older) as store:
        assert store.settings.stopped() is None
        store.journal.verify()


def test_a_stopped_terminal_is_given_no_other_terminals_name(
    data: Path, platform: Platform, simlink: LinkSimulator
) -> None:
    damage(data, "cases_by_time")
    salvage(data, SystemClock())
    with open_store(data) as store, pytest.raises(KioskError) as error:
        provision_online(simlink.url, platform.code(), store, SystemClock(), QUICK)
    assert error.value.info["reason"] == "another_terminal"
    with open_store(data) as store:
        assert store.settings.stopped() is StopCause.DAMAGED
    assert FileKey(data).key()
