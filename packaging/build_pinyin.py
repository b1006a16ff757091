"""Makes `ui/keyboard/data/*.gz` from open dictionaries; run by hand when words are added.

    python packaging/build_pinyin.py …/jieba/dict.txt

Sources: jieba 0.42.1 `dict.txt` (MIT; words and their counts), pypinyin (MIT; how they sound), the vocabulary of
`central/samples/items`, and the lists in `packaging/pinyin_words.txt` (this project's own). Output, sorted so that
the terminal can search it where it lies:

* `words.txt.gz`: `shen'fen'zheng 身份证80 …`, a sound and its words, likeliest first, with cost = -10 ln(share);
* `initials.txt.gz`: `sfz 123 456 …`, the numbers of the lines whose syllables begin with those letters;
* `names.txt.gz`: `surname zhang 张26 章61`, `given ying 英30 …`, `pair xiu'ying 秀英20 …`.
"""

import gzip
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

from ui.keyboard.syllables import SYLLABLES  # noqa: E402 - the path is set above

TARGET = ROOT / "ui" / "keyboard" / "data"
FONTS = ROOT / "kiosk" / "papers" / "fonts"
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]+")
LEAST = {1: 1, 2: 8, 3: 12, 4: 30, 5: 30, 6: 40, 7: 60, 8: 80}
LEAST_PLACE = 3
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


def sound_of(word: str) -> str | None:
    """Its syllables joined by apostrophes, or nothing where a syllable is unknown."""
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
    for section, floor in (("service", 9000), ("place", 4000), ("daily", 6000)):
        for row in own[section]:
            for word in row:
                kept[word] = max(kept[word] * 2, floor // max(1, len(word) - 3))
    for row in own["drop"]:
        for word in row:
            kept.pop(word, None)
    return kept


def readings(covered: set[int], counts: Counter[str], said: dict[str, str]) -> dict[str, dict[str, float]]:
    """The share of each reading of a character, as the words around it have it."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for word, sound in said.items():
        for character, part in zip(word, sound.split("'"), strict=True):
            seen[character][part] += math.sqrt(counts[word])  # type: ignore[assignment]
    found: dict[str, dict[str, float]] = {}
    for code in covered & set(PINYIN_DICT):
        character = chr(code)
        if not HAN.fullmatch(character):
            continue
        plain = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
        usual = [one for part in plain if (one := part.replace("ü", "v")) in SYLLABLES]
        weights = {part: seen[character][part] + (2 if place == 0 else 0.05) for place, part in enumerate(usual)}
        total = sum(weights.values())
        found[character] = {part: weight / total for part, weight in weights.items()}
    return found


def cost(share: float) -> int:
    """-10 ln(share)."""
    return round(-10 * math.log(share))


def write(name: str, lines: list[str]) -> None:
    """One sorted file, the same bytes every time."""
    data = gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0)
    (TARGET / name).write_bytes(data)
    print(f"{name}: {len(lines)} lines, {len(data) // 1024} kB")


def by_cost(words: dict[str, int]) -> str:
    """`身份证80 …`, likeliest first."""
    return " ".join(f"{word}{cost}" for word, cost in sorted(words.items(), key=lambda one: (one[1], one[0])))


def write_words(counts: Counter[str], said: dict[str, str], shares: dict[str, dict[str, float]]) -> None:
    """Words, single characters and the index of initials."""
    total = sum(counts.values())
    lines: Sounds = defaultdict(dict)
    for word, sound in said.items():
        lines[sound][word] = cost(counts[word] / total)
    for character, parts in shares.items():
        for part, share in parts.items():
            lines[part][character] = cost((counts[character] + 0.3) * share / total)
    ordered = sorted(f"{sound} {by_cost(words)}" for sound, words in lines.items())
    write("words.txt.gz", ordered)
    index: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, line in enumerate(ordered):
        sound = line.split(" ")[0]
        if "'" in sound:
            best = min(lines[sound].values())
            index["".join(part[0] for part in sound.split("'"))].append((best, number))
    write(
        "initials.txt.gz",
        sorted(
            f"{letters} {' '.join(str(number) for _, number in sorted(those)[:PER_INITIALS])}"
            for letters, those in index.items()
        ),
    )


def write_names(dictionary: Path, own: dict[str, list[list[str]]], shares: dict[str, dict[str, float]]) -> None:
    """Surnames as they sound as surnames, characters of given names, and usual given names of two characters."""
    surnames: Sounds = defaultdict(dict)
    order = [word for row in own["surname"] for word in row]
    odd = {word: sound for row in own["surname-sound"] for word, sound in (item.split("=") for item in row)}
    weights = {word: 1 / (rank + 6) for rank, word in enumerate(order)}
    for word, weight in weights.items():
        sound = odd.get(word) or sound_of(word)
        if sound is None:
            raise SystemExit(f"surname without a sound: {word}")
        surnames[sound][word] = cost(weight / sum(weights.values()))
    pairs: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for rank, word in enumerate(word for row in own["given"] for word in row):
        pairs[word] += 400 // (1 + rank // 30)
    single = {word for word in order if len(word) == 1}
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, _, kind = (*line.split(" "), "")[:3]
        if kind.startswith("nr") and HAN.fullmatch(word):
            if len(word) == 3 and word[0] in single:
                pairs[word[1:]] += 2
                characters.update(word[1:])
            elif len(word) == 2 and kind in ("nr", "nrfg") and word[0] not in single:
                pairs[word] += 1
    for word, count in pairs.items():
        characters.update(dict.fromkeys(word, count / 8))
    for rank, character in enumerate("".join(word for row in own["given-character"] for word in row)):
        characters[character] += 600 // (1 + rank // 20)
    write("names.txt.gz", sorted([*_surname_lines(surnames), *_given_lines(characters, shares), *_pair_lines(pairs)]))


def _surname_lines(surnames: Sounds) -> list[str]:
    return [f"surname {sound} {by_cost(words)}" for sound, words in surnames.items()]


def _given_lines(characters: Counter[str], shares: dict[str, dict[str, float]]) -> list[str]:
    total = sum(characters.values())
    given: Sounds = defaultdict(dict)
    for character, count in characters.items():
        for part, share in shares.get(character, {}).items():
            if count >= 2 and share > 0.1:
                given[part][character] = cost(count * share / total)
    return [f"given {part} {by_cost(words)}" for part, words in given.items()]


def _pair_lines(pairs: Counter[str]) -> list[str]:
    total = sum(pairs.values())
    two: Sounds = defaultdict(dict)
    for word, count in pairs.items():
        sound = sound_of(word)
        if sound is not None and count >= 2 and len(word) == 2:
            two[sound][word] = cost(count / total)
    return [f"pair {sound} {by_cost(words)}" for sound, words in two.items()]


def main() -> None:
    """Read jieba's dictionary named on the command line, write the three files."""
    dictionary = Path(sys.argv[1])
    own = sections(Path(__file__).with_name("pinyin_words.txt"))
    covered: set[int] = set()
    for path in FONTS.glob("*.ttf"):
        covered |= set(TTFont(path).getBestCmap())
    counts = word_counts(dictionary, own)
    spoken = {word: sound for row in own["sound"] for word, sound in (item.split("=") for item in row)}
    said: dict[str, str] = {}
    for word in counts:
        sound = spoken.get(word) or sound_of(word)
        if len(word) > 1 and sound is not None and all(ord(character) in covered for character in word):
            said[word] = sound
    shares = readings(covered, counts, said)
    write_words(counts, said, shares)
    write_names(dictionary, own, shares)


if __name__ == "__main__":
    main()
