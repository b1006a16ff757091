"""The words of a notice's reason codes."""

import tomllib
from functools import cache
from importlib.resources import files

from kiosk.words import Language


def reason_words(code: str, language: Language = "zh") -> str:
    """The text of `kiosk/words/notice.toml` for a reason code.

    Raises:
        KeyError: no such code.
    """
    return _all()[code][language]


def reason_codes() -> frozenset[str]:
    """Every code that has words."""
    return frozenset(_all())


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("kiosk") / "words" / "notice.toml").read_text(encoding="utf-8"))
