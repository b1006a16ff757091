"""The catalogue as the desk uses it: searched, browsed by theme, compiled once per version."""

import logging
from dataclasses import dataclass, field
from typing import Final

from kiosk.catalogue.entry import Entry
from kiosk.catalogue.item import ServiceItem
from kiosk.catalogue.search import Hit, SearchIndex
from kiosk.failure import KioskError
from kiosk.ports import Shelf
from kiosk.rules import ItemRules, compile_item

log = logging.getLogger(__name__)

_NATURAL_PERSON: Final = "1"
"""自然人, of the national code for whom an item serves."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One theme of the home page and the items under it, in the catalogue's order."""

    name: str
    codes: tuple[str, ...]


@dataclass(slots=True)
class Browser:
    """Search index and compiled rules of the catalogue version held now; both are rebuilt when a newer one arrives."""

    shelf: Shelf
    _version: int = -1
    _index: SearchIndex | None = None
    _rules: dict[str, ItemRules] = field(default_factory=dict)

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """Items for a query as people type it."""
        self._refresh()
        if self._index is None:
            self._index = SearchIndex.build(self.shelf.entries())
        return self._index.search(query, limit)

    def entries(self) -> tuple[Entry, ...]:
        """Light records of the items that may be applied for."""
        return tuple(entry for entry in self.shelf.entries() if entry.live)

    def topics(self) -> tuple[Topic, ...]:
        """Themes of a person's life, those with most items first."""
        found: dict[str, list[str]] = {}
        for entry in self.entries():
            for name in entry.topics_person:
                found.setdefault(name, []).append(entry.code)
        ordered = sorted(found.items(), key=lambda topic: -len(topic[1]))
        return tuple(Topic(name, tuple(codes)) for name, codes in ordered)

    def item(self, code: str) -> ServiceItem:
        """The whole guide of an item.

        Raises:
            KioskError: `ITEM_UNKNOWN`, `CATALOGUE_ABSENT`, `CATALOGUE_BROKEN`.
        """
        return self.rules(code).item

    def rules(self, code: str) -> ItemRules:
        """The item with its expressions and forms compiled."""
        self._refresh()
        if code not in self._rules:
            self._rules[code] = compile_item(self.shelf.item(code))
        return self._rules[code]

    def for_people(self) -> tuple[ItemRules, ...]:
        """Every item a natural person may apply for. One that this program cannot read is left out, not in the way."""
        found = []
        for entry in self.entries():
            if _NATURAL_PERSON in entry.service_object:
                try:
                    found.append(self.rules(entry.code))
                except KioskError as error:
                    log.warning("browsing: %s left out: %s", entry.code, error.failure.code)
        return tuple(found)

    def _refresh(self) -> None:
        version = self.shelf.version()
        if version != self._version:
            self._version, self._index = version, None
            self._rules.clear()
