"""Three cases go over the line, a decision comes back; terminal and platform lose their power at the same moment."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from central import feed
from central.office import Office
from kiosk.clock import SystemClock
from local_db.store import open_store
from sync.agent import RunReport
from sync.provision import provision_online
from sync.wire.messages import DecisionBody
from tests.powercut import platforms, terminals
from tests.powercut.recording import mark
from tests.powercut.scene import Scene
from tests.powercut.scenes.visit import as_noted, note
from tests.powercut.told import broken_promises
from tests.sync.house import House
from tests.sync.taking import take
from tests.sync.terminal import QUICK, Terminal


def prepare(folder: Path) -> None:
    """An enrolled terminal that has delivered a case already."""
    house = House(folder / "platform")
    with open_store(folder / "terminal", create=True) as store:
        provision_online(house.url, house.code(), store, SystemClock(), QUICK)
    terminal = Terminal(folder / "terminal", house.url)
    take(terminal.store, 2_000)
    assert terminal.agent.run_once().pending == 0
    note(folder, terminal.store)
    terminal.close()
    house.close()


def play(folder: Path) -> None:
    """Each side tells what it has done only afterwards; the platform is restarted in between."""
    as_noted(folder)
    house = House(folder / "platform")
    terminal = Terminal(folder / "terminal", house.url)
    mark("shelved", str(terminal.store.shelf.version()))
    try:
        numbers = [hand_in(terminal, *sizes, index=index) for index, sizes in enumerate(((), (30_000,), (900, 90_000)))]
        send(terminal)
        house.restart()
        decide(house.office, numbers[0])
        numbers.append(hand_in(terminal, 5_000, index=4))
        send(terminal)
        mark("decided", numbers[0], "received")
    finally:
        terminal.close()
        house.close()


def hand_in(terminal: Terminal, *sizes: int, index: int) -> str:
    """One case; its number."""
    mark("taking", "any")
    taken = take(terminal.store, *sizes, index=index + 1)
    mark("taken", taken.number, taken.event)
    return taken.number


def send(terminal: Terminal) -> RunReport:
    """Until nothing waits; then staff are shown what has gone."""
    report = terminal.agent.run_once()
    assert (report.pending, report.failure) == (0, None), report
    for case in terminal.store.cases.page():
        mark("settled", case.submission_no)
    return report


def decide(office: Office, number: str) -> None:
    """The platform speaks; the officer is shown it as done."""
    body = DecisionBody(terminal=number[:6], number=number, seq=1, state="received", at=datetime.now(UTC))
    with office.store.write() as connection:
        feed.record(office, connection, body, officer="test", refs=())


def judge(found: Mapping[str, Any], marks: tuple[str, ...]) -> Iterator[str]:
    """What the terminal shows as sent lies whole at the platform, in what its own disk has kept."""
    terminal, platform = found["terminal"], found["platform"]
    yield from broken_promises(terminal, marks)
    yield from platform.wrong
    if terminal.settled - platform.whole:
        yield "a case shown as sent is not whole at the platform"
    if terminal.taken - platform.cases:
        yield "a form shown as taken is not at the platform"
    if platform.cases - set(terminal.cases):
        yield "the platform holds a case its terminal knows nothing of"


def soon(data: Path) -> terminals.Found:
    """Opened a little later."""
    return terminals.look(data, datetime.now(UTC) + terminals.LATER)


SCENE = Scene("line", prepare, play, {"terminal": soon, "platform": platforms.look}, judge)
