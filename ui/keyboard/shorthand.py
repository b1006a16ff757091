"""Shorthand: letters that stand for whole syllables (sfz, shenfz, yiliaobx) and words not typed to their end."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from ui.keyboard.lattice import Lattice, Span
from ui.keyboard.lexicon import Lexicon, Word, Words
from ui.keyboard.syllables import BEGINNINGS, LONGEST, SYLLABLES, is_initial

_BARE: Final = 2.0
_UNFINISHED: Final = 1.2
_FORETOLD: Final = 2.2
_LONGEST_WORD: Final = 6
_LINES: Final = 24
_BEST: Final = 4  # sounds of one abbreviation within a phrase
_CLEAR: Final = 2.7  # completions only after at most one mix-up


class Slot(NamedTuple):
    """Letters of one syllable; `bare` when they are only its beginning."""

    start: int
    end: int
    bare: bool


def slots(lattice: Lattice) -> list[Slot]:
    """The letters as syllables and beginnings of syllables: the fewest bare ones, then the fewest; else nothing."""
    letters = lattice.letters
    best: list[tuple[int, int, list[Slot]] | None] = [(0, 0, [])]
    for end in range(1, len(letters) + 1):
        found: tuple[int, int, list[Slot]] | None = None
        for start in range(max(0, end - LONGEST), end):
            before = best[start]
            text = letters[start:end]
            bare = text not in SYLLABLES
            usable = not bare or is_initial(text) or (end == len(letters) and text in BEGINNINGS)
            if before is None or not usable or not lattice.whole(start, end):
                continue
            rank = (before[0] + bare, before[1] + 1)
            if found is None or rank < found[:2]:
                found = (*rank, [*before[2], Slot(start, end, bare)])
        best.append(found)
    last = best[-1]
    return last[2] if last else []


class Shorthand:
    """Finds abbreviated words; remembers those of the letters being composed until `forget`."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[tuple[tuple[str, bool], ...], list[tuple[str, Words]]] = {}

    def forget(self) -> None:
        """Drop every trace of what was typed."""
        self._known.clear()

    def spans(self, letters: str, row: list[Slot]) -> Iterator[tuple[int, Span]]:
        """(end, span) of every word in which some syllable is only begun; whole for the first place, else the best."""
        for first in range(len(row)):
            for last in range(first, min(len(row), first + _LONGEST_WORD)):
                run = row[first : last + 1]
                bare = sum(slot.bare for slot in run)
                if bare == 0:
                    continue
                found = self._found(tuple((letters[slot.start : slot.end], slot.bare) for slot in run))
                cost = _BARE * (2 if len(run) == 1 else bare)
                for sound, words in found if first == 0 else found[:_BEST]:
                    yield run[-1].end, Span(run[0].start, sound, words, cost)

    def _found(self, run: tuple[tuple[str, bool], ...]) -> list[tuple[str, Words]]:
        if run not in self._known:
            self._known[run] = self._look_up(run)
        return self._known[run]

    def _look_up(self, run: tuple[tuple[str, bool], ...]) -> list[tuple[str, Words]]:
        if len(run) == 1:
            return [(syllable, (word,)) for syllable, word in self._lexicon.beginning_with(run[0][0])]

        def fits(sound: str) -> bool:
            return all(
                part == text or ((bare or text in "aeo") and part.startswith(text))
                for part, (text, bare) in zip(sound.split("'"), run, strict=True)
            )

        return list(self._lexicon.by_initials("".join(text[0] for text, _ in run), fits))


def unfinished(lattice: Lattice, lexicon: Lexicon) -> Iterator[tuple[Span, bool]]:
    """Words from the first letter whose last syllable, or (True) whose last few, are still to be typed."""
    end = len(lattice.letters)
    for place in range(max(1, end - LONGEST), end + 1):
        rest = lattice.letters[place:]
        if (rest and rest not in BEGINNINGS) or not lattice.whole(place, end):
            continue
        for node in lattice.columns[place].nodes:
            if node.start or not node.sound or node.cost > _CLEAR:
                continue
            beginning = f"{node.sound}'{rest}"
            for sound, words in lexicon.continuing(beginning, _LINES):
                more = sound.count("'") - node.sound.count("'") - bool(rest)
                cost = node.cost + (_UNFINISHED if rest else 0.0) + _FORETOLD * more
                yield Span(0, sound, words, cost), more > 0


def priced(span: Span, word: Word) -> float:
    """What a word of a span costs in all."""
    return span.cost + word.cost
