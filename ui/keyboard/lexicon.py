"""The shipped words by their sounds, searched where they lie: sorted lines and bisection, no index to build."""

import gzip
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, Self

from ui.keyboard.syllables import SYLLABLES

_DATA: Final = Path(__file__).parent / "data"
_ENTRY: Final = re.compile(r"(\D+)(\d+)")
_UNIT: Final = 0.1  # costs are shipped as tenths


class Word(NamedTuple):
    """A word and its cost: minus the natural logarithm of its share of running text."""

    text: str
    cost: float


Words = tuple[Word, ...]
NONE: Final[Words] = ()


def _parse(entries: str, most: int | None = None) -> Words:
    rows = entries.split(" ") if most is None else entries.split(" ", most)[:most]
    return tuple(Word(found[1], int(found[2]) * _UNIT) for entry in rows if (found := _ENTRY.fullmatch(entry)))


def _lines(name: str) -> list[str]:
    return gzip.decompress((_DATA / name).read_bytes()).decode().splitlines()


class Lexicon:
    """Words, characters and names. Sounds are written `shen'fen'zheng`. Never changes: nothing typed is learnt."""

    def __init__(self, words: list[str], initials: list[str], names: list[str]) -> None:
        self._words = words
        self._initials = initials
        self._names = names

    @classmethod
    def load(cls) -> Self:
        """Read the shipped files."""
        return cls(_lines("words.txt.gz"), _lines("initials.txt.gz"), _lines("names.txt.gz"))

    def probe(self, sound: str, most: int | None = None) -> tuple[Words, bool]:
        """The words that sound exactly so, likeliest first, and whether longer words begin so."""
        at = bisect_left(self._words, sound + " ")
        words = NONE
        if at < len(self._words) and self._words[at].startswith(sound + " "):
            words = _parse(self._words[at][len(sound) + 1 :], most)
            at += 1
        return words, at < len(self._words) and self._words[at].startswith(sound + "'")

    def continuing(self, beginning: str, most: int) -> Iterator[tuple[str, Words]]:
        """Sounds that begin with these letters (not exactly those), with their words; at most so many lines."""
        at = bisect_left(self._words, beginning)
        for line in self._words[at : at + most]:
            if not line.startswith(beginning):
                return
            sound, _, entries = line.partition(" ")
            if sound != beginning:
                yield sound, _parse(entries)

    def by_initials(self, letters: str, fits: Callable[[str], bool]) -> Iterator[tuple[str, Words]]:
        """Sounds that fit and whose syllables begin with these letters, one each; the likeliest words first."""
        for number in _tail(self._initials, letters).split(" "):
            if number:
                sound, _, entries = self._words[int(number)].partition(" ")
                if fits(sound):
                    yield sound, _parse(entries)

    def beginning_with(self, letters: str) -> tuple[tuple[str, Word], ...]:
        """Single characters whose sound begins so, likeliest first."""
        found = [(syllable, word) for syllable in _syllables(letters) for word in self.probe(syllable, 4)[0]]
        return tuple(sorted(found, key=lambda one: one[1].cost)[:24])

    def surnames(self, sound: str) -> Words:
        """Surnames that sound so, as surnames sound: 单 is shan."""
        return _parse(_tail(self._names, f"surname {sound}"))

    def given(self, sound: str) -> Words:
        """Characters of given names that sound so."""
        return _parse(_tail(self._names, f"given {sound}"))

    def pairs(self, sound: str) -> Words:
        """Usual given names of two characters."""
        return _parse(_tail(self._names, f"pair {sound}"))


@lru_cache(maxsize=64)
def _syllables(letters: str) -> tuple[str, ...]:
    return tuple(sorted(syllable for syllable in SYLLABLES if syllable.startswith(letters)))


def _tail(lines: list[str], key: str) -> str:
    at = bisect_left(lines, key + " ")
    found = at < len(lines) and lines[at].startswith(key + " ")
    return lines[at][len(key) + 1 :] if found else ""
