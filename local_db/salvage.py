"""A damaged database: what is readable of it goes into a fresh one, which takes its place; the old one is kept."""

from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from kiosk import journal as chain
from kiosk.failure import Failure, KioskError
from kiosk.folders import flush
from kiosk.model.terminal import StopCause, TerminalIdentity
from kiosk.numbers import parse
from kiosk.ports import Clock, Settings
from local_db import aside, opening, pages, pastjournal
from local_db.blobfiles import BlobFiles
from local_db.carving import Carved, carve
from local_db.columns import ticks
from local_db.connection import Connection
from local_db.files import told
from local_db.keys import KeyProvider, provider_for
from local_db.pages import COPY, Pages, copied_pages
from local_db.store import Store, finish_interrupted
from local_db.takeover import Source, Taken, TakeOver, sound_entries

REPORT: Final = "salvage.report"
_MAKING: Final = f"{opening.FILE_NAME}.making"
_WHOLE: Final = ("staff", "settings", "postings")
_SHELF: Final = ("shelf_head", "shelf_items", "shelf_retention")
_COUNTERS: Final = {
    "submission": frozenset[str](),
    "inbox.cursor": frozenset({"cases", "feedback"}),
    "board.cursor": frozenset({"postings"}),
}
"""Counters that go on, and the tables without which they do not: what the platform told is then told again."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What became of a damaged database. `kept` is its folder below `DATA/aside`; `damaged` names what lacks rows.

    `identity` says whether the terminal still knows who it is.
    """

    kept: str
    pages: int
    damaged_pages: int
    damaged: tuple[str, ...]
    identity: bool
    taken: Taken


def is_damaged(data: Path, provider: KeyProvider | None = None) -> bool:
    """Whether any page of the database cannot be believed; reads all of it, after finishing what was broken off.

    Raises:
        KioskError: `NOT_PROVISIONED`, `KEY_ABSENT` and others of the key, `STORE_UNREADABLE`; as `finish_interrupted`.
    """
    finish_interrupted(data)
    path = data / opening.FILE_NAME
    if not path.exists():
        raise KioskError(Failure.NOT_PROVISIONED, role="database")
    key = (provider or provider_for(data)).key()
    with told("database"):
        # without a page that fits, it is the key that is wrong; what the copy fits is damaged
        knows = opening.key_fits(path, key) or Pages.read(path, key, copied_pages(path)[1]) is not None
        return knows and pages.is_damaged(path, key)


def salvage(data: Path, clock: Clock, provider: KeyProvider | None = None) -> Salvaged:
    """Begin a fresh database with what can be read of the damaged one, and keep the damaged one aside.

    May be called again after any interruption. The terminal takes nothing new until it has another epoch.

    Raises:
        KioskError: `STORE_BUSY` while screen or agent have it open; `STORE_CORRUPT` where not even the first page or
            its copy opens; `STORE_FULL`, `STORE_UNREADABLE`; the damaged database is then as it was.
    """
    key = (provider or provider_for(data)).key()
    path = data / opening.FILE_NAME
    with told("database"):
        kept = aside.name_of(path)
        with aside.alone(path):
            found = Pages.read(path, key, copied_pages(path)[1])
            if found is None:
                raise KioskError(Failure.STORE_CORRUPT, role="database", reason="first_page")
            _clear(data)
            done = _fill(data, key, clock, found, kept)
            (data / _MAKING).rename(data / aside.NEXT)
            flush(data)
            aside.put_in_place(data)
            _clear(data)
    return done


def report_of(settings: Settings) -> Salvaged | None:
    """What was saved when this database was begun; None where it was begun in order."""
    found = settings.get(REPORT)
    return None if found is None else msgspec.json.decode(found, type=Salvaged)


def _clear(data: Path) -> None:
    for ending in ("", "-wal", "-shm", COPY):
        (data / f"{_MAKING}{ending}").unlink(missing_ok=True)


def _fill(data: Path, key: bytes, clock: Clock, found: Pages, kept: str) -> Salvaged:
    opening.create(data / _MAKING, key)
    connection = Connection(opening.open_database(data / _MAKING, key), clock)
    with closing(Store(data, key, connection)) as store:
        carved = carve(found)
        filling = _Filling(store, connection, carved)
        goes_on = filling.journal()
        filling.own()
        source = Source(filling.name, carved, journal_goes_on=goes_on)
        taken = TakeOver(connection, BlobFiles(data), store.journal, source).run()
        filling.drafts(taken)
        done = Salvaged(
            kept=kept,
            pages=len(found.numbers()),
            damaged_pages=len(found.damaged),
            damaged=tuple(sorted(carved.damaged)),
            identity=filling.identity is not None,
            taken=taken,
        )
        with store.write_tx():
            store.settings.put(REPORT, msgspec.json.encode(done))
            store.settings.stop(StopCause.DAMAGED)
            store.journal.append(
                "store.salvaged", filling.name, "terminal", {"kept": kept, "lost": str(len(taken.lost))}
            )
    return done


class _Filling:
    """What belongs to this very terminal and to no other: accounts, settings, counters, catalogue, drafts, journal."""

    def __init__(self, store: Store, connection: Connection, carved: Carved) -> None:
        self._store, self._db, self._carved = store, connection, carved
        self.identity = _identity(carved)
        self.name = f"{self.identity.terminal}{self.identity.epoch}" if self.identity else "unknown"

    def journal(self) -> bool:
        """Go on with the journal where all of it is there; whether it is."""
        rows = sorted(self._carved.rows("journal"), key=lambda row: row["position"])
        entries = sound_entries(rows)
        try:
            head = chain.verify(entries)
        except KioskError:
            return False
        if not entries or "journal" in self._carved.damaged or head[0] != self._counter("journal"):
            return False
        with self._db.write_tx():
            for row in rows:
                self._add("journal", {name: row[name] for name in pastjournal.COLUMNS})
            self._db.run("UPDATE counters SET value = ? WHERE name = 'journal'", (head[0],))
        return True

    def own(self) -> None:
        """Settings, accounts, postings; the catalogue where it is whole: the platform sends it again otherwise."""
        whole = not self._carved.damaged.intersection(_SHELF)
        with self._db.write_tx():
            for table in (*_WHOLE, *(_SHELF if whole else ())):
                for row in self._carved.rows(table):
                    if (table, row.get("name")) != ("settings", "journal.told") or self._db.number("journal"):
                        self._add(table, row)
            for name, needed in _COUNTERS.items():
                if needed & self._carved.damaged:
                    continue
                self._db.run("UPDATE counters SET value = max(value, ?) WHERE name = ?", (self._counter(name), name))

    def drafts(self, taken: Taken) -> None:
        """Drafts with their pages, and pages nothing names, which go after their time."""
        blobs = {row["id"]: row for row in self._carved.rows("blobs")}
        drafts = {row["case_id"]: row for row in self._carved.rows("drafts")}
        with self._db.write_tx():
            for row in drafts.values():
                taken.drafts += self._add("drafts", row)
            for row in blobs.values():
                fresh = {name: value for name, value in row.items() if name != "id"} | {"uses": 0}
                if self._add("blobs", fresh):
                    self._add("loose_files", {"digest": row["digest"], "since": ticks(self._db.now())})
            for row in self._carved.rows("draft_blobs"):
                if row["case_id"] in drafts and row["blob"] in blobs:
                    digest = blobs[row["blob"]]["digest"]
                    self._db.run(
                        "INSERT OR IGNORE INTO draft_blobs (case_id, blob) SELECT ?, id FROM blobs WHERE digest = ?",
                        (row["case_id"], digest),
                    )
                    self._db.run("DELETE FROM loose_files WHERE digest = ?", (digest,))

    def _counter(self, name: str) -> int:
        told = next((row["value"] for row in self._carved.rows("counters") if row["name"] == name), 0)
        if name != "submission":
            return int(told)
        numbers = (row["submission_no"] for row in self._carved.rows("cases"))
        return max([int(told), *(_count_in(number) for number in numbers)])

    def _add(self, table: str, row: dict[str, Any]) -> int:
        marks = ", ".join("?" for _ in row)
        return self._db.run(
            f"INSERT OR IGNORE INTO {table} ({', '.join(row)}) VALUES ({marks})",  # noqa: S608 -- names of this schema
            tuple(row.values()),
        )


def _identity(carved: Carved) -> TerminalIdentity | None:
    for row in carved.rows("settings"):
        if row["name"] == "terminal.identity":
            with suppress(msgspec.DecodeError):
                return msgspec.json.decode(row["value"], type=TerminalIdentity)
    return None


def _count_in(number: str) -> int:
    try:
        return parse(number).counter
    except KioskError:
        return 0
