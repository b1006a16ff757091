"""Makes `ui/keyboard/data/*.gz` from open dictionaries; run by hand when words are added.

    python packaging/build_pinyin.py …/jieba/dict.txt …/china-division/dist …/faker/providers/person/zh_CN/__init__.py

Sources: jieba 0.42.1 `dict.txt` (MIT; words and their counts), pypinyin (MIT; how they sound), china-division 2.7.0
(MIT; counties, townships, villages), Faker 40.63 (MIT; usual surnames and given names), the vocabulary of
`central/samples/items`, and the lists in `packaging/pinyin_words.txt` (this project's own). Output, sorted so that
the terminal can search it where it lies:

* `words.txt.gz`: `he'ping 和平62 …|和平71 …`, a sound and its words, likeliest first, with cost = -10 ln(share);
  behind the bar names of places that stand before 村, 路 and their like (`ui/keyboard/addresses.py`), and numerals;
* `initials.txt.gz`: `sfz 123 456 …`, the places of the lines whose syllables begin with those letters;
* `names.txt.gz`: `surname zhang 张26 章61`, `given ying 英30 …`, `alone wei 伟25 …`, `pair xiu'ying 秀英20 …`.
"""

import ast
import csv
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PINYIN_DICT

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from ui.keyboard.addresses import AFTER_NUMBER, AFTER_PLACE, NUMERALS  # noqa: E402 - same
from ui.keyboard.lines import pack  # noqa: E402 - same
from ui.keyboard.syllables import SYLLABLES  # noqa: E402 - the path is set above

TARGET = ROOT / "ui" / "keyboard" / "data"
FONTS = ROOT / "kiosk" / "papers" / "fonts"
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]+")
LEAST = {1: 1, 2: 8, 3: 12, 4: 30, 5: 30, 6: 40, 7: 60, 8: 80}
LEAST_PLACE = 3
LEAST_VILLAGES = 3
LEAST_KIND = 500
COUNTY, COUNTY_STEM, CITY, TOWN, ESTATE = 2500, 1200, 3000, 70, 150
STREETS_A_COMMUNITY = 10
USUAL_VILLAGES = {"cities": 1, "areas": 200, "streets": 15}
"""How many villages a county and a township have: the nearest thing to people in these tables."""
ESTATES = re.compile(".{1,3}(花园|家园|公寓|新村|广场|新城|小区|苑|路|街|巷|大街|大道|里|湾|城)")
PER_INITIALS = 80
RARE_READING = 30
Sounds = dict[str, dict[str, int]]


def sections(path: Path) -> dict[str, list[list[str]]]:
    """The hand-made lists: `[section]`, then lines of words."""
    found: dict[str, list[list[str]]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(name, []).append(line.split())
    return found


def texts(node: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every (key, text) of a JSON tree."""
    if isinstance(node, str):
        yield key, node
    elif isinstance(node, list):
        for one in node:
            yield from texts(one, key)
    elif isinstance(node, dict):
        for name, one in node.items():
            yield from texts(one, name)


def catalogue_words(known: Counter[str]) -> Counter[str]:
    """Names of items and materials whole, and how often each known word occurs in the guides."""
    found: Counter[str] = Counter()
    for path in sorted((ROOT / "central" / "samples" / "items").glob("*.json")):
        for key, text in texts(json.loads(path.read_text(encoding="utf-8"))):
            for run in HAN.findall(text):
                if key in ("name", "short_name", "title") and 2 <= len(run) <= 8:
                    found[run] += 3
                at = 0
                while at < len(run):
                    size = next((n for n in range(6, 1, -1) if known[run[at : at + n]] >= 3), 1)
                    if size > 1:
                        found[run[at : at + size]] += 1
                    at += size
    return found


def sound_of(word: str, own: dict[str, str] | None = None) -> str | None:
    """Its syllables joined by apostrophes, or nothing where one is unknown; `own` sounds hold before 县 or 镇 too."""
    known = (own or {}).get(word) or (own or {}).get(word[:-1])
    if known is not None:
        return known if word in (own or {}) else f"{known}'{sound_of(word[-1])}"
    parts = lazy_pinyin(word, style=Style.NORMAL, v_to_u=False, errors="ignore")
    parts = [part.replace("ü", "v") for part in parts]
    return "'".join(parts) if len(parts) == len(word) and all(part in SYLLABLES for part in parts) else None


def word_counts(dictionary: Path, own: dict[str, list[list[str]]]) -> Counter[str]:
    """Words worth shipping with a count for each; this service's own vocabulary weighs more."""
    known: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count, *kind = line.split(" ")
        if HAN.fullmatch(word):
            known[word] = int(count)
            kinds[word] = kind[0] if kind else ""
    kept = Counter(
        {
            word: count
            for word, count in known.items()
            if count >= (LEAST_PLACE if kinds[word] == "ns" and len(word) <= 4 else LEAST.get(len(word), 10**9))
        }
    )
    for word, uses in catalogue_words(known).items():
        kept[word] = max(kept[word] * 2, 300 * min(uses, 20))
    for section, floor in (("sign", 40000), ("service", 9000), ("place", 4000), ("daily", 6000)):
        for word in (word for row in own[section] for word in row):
            kept[word] = max(kept[word] * 2, floor // max(1, len(word) - 3))
    after = [kind.text for table in (AFTER_PLACE, AFTER_NUMBER) for those in table.values() for kind in those]
    for word in after:
        kept[word] = max(kept[word], LEAST_KIND)
    for word in (word for row in own["drop"] for word in row):
        kept.pop(word, None)
    return kept


def readings(
    covered: set[int], counts: Counter[str], said: dict[str, str], spoken: dict[str, str]
) -> dict[str, dict[str, float]]:
    """The share of each reading of a character, as the words around it have it."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for word, sound in said.items():
        for character, part in zip(word, sound.split("'"), strict=True):
            seen[character][part] += math.sqrt(counts[word])  # type: ignore[assignment]
    found: dict[str, dict[str, float]] = {}
    for code in covered & (set(PINYIN_DICT) | {ord(sign) for sign in spoken if len(sign) == 1}):
        character = chr(code)
        if not HAN.fullmatch(character):
            continue
        plain = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
        plain = [spoken[character]] if character in spoken else plain
        usual = [one for part in plain if (one := part.replace("ü", "v")) in SYLLABLES]
        weights = {part: seen[character][part] + (2 if place == 0 else 0.05) for place, part in enumerate(usual)}
        total = sum(weights.values())
        found[character] = {part: weight / total for part, weight in weights.items()}
    return found


def cost(share: float) -> int:
    """-10 ln(share)."""
    return round(-10 * math.log(share))


def write(name: str, lines: list[str]) -> list[int]:
    """One sorted file, the same bytes every time; the place of each line."""
    data, places = pack(lines)
    (TARGET / name).write_bytes(data)
    print(f"{name}: {len(lines)} lines, {len(data) // 1024} kB")
    return places


def by_cost(words: dict[str, int]) -> str:
    """`身份证80 …`, likeliest first."""
    return " ".join(f"{word}{cost}" for word, cost in sorted(words.items(), key=lambda one: (one[1], one[0])))


def rows(path: Path) -> Iterator[tuple[str, str]]:
    """Code and name of every division of one level that has a Chinese name; a confused character is put right."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["name"].replace("瀂", "澛")
            if HAN.fullmatch(name):
                yield row["code"], name


def add_places(divisions: Path, counts: Counter[str]) -> Counter[str]:
    """Put counties, townships and estates among the words; return what stands before 村 and its like, by its places."""
    stems: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for code, name in rows(divisions / "villages.csv"):
        within.update((code[:6], code[:9]))
        whole = re.sub("(村民|社区居民|居民|村|居|社区)?委(员)?会$", "", name)
        stem = re.sub("(社区|村)$", "", whole)
        stems[stem if len(stem) > 1 else whole] += 1
    streets: Counter[str] = Counter()
    for stem, places in stems.items():
        if len(stem) > 2 and ESTATES.fullmatch(stem):
            counts[stem] = max(counts[stem], ESTATE * places)
            streets[re.sub("([东西南北]?[路街]|巷|大街|大道)$", "", stem)] += STREETS_A_COMMUNITY * places
    stems.update({name: many for name, many in streets.items() if len(name) > 1})
    kept = Counter({stem: places for stem, places in stems.items() if places >= LEAST_VILLAGES and 2 <= len(stem) <= 4})
    for level, worth, short in (("cities", CITY, 0), ("areas", COUNTY, COUNTY_STEM), ("streets", TOWN, 0)):
        named: Counter[str] = Counter()
        for code, name in rows(divisions / f"{level}.csv"):
            named[name] += worth * (1 + within[code] / USUAL_VILLAGES[level])  # type: ignore[assignment]
        for name, weight in named.items():
            counts[name] += round(weight)
            times = max(1, round(weight / worth / 2))
            stem = re.sub("(街道|自治县|[县区市旗镇乡])$", "", name)
            if len(stem) > 1:
                kept[stem] += 5 * times
                if short:
                    counts[stem] = max(counts[stem], short)
    counts.pop("市辖区", None)
    return kept


def family_sounds(own: dict[str, list[list[str]]], stems: Counter[str]) -> dict[str, str]:
    """翟庄 and 单家 are called after families, and sound like them."""
    odd = {name: sound for row in own["surname-sound"] for name, sound in (item.split("=") for item in row)}
    return {
        stem: "'".join([odd[stem[0]], *(sound_of(character) or "" for character in stem[1:])])
        for stem in stems
        if stem[0] in odd and stem[1] in "家庄楼村营寨屯沟岗坊"
    }


def place_entries(stems: Counter[str], covered: set[int], spoken: dict[str, str]) -> dict[str, str]:
    """By sound, the names of places and the numerals behind the bar."""
    found: Sounds = defaultdict(dict)
    total = sum(stems.values())
    for stem, places in stems.items():
        sound = sound_of(stem, spoken)
        if sound is not None and all(ord(character) in covered for character in stem):
            found[sound][stem] = cost(places / total)
    for numeral, worth in NUMERALS.items():
        sound = sound_of(numeral)
        if sound is not None:
            found[sound][numeral] = round(10 * worth)
    return {sound: by_cost(words) for sound, words in found.items()}


def write_words(
    counts: Counter[str], said: dict[str, str], shares: dict[str, dict[str, float]], places: dict[str, str]
) -> None:
    """Words, single characters, names of places and the index of initials."""
    total = sum(counts.values())
    lines: Sounds = defaultdict(dict)
    for word, sound in said.items():
        lines[sound][word] = cost(counts[word] / total)
    for character, parts in shares.items():
        for part, share in parts.items():
            lines[part][character] = cost((counts[character] + 0.3) * share / total)
    ordered = sorted(
        f"{sound} {by_cost(lines.get(sound, {}))}" + (f"|{places[sound]}" if sound in places else "")
        for sound in lines.keys() | places.keys()
    )
    places_of = write("words.txt.gz", ordered)
    index: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, line in zip(places_of, ordered, strict=True):
        sound = line.split(" ")[0]
        if "'" in sound and sound in lines:
            best = min(lines[sound].values())
            index["".join(part[0] for part in sound.split("'"))].append((best, at))
    write(
        "initials.txt.gz",
        sorted(
            f"{letters} {' '.join(str(at) for _, at in sorted(those)[:PER_INITIALS])}"
            for letters, those in index.items()
        ),
    )


def borne_names(path: Path) -> tuple[dict[str, float], list[list[str]]]:
    """Faker's surnames with their percentage of all people, and its lists of given names, most borne first."""
    found: dict[str, Any] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value.args[0] if isinstance(node.value, ast.Call) else node.value
            if isinstance(value, ast.List | ast.Tuple):
                found[node.targets[0].id] = value
    shares = {name: float(share) for name, share in ast.literal_eval(found["last_names"])}
    return shares, [ast.literal_eval(found[key]) for key in ("first_names_male", "first_names_female")]


def surname_lines(own: dict[str, list[list[str]]], borne: dict[str, float]) -> list[str]:
    """Surnames as they sound as surnames; rarer ones than are counted by their place in our own list."""
    surnames: dict[str, dict[str, float]] = defaultdict(dict)
    order = [word for row in own["surname"] for word in row]
    counted = {name: float(share) for row in own["surname-share"] for name, share in (item.split("=") for item in row)}
    odd = {word: sound for row in own["surname-sound"] for word, sound in (item.split("=") for item in row)}
    weights = {word: min(borne.values()) * 60 / (rank + 60) for rank, word in enumerate(order)} | borne | counted
    for word, weight in weights.items():
        sound = odd.get(word) or sound_of(word)
        if sound is None:
            raise SystemExit(f"surname without a sound: {word}")
        surnames[sound][word] = weight
    total = sum(weights.values())

    def entries(words: dict[str, float]) -> str:
        ordered = sorted(words, key=words.__getitem__, reverse=True)
        return " ".join(f"{name}{cost(words[name] / total)}" for name in ordered)

    return [f"surname {sound} {entries(words)}" for sound, words in surnames.items()]


def written_names(dictionary: Path, order: list[str]) -> tuple[Counter[str], Counter[str]]:
    """Given names and their characters, out of the people jieba knows of."""
    pairs: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    single = {word for word in order if len(word) == 1}
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, _, kind = (*line.split(" "), "")[:3]
        if not kind.startswith("nr") or not HAN.fullmatch(word):
            continue
        if word[:2] in order:
            pairs[word[2:]] += len(word) == 4
        elif len(word) == 3 and word[0] in single:
            pairs[word[1:]] += 2
            characters.update(word[1:])
        elif len(word) == 2 and kind in ("nr", "nrfg") and word[0] not in single:
            pairs[word] += 1
    return pairs, characters


def write_names(
    dictionary: Path, own: dict[str, list[list[str]]], shares: dict[str, dict[str, float]], names: Path
) -> None:
    """Surnames, characters of given names, those that are a name alone, and usual given names of two characters."""
    listed = {section: [word for row in own[section] for word in row] for section in own}
    borne, ranked = borne_names(names)
    pairs, characters = written_names(dictionary, listed["surname"])
    alone: Counter[str] = Counter()
    for rank, word in enumerate(listed["given-today"]):
        pairs[word] += 1200 // (4 + rank // 4)
    for rank, word in enumerate(listed["given"]):
        pairs[word] += 400 // (1 + rank // 30)
    for word, count in pairs.items():
        characters.update(dict.fromkeys(word, count / 8))
    for rank, character in enumerate("".join(listed["given-character"])):
        characters[character] += 600 // (1 + rank // 20)
    for rank, word in (numbered for those in ranked for numbered in enumerate(those)):
        (alone if len(word) == 1 else pairs)[word] += 3000 // (rank + 10)
    for character, count in characters.items():
        alone[character] += count / 60  # type: ignore[assignment]
    lines = [
        *surname_lines(own, borne),
        *_given_lines("given", characters, shares, 2),
        *_given_lines("alone", alone, shares, 2 / 60),
        *_pair_lines(pairs),
    ]
    write("names.txt.gz", sorted(lines))


def _given_lines(kind: str, characters: Counter[str], shares: dict[str, dict[str, float]], least: float) -> list[str]:
    total = sum(characters.values())
    given: Sounds = defaultdict(dict)
    for character, count in characters.items():
        for part, share in shares.get(character, {}).items():
            if count >= least and share > 0.1:
                given[part][character] = cost(count * share / total)
    return [f"{kind} {part} {by_cost(words)}" for part, words in given.items()]


def _pair_lines(pairs: Counter[str]) -> list[str]:
    total = sum(pairs.values())
    two: Sounds = defaultdict(dict)
    for word, count in pairs.items():
        sound = sound_of(word)
        if sound is not None and count >= 2 and len(word) == 2:
            two[sound][word] = cost(count / total)
    return [f"pair {sound} {by_cost(words)}" for sound, words in two.items()]


def main() -> None:
    """Read the sources named on the command line, write the three files."""
    dictionary, divisions, names = (Path(argument) for argument in sys.argv[1:])
    own = sections(Path(__file__).with_name("pinyin_words.txt"))
    covered: set[int] = set()
    for path in FONTS.glob("*.ttf"):
        covered |= set(TTFont(path).getBestCmap())
    counts = word_counts(dictionary, own)
    stems = add_places(divisions, counts)
    spoken = {word: sound for row in own["sound"] for word, sound in (item.split("=") for item in row)}
    said: dict[str, str] = {}
    for word in counts:
        sound = sound_of(word, spoken)
        if len(word) > 1 and sound is not None and all(ord(character) in covered for character in word):
            said[word] = sound
    shares = readings(covered, counts, said, spoken)
    write_words(counts, said, shares, place_entries(stems, covered, spoken | family_sounds(own, stems)))
    write_names(dictionary, own, shares, names)


if __name__ == "__main__":
    main()
