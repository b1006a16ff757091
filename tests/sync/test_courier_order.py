"""Whatever comes in whatever order, by line or by stick, with answers lost: both sides come to hold the same cases."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from central.store import terminals
from sync.simlink import LinkSimulator
from tests.sync.courier import Courier
from tests.sync.platform import Platform
from tests.sync.taking import Taken, take
from tests.sync.terminal import Terminal

ACTS = ("submit", "decide", "publish", "line", "cut line", "up", "arrive", "answer", "home", "old stick", "copy")


class Village:
    """One terminal, its line, two sticks and a hub; every act may come at any time."""

    def __init__(self, terminal: Terminal, platform: Platform, line: LinkSimulator, folder: Path) -> None:
        self.terminal, self.platform, self.line = terminal, platform, line
        self.courier = Courier(platform, folder)
        self.sticks = [self.courier.stick("one"), self.courier.stick("two")]
        self.cases: list[Taken] = []
        self.decided: dict[str, int] = {}

    def act(self, name: str, which: int) -> None:
        stick, data = self.sticks[which], self.terminal.data
        acts: dict[str, Callable[[], object]] = {
            "submit": lambda: self.cases.append(take(self.terminal.store, 30_000, 500, index=len(self.cases) + 1)),
            "decide": self.decide,
            "publish": lambda: self.platform.publish(self.terminal.store.shelf.version() + 1),
            "line": self.terminal.agent.run_once,
            "cut line": self.cut,
            "up": lambda: self.courier.export(data, stick),
            "arrive": lambda: self.courier.central("import", stick),
            "answer": lambda: self.courier.central("export", stick),
            "home": lambda: self.home(stick),
            "old stick": lambda: self.copy(stick, self.sticks[1 - which]),
            "copy": lambda: self.home(self.sticks[1 - which]),
        }
        acts[name]()

    def decide(self) -> None:
        for number in self.platform.numbers(self.terminal.name)[:1]:
            self.decided[number] = self.decided.get(number, 0) + 1
            self.platform.decide(number, self.decided[number], "accepted")

    def cut(self) -> None:
        self.line.cut_after(20_000)
        self.terminal.agent.run_once()
        self.line.restore()

    def home(self, stick: Path) -> None:
        if list(stick.rglob("down.jbi")):
            told = self.courier.take(self.terminal.data, stick)
            assert told["failure"] is None

    def copy(self, old: Path, new: Path) -> None:
        shutil.rmtree(new)
        shutil.copytree(old, new)

    def check(self) -> None:
        mine, theirs = [case.number for case in self.cases], self.platform.numbers(self.terminal.name)
        pending = self.terminal.store.outbox.counts()[0]
        assert len(set(theirs)) == len(theirs)
        assert set(theirs) <= set(mine)
        assert pending >= len(mine) - len(theirs)


@pytest.fixture
def village(terminal: Terminal, platform: Platform, simlink: LinkSimulator, tmp_path: Path) -> Village:
    return Village(terminal, platform, simlink, tmp_path)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1)), min_size=4, max_size=10))
def test_line_and_sticks_in_any_order_come_to_the_same(village: Village, acts: list[tuple[str, int]]) -> None:
    for name, which in (("submit", 0), *acts):
        village.act(name, which)
        village.check()
    back = village.courier.there_and_back(village.terminal.data, village.sticks[0])
    assert (back["pending"], back["parked"], back["failure"]) == (0, 0, None)
    assert len(village.platform.numbers(village.terminal.name)) == len(village.cases)
    for number, sequence in village.decided.items():
        assert village.terminal.store.cases.show(number).acceptance_no == f"SL{sequence:05d}"
    with village.platform.office() as office, office.store.read() as connection:
        found = terminals.find(connection, village.terminal.name)
    assert found is not None
    assert found.forked_at is None
