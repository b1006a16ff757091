"""One searchable column: all its texts in one string, with the places of every pair of neighbouring characters.

A query goes to the places of its rarest pair and compares there, so that a two-character word (the usual Chinese query,
which a trigram index cannot find) costs as little as a long one, and what is nowhere costs nothing.
"""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

END = "\n"
_PAIR = 2


class Fit(IntEnum):
    """How a query fits a text, best first."""

    EXACT = 0
    PREFIX = 1
    INSIDE = 2


@dataclass(frozen=True, slots=True)
class Found:
    """One place of a column that fits a query: the row and the item it belongs to."""

    fit: Fit
    row: int
    item: int


@dataclass(frozen=True, slots=True)
class Column:
    """Rows of text, each belonging to an item. Rows come in the order of preference; nothing fits across two rows."""

    text: str = field(repr=False)
    starts: "array[int]" = field(repr=False)
    items: "array[int]" = field(repr=False)
    pairs: Mapping[str, "array[int]"] = field(repr=False)

    @classmethod
    def of(cls, rows: Sequence[tuple[str, int]]) -> "Column":
        """A column of (text, item) in the order of preference. Texts hold no line ends."""
        starts = array("I")
        position = 1
        for text, _ in rows:
            starts.append(position)
            position += len(text) + 1
        joined = END.join(["", *(text for text, _ in rows), ""])
        return cls(joined, starts, array("I", [item for _, item in rows]), _pairs(joined))

    def find(self, query: str, most: int) -> list[Found]:
        """At most `most` items that hold the query: exact ones first, then prefixes, then the others.

        Common queries look for prefixes a second time, so that the first rows that merely hold the query do not crowd
        out a later row that begins with it.
        """
        if not query or END in query:
            return []
        found = _first(self.scan(query), most)
        if len(found) == most:
            found += _first(self.scan(END + query), most)
        best: dict[int, Found] = {}
        for one in sorted(found, key=lambda one: (one.fit, one.row)):
            best.setdefault(one.item, one)
        return list(best.values())[:most]

    def scan(self, query: str) -> Iterator[Found]:
        """Every place that holds the query, in the order of rows. A query may begin with a line end: rows it begins."""
        text, starts = self.text, self.starts
        head = 1 if query.startswith(END) else 0
        for place in self._places(query):
            row = bisect_right(starts, place + head) - 1
            inside = place + head != starts[row]
            fit = Fit.INSIDE if inside else Fit.EXACT if text[place + len(query)] == END else Fit.PREFIX
            yield Found(fit, row, self.items[row])

    def holders(self, query: str) -> Iterator[int]:
        """The item of every place that holds the query, in the order of rows, some of them more than once."""
        starts, items = self.starts, self.items
        return (items[bisect_right(starts, place) - 1] for place in self._places(query))

    def most(self, query: str) -> int:
        """No more places than this hold the query: cheap to ask."""
        return len(self._rarest(query)[0]) if len(query) >= _PAIR else self.text.count(query)

    def _places(self, query: str) -> Iterator[int]:
        text = self.text
        if len(query) < _PAIR:
            place = text.find(query)
            while place >= 0:
                yield place
                place = text.find(query, place + 1)
            return
        places, offset = self._rarest(query)
        for place in places:
            if text.startswith(query, place - offset):
                yield place - offset

    def _rarest(self, query: str) -> tuple[Sequence[int], int]:
        """The places of the query's rarest pair, and where in the query that pair stands."""
        pairs = ((self.pairs.get(query[at : at + _PAIR], ()), at) for at in range(len(query) - 1))
        return min(pairs, key=lambda one: len(one[0]))


def _pairs(text: str) -> dict[str, "array[int]"]:
    places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for place, pair in enumerate(map(str.__add__, text, text[1:])):
        places[pair].append(place)
    return dict(places)


def _first(found: Iterator[Found], most: int) -> list[Found]:
    """Places in their order until they belong to `most` items."""
    taken: list[Found] = []
    items: set[int] = set()
    for one in found:
        taken.append(one)
        items.add(one.item)
        if len(items) == most:
            break
    return taken
