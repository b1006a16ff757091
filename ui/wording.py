"""Words for a failure, as the resident reads them."""

from dataclasses import dataclass
from typing import Literal

from kiosk.failure import Failure
from kiosk.words import Audience, failure_words
from ui.languages import in_words

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Said:
    """What happened and the one next thing to do; `code` is for whoever is asked for help."""

    cause: str
    action: str
    code: str


NOTHING_SAID = Said("", "", "")


def catalogue_name(name: str, english: str, language: Language) -> str:
    """A name of the catalogue: in English with the Chinese that stands on the paper itself, else Chinese alone."""
    return f"{english} ({name})" if language == "en" and english else name


def said(failure: Failure | None, language: Language, *, staff: bool = False) -> Said:
    """The words for `failure`; nothing for None. An unworded failure still shows its code."""
    if failure is None:
        return NOTHING_SAID
    try:
        words = failure_words(failure, Audience.STAFF if staff else Audience.RESIDENT, language)
    except KeyError:
        return Said(failure.code, "", failure.code)
    return Said(in_words(words.cause), in_words(words.action), failure.code)
