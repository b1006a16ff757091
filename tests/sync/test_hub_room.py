"""A hub keeps so much of one village and no more: forms before scans, what lies there stays, the others have theirs."""

import secrets
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from central.courier.registering import register
from central.office import open_office
from central.relay.keeping import Keeper
from central.relay.room import Allowance
from kiosk.failure import Failure, KioskError
from sync.courier.giving import export
from sync.wire.stick.distant import DistantStick, StickAnswer, StickQuestion
from sync.wire.stick.medium import Place, blob_place, data_name
from tests.sync.platform import Platform
from tests.sync.taking import take
from tests.sync.terminal import Terminal

MINE, OTHER = "t00001a", "t00002a"


def near(keeper: Keeper, folder: str) -> DistantStick:
    """The hub's folder as the terminal of a folder reaches it."""

    def ask(question: StickQuestion) -> StickAnswer:
        return keeper.answer(question, lambda other: other[:-1] == folder[:-1])

    return DistantStick(folder[:-1].upper(), ask)


def scan(size: int, folder: str = MINE) -> tuple[Place, bytes]:
    data = secrets.token_bytes(size)
    return blob_place(folder, sha256(data).digest()), data


def form(size: int) -> tuple[Place, bytes]:
    data = secrets.token_bytes(size)
    return (MINE, "up", data_name(sha256(data).digest())), data


def refused(stick: DistantStick, place: Place, data: bytes) -> bool:
    with pytest.raises(KioskError) as caught:
        stick.put(place, data)
    return caught.value.failure is Failure.COURIER_FULL


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path, Allowance(1_600_000, 32))


def test_what_is_too_much_is_refused_and_what_lies_there_stays(keeper: Keeper, tmp_path: Path) -> None:
    stick, kept = near(keeper, MINE), scan(1_000_000)
    stick.put(*kept)
    assert refused(stick, *scan(501_000))
    assert stick.holds(kept[0], sha256(kept[1]).digest(), len(kept[1]))
    stick.put(*scan(499_000))
    assert refused(near(Keeper(tmp_path, Allowance(1_600_000, 32)), MINE), *scan(10_000)), "also after a restart"
    near(keeper, OTHER).put(*scan(1_400_000, OTHER))


def test_forms_have_room_where_scans_have_none_any_more(keeper: Keeper) -> None:
    stick = near(keeper, MINE)
    stick.put(*scan(1_500_000))
    assert refused(stick, *scan(1))
    stick.put(*form(90_000))
    assert refused(stick, *form(20_000))
    stick.put((MINE, "up.new"), b"an index always has room")


def test_files_are_counted_too(keeper: Keeper) -> None:
    stick = near(keeper, MINE)
    for _ in range(30):
        stick.put(*scan(10))
    assert refused(stick, *scan(10))


def test_files_that_are_only_begun_count(keeper: Keeper) -> None:
    for place, data in (scan(900_000), scan(900_000)):
        question = StickQuestion("T00001", "put", place, sha256(data).digest(), len(data), 0, data[:700_000])
        answer = keeper.answer(question, lambda _folder: True)
    assert answer.failure == Failure.COURIER_FULL.code


def test_indexes_that_are_only_begun_fill_nothing(keeper: Keeper, tmp_path: Path) -> None:
    for _ in range(5):
        data = secrets.token_bytes(1_000_000)
        question = StickQuestion("T00001", "put", (MINE, "up.new"), sha256(data).digest(), len(data), 0, data[:900_000])
        assert keeper.answer(question, lambda _folder: True).have == 900_000
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) == 900_000


def test_an_enrolment_more_brings_no_room_more(keeper: Keeper) -> None:
    stick = near(keeper, MINE)
    stick.put(*scan(1_400_000))
    assert refused(stick, *scan(200_000, "t00001b"))


def test_what_is_taken_away_makes_room(keeper: Keeper) -> None:
    stick, (place, data) = near(keeper, MINE), scan(1_400_000)
    stick.put(place, data)
    stick.keep_only(place[:-1], ())
    stick.put(*scan(1_400_000))


def test_a_terminal_leaves_its_forms_and_the_cases_that_fit(
    terminal: Terminal, platform: Platform, tmp_path: Path
) -> None:
    hub = Keeper(tmp_path / "hub", Allowance(400_000, 100))
    with closing(open_office(platform.data)) as office:
        register(office, hub.stick, "hub", "", actor="test")
    cases = [take(terminal.store, 150_000, index=index) for index in range(4)]
    folder = f"{terminal.name}a".lower()
    done = export(terminal.store, terminal.clock, near(hub, folder))
    assert (done.whole, done.forms_only, done.left) == (2, 2, 0)
    assert all(terminal.store.blobs.read(digest) for case in cases for digest in case.digests)
