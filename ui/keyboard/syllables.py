"""The sounds of Putonghua as people type them, with the mix-ups that accents and haste bring.

Costs are natural-log units, comparable with the cost of a word (minus the log of its share of running text).
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from kiosk.config import MixUp

_FINALS: Final = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ao ei en eng o u",
}

SYLLABLES: Final = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())
INITIALS: Final = frozenset(initial for initial in _FINALS if initial)
LONGEST: Final = 6

_ONE_MIX_UP: Final = 2.6
_TWO_MIX_UPS: Final = 4.8
_OTHER_SPELLING: Final = 0.1
_U_FOR_V: Final = 1.6

_INITIAL_SWAPS: Final = {"z-zh": ("zh", "z"), "c-ch": ("ch", "c"), "s-sh": ("sh", "s"), "n-l": ("n", "l")}
_FINAL_SWAPS: Final = {"an-ang": ("ang", "an"), "en-eng": ("eng", "en"), "in-ing": ("ing", "in")}
_F_AND_HU: Final = {"fa": "hua", "fan": "huan", "fang": "huang", "fei": "hui", "fen": "hun", "fo": "huo", "fu": "hu"}
_HU_AND_F: Final = {other: one for one, other in _F_AND_HU.items()}

Meanings = Mapping[str, tuple[tuple[str, float], ...]]
"""What was typed as one syllable → the syllables it may stand for, and at what cost; the likeliest first."""


def _swap(text: str, one: str, other: str, *, front: bool) -> str | None:
    if front:
        for old, new in ((one, other), (other, one)):
            if text.startswith(old) and not (len(old) == 1 and text[1:2] == "h"):
                return new + text[len(old) :]
    else:
        for old, new in ((one, other), (other, one)):
            if text.endswith(old):
                return text[: -len(old)] + new
    return None


def _fronts(syllable: str, mix_ups: frozenset[MixUp]) -> dict[str, int]:
    found = {syllable: 0}
    for name, pair in _INITIAL_SWAPS.items():
        swapped = _swap(syllable, *pair, front=True) if name in mix_ups else None
        if swapped is not None:
            found[swapped] = 1
    other = _F_AND_HU.get(syllable) or _HU_AND_F.get(syllable)
    if "f-h" in mix_ups and other is not None:
        found[other] = 1
    return found


def _spellings(syllable: str, mix_ups: frozenset[MixUp]) -> dict[str, float]:
    """Everything a person may type for one syllable, with what each costs."""
    fronts = _fronts(syllable, mix_ups)
    forms: dict[str, int] = dict(fronts)
    for form, mixed in fronts.items():
        for pair in (pair for name, pair in _FINAL_SWAPS.items() if name in mix_ups):
            swapped = _swap(form, *pair, front=False)
            if swapped is not None and mixed + 1 < forms.get(swapped, 3):
                forms[swapped] = mixed + 1
    costs = {form: (0.0, _ONE_MIX_UP, _TWO_MIX_UPS)[mixed] for form, mixed in forms.items()}
    if syllable[1:2] == "v":
        plain = syllable[0] + "u" + syllable[2:]
        costs[plain] = _OTHER_SPELLING if syllable.endswith("e") else _U_FOR_V
        costs[syllable[0] + "yu" + syllable[2:]] = _OTHER_SPELLING
    if syllable[0] in "jqxy" and syllable[1:2] == "u":
        costs[syllable[0] + "v" + syllable[2:]] = _OTHER_SPELLING
    return costs


@cache
def meanings(mix_ups: frozenset[MixUp]) -> Meanings:
    """What letters may stand for where people mix up these sounds."""
    found: dict[str, list[tuple[str, float]]] = {}
    for syllable in sorted(SYLLABLES):
        for form, cost in _spellings(syllable, mix_ups).items():
            found.setdefault(form, []).append((syllable, cost))
    return {form: tuple(sorted(those, key=lambda one: one[1])) for form, those in found.items()}


BEGINNINGS: Final = frozenset(syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable)))
"""Everything that is the unfinished beginning of a syllable."""


def is_initial(text: str) -> bool:
    """Whether these letters alone may stand for a syllable, as in sfz for 身份证."""
    return text in INITIALS or text in ("a", "e", "o")
