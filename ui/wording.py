"""Words for a failure, as the resident reads them."""

from dataclasses import dataclass
from typing import Literal

from kiosk.config import USUAL_HOTLINE
from kiosk.failure import Failure
from kiosk.words import HOTLINE_PLACE, Audience, failure_words
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


def said(failure: Failure | None, language: Language, *, staff: bool = False, hotline: str = USUAL_HOTLINE) -> Said:
    """The words for `failure`; nothing for None. An unworded failure still shows its code."""
    if failure is None:
        return NOTHING_SAID
    try:
        words = failure_words(failure, Audience.STAFF if staff else Audience.RESIDENT, language, HOTLINE_PLACE)
    except KeyError:
        return Said(failure.code, "", failure.code)
    cause, action = (in_words(text).replace(HOTLINE_PLACE, hotline) for text in (words.cause, words.action))
    return Said(cause, action, failure.code)
