"""Catalogues the platform has published: the one in force, and every earlier one a case may still refer to."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from central.store import catalogues
from central.store.catalogues import CatalogueRow
from central.store.engine import Store
from kiosk.catalogue.difference import write_difference
from kiosk.catalogue.item import ServiceItem
from kiosk.catalogue.package import Catalogue, decode_item, read_package, signed_head
from kiosk.failure import Failure, KioskError
from kiosk.rules import ItemRules, compile_item

_K = TypeVar("_K")
_V = TypeVar("_V")
_CATALOGUES = 3
_DIFFERENCES = 8
_ITEMS = 500


class _Recent(Generic[_K, _V]):
    """The last few things that were dear to make."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[_K, _V] = OrderedDict()

    def get(self, key: _K, make: Callable[[], _V]) -> _V:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        with self._lock:
            self._held[key] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made


class Catalogues:
    """Published catalogues, read from the database, so that another process may publish while this one serves."""

    def __init__(self, store: Store, record_public: bytes) -> None:
        self._store = store
        self._record_public = record_public
        self._catalogues: _Recent[int, tuple[Catalogue, dict[tuple[str, int], bytes]]] = _Recent(_CATALOGUES)
        self._differences: _Recent[tuple[int, int], bytes | None] = _Recent(_DIFFERENCES)
        self._items: _Recent[tuple[int, str, int], ServiceItem] = _Recent(_ITEMS)
        self._rules: _Recent[tuple[int, str, int], ItemRules] = _Recent(_ITEMS)

    def version(self) -> int:
        """The version in force, 0 before anything was published."""
        with self._store.read() as connection:
            return catalogues.newest(connection)

    def region12(self) -> str:
        """The region of the catalogue in force, empty before anything was published."""
        version = self.version()
        return self.at(version).head.region12 if version else ""

    def in_force(self) -> CatalogueRow | None:
        """The catalogue in force, without its package."""
        with self._store.read() as connection:
            return catalogues.head(connection, catalogues.newest(connection))

    def package(self, version: int) -> bytes:
        """The signed package of a published catalogue.

        Raises:
            KioskError: `CATALOGUE_ABSENT` when that version was never published here.
        """
        with self._store.read() as connection:
            package = catalogues.package(connection, version)
        if package is None:
            raise KioskError(Failure.CATALOGUE_ABSENT)
        return package

    def difference(self, base: int, held: bytes, version: int) -> bytes | None:
        """What makes `version` of `base`; None where `base` is not the catalogue with that hash, or it is no gain."""
        with self._store.read() as connection:
            row = catalogues.head(connection, base)
        if row is None or row.digest != held:
            return None
        return self._differences.get((base, version), lambda: self._difference(base, version))

    def _difference(self, base: int, version: int) -> bytes | None:
        package = self.package(version)
        difference = write_difference(self.at(base), self.at(version), *signed_head(package))
        return difference if len(difference) < len(package) else None

    def at(self, version: int) -> Catalogue:
        """A published catalogue.

        Raises:
            KioskError: `CATALOGUE_ABSENT` when that version was never published here.
        """
        return self._read(version)[0]

    def item(self, version: int, code: str, item_version: int) -> ServiceItem:
        """The guide of an item as a case of that catalogue version saw it.

        Raises:
            KioskError: `CATALOGUE_ABSENT`, or `ITEM_UNKNOWN` when that catalogue does not hold it.
        """
        return self._items.get((version, code, item_version), lambda: self._item(version, code, item_version))

    def newest(self, code: str) -> ServiceItem:
        """The guide of an item in the catalogue in force.

        Raises:
            KioskError: `CATALOGUE_ABSENT` or `ITEM_UNKNOWN`.
        """
        version = self.version()
        for held, item_version in self._read(version)[1]:
            if held == code:
                return self.item(version, code, item_version)
        raise KioskError(Failure.ITEM_UNKNOWN)

    def rules(self, version: int, code: str, item_version: int) -> ItemRules:
        """The same guide, its forms and expressions compiled once.

        Raises:
            KioskError: as `item`, and `CATALOGUE_BROKEN` where a form or expression cannot be used.
        """
        key = (version, code, item_version)
        return self._rules.get(key, lambda: compile_item(self.item(*key)))

    def _item(self, version: int, code: str, item_version: int) -> ServiceItem:
        raw = self._read(version)[1].get((code, item_version))
        if raw is None:
            raise KioskError(Failure.ITEM_UNKNOWN)
        return decode_item(raw)

    def _read(self, version: int) -> tuple[Catalogue, dict[tuple[str, int], bytes]]:
        return self._catalogues.get(version, lambda: self._load(version))

    def _load(self, version: int) -> tuple[Catalogue, dict[tuple[str, int], bytes]]:
        whole = read_package(self.package(version), self._record_public)
        return whole, {(line.entry.code, line.entry.version): whole.raw(line) for line in whole.lines}
