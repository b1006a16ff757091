"""What is wrong with one answer, in plain words."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kiosk.words import Language


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One field that cannot be taken as it is. `code` is a key of `kiosk/words/forms.toml`, never the answer itself."""

    field: str
    code: str
    limit: str = ""

    def text(self, language: Language = "zh") -> str:
        """The message beside the field."""
        return words(self.code, language).format(limit=self.limit)


def words(code: str, language: Language) -> str:
    """The text of `kiosk/words/forms.toml` for a code.

    Raises:
        KeyError: no such code.
    """
    return _all()[code][language]


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("kiosk") / "words" / "forms.toml").read_text(encoding="utf-8"))
