"""Every disk that a cut at some moment could have left behind."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, product
from typing import Final

from tests.powercut.disk import Bytes, Change, Disk, Replay, sectors
from tests.powercut.recording import Act, Kind

_ALL_SUBSETS: Final = 5
_JUNK: Final = b"\xa5"


@dataclass(frozen=True, slots=True)
class Cut:
    """The disk after the power went just behind act `at`, and what somebody had been told by then."""

    at: int
    how: str
    marks: tuple[str, ...]
    disk: Disk
    mapped: bytes | None
    """What lies in mapped files; None where even their names are gone."""


@dataclass(frozen=True, slots=True)
class Thoroughness:
    """How many ways of arriving are tried at each moment: all of them for up to five changes on their way, else
    `ways` drawn ones besides what is always tried, and with `each`, every single one arriving or staying out alone."""

    ways: int = 2
    each: bool = False
    plain: bool = False
    """Only everything or nothing arrives: quick, and enough to find a disk that lies."""


def cuts(acts: Sequence[Act], replay: Replay, seed: int, thorough: Thoroughness) -> Iterator[Cut]:
    """Go through the acts; at each moment every way in which what was not synced may have arrived."""
    chance = random.Random(seed)
    for at, act in enumerate(acts):
        replay.step(act)
        if act.kind in (Kind.MARK, Kind.MAPPED):
            continue
        marks = tuple(replay.marks)
        for how, changes in _ways(replay, chance, thorough):
            disk = replay.durable.copy()
            disk.apply(changes)
            yield Cut(at, how, marks, disk, chance.choice((None, b"", bytes(32768), _JUNK * 32768)))


def _ways(replay: Replay, chance: random.Random, thorough: Thoroughness) -> Iterator[tuple[str, list[Change]]]:
    waiting = replay.pending
    yield "everything arrived", list(waiting)
    if not waiting:
        return
    yield "nothing arrived", []
    if thorough.plain:
        return
    yield "lengths arrived, bytes did not", [_length_only(replay.durable, one, b"\0") for one in waiting]
    yield "lengths arrived over old blocks", [_length_only(replay.durable, one, _JUNK) for one in waiting]
    if len(waiting) <= _ALL_SUBSETS:
        for chosen in product((False, True), repeat=len(waiting)):
            yield "some arrived", list(compress(waiting, chosen))
    elif thorough.each:
        for place in range(len(waiting)):
            yield "one alone arrived", [waiting[place]]
            yield "all but one arrived", [*waiting[:place], *waiting[place + 1 :]]
    last = waiting[-1]
    if isinstance(last, Bytes) and len(parts := sectors(last)) > 1:
        half = len(parts) // 2
        for torn in (parts[:half], parts[half:], parts[::2], parts[1::2]):
            yield "the last write is torn", [*waiting[:-1], *torn]
            yield "of the last write alone a part arrived", list(torn)
    for _ in range(thorough.ways):
        yield "drawn", list(_drawn(waiting, chance))


def _drawn(waiting: Sequence[Change], chance: random.Random) -> Iterator[Change]:
    """Each change with the same odds, and of one write in four only some sectors."""
    odds = chance.random()
    for change in waiting:
        if chance.random() > odds:
            continue
        if isinstance(change, Bytes) and change.size is None and chance.random() < 0.25:
            yield from (part for part in sectors(change) if chance.random() < 0.5)
        else:
            yield change


def _length_only(durable: Disk, change: Change, filling: bytes) -> Change:
    """A write of which only the file's new length reached the disk; where the file was long enough, nothing did."""
    if not isinstance(change, Bytes) or change.size is not None:
        return change
    known = len(durable.files[change.node])
    start = max(change.at, known)
    return Bytes(change.node, start, filling * max(0, change.at + len(change.data) - start))
