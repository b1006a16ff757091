"""Search over a generated catalogue, beside what SQLite and a plain scan make of the same names in the same run.

`python -m benchmarks.search [ITEMS] [QUERIES]` (default 50,000 and 500 of each kind). Peers, each the best 20 of

- LIKE: `LIKE '%…%'` over columns of names, initials and pinyin;
- trigram: FTS5 with its trigram tokenizer (a query under three characters finds nothing);
- split: FTS5 unicode61 over text split into characters and syllables, phrase queries (pinyin cut greedily);
- find: one joined text for each column and `str.find`.

A query is answered rightly when every item it means is found or, of more than 20, twenty of them and nothing else; a
homophone when anything found holds what was meant. Each query runs three times and the quickest counts, for all alike.
"""

import ctypes
import gc
import random
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice, product

from benchmarks.generated import generated_items
from benchmarks.table import print_table
from central.authoring import with_sound
from kiosk.calendar import HolidayTable
from kiosk.catalogue.entry import Entry
from kiosk.catalogue.package import Catalogue, Head, read_package, write_package
from kiosk.catalogue.search import SearchIndex
from kiosk.catalogue.sounds import readings_of
from kiosk.seal import signing

LIMIT = 20
REPEATS = 3
INSIDE = 0.3
DEMANDED = ("2 characters", "initials", "pinyin")
DEMANDED_P99 = 1.0

Search = Callable[[str, str], Sequence[int] | None]
"""The items found for a kind of query and what was typed; None where the engine has no way to ask."""


@dataclass(frozen=True)
class Names:
    """What all engines search: names, syllables and initials of the same items, in the same order."""

    names: list[str]
    syllables: list[list[str]]
    joined: list[str]
    initials: list[str]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Names":
        """The names of these items."""
        return cls(
            [entry.name for entry in entries],
            [entry.pinyin.split() for entry in entries],
            [entry.pinyin.replace(" ", "") for entry in entries],
            [entry.initials for entry in entries],
        )


@dataclass(frozen=True)
class Query:
    """What is typed, what of an item it means, and how to tell whether an item has it."""

    kind: str
    typed: str
    meant: str
    fits: Callable[[int], bool]


def queries(names: Names, count: int) -> Iterator[Query]:
    """`count` queries of each kind, taken from names, the same every time."""
    chance = random.Random(2026)
    homophones = _homophones()
    for _ in range(count):
        item = chance.randrange(len(names.names))
        name, sounds = _run(chance, names.names[item], names.syllables[item])
        at = chance.randrange(len(name) - 3)
        yield _named("2 characters", name[at : at + 2], names)
        yield _named("4 characters", name[at : at + 4], names)
        letters = "".join(sound[0] for sound in sounds[at : at + 4])
        yield Query("initials", letters, letters, lambda n, q=letters: q in names.initials[n])  # type: ignore[misc]
        typed = "".join(sounds[at : at + 3])
        yield Query("pinyin", typed, " ".join(sounds[at : at + 3]), lambda n, q=typed: _sounds(names, n, q))  # type: ignore[misc]
        meant = name[at : at + 4]
        place = chance.randrange(4)
        other = [one for one in homophones.get(sounds[at + place], ()) if one != meant[place]]
        wrong = meant[:place] + chance.choice(other or [meant[place]]) + meant[place + 1 :]
        yield Query("homophone", wrong, meant, lambda n, q=meant: q in names.names[n])  # type: ignore[misc]
        first, second = name[at : at + 2], name[-2:]
        yield Query(
            "two words",
            f"{first} {second}",
            "",
            lambda n, a=first, b=second: a in names.names[n] and b in names.names[n],  # type: ignore[misc]
        )


def _named(kind: str, text: str, names: Names) -> Query:
    return Query(kind, text, text, lambda n: text in names.names[n])


def _sounds(names: Names, item: int, typed: str) -> bool:
    sounds = names.syllables[item]
    return typed in names.joined[item] and any("".join(sounds[at:]).startswith(typed) for at in range(len(sounds)))


def _run(chance: random.Random, name: str, sounds: Sequence[str]) -> tuple[str, Sequence[str]]:
    """One unbroken run of characters of a name (before or inside the brackets) with its syllables."""
    before, _, inside = name.rstrip("）").partition("（")
    return (inside, sounds[len(before) :]) if inside and chance.random() < INSIDE else (before, sounds)


def _homophones() -> dict[str, list[str]]:
    """Common characters by their sounds: another one of the same sound is the usual slip of a pinyin keyboard."""
    by_sound: dict[str, list[str]] = {}
    common = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    for one in filter(None, common):
        for sound in readings_of(one)[0]:
            by_sound.setdefault(sound, []).append(one)
    return by_sound


# --- engines -----------------------------------------------------------------------------------------------------


def ours(entries: Sequence[Entry]) -> Search:
    index = SearchIndex.build(entries)
    numbers = {entry.code: number for number, entry in enumerate(entries)}
    return lambda _, text: [numbers[hit.code] for hit in index.search(text, LIMIT)]


def like(names: Names) -> Search:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE f (name TEXT, initials TEXT, pinyin TEXT)")
    rows = zip(names.names, names.initials, names.joined, strict=True)
    base.executemany("INSERT INTO f VALUES (?, ?, ?)", rows)

    def search(kind: str, text: str) -> Sequence[int]:
        column = kind if kind in {"initials", "pinyin"} else "name"
        words = text.split()
        where = " AND ".join(f"{column} LIKE ?" for _ in words)
        sql = f"SELECT rowid FROM f WHERE {where} LIMIT {LIMIT}"  # noqa: S608 - columns and limit of our own
        return _ids(base, sql, [f"%{word}%" for word in words])

    return search


def trigram(names: Names) -> Search:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE f USING fts5(name, initials, pinyin, tokenize='trigram')")
    rows = zip(names.names, names.initials, names.joined, strict=True)
    base.executemany("INSERT INTO f VALUES (?, ?, ?)", rows)
    base.execute("INSERT INTO f(f) VALUES ('optimize')")

    def search(kind: str, text: str) -> Sequence[int]:
        column = kind if kind in {"initials", "pinyin"} else "name"
        match = " AND ".join(f'{column}: "{word}"' for word in text.split())
        return _ids(base, f"SELECT rowid FROM f WHERE f MATCH ? LIMIT {LIMIT}", [match])  # noqa: S608 - as above

    return search


def split(names: Names) -> Search:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE f USING fts5(name, initials, pinyin, tokenize='unicode61', prefix='1 2 3')")
    rows = (
        (" ".join(n), " ".join(i), " ".join(p))
        for n, i, p in zip(names.names, names.initials, names.syllables, strict=True)
    )
    base.executemany("INSERT INTO f VALUES (?, ?, ?)", rows)
    base.execute("INSERT INTO f(f) VALUES ('optimize')")
    known = {sound for sounds in names.syllables for sound in sounds}

    def search(kind: str, text: str) -> Sequence[int]:
        if kind == "pinyin":
            match = f'pinyin: "{" ".join(_greedy(text, known))}"*'
        elif kind == "homophone":
            readings = islice(product(*readings_of(text)), 8)
            match = " OR ".join(f'pinyin: "{" ".join(reading)}"' for reading in readings)
        else:
            column = "initials" if kind == "initials" else "name"
            match = " AND ".join(f'{column}: "{" ".join(word)}"' for word in text.split())
        return _ids(base, f"SELECT rowid FROM f WHERE f MATCH ? LIMIT {LIMIT}", [match])  # noqa: S608 - as above

    return search


def _greedy(text: str, known: set[str]) -> Iterator[str]:
    while text:
        length = next((size for size in range(min(6, len(text)), 0, -1) if text[:size] in known), len(text))
        yield text[:length]
        text = text[length:]


def _ids(base: sqlite3.Connection, sql: str, values: Sequence[str]) -> Sequence[int]:
    return [row[0] - 1 for row in base.execute(sql, values)]


def find(names: Names) -> Search:
    columns = {
        "name": _joined(names.names),
        "initials": _joined(names.initials),
        "pinyin": _joined(names.joined),
    }

    def search(kind: str, text: str) -> Sequence[int] | None:
        if " " in text:
            return None
        joined, ends = columns[kind if kind in {"initials", "pinyin"} else "name"]
        found: list[int] = []
        place = joined.find(text)
        while place >= 0 and len(found) < LIMIT:
            row = _row(ends, place)
            found.append(row)
            place = joined.find(text, ends[row])
        return found

    return search


def _joined(texts: Sequence[str]) -> tuple[str, list[int]]:
    ends: list[int] = []
    place = -1
    for text in texts:
        place += len(text) + 1
        ends.append(place)
    return "\n".join(texts), ends


def _row(ends: Sequence[int], place: int) -> int:
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if ends[middle] < place:
            low = middle + 1
        else:
            high = middle
    return low


# --- measuring ---------------------------------------------------------------------------------------------------


@dataclass
class Figures:
    """Milliseconds of each query, and how many were answered rightly."""

    times: list[float]
    right: int = 0
    answered: bool = True

    def cells(self) -> list[str]:
        """Median, 99th percentile and share of right answers."""
        if not self.answered:
            return ["-", "-", "-"]
        ordered = sorted(self.times)
        p50, p99 = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
        return [f"{p50:.3f}", f"{p99:.3f}", f"{self.right / len(ordered):.3f}"]


def measure(search: Search, asked: Sequence[tuple[Query, int]]) -> Figures:
    figures = Figures([])
    for query, many in asked:
        best = float("inf")
        found: Sequence[int] | None = None
        for _ in range(REPEATS):
            started = time.perf_counter()
            found = search(query.kind, query.typed)
            best = min(best, time.perf_counter() - started)
        figures.times.append(best * 1000)
        figures.answered = found is not None
        figures.right += found is not None and _right(query, many, found)
    return figures


def _right(query: Query, many: int, found: Sequence[int]) -> bool:
    fitting = [item for item in found if query.fits(item)]
    if query.kind == "homophone":
        return bool(fitting)
    return len(set(fitting)) == len(found) == min(many, LIMIT) if many >= LIMIT else len(set(fitting)) == many


def memory_mb() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no path of ours
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def load(count: int) -> Catalogue:
    """A signed package of so many items, written and read; figures are printed."""
    private = signing.new_signing_key()
    head = Head("bench", "测量", 1, date(2026, 11, 1), datetime.now(UTC))
    package = write_package(head, map(with_sound, generated_items(count)), HolidayTable(), private)
    gc.collect()
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        catalogue = read_package(package, signing.public_of(private))
        times.append(time.perf_counter() - started)
    started = time.perf_counter()
    for line in catalogue.lines[:500]:
        catalogue.item(line.entry.code)
    decode = (time.perf_counter() - started) / min(500, count) * 1e6
    print(
        f"{count:,} items: package {len(package) / 1e6:.1f} MB ({len(catalogue.body) / 1e6:.0f} MB of JSON), "
        f"read and verified in {min(times):.3f} s, one guide decoded in {decode:.0f} µs"
    )
    return catalogue


def build(
    make: Callable[[], Search],
) -> tuple[Search, str]:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    before, started = memory_mb(), time.perf_counter()
    search = make()
    return search, f"built in {time.perf_counter() - started:.2f} s, {max(memory_mb() - before, 0):.0f} MB"


def main() -> None:
    count, asked_each = (
        (int(sys.argv[1]) if len(sys.argv) > 1 else 50_000),
        (int(sys.argv[2]) if len(sys.argv) > 2 else 500),
    )
    load(5_000)
    entries = load(count).entries
    gc.collect()
    names = Names.of(entries)
    by_kind: dict[str, list[tuple[Query, int]]] = {}
    for query in queries(names, asked_each):
        by_kind.setdefault(query.kind, []).append((query, sum(map(query.fits, range(len(entries))))))
    engines = {
        "ours": build(lambda: ours(entries)),
        "LIKE": build(lambda: like(names)),
        "trigram": build(lambda: trigram(names)),
        "split": build(lambda: split(names)),
        "find": build(lambda: find(names)),
    }
    for name, (_, cost) in engines.items():
        print(f"{name:8} {cost}")
    gc.freeze()
    rows, met = [], True
    for kind, asked in by_kind.items():
        for name, (search, _) in engines.items():
            cells = measure(search, asked).cells()
            rows.append([kind, name, *cells])
            if name == "ours" and kind in DEMANDED:
                met = met and float(cells[1]) <= DEMANDED_P99 and cells[2] == "1.000"
    print_table(["query", "engine", "p50 ms", "p99 ms", "right"], rows)
    print(f"{', '.join(DEMANDED)}: p99 ≤ {DEMANDED_P99:.0f} ms and all right: {'met' if met else 'NOT MET'}")


if __name__ == "__main__":
    main()
