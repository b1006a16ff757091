"""Pinyin of item names, computed here on the platform because the table for it is large, and shipped in the package.

pypinyin reads by phrases; `readings.txt` corrects what it gets wrong in the vocabulary of service halls.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kiosk.catalogue.sounds import plain_syllable


@dataclass(frozen=True, slots=True)
class Sound:
    """How a name sounds: `pinyin` with a space between syllables, `initials` without."""

    pinyin: str
    initials: str


def sound_of(text: str) -> Sound:
    """Syllables of Chinese characters, letters and digits kept in runs as they stand, everything else left out."""
    syllables: list[str] = []
    initials: list[str] = []
    run = ""
    for character, reading in zip(text, _readings(text), strict=True):
        if character.isascii() and character.isalnum():
            run += character.lower()
            initials.append(character.lower())
            continue
        if run:
            syllables.append(run)
            run = ""
        if reading.isascii() and reading.isalpha():
            syllables.append(reading)
            initials.append(reading[0])
    return Sound(" ".join([*syllables, run] if run else syllables), "".join(initials))


def _readings(text: str) -> list[str]:
    """One reading per character: pypinyin's over the whole text, then the corrections, longest first."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a large table, needed only while a catalogue is built

    # `errors` may answer with one part per character, as pypinyin documents and its annotation forgets.
    read = lazy_pinyin(text, errors=list, v_to_u=False)  # type: ignore[arg-type]
    readings = [plain_syllable(reading) for reading in read]
    place = 0
    while place < len(text):
        word = _correction(text, place)
        if word:
            readings[place : place + len(word)] = _corrections()[word]
        place += max(len(word), 1)
    return readings


def _correction(text: str, place: int) -> str:
    """The longest corrected word that begins at this place, or nothing."""
    for length in range(min(_longest(), len(text) - place), 0, -1):
        if text[place : place + length] in _corrections():
            return text[place : place + length]
    return ""


@cache
def _corrections() -> dict[str, list[str]]:
    lines = files("central.authoring").joinpath("readings.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {word: syllables for word, *syllables in rows}


@cache
def _longest() -> int:
    return max(map(len, _corrections()))
