"""A township hub: it takes what the platform cannot be reached for, and nobody has to trust it."""

import json
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.config import LineConfig
from kiosk.failure import Failure, KioskError
from local_db.store import open_store
from sync.body import Body
from sync.hub import Hub
from sync.link import Link, Question
from sync.provision import provision_online
from sync.simlink import LinkSimulator
from sync.wire.stick.distant import PATH, DistantStick
from tests.sync.conftest import Opener
from tests.sync.platform import Platform
from tests.sync.strangers import stranger
from tests.sync.taking import take
from tests.sync.terminal import QUICK, Terminal
from tests.sync.test_service import until


class Relay:
    """`central relay` as a process, its uplink behind switches of its own."""

    def __init__(self, platform: Platform, folder: Path) -> None:
        self.uplink = LinkSimulator(platform.url)
        self.data = folder
        self.code: str | None = platform.code()
        self.url = ""
        self.start()

    def start(self) -> None:
        code = ["--code", self.code] if self.code else []
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "central.cli", "relay", "--data", str(self.data)),
                *("--platform", self.uplink.url, "--port", "0", "--every", "0.3", *code),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = json.loads(self.process.stdout.readline())["url"]
        self.code = None

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def close(self) -> None:
        self.stop()
        self.uplink.close()

    def rules(self) -> LineConfig:
        return LineConfig(hub=self.url)

    @property
    def files(self) -> list[Path]:
        return sorted(path for path in (self.data / "stick").rglob("*.jbn") if "blobs" in path.parts)


@pytest.fixture
def relay(platform: Platform, tmp_path: Path) -> Iterator[Relay]:
    with closing(Relay(platform, tmp_path / "hub")) as running:
        until((running.data / "stick" / "jinban" / "label.jbl").exists)
        yield running


@pytest.fixture
def village(relay: Relay, opened: Opener, simlink: LinkSimulator) -> Terminal:
    """A terminal that reaches the hub and not the platform."""
    simlink.cut()
    return opened(rules=relay.rules)


def until_settled(terminal: Terminal) -> None:
    def settled() -> bool:
        return terminal.agent.run_once().pending == 0

    until(settled, 30)


def test_a_village_without_a_line_delivers_by_way_of_the_hub_and_hears_its_decision(
    relay: Relay, village: Terminal, platform: Platform
) -> None:
    relay.uplink.cut()
    cases = [take(village.store, 300_000, 4_000, index=index) for index in (1, 2)]
    report = village.agent.run_once()
    assert (report.pending, report.settled, report.at_hub, report.reached) == (2, 0, 2, False)
    assert report.failure == Failure.LINK_DOWN.code
    assert len(relay.files) == 4
    for case in cases:
        assert all(village.store.blobs.read(digest) for digest in case.digests), "nothing goes on the hub's word"
    assert not platform.numbers(village.name)
    relay.uplink.restore()
    until(lambda: len(platform.numbers(village.name)) == 2)
    until_settled(village)
    for case in cases:
        held = sorted(village.store.blobs.read(digest) for digest in case.digests)
        assert sorted(platform.files(village.name, case.event)) == held
    platform.decide(cases[0].number, 1, "accepted", b"paper")

    def heard() -> bool:
        village.agent.run_once()
        return str(village.store.cases.show(cases[0].number).state) == "accepted"

    until(heard, 30)


def test_the_hub_goes_on_from_the_last_byte_when_its_uplink_breaks_and_after_it_was_killed(
    relay: Relay, village: Terminal, platform: Platform
) -> None:
    relay.uplink.cut()
    case = take(village.store, 2_000_000)
    village.agent.run_once()
    relay.uplink.restore()
    relay.uplink.cut_after(900_000)
    until(lambda: not relay.uplink.up or relay.uplink.bytes_up > 900_000)
    relay.stop()
    relay.uplink.restore()
    relay.start()
    before = relay.uplink.bytes_up
    until(lambda: platform.numbers(village.name) == [case.number])
    until_settled(village)
    assert relay.uplink.bytes_up - before < 1_700_000, "what had arrived did not travel again"
    assert platform.files(village.name, case.event) == [village.store.blobs.read(case.digests[0])]


def test_by_air_and_by_hub_at_once_it_is_one_case(
    relay: Relay, village: Terminal, platform: Platform, simlink: LinkSimulator
) -> None:
    relay.uplink.cut()
    case = take(village.store, 200_000)
    assert village.agent.run_once().at_hub == 1
    simlink.restore()
    assert village.agent.run_once().pending == 0
    relay.uplink.restore()
    simlink.cut()
    take(village.store, 3_000, index=2)
    until_settled(village)
    assert len(platform.numbers(village.name)) == 2
    assert platform.numbers(village.name).count(case.number) == 1


def test_a_hub_that_loses_everything_costs_only_time(
    relay: Relay, village: Terminal, platform: Platform, simlink: LinkSimulator
) -> None:
    relay.uplink.cut()
    case = take(village.store, 50_000)
    assert village.agent.run_once().at_hub == 1
    for path in sorted((relay.data / "stick").rglob("*.*")):
        path.unlink()
    assert village.store.cases.show(case.number).pending
    assert village.agent.run_once().pending == 1
    simlink.restore()
    assert village.agent.run_once().pending == 0
    assert platform.files(village.name, case.event) == [village.store.blobs.read(case.digests[0])]


@pytest.mark.parametrize("part", ["up.jbi", "up", "blobs", "down.jbi", "down"])
def test_a_hub_that_tampers_changes_nothing_and_is_seen_to(
    relay: Relay, village: Terminal, platform: Platform, simlink: LinkSimulator, part: str
) -> None:
    case = take(village.store, 20_000)
    coming = part.startswith("down")
    if not coming:
        relay.uplink.cut()
    village.agent.run_once()
    folder = relay.data / "stick" / "jinban" / f"{village.name}a".lower()
    if coming:
        until(lambda: (folder / "down.jbi").is_file() and list((folder / "down").glob("*.jbn")) != [])
        relay.uplink.cut()
    path = folder / part
    for file in [path] if path.is_file() else sorted(path.rglob("*.jbn")):
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
    if coming:
        report = village.agent.run_once()
        assert report.pending == 1
        assert Hub(village.agent._parts).run(relay.url).failure is not None
    relay.uplink.restore()
    assert village.store.blobs.read(case.digests[0])
    assert village.store.outbox.counts()[1] == 0, "nothing is parked for it"
    simlink.restore()
    assert village.agent.run_once().pending == 0
    assert platform.numbers(village.name) == [case.number]
    assert platform.files(village.name, case.event) == [village.store.blobs.read(case.digests[0])]


def test_two_villages_share_a_hub_and_neither_reaches_the_other_ones_folder(
    relay: Relay, village: Terminal, platform: Platform, tmp_path: Path
) -> None:
    folder = tmp_path / "neighbour"
    with open_store(folder, create=True) as store:
        provision_online(platform.url, platform.code(), store, SystemClock(), QUICK)
    with closing(Terminal(folder, "http://127.0.0.1:9", rules=relay.rules)) as neighbour:
        take(village.store, 9_000)
        take(neighbour.store, 8_000, index=2)
        until_settled(village)
        until_settled(neighbour)
        assert len(platform.numbers(village.name)) == len(platform.numbers(neighbour.name)) == 1
        theirs = f"{village.name}a".lower()
        asked = distant(neighbour, relay.url)
        questions: tuple[Callable[[], object], ...] = (
            lambda: asked.index((theirs, "down.jbi"), 1 << 20),
            lambda: asked.put((theirs, "up.new"), b"mine"),
            lambda: asked.discard((theirs, "up.jbi")),
            lambda: asked.keep_only((theirs, "up"), ()),
            lambda: asked.index(("..", "hub.key"), 1 << 20),
            lambda: asked.put((f"{neighbour.name}a".lower(), "blobs", "..", "x"), b"mine"),
        )
        for question in questions:
            with pytest.raises(KioskError) as caught:
                question()
            assert caught.value.failure is Failure.COURIER_UNREADABLE
        assert theirs not in asked.terminals()


def distant(terminal: Terminal, url: str) -> DistantStick:
    hub, link = Hub(terminal.agent._parts), Link(url, QUICK)
    return DistantStick(terminal.name, lambda question: hub._ask(link, question))


def test_whoever_the_platforms_root_does_not_vouch_for_is_turned_away(relay: Relay) -> None:
    with closing(Link(relay.url, QUICK)) as link:
        for headers in ({}, {"Jinban-Statement": "AAAA"}, {"Jinban-Statement": secrets.token_urlsafe(200)}):
            with pytest.raises(KioskError) as caught:
                link.ask(Question(PATH, Body(b"x"), headers=headers))
            assert caught.value.failure is Failure.LINK_REFUSED


def test_a_hub_that_is_none_changes_nothing(opened: Opener, simlink: LinkSimulator) -> None:
    simlink.cut()
    with stranger(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi") as portal:
        terminal = opened(rules=lambda: LineConfig(hub=portal.url))
        case = take(terminal.store, 5_000)
        report = terminal.agent.run_once()
    assert (report.pending, report.parked, report.at_hub) == (1, 0, 0)
    assert terminal.store.blobs.read(case.digests[0])


def test_the_hub_holds_nothing_it_could_read(relay: Relay, village: Terminal) -> None:
    relay.uplink.cut()
    take(village.store, 3_000)
    village.agent.run_once()
    everything = b"".join(path.read_bytes() for path in sorted(relay.data.rglob("*")) if path.is_file())
    for told in ("演示", "15400000001", "000000"):
        assert told.encode() not in everything
    assert village.store.settings.device_key() not in everything
