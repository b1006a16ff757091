"""A memory stick between a terminal without a line and the platform: every case once, and the answers come back."""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from central.store import terminals
from kiosk.clock import SystemClock
from kiosk.model.state import CaseState
from local_db.store import open_store
from sync.provision import provision_online
from sync.simlink import LinkSimulator
from tests.sync.courier import Courier, files
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import QUICK, Terminal


@pytest.fixture
def courier(platform: Platform, tmp_path: Path) -> Courier:
    return Courier(platform, tmp_path)


@pytest.fixture
def other(platform: Platform, tmp_path: Path) -> Path:
    """A second terminal of the same platform."""
    folder = tmp_path / "other"
    with open_store(folder, create=True) as store:
        provision_online(platform.url, platform.code(), store, SystemClock(), QUICK)
    return folder


def test_a_stick_carries_cases_there_and_the_answers_back(
    terminal: Terminal, data: Path, platform: Platform, courier: Courier
) -> None:
    cases = [take(terminal.store, 150_000, 3_000, index=index) for index in range(3)]
    take(terminal.store, index=4)
    stick = courier.stick()

    told = courier.export(data, stick)
    assert (told["whole"], told["forms_only"], told["left"], told["failure"]) == (4, 0, 0, None)
    brought = courier.central("import", stick)["terminals"]
    assert [(one["terminal"], one["complete"], one["waiting"]) for one in brought] == [(terminal.name, 4, 0)]
    assert len(platform.numbers(terminal.name)) == 4
    platform.decide(cases[0].number, 1, "accepted", b"paper")
    platform.publish(terminal.store.shelf.version() + 1)
    (given,) = courier.central("export", stick)["terminals"]
    assert (given["answers"], given["decisions"]) == (4, 1)
    back = courier.take(data, stick)
    assert (back["settled"], back["pending"], back["parked"], back["failure"]) == (4, 0, 0, None)
    assert back["decisions"] == 1
    assert terminal.store.shelf.version() == back["catalogue"] == given["catalogue"]
    assert terminal.store.cases.show(cases[0].number).state is CaseState.ACCEPTED
    for case in cases:
        held = sorted(terminal.store.blobs.read(digest) for digest in case.digests)
        assert sorted(platform.files(terminal.name, case.event)) == held


def test_nothing_may_go_here_before_the_platform_has_signed_for_it(
    terminal: Terminal, data: Path, courier: Courier
) -> None:
    case = take(terminal.store, 5_000)
    stick = courier.stick()
    courier.export(data, stick)
    courier.central("import", stick)
    assert terminal.store.outbox.counts()[0] == 1
    assert terminal.store.blobs.read(case.digests[0])
    courier.central("export", stick)
    assert courier.take(data, stick)["settled"] == 1
    assert terminal.store.outbox.counts() == (0, 0, 0)


def test_repeats_in_any_order_change_nothing(
    terminal: Terminal, data: Path, platform: Platform, courier: Courier
) -> None:
    first = take(terminal.store, 9_000)
    stick = courier.stick()
    courier.export(data, stick)
    early = courier.copy(stick, "early")
    second = take(terminal.store, 7_000, index=2)
    assert courier.export(data, stick)["bytes"] < 9_000 + 7_000
    for one in (stick, early, stick, stick, early):
        courier.central("import", one)
    assert sorted(platform.numbers(terminal.name)) == sorted([first.number, second.number])
    courier.central("export", stick)
    courier.central("export", early)
    assert courier.take(data, early)["settled"] == 2
    again = courier.take(data, stick)
    assert (again["settled"], again["pending"], again["failure"]) == (0, 0, None)
    assert courier.there_and_back(data, early)["pending"] == 0


def test_air_and_stick_at_once_make_one_case(
    terminal: Terminal, data: Path, platform: Platform, courier: Courier, simlink: LinkSimulator
) -> None:
    cases = [take(terminal.store, 200_000, index=index) for index in range(4)]
    stick = courier.stick()
    courier.export(data, stick)
    simlink.cut_after(350_000)
    assert terminal.agent.run_once().pending > 0
    (brought,) = courier.central("import", stick)["terminals"]
    assert (brought["complete"], brought["refused"]) == (4, 0)
    simlink.restore()
    assert terminal.agent.run_once().pending == 0
    courier.central("export", stick)
    assert courier.take(data, stick)["settled"] == 0
    assert sorted(platform.numbers(terminal.name)) == sorted(case.number for case in cases)
    with platform.office() as office, office.store.read() as connection:
        found = terminals.find(connection, terminal.name)
    assert found is not None
    assert found.forked_at is None


def test_a_stick_may_be_taken_in_while_the_line_is_sending_the_same(
    terminal: Terminal, data: Path, platform: Platform, courier: Courier
) -> None:
    cases = [take(terminal.store, 1_500_000, 700_000, index=index) for index in range(3)]
    stick = courier.stick()
    courier.export(data, stick)
    with ThreadPoolExecutor(1) as line:
        sending = line.submit(terminal.agent.run_once)
        (brought,) = courier.central("import", stick)["terminals"]
        report = sending.result()
    assert brought["refused"] == 0
    courier.central("import", stick)
    assert terminal.agent.run_once().pending == 0
    assert report.parked == 0
    assert sorted(platform.numbers(terminal.name)) == sorted(case.number for case in cases)
    for case in cases:
        held = sorted(terminal.store.blobs.read(digest) for digest in case.digests)
        assert sorted(platform.files(terminal.name, case.event)) == held


def test_two_terminals_share_a_stick_and_two_sticks_carry_one_terminal(
    terminal: Terminal, data: Path, courier: Courier, other: Path
) -> None:
    stick, second = courier.stick("J-1"), courier.stick("J-2")
    take(terminal.store, 4_000)
    with open_store(other) as store:
        take(store, 5_000, index=7)
    courier.export(data, stick)
    courier.export(other, stick)
    take(terminal.store, 6_000, index=3)
    courier.export(data, second)
    assert {one["complete"] for one in courier.central("import", second)["terminals"]} == {2}
    assert [one["complete"] for one in courier.central("import", stick)["terminals"]] == [1, 1]
    for one in (stick, second):
        courier.central("export", one)
    assert courier.take(data, stick)["pending"] == 0
    assert courier.take(other, stick)["pending"] == 0
    assert courier.take(other, second, status=2)["failure"] == "courier.nothing_here"
    assert courier.take(data, second)["failure"] is None


def test_a_hub_that_copies_folders_needs_no_trust(terminal: Terminal, data: Path, courier: Courier) -> None:
    take(terminal.store, 30_000)
    stick = courier.stick()
    courier.export(data, stick)
    hub = courier.copy(stick, "hub")
    for path in sorted(hub.rglob("*"), reverse=True):  # some copying programs write FAT names in capitals
        path.rename(path.with_name(path.name.upper()))
    courier.central("import", hub)
    courier.central("export", hub)
    assert courier.take(data, courier.copy(hub, "home"))["pending"] == 0


def test_a_refused_case_is_parked_by_its_own_answer_and_by_no_older_one(
    terminal: Terminal, data: Path, courier: Courier
) -> None:
    take(terminal.store, 3_000, answers={"nonsense": 1})
    good = take(terminal.store, 3_000, index=2)
    stick = courier.stick()
    courier.export(data, stick)
    (brought,) = courier.central("import", stick, status=1)["terminals"]
    assert (brought["complete"], brought["refused"]) == (1, 1)
    courier.central("export", stick, status=1)
    old = courier.copy(stick, "old")
    back = courier.take(data, stick)
    assert (back["settled"], back["parked"], back["pending"]) == (1, 1, 1)
    parked = next(one for one in terminal.store.cases.page() if one.submission_no != good.number)
    assert parked.parked
    terminal.store.outbox.unpark(parked.submission_no, "test")
    courier.export(data, courier.stick("J-2"))
    assert courier.take(data, old)["parked"] == 0


def test_a_cloned_terminal_is_taken_in_and_raised(
    terminal: Terminal, data: Path, platform: Platform, courier: Courier, tmp_path: Path
) -> None:
    take(terminal.store, 3_000)
    twin = Path(shutil.copytree(data, tmp_path / "twin"))
    own, other = courier.stick("J-1"), courier.stick("J-2")
    courier.export(data, own)
    with open_store(twin) as store:
        take(store, 4_000, index=5)
        take(store, 4_000, index=6)
    courier.export(twin, other)
    courier.central("import", own)
    courier.central("import", other)
    with platform.office() as office, office.store.read() as connection:
        found = terminals.find(connection, terminal.name)
    assert found is not None
    assert found.forked_at is not None
    with open_store(data) as store:
        assert store.outbox.counts()[0] == 1


def test_names_on_a_stick_are_fat_safe_and_name_nobody(terminal: Terminal, data: Path, courier: Courier) -> None:
    take(terminal.store, 3_000, 2_000)
    stick = courier.stick()
    courier.export(data, stick)
    courier.central("export", stick)
    names = [path.relative_to(stick).as_posix() for path in stick.rglob("*")]
    assert len(names) > 10
    assert all(re.fullmatch(r"[a-z0-9/]+(\.jb[inl]|\.jbn)?", name) and len(name) <= 100 for name in names)
    assert len({name.lower() for name in names}) == len(names)
    assert not list(stick.rglob("*.new"))
    assert not files(stick, "catalog")
