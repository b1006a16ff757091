"""The two lists of phrases: what they hold, and how many of them the keyboard offers first."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ui.keyboard.pinyin import Decoder, Mode

HERE = Path(__file__).parent


class Phrase(NamedTuple):
    """Letters, what they mean, and the kind of phrase."""

    kind: str
    typed: str
    wanted: str


def phrases(file: str) -> Iterator[Phrase]:
    """The phrases of one list."""
    kind = ""
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            words = line.split()
            yield from (Phrase(kind, *pair) for pair in zip(words[::2], words[1::2], strict=True))


def misses(decoder: Decoder, those: list[Phrase]) -> list[tuple[Phrase, str]]:
    """The phrases that do not stand first, and what stands there."""
    found = []
    for phrase in those:
        mode = Mode.NAME if phrase.kind == "name" else Mode.TEXT
        first = decoder.decode(phrase.typed, mode)[0]
        if (first.text, first.consumed) != (phrase.wanted, len(phrase.typed)):
            found.append((phrase, first.text))
    return found


def share_first(decoder: Decoder, file: str, *, name_misses: bool) -> float:
    """Share of a list's phrases that stand first; prints it by kind and, if asked, every miss."""
    those = list(phrases(file))
    missed = misses(decoder, those)
    kinds = {
        kind: (sum(phrase.kind == kind for phrase in those), sum(phrase.kind == kind for phrase, _ in missed))
        for kind in dict.fromkeys(phrase.kind for phrase in those)
    }
    told = ", ".join(f"{kind} {total - lost}/{total}" for kind, (total, lost) in kinds.items())
    sys.stdout.write(f"\n{file}: {len(those) - len(missed)} of {len(those)} first ({told})\n")
    for phrase, instead in missed if name_misses else ():
        sys.stdout.write(f"  {phrase.typed}: {phrase.wanted}, offered {instead}\n")
    return 1 - len(missed) / len(those)
