"""The lattice: every word that may lie anywhere in the letters, grown letter by letter, and the best ways through it.

A column belongs to the place after each letter. It holds the words that end there (spans), the words that may go on
from there (nodes), and the cheapest whole readings up to there (ways). Typing a letter adds one column; deleting one
drops it.
"""

from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Final, NamedTuple

from ui.keyboard.addresses import AFTER_NUMBER, AFTER_PLACE, NUMERALS, OF_A_NUMBER, OF_A_PLACE
from ui.keyboard.lexicon import Found, Lexicon, Word, Words
from ui.keyboard.syllables import LONGEST, Meanings

_WAYS: Final = 4
_WORDS_A_SPAN: Final = 3
_CHARACTERS: Final = 8  # of one sound, within a phrase
_DEAREST: Final = 7.9  # mix-ups within one word: three at most
_WORD_COST: Final = 1.0
_NAMES_A_PLACE: Final = 3


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
    places: list[Span] = field(default_factory=list)
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

    def __init__(self, lexicon: Lexicon, meanings: Meanings) -> None:
        self._lexicon = lexicon
        self.meanings = meanings
        self._marked = ""
        self._probed: dict[str, Found] = {}
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
            meanings = self.meanings.get(self.letters[start:end])
            if meanings is None or not self.whole(start, end):
                continue
            for node in self.columns[start].nodes:
                for syllable, cost in meanings:
                    self._grow(column, node, syllable, cost)
        column.spans += self._addresses(column.spans)
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
        if known.words:
            column.spans.append(Span(node.start, sound, known.words, total))
        if known.places:
            column.places.append(Span(node.start, sound, known.places, total))
        if known.more:
            column.nodes.append(Node(node.start, sound, total))

    def _addresses(self, kinds: list[Span]) -> list[Span]:
        """A place and what it is (和平 and 村), a number and what it counts (五 and 组): one word each."""
        found = []
        for kind in kinds:
            for name in self.columns[kind.start].places:
                words = _joined(name.words, kind.sound)
                if words:
                    found.append(Span(name.start, f"{name.sound}'{kind.sound}", words, name.cost + kind.cost))
        return found


def _joined(names: Words, kind: str) -> Words:
    """Names that sound alike, each with every kind that sounds so; the likeliest few."""
    found = []
    for name in names[:_NAMES_A_PLACE]:
        number = name.text in NUMERALS
        kinds, base = (AFTER_NUMBER, OF_A_NUMBER) if number else (AFTER_PLACE, OF_A_PLACE)
        found += [Word(name.text + one.text, base + name.cost + one.cost) for one in kinds.get(kind, ())]
    return tuple(nsmallest(_WORDS_A_SPAN, found, key=lambda word: word.cost))


def _breaks(marked: str) -> frozenset[int]:
    found, place = set(), 0
    for sign in marked:
        if sign == "'":
            found.add(place)
        else:
            place += 1
    return frozenset(found)
