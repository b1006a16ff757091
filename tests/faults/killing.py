"""Desk, agent and platform work as fast as they can, and one of them is killed again and again at a random moment.

`python -m tests.faults.killing FOLDER KILLS SEED [CASES]` prints one JSON line: how often each was killed, and what
does not add up when everything was left to end. It goes on until there were that many kills and that many cases.
"""

import json
import os
import random
import signal
import socket
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import uvicorn

from central.app import create_app
from central.office import open_office
from kiosk.clock import SystemClock
from local_db.store import open_store
from sync.provision import provision_online
from tests.powercut import platforms, terminals
from tests.sync.house import House
from tests.sync.taking import take
from tests.sync.terminal import QUICK, Terminal

_LONGEST: Final = 0.12
_SIZES: Final = ((), (3_000,), (20_000, 800), (90_000,))
_PATIENCE: Final = 600.0
_AHEAD: Final = 60
"""So many cases may wait before the desk lets the agent catch up."""

_BREATH: Final = 8
"""After so many kills everybody gets on until the desk has told somebody: on a slow machine, processes that are killed
before they have begun would prove nothing."""


class World:
    """One terminal and its platform; each side a process that this one forks, kills and forks again."""

    def __init__(self, folder: Path) -> None:
        self.terminal, self.platform = folder / "terminal", folder / "platform"
        house = House(self.platform)
        with open_store(self.terminal, create=True) as store:
            provision_online(house.url, house.code(), store, SystemClock(), QUICK)
        house.close()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._said, self._speaks = os.pipe()
        os.set_blocking(self._said, False)
        self._rest = b""
        self._turn = 0
        self.told: dict[str, str] = {}
        self.roles: dict[str, Callable[[], None]] = {"desk": self._desk, "agent": self._agent, "platform": self._serve}
        self.running: dict[str, int] = {}

    def start(self, role: str) -> None:
        """Fork the process of a role."""
        self._turn += 1
        child = os.fork()
        if child == 0:
            try:
                self.roles[role]()
            except BaseException:  # noqa: BLE001 -- whatever it was, it is told, and nothing of the parent is run
                traceback.print_exc()
            os._exit(3)
        self.running[role] = child

    def kill(self, role: str) -> None:
        """As a power cut of that process alone; it must not have ended by itself before."""
        child = self.running.pop(role)
        os.kill(child, signal.SIGKILL)
        ended = os.waitpid(child, 0)[1]
        if not os.WIFSIGNALED(ended):
            raise AssertionError(f"the {role} had ended by itself: {os.waitstatus_to_exitcode(ended)}")

    def listen(self) -> None:
        """Take in what the desk has told people."""
        while True:
            try:
                piece = os.read(self._said, 1 << 16)
            except BlockingIOError:
                return
            *lines, self._rest = (self._rest + piece).split(b"\n")
            self.told |= dict(line.decode().split() for line in lines)

    def get_on(self) -> None:
        """Wait until somebody was told something, which the desk does only while the agent delivers.

        Raises:
            AssertionError: nothing moves any more.
        """
        known, deadline = len(self.told), time.monotonic() + _PATIENCE
        while len(self.told) <= known + _BREATH:
            if time.monotonic() > deadline:
                raise AssertionError("nothing moves any more")
            time.sleep(0.01)
            self.listen()

    def _desk(self) -> None:
        chance = random.Random(self._turn)
        with open_store(self.terminal) as store:
            while True:
                if store.outbox.counts()[0] > _AHEAD:
                    time.sleep(0.02)
                    continue
                taken = take(store, *chance.choice(_SIZES), index=chance.randrange(1, 500))
                os.write(self._speaks, f"{taken.number} {taken.event}\n".encode())

    def _agent(self) -> None:
        with closing(Terminal(self.terminal, self._url)) as terminal:
            while True:
                terminal.agent.run_once()
                time.sleep(0.01)

    def _serve(self) -> None:
        app = create_app(open_office(self.platform))
        uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off")).run(sockets=[self._listener])


def end(world: World) -> None:
    """Nobody comes any more; the agent delivers what waits."""
    world.kill("desk")
    world.listen()
    deadline = time.monotonic() + _PATIENCE
    with open_store(world.terminal) as store:
        while store.outbox.counts()[0] and time.monotonic() < deadline:
            time.sleep(0.1)
    world.kill("agent")
    world.kill("platform")


def faults(world: World) -> Iterator[str]:
    """What does not add up."""
    here = terminals.look(world.terminal, datetime.now(UTC) + terminals.LATER)
    there = platforms.look(world.platform)
    yield from here.wrong
    yield from there.wrong
    if any(here.cases.get(number) != event for number, event in world.told.items()):
        yield "a case somebody was told of is gone"
    if set(here.cases) != there.cases:
        yield "the sets differ"
    if here.settled != set(here.cases) or there.whole != there.cases:
        yield "not everything was delivered whole"
    if here.parked:
        yield "a case was parked"


def main(folder: Path, kills: int, seed: int, wanted: int = 0) -> None:
    """Kill until there were enough, then look."""
    chance, done = random.Random(seed), Counter[str]()
    world = World(folder)
    try:
        for role in world.roles:
            world.start(role)
        _kill_on(world, chance, done, kills, wanted)
        end(world)
    finally:
        for child in world.running.values():  # one left behind would hold on to our standard error for ever
            os.kill(child, signal.SIGKILL)
    print(json.dumps({"kills": done, "told": len(world.told), "wrong": sorted(set(faults(world)))}))  # noqa: T201


def _kill_on(world: World, chance: random.Random, done: Counter[str], kills: int, wanted: int) -> None:
    time.sleep(1.0)
    while done.total() < kills or len(world.told) < wanted:
        time.sleep(chance.random() * (_LONGEST if done.total() < kills else 2.0))
        role = chance.choice(tuple(world.roles))
        world.kill(role)
        world.listen()
        world.start(role)
        done[role] += 1
        if done.total() % _BREATH == 0:
            world.get_on()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(word) for word in sys.argv[2:]))
