"""What is odd in a catalogue that is taken all the same: real codes are dirty, and a county must still be served.

Authors are refused such things (`kiosk.catalogue.check`); whoever imports a package is told of them.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kiosk.catalogue.entry import Entry
from kiosk.catalogue.package import Catalogue
from kiosk.failure import KioskError
from kiosk.identity.codes import parse_catalog_code, parse_handle_item_code, parse_task_code, parse_uscc
from kiosk.identity.reasons import fault

_NEARLY = re.compile(r"[0-9A-Z]{12,14}")
_FIELDS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("catalog_code", parse_catalog_code),
    ("task_code", parse_task_code),
    ("handle_item_code", parse_handle_item_code),
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One odd thing: the item's code, the field, and why (`length`, `check_digit`, …, `unreadable`)."""

    code: str
    field: str
    reason: str


def entry_doubts(entries: Iterable[Entry]) -> Iterator[Doubt]:
    """Codes that are not as the national standard writes them; `nearly` is a base code as provinces really have it."""
    for entry in entries:
        for field, parse in _FIELDS:
            code = getattr(entry, field)
            reason = fault(parse, code) if code else None
            if reason:
                nearly = field == "catalog_code" and _NEARLY.fullmatch(code)
                yield Doubt(entry.code, field, "nearly" if nearly else str(reason))
        reason = fault(parse_uscc, entry.dept.uscc)
        if reason:
            yield Doubt(entry.code, "dept/uscc", str(reason))


def guide_doubts(catalogue: Catalogue) -> Iterator[Doubt]:
    """Guides that this program cannot read whole; each is decoded, so thousands take a second."""
    for line in catalogue.chosen.values():
        try:
            catalogue.item(line.entry.code)
        except KioskError as error:
            yield Doubt(line.entry.code, str(error.info.get("where", "")), "unreadable")
