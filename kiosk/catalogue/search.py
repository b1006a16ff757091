"""Search over a catalogue: Chinese text of any length, full pinyin, initials, codes, English, typed homophones.

Pinyin is computed on the platform and arrives with the items. Nothing here touches a database, so that a search box may
ask on every key.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import islice

from kiosk.catalogue.column import Column, Found
from kiosk.catalogue.entry import Entry
from kiosk.catalogue.item import ItemState
from kiosk.catalogue.sounds import plain_syllable, readings_of
from kiosk.catalogue.syllabary import Syllabary

MOST_QUERY = 64
_LETTERS = re.compile(r"[0-9]*[a-zü'][0-9a-zü']*")
_CODE = re.compile(r"[0-9a-z]*[0-9][0-9a-z]*")
_LEAST_CODE = 3
_RUNS = re.compile(r"[a-zü']+|[^a-zü'\s]+")


class Kind(IntEnum):
    """What of an item the query met. The order decides among equally good fits."""

    NAME = 0
    INITIALS = 1
    PINYIN = 2
    CODE = 3
    ENGLISH = 4
    TOPIC = 5
    HOMOPHONE = 6
    WORDS = 7


_COLUMNS = {Kind.HOMOPHONE: Kind.PINYIN}


@dataclass(frozen=True, slots=True)
class Hit:
    """One item found. `rank` counts from 0, best first."""

    code: str
    name: str
    kind: Kind
    rank: int


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The index of one catalogue. Immutable: a new catalogue gets a new index."""

    entries: tuple[Entry, ...] = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    columns: Mapping[Kind, Column] = field(repr=False)
    syllabary: Syllabary = field(repr=False)
    topics: Mapping[str, Sequence[int]] = field(repr=False)

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> "SearchIndex":
        """An index over live and paused items; cancelled ones are not offered.

        Live items come first, among them those with short names.
        """
        kept = sorted((entry for entry in entries if entry.state is not ItemState.CANCELLED), key=_preference)
        pinyin = _rows(kept, lambda entry: (entry.pinyin, entry.short_pinyin))
        syllabary = Syllabary.of(frozenset(" ".join(text for text, _ in pinyin).split()))
        columns = {
            Kind.NAME: Column.of(_rows(kept, lambda entry: (entry.name, entry.short_name))),
            Kind.INITIALS: Column.of(_rows(kept, lambda entry: (entry.initials, entry.short_initials))),
            Kind.PINYIN: Column.of([(syllabary.encode(text), number) for text, number in pinyin]),
            Kind.CODE: Column.of(_rows(kept, _codes)),
            Kind.ENGLISH: Column.of(_rows(kept, lambda entry: (entry.name_en,))),
        }
        topics: dict[str, list[int]] = {}
        for number, entry in enumerate(kept):
            for topic in entry.topics_person + entry.topics_corp:
                topics.setdefault(plain(topic), []).append(number)
        names = tuple(f"{plain(entry.name)}\n{plain(entry.short_name)}" for entry in kept)
        return cls(tuple(kept), names, columns, syllabary, topics)

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """The best `limit` items for a query; nothing for an empty one, never an error.

        Several words must all be met. Letters are taken as initials, pinyin or English, whatever fits; Chinese that
        meets nothing is tried by its sound.
        """
        text = plain(query[:MOST_QUERY])
        words = text.split()
        if not words or limit <= 0:
            return ()
        found = self._one("".join(words), limit) if len(words) == 1 or _LETTERS.fullmatch("".join(words)) else {}
        if len(words) == 1 and not found:
            words = _RUNS.findall(text)
        if len(words) > 1 and len(found) < limit:
            for item, kind in self._all(words, limit).items():
                found.setdefault(item, kind)
        return tuple(
            Hit(self.entries[item].code, self.entries[item].name, kind, rank)
            for rank, (item, kind) in enumerate(islice(found.items(), limit))
        )

    def _one(self, word: str, limit: int) -> dict[int, Kind]:
        found = [(one.fit, kind, one.row, one.item) for kind in _kinds(word) for one in self._met(kind, word, limit)]
        best: dict[int, Kind] = {}
        for _, kind, _, item in sorted(found):
            best.setdefault(item, kind)
        for topic, items in self.topics.items():
            if len(best) < limit and word in topic:
                best |= dict.fromkeys([item for item in islice(items, limit) if item not in best], Kind.TOPIC)
        if not best:
            best = {one.item: Kind.HOMOPHONE for one in self._met(Kind.HOMOPHONE, word, limit)}
        return dict(islice(best.items(), limit))

    def _met(self, kind: Kind, word: str, limit: int) -> list[Found]:
        column = self.columns[_COLUMNS.get(kind, kind)]
        found = [one for query in self._queries(kind, word) for one in column.find(query, limit)]
        return sorted(found, key=lambda one: (one.fit, one.row))

    def _queries(self, kind: Kind, word: str) -> Iterable[str]:
        """What to look for in the column of that kind when somebody typed `word`."""
        pairs = self.columns[Kind.PINYIN].pairs
        if kind is Kind.PINYIN:
            return self.syllabary.readings(plain_syllable(word), pairs)
        if kind is Kind.HOMOPHONE:
            readings = readings_of(word)
            return self.syllabary.sounding(readings, pairs) if readings else ()
        return (plain_syllable(word) if kind is Kind.INITIALS else word,)

    def _all(self, words: list[str], limit: int) -> dict[int, Kind]:
        """Items that meet every word, found by the rarest one."""
        first, *others = sorted(words, key=self._most)
        met: dict[int, Kind] = {}
        for item in self._anywhere(first):
            if item not in met and all(self._holds(item, word) for word in others):
                met[item] = Kind.WORDS
                if len(met) == limit:
                    break
        return met

    def _most(self, word: str) -> int:
        """No more places than this hold the word."""
        return sum(self.columns[kind].most(query) for kind in _kinds(word) for query in self._queries(kind, word))

    def _anywhere(self, word: str) -> Iterator[int]:
        for kind in _kinds(word):
            for query in self._queries(kind, word):
                yield from self.columns[kind].holders(query)

    def _holds(self, item: int, word: str) -> bool:
        """Whether one item meets a word, by any of the ways the columns know."""
        if word in self.names[item]:
            return True
        return word.isascii() and _letters_hold(self.entries[item], word)


def _letters_hold(entry: Entry, word: str) -> bool:
    typed = plain_syllable(word)
    if typed in entry.initials or typed in entry.short_initials or word in plain(entry.name_en):
        return True
    if _sounds(entry.pinyin, typed) or _sounds(entry.short_pinyin, typed):
        return True
    return any(word in code.lower() for code in _codes(entry))


def _sounds(pinyin: str, typed: str) -> bool:
    """Whether the letters begin at the beginning of a syllable."""
    rest = pinyin.split()
    return any("".join(rest[place:]).startswith(typed) for place in range(len(rest)))


def plain(text: str) -> str:
    """Text as it is compared: half-width, small letters, one kind of space, no line ends."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.lower().split())


def _kinds(word: str) -> Iterator[Kind]:
    yield Kind.NAME
    if _LETTERS.fullmatch(word):
        yield Kind.INITIALS
        yield Kind.PINYIN
    if word.isascii():
        yield Kind.ENGLISH
    if len(word) >= _LEAST_CODE and _CODE.fullmatch(word):
        yield Kind.CODE


def _codes(entry: Entry) -> Iterator[str]:
    codes = (
        entry.handle_item_code,
        entry.task_code,
        entry.catalog_code,
        entry.local_task_code,
        entry.local_catalog_code,
    )
    yield entry.code
    for code in codes:
        if code and code not in entry.code:
            yield code


def _preference(entry: Entry) -> tuple[bool, int, str, str]:
    return not entry.live, len(entry.name), entry.name, entry.code


def _rows(kept: Sequence[Entry], texts: Callable[[Entry], Iterable[str]]) -> list[tuple[str, int]]:
    """Rows of a column: live items first, among them short texts, among equals the order of items."""
    rows = [(plain(text), number) for number, entry in enumerate(kept) for text in texts(entry) if text]
    return sorted(rows, key=lambda row: (not kept[row[1]].live, len(row[0])))
