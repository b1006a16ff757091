"""What scans may cost by the technician's settings, and that nothing else ever waits for it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.calendar import SHANGHAI
from kiosk.cli.health.terminal import look_at_terminal
from kiosk.clock import CLOCK_MARK, ClockMark
from kiosk.config import LineConfig
from kiosk.failure import Failure
from kiosk.model.terminal import ScansWait, Waiting
from kiosk.ports import Settings
from local_db.store import open_store
from sync.line import AgentLine
from sync.link import Traffic
from sync.simlink import LinkSimulator
from sync.thrift import Spent, Thrift, opens_at
from tests.sync.conftest import Opener
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.test_service import until

NOON = datetime(2026, 11, 24, 12, tzinfo=SHANGHAI)
NIGHT = LineConfig(scans_between="22:00-06:00")
PAID = LineConfig(metered=True)


class SetClock:
    """A clock that stands where the test put it."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at.astimezone(UTC)

    def trusted(self) -> bool:
        return True


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """Settings that have never heard a platform."""
    with open_store(tmp_path / "fresh", create=True) as store:
        yield store.settings


@pytest.mark.parametrize(
    ("between", "at", "opens"),
    [
        ("22:00-06:00", "24 12:00", "24 22:00"),
        ("22:00-06:00", "24 21:59", "24 22:00"),
        ("22:00-06:00", "24 22:00", "24 22:00"),
        ("22:00-06:00", "25 05:59", "25 05:59"),
        ("22:00-06:00", "25 06:00", "25 22:00"),
        ("01:30-04:00", "24 12:00", "25 01:30"),
        ("01:30-04:00", "24 00:00", "24 01:30"),
        ("12:00-12:00", "24 03:00", "24 03:00"),
    ],
)
def test_the_window_opens_at_its_hour_in_shanghai_also_across_midnight(between: str, at: str, opens: str) -> None:
    def moment(text: str) -> datetime:
        return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)

    assert opens_at(between, moment(at).astimezone(UTC)) == moment(opens)


def test_scans_wait_for_the_night_and_go_in_it(settings: Settings) -> None:
    clock = SetClock()
    thrift = Thrift(settings, clock, Traffic(), lambda: NIGHT)
    assert thrift.wait() == Waiting(ScansWait.NIGHT, NOON.replace(hour=22))
    clock.at = NOON.replace(hour=23)
    assert thrift.wait() is None


def test_a_spent_budget_waits_for_the_next_day_or_month_and_survives_a_restart(settings: Settings) -> None:
    clock, traffic = SetClock(), Traffic()
    rules = LineConfig(budget_mb=2, budget_per="day")
    thrift = Thrift(settings, clock, traffic, lambda: rules)
    traffic.add(sent=1_500_000, received=400_000)
    assert thrift.wait() is None
    traffic.add(sent=100_000)
    midnight = datetime(2026, 11, 25, tzinfo=SHANGHAI)
    assert thrift.wait() == Waiting(ScansWait.BUDGET, midnight)
    thrift.note()
    again = Thrift(settings, clock, Traffic(), lambda: rules)
    assert again.wait() == Waiting(ScansWait.BUDGET, midnight), "a restart gives nothing back"
    rules = replace(rules, budget_per="month")
    assert again.wait() == Waiting(ScansWait.BUDGET, datetime(2026, 12, 1, tzinfo=SHANGHAI))
    rules = replace(rules, scans_between="22:00-06:00", budget_per="day")
    clock.at = NOON.replace(hour=23)
    assert again.wait() == Waiting(ScansWait.BUDGET, midnight), "both must allow it"
    clock.at = NOON + timedelta(days=1)
    assert again.wait() == Waiting(ScansWait.NIGHT, clock.at.replace(hour=22))
    rules = replace(rules, scans_between="")
    assert again.wait() is None


def test_a_killed_process_forgets_little_of_what_it_spent(settings: Settings) -> None:
    traffic, rules = Traffic(), LineConfig(budget_mb=100)
    thrift = Thrift(settings, SetClock(), traffic, lambda: rules)
    for _ in range(100):
        traffic.add(sent=50_000)
        thrift.note()
    kept = Thrift(settings, SetClock(), Traffic(), lambda: replace(rules, budget_mb=4))
    assert kept.wait() is not None, "of 5 MB at most a quarter of one is forgotten"


def test_a_clock_that_jumps_brings_no_new_budget(settings: Settings) -> None:
    clock, traffic = SetClock(), Traffic()
    settings.put(CLOCK_MARK, ClockMark(NOON.astimezone(UTC), timedelta(0)).encode())
    thrift = Thrift(settings, clock, traffic, lambda: LineConfig(budget_mb=1))
    traffic.add(sent=2_000_000)
    thrift.note()
    for jump in (timedelta(days=40), timedelta(days=40_000), -timedelta(days=40)):
        clock.at = NOON + jump
        assert thrift.wait() is not None
    settings.put(CLOCK_MARK, ClockMark((NOON + timedelta(days=40)).astimezone(UTC), timedelta(0)).encode())
    clock.at = NOON + timedelta(days=40)
    assert thrift.wait() is None, "the platform agrees: it is another month"


def test_a_clock_twelve_hours_off_still_waits_for_the_right_night(settings: Settings) -> None:
    settings.put(CLOCK_MARK, ClockMark(NOON.astimezone(UTC), timedelta(hours=12)).encode())
    thrift = Thrift(settings, SetClock(NOON + timedelta(hours=12)), Traffic(), lambda: NIGHT)
    assert thrift.wait() == Waiting(ScansWait.NIGHT, NOON.replace(hour=22))


def test_days_and_months_are_counted_apart() -> None:
    spent = Spent(date(2026, 11, 24)).plus(5).on(date(2026, 11, 25)).plus(3)
    assert (spent.of_day, spent.of_month) == (3, 8)
    assert spent.on(date(2026, 12, 1)) == Spent(date(2026, 12, 1))
    assert spent.on(date(2027, 11, 25)) == Spent(date(2027, 11, 25))


def test_on_a_metered_line_forms_and_decisions_go_and_scans_stay_until_it_is_switched_off(
    opened: Opener, platform: Platform, simlink: LinkSimulator
) -> None:
    rules = PAID
    terminal = opened(rules=lambda: rules)
    first = take(terminal.store, 200_000)
    report = terminal.agent.run_once()
    assert (report.pending, report.failure, report.reached) == (1, Failure.SCANS_WAIT.code, True)
    assert terminal.agent.waiting == Waiting(ScansWait.METERED)
    assert platform.numbers(terminal.name) == [first.number]
    platform.decide(first.number, 1, "correction")
    second, up = take(terminal.store, 200_000, index=2), simlink.bytes_up
    terminal.agent.run_once()
    assert platform.numbers(terminal.name) == sorted([first.number, second.number])
    assert str(terminal.store.cases.show(first.number).state) == "correction"
    turns = [terminal.agent.run_once().turns for _ in range(3)]
    assert simlink.bytes_up - up < 20_000
    assert turns == [1, 1, 1], "nothing is asked about scans that must wait"
    rules = LineConfig()
    report = terminal.agent.run_once()
    assert (report.pending, report.failure) == (0, None)
    assert terminal.agent.waiting is None


def test_a_case_whose_last_acknowledgement_was_lost_is_settled_though_scans_must_wait(
    opened: Opener, platform: Platform, simlink: LinkSimulator
) -> None:
    with closing(opened()) as terminal:
        case = take(terminal.store, 30_000)
        simlink.drop_answers(99, after=1)
        assert terminal.agent.run_once().pending == 1
    simlink.drop_answers(0)
    terminal = opened(rules=lambda: PAID)
    report = terminal.agent.run_once()
    assert (report.pending, report.failure, terminal.agent.waiting) == (0, None, None)
    assert platform.files(terminal.name, case.event)


def test_a_budget_that_runs_out_half_way_stops_the_scans_and_they_go_on_from_there(
    opened: Opener, platform: Platform, simlink: LinkSimulator
) -> None:
    rules = LineConfig(budget_mb=1)
    terminal = opened(rules=lambda: rules)
    cases = [take(terminal.store, 700_000, index=index) for index in range(4)]
    simlink.limit(3_000_000)
    report = terminal.agent.run_once()
    assert report.failure == Failure.SCANS_WAIT.code
    assert 900_000 < simlink.bytes_up < 2_700_000, "what is under way goes to its end, nothing more"
    assert sorted(platform.numbers(terminal.name)) == sorted(case.number for case in cases)
    rules = LineConfig()
    assert terminal.agent.run_once().pending == 0
    assert simlink.bytes_up < 2_800_000 * 1.1


def test_the_agent_says_until_when_scans_wait_and_heeds_a_changed_setting_at_once(
    data: Path, opened: Opener, platform: Platform
) -> None:
    soon, later = (datetime.now(SHANGHAI) + timedelta(hours=hours) for hours in (2, 3))
    config = data / "config.toml"
    config.write_text(f'[line]\nscans_between = "{soon:%H:%M}-{later:%H:%M}"\n')
    terminal = opened()
    case = take(terminal.store, 30_000)
    once = [sys.executable, "-m", "kiosk.cli", "sync", "--data", str(data), "--once", "--json"]
    done = subprocess.run(once, stdout=subprocess.PIPE, check=False, timeout=30)
    told = json.loads(done.stdout)
    assert (done.returncode, told["pending"], told["failure"]) == (3, 1, "link.scans_wait")
    agent = subprocess.Popen([sys.executable, "-m", "kiosk.cli", "sync", "--data", str(data)])
    try:
        line = AgentLine(data, terminal.store.outbox.counts)
        until(lambda: line.status().waiting is not None)
        opens = soon.replace(second=0, microsecond=0).astimezone(UTC)
        assert line.status().waiting == Waiting(ScansWait.NIGHT, opens)
        (found,) = (one for one in look_at_terminal(data) if one.name == "line")
        assert f"扫描件等到 {soon:%Y-%m-%d %H:%M}" in found.state.zh
        config.write_text("")
        until(lambda: line.status().all_delivered)
        assert line.status().waiting is None
    finally:
        agent.kill()
        agent.wait()
    assert platform.files(terminal.name, case.event)
