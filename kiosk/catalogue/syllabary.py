"""Pinyin as a text of one character per syllable, so that a search cannot begin or end inside one.

Syllables are those of one catalogue. What a person types is cut into them in every way that occurs, and the last one
may be unfinished: `xian` meets 县, 先 and 西安, `gaol` meets 高龄.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

_FIRST = 0x100
_MOST_CUTS = 64


@dataclass(frozen=True, slots=True)
class Syllabary:
    """The syllables of a catalogue as characters. `completions` gives the syllables an unfinished one may become."""

    characters: Mapping[str, str] = field(repr=False)
    completions: Mapping[str, str] = field(repr=False)
    longest: int

    @classmethod
    def of(cls, syllables: frozenset[str]) -> "Syllabary":
        """A syllabary of these syllables."""
        characters = {syllable: chr(_FIRST + number) for number, syllable in enumerate(sorted(syllables))}
        completions: dict[str, str] = {}
        for syllable, character in characters.items():
            for end in range(1, len(syllable) + 1):
                completions[syllable[:end]] = completions.get(syllable[:end], "") + character
        return cls(characters, completions, max(map(len, syllables), default=0))

    def encode(self, pinyin: str) -> str:
        """Syllables joined by spaces as characters; nothing where one is not of this catalogue."""
        characters = [self.characters.get(syllable, "") for syllable in pinyin.split(" ")]
        return "".join(characters) if all(characters) else ""

    def readings(self, letters: str, pairs: Mapping[str, object]) -> Iterator[str]:
        """What the letters may stand for, encoded. `pairs` holds the neighbours that occur; others are left out."""
        return islice(self._cuts(letters, "", pairs), _MOST_CUTS)

    def sounding(self, readings: Sequence[Sequence[str]], pairs: Mapping[str, object]) -> Iterator[str]:
        """What characters with these possible readings may stand for, encoded; `pairs` as above."""
        return islice(self._chains(readings, "", pairs), _MOST_CUTS)

    def _chains(self, readings: Sequence[Sequence[str]], before: str, pairs: Mapping[str, object]) -> Iterator[str]:
        if not readings:
            yield before
            return
        for reading in readings[0]:
            character = self.characters.get(reading)
            if character and (not before or before[-1] + character in pairs):
                yield from self._chains(readings[1:], before + character, pairs)

    def _cuts(self, letters: str, before: str, pairs: Mapping[str, object]) -> Iterator[str]:
        for last in self.completions.get(letters, ""):
            if not before or before[-1] + last in pairs:
                yield before + last
        for end in range(min(self.longest, len(letters) - 1), 0, -1):
            character = self.characters.get(letters[:end])
            if character and (not before or before[-1] + character in pairs):
                yield from self._cuts(letters[end:], before + character, pairs)
