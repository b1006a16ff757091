"""What a driver's methods give back, held against `devices.contract` before anybody relies on it.

Another author's driver may return anything. Whoever breaks the contract is told so by the name of the method, not by
the line of ours that stumbled over it; and no word of a failure goes on that could hold what a card or page said.
"""

import re

from devices.contract import Condition, Page
from kiosk.failure import KioskError
from kiosk.model.people import IdCard

LONGEST_DETAIL = 200
_MOST_PAGES = 10_000
_WITHHELD = "…"
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.,:;+*=%#()<>-]{0,59}")
# An identity, card or telephone number; a number in four parts, which is somebody's address. Status codes are shorter.
_TELLING = re.compile(r"\d{9}|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}")


class BrokenPromiseError(Exception):
    """A driver gave back what its contract does not know. The text names a method and a type, never a value."""


def card(found: object) -> IdCard:
    """What `read` returned.

    Raises:
        BrokenPromiseError: no card.
    """
    if not isinstance(found, IdCard):
        raise _broken("read returned", found)
    return found


def lies(found: object) -> bool | None:
    """What `present` returned.

    Raises:
        BrokenPromiseError: neither True, False nor None.
    """
    if found is not None and not isinstance(found, bool):
        raise _broken("present returned", found)
    return found


def code(found: object) -> str | None:
    """What `next_code` returned.

    Raises:
        BrokenPromiseError: no text.
    """
    if found is not None and not isinstance(found, str):
        raise _broken("next_code returned", found)
    return found


def page(found: object) -> Page:
    """What `scan` yielded.

    Raises:
        BrokenPromiseError: no page, or one without the size that was asked for: nobody could tell whether it is whole.
    """
    if not isinstance(found, Page):
        raise _broken("scan yielded", found)
    if not isinstance(found.image, bytes) or not isinstance(found.extension, str):
        raise _broken("scan yielded a Page of", found.image)
    sized = isinstance(found.width, int) and isinstance(found.height, int) and min(found.width, found.height) > 0
    if not sized and not found.photo and found.extension != "pdf":
        raise BrokenPromiseError("scan yielded a Page without the size asked for")
    return found


def pages_printed(found: object) -> int:
    """What `print_paper` returned. "No page" is no way to say printed.

    Raises:
        BrokenPromiseError: no number of pages.
    """
    if not isinstance(found, int) or isinstance(found, bool):
        raise _broken("print_paper returned", found)
    if not 0 < found <= _MOST_PAGES:
        raise BrokenPromiseError("print_paper returned no number of pages printed")
    return found


def condition(found: object) -> Condition:
    """What `check` returned, its words without signs that would move a technician's cursor.

    Raises:
        BrokenPromiseError: neither text nor `Condition`.
    """
    if isinstance(found, str):
        found = Condition(found)
    if not isinstance(found, Condition) or not isinstance(found.detail, str):
        raise _broken("check returned", found)
    words = "".join(sign if sign.isprintable() else " " for sign in found.detail[:LONGEST_DETAIL])
    return Condition(words, found.warning)


def detail(error: KioskError) -> str:
    """What a failure says of itself. By its contract that is never a name, number, address or path; see `withheld`."""
    hidden = withheld(error)
    words = (f"{name}={_WITHHELD if name in hidden else value}" for name, value in error.info.items() if name.isascii())
    return ", ".join(words)[:LONGEST_DETAIL]


def withheld(error: KioskError) -> frozenset[str]:
    """Names of what a failure says that is no plain word or short number, and therefore told to nobody."""
    texts = {name: str(value) for name, value in error.info.items()}
    return frozenset(name for name, text in texts.items() if not _PLAIN.fullmatch(text) or _TELLING.search(text))


def _broken(what: str, found: object) -> BrokenPromiseError:
    return BrokenPromiseError(f"{what} {type(found).__name__}")
