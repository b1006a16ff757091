"""Any history of submitting, sending, losing, crashing, deciding and publishing: both sides tell the same story.

Real terminal, real platform, real sockets; only that both live in this process, so that a history takes a second.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from central import feed
from central.store import cases, events
from kiosk.clock import SystemClock
from local_db.store import open_store
from sync.provision import provision_online
from sync.simlink import LinkSimulator
from sync.wire.messages import DecisionBody
from tests.sync.house import House
from tests.sync.platform_main import publish
from tests.sync.taking import Taken, take
from tests.sync.terminal import QUICK, Terminal

STATES = ("received", "accepted")
MOST_RUNS = 12


@dataclass
class World:
    """What all histories of a test share, and how many there were."""

    folder: Path
    house: House
    version: int = 1
    count: int = 0


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(House(tmp_path / "platform")) as house:
        yield World(tmp_path, house)


class History(RuleBasedStateMachine):
    """One terminal and what becomes of it."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.house = world, world.house
        world.count += 1
        self.line = LinkSimulator(world.house.url)
        self.data = world.folder / f"terminal-{world.count}"
        with open_store(self.data, create=True) as store:
            provision_online(self.line.url, world.house.code(), store, SystemClock(), QUICK)
        self.terminal = Terminal(self.data, self.line.url)
        self.taken: list[Taken] = []
        self.decided: dict[str, int] = {}

    @rule(sizes=st.lists(st.integers(0, 40_000), max_size=2), again=st.booleans())
    def submit(self, sizes: list[int], again: bool) -> None:  # noqa: FBT001 -- drawn
        reuse = self.taken[-1] if again and self.taken and self.here(self.taken[-1]) else None
        self.taken.append(take(self.terminal.store, *sizes, index=len(self.taken) + 1, reuse=reuse))

    @rule()
    def sync(self) -> None:
        self.terminal.agent.run_once()

    @rule(after=st.integers(0, 3))
    def lose_acknowledgements(self, after: int) -> None:
        self.line.drop_answers(2, after)
        self.terminal.agent.run_once()
        self.line.restore()

    @rule(size=st.integers(1, 60_000))
    def cut(self, size: int) -> None:
        self.line.cut_after(size)
        self.terminal.agent.run_once()
        self.line.restore()

    @rule()
    def restart_agent(self) -> None:
        self.terminal.close()
        self.terminal = Terminal(self.data, self.line.url)

    @rule()
    def restart_platform(self) -> None:
        self.house.restart()

    @precondition(lambda self: self.taken)
    @rule(data=st.data())
    def decide(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from([case.number for case in self.taken]))
        sequence = self.decided.get(number, 0) + 1
        office = self.house.office
        with office.store.write() as connection:
            if cases.find(connection, number) is None or sequence > len(STATES):
                return
            state, at = STATES[sequence - 1], datetime.now(UTC)
            body = DecisionBody(terminal=self.terminal.name, number=number, seq=sequence, state=state, at=at)
            feed.record(office, connection, body, officer="test", refs=())
        self.decided[number] = sequence

    @rule()
    def change_catalogue(self) -> None:
        self.world.version += 1
        publish(self.house.office, self.world.version)

    @invariant()
    def the_terminal_never_believes_more_than_the_platform_holds(self) -> None:
        """The watermark is honest: what counts as delivered is there, whole; nothing is there twice or from nowhere."""
        ours = [case.number for case in self.taken]
        theirs = self.at_platform()
        assert len(theirs) == len(set(theirs))
        assert set(theirs) <= set(ours)
        waiting = [number for number in ours if self.terminal.store.cases.show(number).pending]
        assert self.terminal.store.outbox.counts()[:2] == (len(waiting), 0)
        for case in self.taken:
            if case.number not in waiting:
                assert self.complete(case)

    def teardown(self) -> None:
        """However it went, a good line brings everything over, once, and every decision back."""
        with closing(self.line), closing(self.terminal):
            for _ in range(MOST_RUNS):
                if self.terminal.agent.run_once().pending == 0:
                    break
            self.terminal.agent.run_once()
            assert sorted(self.at_platform()) == sorted(case.number for case in self.taken)
            assert all(self.complete(case) for case in self.taken)
            for number, sequence in self.decided.items():
                assert str(self.terminal.store.cases.show(number).state) == STATES[sequence - 1]
            assert self.terminal.store.shelf.version() == self.world.version
            self.terminal.store.journal.verify()

    def here(self, case: Taken) -> bool:
        return all(self.terminal.store.blobs.read(digest) for digest in case.digests)

    def at_platform(self) -> list[str]:
        with self.house.office.store.read() as connection:
            return [
                event.number
                for case in cases.page(connection)
                if case.number.startswith(self.terminal.name)
                for event in events.of_case(connection, case.number)
            ]

    def complete(self, case: Taken) -> bool:
        with self.house.office.store.read() as connection:
            stored = events.find(connection, self.terminal.name, case.event)
        whole = [self.house.office.blobs.read(self.terminal.name, bytes.fromhex(name)) for name in case.digests]
        return stored is not None and stored.completed_at is not None and all(whole)


def lived(world: World, histories: int, steps: int) -> None:
    how = settings(
        max_examples=histories,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
        phases=(Phase.generate,),  # a history of real processes takes a second: finding the shortest would take an hour
    )
    run_state_machine_as_test(lambda: History(world), settings=how)  # type: ignore[arg-type] # a factory serves


@pytest.mark.expects_logs
def test_after_any_history_client_and_platform_hold_the_same_cases_once(world: World) -> None:
    lived(world, histories=6, steps=10)


@pytest.mark.long
@pytest.mark.expects_logs
def test_after_many_long_histories_client_and_platform_hold_the_same_cases_once(world: World) -> None:
    lived(world, histories=150, steps=40)
