"""The lattice: every word that may lie anywhere in the letters, grown letter by letter, and the best ways through it.

A column belongs to the place after each letter. It holds the words that end there (spans), the words that may go on
from there (nodes), and the cheapest whole readings up to there (ways). Typing a letter adds one column; deleting one
drops it.
"""

from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Final, NamedTuple

from ui.keyboard.lexicon import Lexicon, Words
from ui.keyboard.syllables import LONGEST, MEANINGS

_WAYS: Final = 4
_WORDS_A_SPAN: Final = 3
_CHARACTERS: Final = 8  # of one sound, within a phrase
_DEAREST: Final = 7.9  # mix-ups within one word: three at most
_WORD_COST: Final = 0.4


class Node(NamedTuple):
    """A word in the making: where it began, how it sounds so far, what its mix-ups cost."""

    start: int
    sound: str
    cost: float


class Span(NamedTuple):
    """Words of one sound that lie between `start` and the column they are kept in."""

    start: int
    sound: str
    words: Words
    cost: float


class Way(NamedTuple):
    """A reading from the first letter up to a column."""

    cost: float
    text: str
    sound: str


@dataclass(slots=True)
class Column:
    """What is known about the place after one letter."""

    nodes: list[Node]
    spans: list[Span] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)


def extended(ways: list[Way], span: Span) -> list[Way]:
    """Every way that ends where the span begins, continued by its likeliest words."""
    found = []
    for rank, way in enumerate(ways):
        for word in span.words[: _WORDS_A_SPAN if rank == 0 else 1]:
            cost = way.cost + word.cost + span.cost + _WORD_COST
            found.append(Way(cost, way.text + word.text, f"{way.sound}'{span.sound}" if way.sound else span.sound))
    return found


def cheapest(ways: list[Way]) -> list[Way]:
    """The best few, each text once."""
    best: dict[str, Way] = {}
    for way in nsmallest(_WAYS * 2, ways):
        best.setdefault(way.text, way)
    return list(best.values())[:_WAYS]


class Lattice:
    """Columns over the letters typed so far. `forget` empties it; it lives in memory only."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._marked = ""
        self._probed: dict[str, tuple[Words, bool]] = {}
        self.letters = ""
        self.breaks: frozenset[int] = frozenset()
        self.columns = [self._first()]

    def forget(self) -> None:
        """Drop every trace of what was typed."""
        self._marked = self.letters = ""
        self._probed.clear()
        self.breaks = frozenset()
        self.columns = [self._first()]

    def read(self, marked: str) -> None:
        """Take letters with apostrophes in; only what differs from the last time is worked out."""
        same = 0
        for old, new in zip(self._marked, marked, strict=False):
            if old != new:
                break
            same += 1
        kept = same - marked[:same].count("'")
        del self.columns[kept + 1 :]
        self._marked = marked
        self.letters = marked.replace("'", "")
        self.breaks = _breaks(marked)
        for end in range(kept + 1, len(self.letters) + 1):
            self.columns.append(self._column(end))

    def whole(self, start: int, end: int) -> bool:
        """Whether no apostrophe parts these letters."""
        return not any(start < place < end for place in self.breaks)

    def _first(self) -> Column:
        return Column(nodes=[Node(0, "", 0.0)], ways=[Way(0.0, "", "")])

    def _column(self, end: int) -> Column:
        column = Column(nodes=[Node(end, "", 0.0)])
        for start in range(max(0, end - LONGEST), end):
            meanings = MEANINGS.get(self.letters[start:end])
            if meanings is None or not self.whole(start, end):
                continue
            for node in self.columns[start].nodes:
                for syllable, cost in meanings:
                    self._grow(column, node, syllable, cost)
        column.ways = cheapest(
            [way for span in column.spans for way in extended(self.columns[span.start].ways, span)],
        )
        return column

    def _grow(self, column: Column, node: Node, syllable: str, cost: float) -> None:
        total = node.cost + cost
        if total > _DEAREST:
            return
        sound = f"{node.sound}'{syllable}" if node.sound else syllable
        known = self._probed.get(sound)
        if known is None:
            known = self._probed[sound] = self._lexicon.probe(sound, None if "'" in sound else _CHARACTERS)
        words, more = known
        if words:
            column.spans.append(Span(node.start, sound, words, total))
        if more:
            column.nodes.append(Node(node.start, sound, total))


def _breaks(marked: str) -> frozenset[int]:
    found, place = set(), 0
    for sign in marked:
        if sign == "'":
            found.add(place)
        else:
            place += 1
    return frozenset(found)
