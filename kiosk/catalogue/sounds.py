"""How pinyin is spelled here: ü as v, lüe and nüe as lue and nue, no tones; and which characters share a sound.

The table is read on the first question, since most sessions never type a homophone.
"""

from functools import cache
from importlib.resources import files


def plain_syllable(letters: str) -> str:
    """A syllable, or several, as the catalogue writes them and as a person may type them."""
    return letters.lower().replace("'", "").replace("ü", "v").replace("lve", "lue").replace("nve", "nue")


def readings_of(text: str) -> tuple[tuple[str, ...], ...]:
    """How each character may be read; empty when one of them is not in the table."""
    readings = tuple(_table().get(character, ()) for character in text)
    return readings if all(readings) else ()


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    text = files("kiosk.catalogue").joinpath("syllables.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        syllable, characters = line.split()
        for character in characters:
            found[character] = (*found.get(character, ()), syllable)
    return found
