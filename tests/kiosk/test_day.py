"""Which day it is under a clock that cannot be believed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.cli.wiring import new_press
from kiosk.clock import CLOCK_MARK, RELEASED, ClockMark, SystemClock, read_mark
from kiosk.desk.equipment import Equipment
from local_db.store import open_store
from sync.clockwatch import ClockWatch
from sync.line import AgentLine

CONTACT = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)


class Set(SystemClock):
    """The machine's clock, wrong."""

    at = CONTACT

    def now(self) -> datetime:
        return self.at


@pytest.mark.parametrize(
    "at", [datetime(1970, 1, 1, tzinfo=UTC), CONTACT - timedelta(days=2), CONTACT + timedelta(days=730)]
)
def test_ages_and_terms_are_counted_from_the_platforms_last_signed_day(tmp_path: Path, at: datetime) -> None:
    with open_store(tmp_path / "data", create=True) as store:
        clock = Set(lambda: store.settings.get(CLOCK_MARK))
        kit = Equipment(store, new_press(), AgentLine(tmp_path, store.outbox.counts), clock)
        store.settings.put(CLOCK_MARK, ClockMark(CONTACT, timedelta(0)).encode())

        assert kit.today() == date(2027, 3, 1)
        clock.at = at
        assert kit.today() == date(2027, 3, 1)
        assert kit.trusted_today() is None


def test_before_the_first_contact_no_day_lies_before_this_release(tmp_path: Path) -> None:
    with open_store(tmp_path / "data", create=True) as store:
        clock = Set(lambda: store.settings.get(CLOCK_MARK))
        clock.at = datetime(1970, 1, 1, tzinfo=UTC)
        kit = Equipment(store, new_press(), AgentLine(tmp_path, store.outbox.counts), clock)

        assert kit.today() == RELEASED.date()


class Machine:
    """A machine whose clock, uptime and start a test sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.up, self.boot, self.wrong = timedelta(days=3), b"a" * 16, timedelta(0)
        self.true = CONTACT
        monkeypatch.setattr("kiosk.clock.uptime", lambda: self.up)
        monkeypatch.setattr("kiosk.clock.this_boot", lambda: self.boot)

    def passes(self, time: timedelta) -> None:
        self.true += time
        self.up += time

    def restarts(self, off: timedelta = timedelta(minutes=2)) -> None:
        self.true += off
        self.up, self.boot = timedelta(seconds=30), b"b" * 16


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


@pytest.fixture
def kit(tmp_path: Path, machine: Machine) -> Iterator[Equipment]:
    class Wall(SystemClock):
        def now(self) -> datetime:
            return machine.true + machine.wrong

    with open_store(tmp_path / "data", create=True) as store:
        clock = Wall(lambda: store.settings.get(CLOCK_MARK))
        store._connection.clock = clock
        yield Equipment(store, new_press(), AgentLine(tmp_path, store.outbox.counts), clock)


def contact(kit: Equipment, machine: Machine) -> None:
    ClockWatch(kit.store.settings, kit.clock).told(machine.true)


HOURS = timedelta(hours=1)
TO_1970 = datetime(1970, 1, 1, tzinfo=UTC) - CONTACT


@pytest.mark.parametrize("wrong", [TO_1970, timedelta(days=730), -3 * HOURS, 3 * HOURS])
def test_a_clock_set_while_the_machine_runs_changes_nothing(kit: Equipment, machine: Machine, wrong: timedelta) -> None:
    contact(kit, machine)
    machine.passes(10 * HOURS)
    assert kit.instant() == (machine.true, True)
    machine.wrong = wrong

    assert not kit.clock.trusted()
    assert kit.instant() == (machine.true, True)
    assert kit.trusted_today() == date(2027, 3, 1)
    machine.passes(HOURS)
    assert kit.now() == machine.true


@pytest.mark.parametrize("wrong", [TO_1970, timedelta(days=730)])
def test_after_a_start_with_a_wrong_clock_order_holds_and_the_next_contact_puts_all_right(
    kit: Equipment, machine: Machine, wrong: timedelta
) -> None:
    contact(kit, machine)
    before = kit.now()
    machine.restarts()
    machine.wrong = wrong
    first, sure = kit.instant()
    assert not sure
    assert kit.trusted_today() is None, "nothing is refused because of a wrong clock"
    machine.passes(HOURS)
    second = kit.now()

    assert before < first < second <= machine.true, "later than what went before, never in the future"
    contact(kit, machine)
    assert kit.instant() == (machine.true, True)
    assert not kit.clock.trusted(), "the machine's own clock is still wrong, and the doctor says so"
    machine.passes(5 * HOURS)
    assert kit.instant() == (machine.true, True)


def test_a_start_with_a_clock_hours_behind_is_not_believed_where_the_last_contact_shows_it(
    kit: Equipment, machine: Machine
) -> None:
    contact(kit, machine)
    machine.restarts()
    machine.wrong = -3 * HOURS

    assert kit.instant()[1] is False
    assert kit.now() <= machine.true


def test_the_journal_says_which_entries_were_made_under_a_doubtful_clock(kit: Equipment, machine: Machine) -> None:
    contact(kit, machine)
    kit.store.journal.append("well", "x", "y")
    machine.wrong = TO_1970
    kit.store.journal.append("doubtful", "x", "y", {"kept": "1"})
    machine.wrong = timedelta(0)
    kit.store.journal.append("well again", "x", "y")
    said = {entry.act: entry.details for entry in kit.store.journal.entries()}

    assert said == {"well": {}, "doubtful": {"kept": "1", "clock": "unsure"}, "well again": {}}
    kit.store.journal.verify()


def test_a_mark_survives_being_written_down_and_an_older_one_is_still_read() -> None:
    mark = ClockMark(CONTACT, -3 * HOURS, b"b" * 16, timedelta(days=2, milliseconds=7))

    assert read_mark(mark.encode()) == mark
    assert read_mark(ClockMark(CONTACT, HOURS).encode()) == ClockMark(CONTACT, HOURS)
    assert ClockMark(CONTACT, HOURS).steady() is None
    assert ClockMark.taken(CONTACT, HOURS).steady() is not None, "this machine tells its start and its uptime"
