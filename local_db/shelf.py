"""The catalogue held here: verified once when it is put on the shelf, then read item by item."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
import structlog

from kiosk.calendar import HolidayTable, holidays_to_json, newer_over, parse_holidays
from kiosk.catalogue.difference import Difference, Merged, Version, holiday_line, merge, others_of, read_difference
from kiosk.catalogue.entry import Entry
from kiosk.catalogue.item import ServiceItem
from kiosk.catalogue.package import Catalogue, Head, decode_item, read_head, read_package
from kiosk.failure import Failure, KioskError
from kiosk.model.board import Topic, read_content
from local_db.board import Board
from local_db.connection import Connection, Row
from local_db.journal import Journal
from local_db.settings import Settings

_NONE_YET: Final = 0

_log = structlog.get_logger("local_db.shelf")


class _KeptMaterial(msgspec.Struct):
    id: str
    retention_days: int = 30


class _Retention(msgspec.Struct):
    """As much of an item's JSON as says how long its materials' files stay here after delivery."""

    materials: tuple[_KeptMaterial, ...]


class Shelf:
    """See `kiosk.ports.Shelf`."""

    def __init__(self, connection: Connection, settings: Settings, journal: Journal, board: Board) -> None:
        self._db = connection
        self._settings = settings
        self._journal = journal
        self._board = board

    def version(self) -> int:
        """The version of the catalogue in force; 0 before the first."""
        row = self._db.row("SELECT version FROM shelf_head")
        return row[0] if row else _NONE_YET

    def head(self) -> Head:
        """What the platform signed of the catalogue in force.

        Raises:
            KioskError: `CATALOGUE_ABSENT`.
        """
        (data,) = self._demand("SELECT head FROM shelf_head")
        return msgspec.json.decode(data, type=Head)

    def holidays(self) -> HolidayTable:
        """The holiday table that came with it, or was posted since; whichever is later goes before, year by year.

        Raises:
            KioskError: `CATALOGUE_ABSENT`.
        """
        data, head = self._demand("SELECT holidays, head FROM shelf_head")
        table = parse_holidays(msgspec.json.decode(data))
        issued = msgspec.json.decode(head, type=Head).issued_at
        for posting in self._board.held(Topic.HOLIDAYS):
            try:
                posted = parse_holidays(read_content(posting.content, dict[str, Any]))
            except KioskError as error:
                _log.warning("holidays.unreadable", failure=error.failure.code)
                continue
            late = posting.posted_at > issued
            table = newer_over(posted, table) if late else newer_over(table, posted)
        return table

    def entries(self) -> tuple[Entry, ...]:
        """One light record per item, for lists and the search index.

        Raises:
            KioskError: `CATALOGUE_ABSENT`.
        """
        (data,) = self._demand("SELECT entries FROM shelf_head")
        return msgspec.json.decode(data, type=tuple[Entry, ...])

    def item(self, code: str) -> ServiceItem:
        """The whole guide of one item.

        Raises:
            KioskError: `ITEM_UNKNOWN`; `CATALOGUE_ABSENT` before the first catalogue; `CATALOGUE_BROKEN` where this
                program cannot read that one guide.
        """
        row = self._db.row("SELECT item FROM shelf_items WHERE code = ?", (code,))
        if row is None:
            raise KioskError(Failure.ITEM_UNKNOWN if self.version() else Failure.CATALOGUE_ABSENT)
        return decode_item(row[0])

    def items(self) -> tuple[ServiceItem, ...]:
        """Every guide, by code. Slow with thousands: lists and searches use `entries`."""
        return tuple(decode_item(row[0]) for row in self._db.rows("SELECT item FROM shelf_items ORDER BY code"))

    def replace(self, package: bytes) -> int:
        """Put a package the platform signed on the shelf, whole or not at all; its version.

        The version in force again changes nothing.

        Raises:
            KioskError: `CATALOGUE_NOT_GENUINE`, `CATALOGUE_BROKEN`; `CATALOGUE_OLDER` when its version is lower than
                the one in force, or is the same with other contents; the old catalogue stays in force.
        """
        record_key = self._settings.identity().record_key
        if not self._is_newer(read_head(package, record_key)):
            return self.version()
        catalogue = read_package(package, record_key)
        with self._db.write_tx():
            # Asked again: the other process may have shelved one while this one was being read.
            if self._is_newer(catalogue.head):
                self._write(catalogue)
        return self.version()

    def merge(self, data: bytes) -> int:
        """Make the newer catalogue of the one held, whole or not at all; its version.

        Raises:
            KioskError: `CATALOGUE_NOT_GENUINE`, `CATALOGUE_BROKEN`, and `CATALOGUE_OLDER` where the difference starts
                from another catalogue than the one held or leads to no newer one; what was in force stays.
        """
        difference = read_difference(data)
        with self._db.write_tx():
            held = self.head()
            if (difference.base, difference.held.hex()) != (held.version, held.digest):
                raise KioskError(Failure.CATALOGUE_OLDER, held=held.version, offered=difference.base)
            merged = self._merged(difference)
            if merged.head.version <= held.version:
                raise KioskError(Failure.CATALOGUE_OLDER, held=held.version, offered=merged.head.version)
            self._write_merged(merged)
        return self.version()

    def _merged(self, difference: Difference) -> Merged:
        holidays, others = self._demand("SELECT holidays, others FROM shelf_head")
        if others is None:
            raise KioskError(Failure.CATALOGUE_OLDER, reason="others")
        rows = self._db.rows("SELECT code, version, item FROM shelf_items")
        return merge(
            difference,
            self._settings.identity().record_key,
            {code: item for code, _, item in rows},
            holiday_line(parse_holidays(msgspec.json.decode(holidays))),
            msgspec.msgpack.decode(others, type=tuple[Version, ...]),
            {code: version for code, version, _ in rows},
        )

    def _write_merged(self, merged: Merged) -> None:
        entries = {entry.code: entry for entry in self.entries()}
        touched = [(code,) for code in (*merged.lines, *merged.gone)]
        for code in merged.gone:
            entries.pop(code, None)
        for code, line in merged.lines.items():
            entries[code] = _entry(line)
        self._db.run_many("DELETE FROM shelf_items WHERE code = ?", touched)
        self._db.run_many("DELETE FROM shelf_retention WHERE item_code = ?", touched)
        self._put_items((code, entries[code].version, line) for code, line in merged.lines.items())
        ordered = tuple(entries[code] for code in sorted(entries))
        holidays = parse_holidays(msgspec.json.decode(merged.holidays))
        self._put_head(merged.head, holidays, ordered, merged.others)

    def _is_newer(self, head: Head) -> bool:
        held = self.version()
        if head.version == held and head.digest == self.head().digest:
            return False
        if head.version <= held:
            raise KioskError(Failure.CATALOGUE_OLDER, held=held, offered=head.version)
        return True

    def _write(self, catalogue: Catalogue) -> None:
        self._db.run("DELETE FROM shelf_items")
        self._db.run("DELETE FROM shelf_retention")
        lines = catalogue.chosen.values()
        self._put_items((line.entry.code, line.entry.version, catalogue.raw(line)) for line in lines)
        self._put_head(catalogue.head, catalogue.holidays, catalogue.entries, others_of(catalogue))

    def _put_items(self, rows: Iterable[tuple[str, int, bytes]]) -> None:
        kept = list(rows)
        self._db.run_many("INSERT INTO shelf_items (code, version, item) VALUES (?, ?, ?)", kept)
        self._db.run_many(
            "INSERT OR REPLACE INTO shelf_retention (item_code, material_id, days) VALUES (?, ?, ?)",
            (row for code, _, line in kept for row in _retention(code, line)),
        )

    def _put_head(
        self, head: Head, holidays: HolidayTable, entries: tuple[Entry, ...], others: tuple[Version, ...]
    ) -> None:
        row = {
            "one": 1,
            "version": head.version,
            "head": msgspec.json.encode(head),
            "holidays": msgspec.json.encode(holidays_to_json(holidays)),
            "entries": msgspec.json.encode(entries),
            "others": msgspec.msgpack.encode(others),
        }
        self._db.upsert("shelf_head", "one", row)
        details = {"digest": head.digest, "items": str(len(entries))}
        self._journal.append("catalogue.shelved", str(head.version), "platform", details)

    def _demand(self, sql: str) -> Row:
        row = self._db.row(sql)
        if row is None:
            raise KioskError(Failure.CATALOGUE_ABSENT)
        return row


def _entry(line: bytes) -> Entry:
    try:
        return msgspec.json.decode(line, type=Entry)
    except msgspec.DecodeError as error:
        raise KioskError(Failure.CATALOGUE_BROKEN, where="line") from error


def _retention(code: str, raw: bytes) -> list[Row]:
    """Days by material. A guide this program cannot read says nothing, and then files are kept."""
    try:
        kept = msgspec.json.decode(raw, type=_Retention)
    except msgspec.DecodeError:
        return []
    return [(code, material.id, material.retention_days) for material in kept.materials]
