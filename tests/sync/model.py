"""The protocol in small: every interleaving of a few cases with loss, repetition and crashes, searched to the end.

Pure. What a side keeps in memory goes with its crash, what it has written stays. Questions and answers on their way may
be lost, and questions may come again at any time, as if no nonce stood against them: that the platform refuses a spent
nonce makes the real state space smaller, never larger. `tests/sync/test_model.py` holds `answer` to the real platform.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

MOST_FLYING: Final = 2


class Row(StrEnum):
    """A case in the outbox."""

    QUEUED = "queued"
    TAKEN = "taken"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Held:
    """A case at the platform: how often it exists, how many parts of its scan are there, whether that was noted."""

    copies: int = 0
    parts: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """Forms sent whole, and cases of which only what is missing is asked."""

    fresh: tuple[int, ...]
    begun: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frames:
    """The parts of one scan from an offset on."""

    case: int
    start: int


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: (case, complete, parts held) of each case asked about; None for one that is not there."""

    cases: tuple[tuple[int, bool, int | None], ...]


Message = Exchange | Frames | Said


@dataclass(frozen=True, slots=True)
class World:
    """Everything: rows (durable), what the terminal believes is held (memory), the platform, what is on its way."""

    rows: tuple[Row, ...]
    known: tuple[int | None, ...]
    held: tuple[Held, ...]
    flying: frozenset[Message] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """The protocol, and how to break it, so that the search is seen to find what is broken."""

    cases: int = 2
    parts: int = 2
    by_event_id: bool = True
    """Whether a form that came before is known by its id."""
    complete_only: bool = True
    """Whether only an acknowledgement of form and files settles a row."""
    asks_disk: bool = True
    """Whether a question about a begun case also looks for files that arrived just before a crash."""


@dataclass(slots=True)
class Search:
    """All worlds that can be reached, and the first that breaks a promise."""

    worlds: set[World] = field(default_factory=set)
    broken: tuple[World, str] | None = None
    stuck: World | None = None


def answer(held: Held, rules: Rules, *, fresh: bool) -> tuple[Held, bool, int | None]:
    """What the platform does with one case of an exchange: its new state, and (complete, parts held) as it says."""
    if held.copies == 0 and not fresh:
        return held, False, None
    copies = max(1, held.copies) if rules.by_event_id or not fresh else held.copies + 1
    whole = held.whole or (rules.asks_disk and held.parts == rules.parts)
    return Held(copies, held.parts, whole), whole, held.parts


def explore(rules: Rules) -> Search:
    """Breadth first from nothing delivered; then whether each world can still come to its end."""
    first = World((Row.QUEUED,) * rules.cases, (None,) * rules.cases, (Held(),) * rules.cases)
    search, waiting = Search({first}), deque([first])
    back: dict[World, list[World]] = {}
    while waiting:
        world = waiting.popleft()
        if (why := _breaks(world, rules)) is not None:
            search.broken = (world, why)
            return search
        for after in steps(world, rules):
            back.setdefault(after, []).append(world)
            if after not in search.worlds:
                search.worlds.add(after)
                waiting.append(after)
    ends = deque(world for world in search.worlds if set(world.rows) == {Row.SETTLED})
    alive = set(ends)
    while ends:
        for before in back.get(ends.popleft(), ()):
            if before not in alive:
                alive.add(before)
                ends.append(before)
    search.stuck = next((world for world in search.worlds if world not in alive), None)
    return search


def steps(world: World, rules: Rules) -> Iterator[World]:
    """Everything that may happen next."""
    yield from _asked(world, rules)
    for message in world.flying:
        rest = world.flying - {message}
        yield replace(world, flying=rest)  # lost
        if isinstance(message, Said):
            yield _heard(world, message, rest, rules)
        else:
            for arrived in _arrived(world, message, rules):
                yield arrived
                yield replace(arrived, flying=arrived.flying | {message})  # and comes again some day
    answers = {message for message in world.flying if isinstance(message, Said)}
    yield replace(world, known=(None,) * rules.cases, flying=world.flying - answers)  # the agent is killed


def _asked(world: World, rules: Rules) -> Iterator[World]:
    if len(world.flying) >= MOST_FLYING:
        return
    fresh = tuple(case for case in range(rules.cases) if world.rows[case] is Row.QUEUED)
    begun = tuple(case for case in range(rules.cases) if world.rows[case] is Row.TAKEN and world.known[case] is None)
    if fresh or begun:
        yield replace(world, flying=world.flying | {Exchange(fresh, begun)})
    for case, have in enumerate(world.known):
        if world.rows[case] is Row.TAKEN and have is not None:
            yield replace(world, flying=world.flying | {Frames(case, have)})


def _arrived(world: World, message: Exchange | Frames, rules: Rules) -> Iterator[World]:
    """A question reaches the platform, whole or in part: killed at any moment, it has done what it had written."""
    rest = world.flying - {message}
    if isinstance(message, Frames):
        yield from _appended(world, message, rest, rules)
        return
    held, said = list(world.held), []
    for case in (*message.fresh, *message.begun):
        held[case], complete, have = answer(held[case], rules, fresh=case in message.fresh)
        said.append((case, complete, have))
        yield replace(world, held=tuple(held), flying=rest)  # killed here, or its answer is lost
    yield replace(world, held=tuple(held), flying=rest | {Said(tuple(said))})


def _appended(world: World, message: Frames, rest: frozenset[Message], rules: Rules) -> Iterator[World]:
    before = world.held[message.case]
    if before.copies == 0 or message.start > before.parts:
        yield replace(world, flying=rest | {Said(((message.case, before.whole, before.parts),))})
        return
    for parts in range(before.parts, rules.parts + 1):
        cut = replace(before, parts=parts)
        yield replace(world, held=_with(world.held, message.case, cut), flying=rest)
    whole = replace(before, parts=rules.parts, whole=True)
    yield replace(world, held=_with(world.held, message.case, whole), flying=rest)
    said = Said(((message.case, True, rules.parts),))
    yield replace(world, held=_with(world.held, message.case, whole), flying=rest | {said})


def _heard(world: World, said: Said, rest: frozenset[Message], rules: Rules) -> World:
    rows, known = list(world.rows), list(world.known)
    for case, complete, have in said.cases:
        if rows[case] is Row.SETTLED:
            continue
        if have is None:
            rows[case], known[case] = Row.QUEUED, None  # not held there: sent whole again
        elif complete or not rules.complete_only:
            rows[case], known[case] = Row.SETTLED, None
        else:
            rows[case], known[case] = Row.TAKEN, have
    return World(tuple(rows), tuple(known), world.held, rest)


def _with(held: tuple[Held, ...], case: int, one: Held) -> tuple[Held, ...]:
    return (*held[:case], one, *held[case + 1 :])


def _breaks(world: World, rules: Rules) -> str | None:
    """Which promise this world breaks."""
    for row, held in zip(world.rows, world.held, strict=True):
        if held.copies > 1:
            return "a case is there twice"
        if row is Row.SETTLED and not (held.copies == 1 and held.parts == rules.parts and held.whole):
            return "settled here, not whole there"
        if row is Row.TAKEN and held.copies == 0:
            return "taken here, not there"
    return None
