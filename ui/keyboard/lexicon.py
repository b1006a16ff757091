"""The shipped words by their sounds."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, Self

from ui.keyboard.lines import Lines
from ui.keyboard.syllables import SYLLABLES

_DATA: Final = Path(__file__).parent / "data"
_ENTRY: Final = re.compile(r"([^\d ]+)(\d+)")
_UNIT: Final = 0.1  # costs are shipped as tenths


class Word(NamedTuple):
    """A word and its cost: minus the natural logarithm of its share of running text."""

    text: str
    cost: float


Words = tuple[Word, ...]
NONE: Final[Words] = ()


def _parse(entries: str, most: int | None = None) -> Words:
    if most is not None:
        return tuple(Word(found[1], int(found[2]) * _UNIT) for found in islice(_ENTRY.finditer(entries), most))
    return tuple([Word(text, int(cost) * _UNIT) for text, cost in _ENTRY.findall(entries)])


class Found(NamedTuple):
    """What sounds so: words, names of places that want a 村 or 路 behind them, and whether longer ones begin so."""

    words: Words
    places: Words
    more: bool


class Lexicon:
    """Words, characters and names. Sounds are written `shen'fen'zheng`. Never changes: nothing typed is learnt."""

    def __init__(self, words: Lines, initials: Lines, names: Lines) -> None:
        self._words = words
        self._initials = initials
        self._names = names

    @classmethod
    def load(cls) -> Self:
        """Over the shipped files."""
        return cls(*(Lines(_DATA / name) for name in ("words.txt.gz", "initials.txt.gz", "names.txt.gz")))

    def probe(self, sound: str, most: int | None = None) -> Found:
        """What sounds exactly so, likeliest first, and whether longer words begin so."""
        at = self._words.place(sound + " ")
        words = places = NONE
        if self._words.begins(at, sound + " "):
            entries, _, stems = self._words.line(at)[len(sound) + 1 :].partition("|")
            words, places = _parse(entries, most), _parse(stems)
            at = self._words.after(at)
        return Found(words, places, self._words.begins(at, sound + "'"))

    def continuing(self, beginning: str, most: int) -> Iterator[tuple[str, Words]]:
        """Sounds that begin with these letters (not exactly those), with their words; at most so many lines."""
        at = self._words.place(beginning)
        for _ in range(most):
            if not self._words.begins(at, beginning):
                return
            sound, words = self._line(at)
            if sound != beginning and words:
                yield sound, words
            at = self._words.after(at)

    def by_initials(self, letters: str, fits: Callable[[str], bool]) -> Iterator[tuple[str, Words]]:
        """Sounds that fit and whose syllables begin with these letters, one each; the likeliest words first."""
        for at in self._initials.tail(letters).split(" "):
            if at:
                sound, words = self._line(int(at))
                if fits(sound):
                    yield sound, words

    def beginning_with(self, letters: str) -> tuple[tuple[str, Word], ...]:
        """Single characters whose sound begins so, likeliest first."""
        found = [(syllable, word) for syllable in _syllables(letters) for word in self.probe(syllable, 4).words]
        return tuple(sorted(found, key=lambda one: one[1].cost)[:24])

    def surnames(self, sound: str) -> Words:
        """Surnames that sound so, as surnames sound: 单 is shan."""
        return _parse(self._names.tail(f"surname {sound}"))

    def given(self, sound: str) -> Words:
        """Characters of given names that sound so."""
        return _parse(self._names.tail(f"given {sound}"))

    def alone(self, sound: str) -> Words:
        """Given names of one character: 伟 and 敏 are usual alone, 桂 and 秀 are not."""
        return _parse(self._names.tail(f"alone {sound}"))

    def pairs(self, sound: str) -> Words:
        """Usual given names of two characters."""
        return _parse(self._names.tail(f"pair {sound}"))

    def _line(self, at: int) -> tuple[str, Words]:
        sound, _, entries = self._words.line(at).partition(" ")
        return sound, _parse(entries.partition("|")[0])


@lru_cache(maxsize=64)
def _syllables(letters: str) -> tuple[str, ...]:
    return tuple(sorted(syllable for syllable in SYLLABLES if syllable.startswith(letters)))
