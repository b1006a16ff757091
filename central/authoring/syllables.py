"""Draws `kiosk/catalogue/syllables.txt`: which characters sound how, for homophones typed into the search box.

`python -m central.authoring.syllables > kiosk/catalogue/syllables.txt` after pypinyin is updated; a test keeps them
in step.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator

from pypinyin import Style, pinyin

from kiosk.catalogue.sounds import plain_syllable

_MOST_READINGS = 3
_HEADER = """\
# Toneless readings of the characters of GB 2312 (at most three each), syllable first.
# From pypinyin and its pinyin-data (https://github.com/mozillazg/pinyin-data), MIT, Copyright (c) mozillazg.
"""


def table() -> str:
    """The whole file as text."""
    by_syllable: defaultdict[str, list[str]] = defaultdict(list)
    for character in _gb2312():
        for syllable in _readings(character):
            by_syllable[syllable].append(character)
    lines = (f"{syllable} {''.join(characters)}\n" for syllable, characters in sorted(by_syllable.items()))
    return _HEADER + "".join(lines)


def _readings(character: str) -> list[str]:
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    readings = [plain_syllable(reading) for reading in (found[0] if found else [])]
    return list(dict.fromkeys(reading for reading in readings if reading))[:_MOST_READINGS]


def _gb2312() -> Iterator[str]:
    """Chinese characters of GB 2312, rows 16 to 87."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            character = bytes((row, cell)).decode("gb2312", "ignore")
            if character:
                yield character


if __name__ == "__main__":
    sys.stdout.write(table())
