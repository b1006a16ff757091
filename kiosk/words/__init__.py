"""Words for people: every failure worded for the resident, for staff and for the technician, Chinese first.

The texts are data (`failures.toml`, `forms.toml`, `notice.toml`), read when first asked for.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from kiosk.config import USUAL_HOTLINE
from kiosk.failure import Failure

Language = Literal["zh", "en"]
HOTLINE_PLACE: Final = "{hotline}"
"""Where a sentence names whom to call."""


class Audience(StrEnum):
    """Who reads: the resident at the screen, staff of the service point, the technician."""

    RESIDENT = "resident"
    STAFF = "staff"
    TECHNICIAN = "technician"


@dataclass(frozen=True, slots=True)
class Words:
    """What happened and the one thing to do next."""

    cause: str
    action: str


def failure_words(
    failure: Failure, audience: Audience, language: Language = "zh", hotline: str = USUAL_HOTLINE
) -> Words:
    """The sentence pair for one failure; whom to call is `hotline`."""
    cause, action = _failures()[failure.code][audience][language]
    return Words(cause.replace(HOTLINE_PLACE, hotline), action.replace(HOTLINE_PLACE, hotline))


@cache
def _failures() -> dict[str, dict[str, dict[str, tuple[str, str]]]]:
    raw = tomllib.loads((files("kiosk") / "words" / "failures.toml").read_text(encoding="utf-8"))
    return {
        code: {audience: {lang: (pair[0], pair[1]) for lang, pair in texts.items()} for audience, texts in by.items()}
        for code, by in raw.items()
    }
