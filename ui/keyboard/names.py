"""Names of people: a surname and one or two characters, put together from what parents choose."""

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from ui.keyboard.lattice import Lattice
from ui.keyboard.lexicon import Lexicon, Word
from ui.keyboard.syllables import LONGEST

_MOST_SYLLABLES: Final = 4
_MOST_READINGS: Final = 40
_CHARACTERS: Final = 6
_UNUSUAL_PAIR: Final = 3.0
_DEAREST: Final = 5.3
_CARE: Final = 1.6  # names are typed with more care than other words


class Name(NamedTuple):
    """A name that the letters may spell."""

    cost: float
    text: str
    sound: str


def _readings(lattice: Lattice, start: int, left: int, cost: float) -> Iterator[tuple[tuple[str, ...], float]]:
    end = len(lattice.letters)
    if start == end:
        yield (), cost
        return
    if left == 0:
        return
    for stop in range(min(end, start + LONGEST), start, -1):
        if not lattice.whole(start, stop):
            continue
        for syllable, mixed in lattice.meanings.get(lattice.letters[start:stop], ()):
            if cost + mixed <= _DEAREST:
                for rest, total in _readings(lattice, stop, left - 1, cost + mixed):
                    yield (syllable, *rest), total


def _given(lexicon: Lexicon, sounds: tuple[str, ...]) -> list[Word]:
    if len(sounds) == 1:
        return list(lexicon.alone(sounds[0])[: 3 * _CHARACTERS])
    if len(sounds) > 2:  # noqa: PLR2004 - a Chinese given name has one or two characters
        return []
    found = {
        first.text + second.text: first.cost + second.cost + _UNUSUAL_PAIR
        for first in lexicon.given(sounds[0])[:_CHARACTERS]
        for second in lexicon.given(sounds[1])[:_CHARACTERS]
    }
    for word in lexicon.pairs("'".join(sounds)):
        found[word.text] = min(word.cost, found.get(word.text, word.cost))
    return sorted((Word(text, cost) for text, cost in found.items()), key=lambda word: word.cost)


def names(lattice: Lattice, lexicon: Lexicon, *, surname: bool, most: int) -> list[Name]:
    """Names the letters spell as a whole, likeliest first; without `surname` only given names."""
    found: dict[str, Name] = {}
    ways = sorted(islice(_readings(lattice, 0, _MOST_SYLLABLES, 0.0), _MOST_READINGS * 4), key=lambda one: one[1])
    for sounds, mixed in ways[:_MOST_READINGS]:
        for name in (
            _spelt(lexicon, sounds) if surname else [(word.cost, word.text) for word in _given(lexicon, sounds)]
        ):
            cost = name[0] + mixed * _CARE
            if name[1] not in found or cost < found[name[1]].cost:
                found[name[1]] = Name(cost, name[1], "'".join(sounds))
    return sorted(found.values(), key=lambda name: name.cost)[:most]  # of equals, the more usual surname


def _spelt(lexicon: Lexicon, sounds: tuple[str, ...]) -> Iterator[tuple[float, str]]:
    for size in (1, 2):
        families = lexicon.surnames("'".join(sounds[:size])) if len(sounds) >= size else ()
        if not families:
            continue
        if len(sounds) == size:
            yield from ((family.cost, family.text) for family in families)
            continue
        given = _given(lexicon, sounds[size:])
        for family in families[:_CHARACTERS]:
            for word in given[: 2 * _CHARACTERS]:
                yield family.cost + word.cost, family.text + word.text
