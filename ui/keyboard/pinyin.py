"""Letters in, Chinese out: whole phrases first, then words and characters for the first syllables.

No Qt, no disk after the dictionary is read, nothing learnt: the same letters always give the same candidates.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from kiosk.config import MIX_UPS, MixUp
from ui.keyboard.addresses import AFTER_NUMBER
from ui.keyboard.lattice import Lattice, Span, Way, cheapest, extended
from ui.keyboard.lexicon import Lexicon
from ui.keyboard.names import names
from ui.keyboard.shorthand import Shorthand, priced, slots, unfinished
from ui.keyboard.syllables import LONGEST, meanings

LONGEST_INPUT: Final = 48
_MOST: Final = 400
_PHRASES: Final = 3
_FORETOLD: Final = 4
_NAMES: Final = 8
_NAMES_IN_TEXT: Final = 2
_PLACE_OF_A_NAME: Final = 3
_LIKELY_NAME: Final = 16.0
_SHORTHAND: Final = 60
_SIGNS: Final = frozenset("abcdefghijklmnopqrstuvwxyz'")


class Mode(StrEnum):
    """What is written: running text, what a number just written counts, a person's name, or its second part."""

    TEXT = "text"
    COUNT = "count"
    NAME = "name"
    GIVEN = "given"


class Candidate(NamedTuple):
    """One offer: its text, its reading by syllables, and how many of the typed letters it uses up."""

    text: str
    reading: tuple[str, ...]
    consumed: int


class Decoder:
    """Offers Chinese for letters. Keeps the lattice of the last letters, so that one more letter costs little."""

    def __init__(self, lexicon: Lexicon, mix_ups: Iterable[MixUp] = MIX_UPS) -> None:
        self._lexicon = lexicon
        self._lattice = Lattice(lexicon, meanings(frozenset(mix_ups)))
        self._shorthand = Shorthand(lexicon)
        self._sounding: dict[str, list[Way]] = {}

    def forget(self) -> None:
        """Drop every trace of what was typed."""
        self._lattice.forget()
        self._shorthand.forget()
        self._sounding.clear()

    def decode(self, typed: str, mode: Mode = Mode.TEXT) -> tuple[Candidate, ...]:
        """Candidates for lower-case letters and apostrophes, best first; what follows another sign is left alone."""
        marked = _readable(typed)
        self._lattice.read(marked)
        if not self._lattice.letters:
            return ()
        ends = _ends(marked)
        found: dict[str, Candidate] = {}
        for way, end in self._offers(mode):
            found.setdefault(way.text, Candidate(way.text, tuple(way.sound.split("'")), ends[end]))
            if len(found) >= _MOST:
                break
        letters = typed[: len(marked)].replace("'", "")
        found.setdefault(letters, Candidate(letters, (), ends[-1]))
        return tuple(found.values())

    def split(self, typed: str) -> str:
        """The letters with a space between syllables, to be read over by the person who types."""
        marked = _readable(typed)
        self._lattice.read(marked)
        row = slots(self._lattice)
        letters = self._lattice.letters
        return " ".join(letters[slot.start : slot.end] for slot in row) or letters

    def _offers(self, mode: Mode) -> Iterator[tuple[Way, int]]:
        end = len(self._lattice.letters)
        whole = self._whole()
        as_names = [
            Way(*name) for name in names(self._lattice, self._lexicon, surname=mode is not Mode.GIVEN, most=_NAMES)
        ]
        if mode in (Mode.TEXT, Mode.COUNT):
            likely = [name for name in as_names if len(name.text) > 1 and name.cost < _LIKELY_NAME]
            whole[_PLACE_OF_A_NAME:_PLACE_OF_A_NAME] = likely[:_NAMES_IN_TEXT]
        else:
            whole[:0] = as_names
        if mode is Mode.COUNT:
            whole[:0] = _ways(
                Span(span.start, span.sound, AFTER_NUMBER.get(span.sound, ()), span.cost)
                for span in sorted(self._lattice.columns[-1].spans, key=lambda span: span.cost)
                if span.start == 0
            )
        yield from ((way, end) for way in whole)
        yield from self._words()
        yield from self._characters()

    def _whole(self) -> list[Way]:
        """Readings of all letters: phrases, words, words not typed to their end; cheapest first."""
        last = self._lattice.columns[-1]
        found = list(last.ways[:_PHRASES])
        found += _ways(span for span in last.spans if span.start == 0)
        if not last.ways:
            found += self._in_shorthand()
        foretold: list[Way] = []
        for span, more in unfinished(self._lattice, self._lexicon):
            (foretold if more else found).extend(_ways([span]))
        typed = _once(found)
        return typed[:1] + _once([*typed[1:], *sorted(foretold)[:_FORETOLD]])

    def _in_shorthand(self) -> list[Way]:
        """Readings in which some letters stand for whole syllables."""
        row = slots(self._lattice)
        if not row:
            return []
        extra: dict[int, list[Span]] = {}
        for end, span in self._shorthand.spans(self._lattice.letters, row):
            extra.setdefault(end, []).append(span)
        ways = [column.ways for column in self._lattice.columns]
        for slot in row:
            spans = extra.get(slot.end, [])
            spans = spans + self._lattice.columns[slot.end].spans
            ways[slot.end] = cheapest([way for span in spans for way in extended(ways[span.start], span)])
        end = len(self._lattice.letters)
        single = _ways(span for span in extra.get(end, []) if span.start == 0)
        return [*ways[end][:_PHRASES], *sorted(single)[:_SHORTHAND]]

    def _words(self) -> Iterator[tuple[Way, int]]:
        """Words of two and more characters for the first syllables, the longest first."""
        for end in range(len(self._lattice.letters) - 1, 0, -1):
            spans = [span for span in self._lattice.columns[end].spans if span.start == 0 and "'" in span.sound]
            yield from ((way, end) for way in sorted(_ways(spans)))

    def _characters(self) -> Iterator[tuple[Way, int]]:
        """Characters for the first syllable: as typed before as mixed up, the longest reading first."""
        letters = self._lattice.letters
        rows = []
        for end in range(min(LONGEST, len(letters)), 0, -1):
            if self._lattice.whole(0, end):
                rows += [
                    (mixed > 0, -end, syllable) for syllable, mixed in self._lattice.meanings.get(letters[:end], ())
                ]
        for _, end, syllable in sorted(rows):
            yield from ((way, -end) for way in self._alone(syllable))
        if not rows:
            for slot in slots(self._lattice)[:1]:
                for syllable, word in self._lexicon.beginning_with(letters[: slot.end]):
                    yield Way(word.cost, word.text, syllable), slot.end

    def _alone(self, syllable: str) -> list[Way]:
        """Every character of a sound; the first syllable stays the same while the others are typed."""
        if syllable not in self._sounding:
            words = self._lexicon.probe(syllable).words
            self._sounding[syllable] = [Way(word.cost, word.text, syllable) for word in words]
        return self._sounding[syllable]


def _ways(spans: Iterable[Span]) -> list[Way]:
    return [Way(priced(span, word), word.text, span.sound) for span in spans for word in span.words]


def _once(ways: Iterable[Way]) -> list[Way]:
    """Cheapest first, each text once."""
    found: dict[str, Way] = {}
    for way in sorted(ways):
        found.setdefault(way.text, way)
    return list(found.values())


def _readable(typed: str) -> str:
    size = next((at for at, sign in enumerate(typed) if sign not in _SIGNS), len(typed))
    return typed[: min(size, LONGEST_INPUT)]


def _ends(marked: str) -> list[int]:
    """Where each letter ends in what was typed, with the apostrophes after it."""
    ends = [0]
    for at, sign in enumerate(marked, 1):
        if sign == "'":
            ends[-1] = at
        else:
            ends.append(at)
    return ends
