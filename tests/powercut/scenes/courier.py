"""A stick goes to the platform and back, twice; terminal, platform and stick may lose their power at any moment."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from central.cli import central
from kiosk.cli import kiosk
from kiosk.clock import SystemClock
from local_db.store import open_store
from sync.provision import provision_online
from sync.wire.coding import decode
from sync.wire.messages import SignedRecord
from sync.wire.stick.medium import Stick, data_name
from sync.wire.stick.messages import Delivery, Parcel, Part
from tests.powercut import platforms
from tests.powercut.recording import mark
from tests.powercut.scene import Scene
from tests.powercut.scenes import line
from tests.powercut.scenes.visit import as_noted, note
from tests.powercut.told import broken_promises
from tests.sync.house import House
from tests.sync.taking import take
from tests.sync.terminal import QUICK

_MOST = 4 << 20


@dataclass
class Carried:
    """One stick as it was found: the export on it, the sealed files that lie there whole, the answer on it."""

    exported: int = 0
    whole: set[str] = field(default_factory=set)
    answered: int = 0
    wrong: list[str] = field(default_factory=list)


def prepare(folder: Path) -> None:
    """An enrolled terminal and a registered stick."""
    house = House(folder / "platform")
    with open_store(folder / "terminal", create=True) as store:
        provision_online(house.url, house.code(), store, SystemClock(), QUICK)
        house.close()
        take(store, 2_000)
        note(folder, store)
    call(central, "register", folder, "--name", "J-1", data="platform")


def play(folder: Path) -> None:
    """Two journeys; people are told only when a command has ended."""
    as_noted(folder)
    for turn in range(2):
        with open_store(folder / "terminal") as store:
            for index in range(2):
                mark("taking", "any")
                case = take(store, 8_000, 20_000, index=2 * turn + index + 2)
                mark("taken", case.number, case.event)
            waiting = [one.digest for entry in due(store) for one in entry.materials]
        mark("packing")
        counter = str(call(kiosk, "export", folder, data="terminal")["counter"])
        mark("exported", counter)
        mark("carried", *waiting)
        call(central, "import", folder, data="platform")
        mark("unpacking")
        call(central, "export", folder, data="platform")
        mark("answered", counter)
        call(kiosk, "import", folder, data="terminal")
        with open_store(folder / "terminal") as store:
            for shown in store.cases.page():
                mark("settled", shown.submission_no)


def due(store: Any) -> Any:
    """Everything that waits."""
    return store.outbox.next_batch(SystemClock().now(), 100)


def call(command: click.Command, verb: str, folder: Path, *options: str, data: str) -> Any:
    """The command as people call it; its answer."""
    words = ["courier", verb, str(folder / "stick"), "--data", str(folder / data), *options, "--json"]
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, (words, done.output, done.exception)
    return json.loads(done.stdout)


def look(folder: Path) -> Carried:
    """Everything an index on the stick names lies there whole, or it is no index."""
    carried, stick = Carried(), Stick(folder)
    for terminal in stick.terminals():
        parts: list[tuple[str, Part]] = []
        if (data := stick.index((terminal, "up.jbi"), _MOST)) is not None:
            parcel = decode(decode(data, SignedRecord).body, Parcel)
            carried.exported = parcel.counter
            parts += [("up", part) for part in parcel.parts]
        if (data := stick.index((terminal, "down.jbi"), _MOST)) is not None:
            delivery = decode(decode(data, SignedRecord).body, Delivery)
            carried.answered = delivery.answered
            parts += [("down", part) for part in delivery.parts if part.kind != "catalogue"]
        for way, part in parts:
            if not stick.holds((terminal, way, data_name(part.digest)), part.digest, part.size):
                carried.wrong.append(f"stick: {way} names something that is not whole")
        files = (path for path in (folder / "jinban" / terminal / "blobs").rglob("*.jbn") if path.is_file())
        carried.whole |= {
            path.stem for path in files if hashlib.sha256(path.read_bytes()).hexdigest()[:32] == path.stem
        }
    return carried


def judge(found: Mapping[str, Any], marks: tuple[str, ...]) -> Iterator[str]:
    """A stick of which it was said that it may be pulled out carries what it was said to carry."""
    terminal, platform, stick = found["terminal"], found["platform"], found["stick"]
    yield from broken_promises(terminal, marks)
    yield from platform.wrong
    yield from stick.wrong
    said = [mark.split() for mark in marks if mark.split()[0] in ("packing", "carried", "unpacking", "answered")]
    verb, *words = said[-1] if said else ("",)
    if verb == "carried" and {digest[:32] for digest in words} - stick.whole:
        yield "a stick that may be pulled out lacks a page"
    if verb == "carried" and f"exported {stick.exported}" not in marks:
        yield "a stick that may be pulled out has no export"
    if verb == "answered" and str(stick.answered) != words[0]:
        yield "a stick that goes back has no answer"
    if terminal.settled - platform.whole:
        yield "a case shown as sent is not whole at the platform"
    if platform.cases - set(terminal.cases):
        yield "the platform holds a case its terminal knows nothing of"


SCENE = Scene("courier", prepare, play, {"terminal": line.soon, "platform": platforms.look, "stick": look}, judge)
