"""What the next opening of a terminal's data directory finds there, and everything in it that is half done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.failure import Failure, KioskError
from local_db.migrations import SCHEMA_VERSION
from local_db.store import Store, open_store
from tests.local_db.making import NOON, SetClock

LATER = timedelta(hours=2)
"""Long enough after everything that nothing counts as still going on, and nothing as forgotten."""


@dataclass
class Found:
    """One directory as it was opened. `wrong` is what must never be seen, whatever was told before."""

    founded: bool = True
    enrolled: bool = False
    cases: dict[str, str] = field(default_factory=dict)
    """Number → event."""
    settled: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    ratings: int = 0
    drafts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    counter: int = 0
    exports: int = 0
    decided: dict[str, str] = field(default_factory=dict)
    printed: dict[int, str] = field(default_factory=dict)
    catalogue: int = 0
    parked: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def look(data: Path, at: datetime = NOON + LATER) -> Found:
    """Open it with the program's own code and look at everything."""
    found = Found()
    try:
        store = open_store(data, clock=SetClock(at))
    except KioskError as error:
        if error.failure in (Failure.NOT_PROVISIONED, Failure.KEY_ABSENT) and _is_bare(data):
            found.founded = False
            return found
        found.wrong.append(f"does not open: {error.failure.code} {error.info}")
        return found
    with store:
        try:
            store.examine()
            _read(store, found)
            found.wrong += _faults(store, data, found)
        except KioskError as error:
            found.wrong.append(f"{error.failure.code} {error.info}")
    return found


def _is_bare(data: Path) -> bool:
    """Nothing that anybody put in was ever there: a directory may be founded again."""
    return not (data / "jinban.db").exists() and not (data / "blobs").exists()


def _read(store: Store, found: Found) -> None:
    rows = store._connection.rows
    try:
        found.enrolled = bool(store.settings.identity())
    except KioskError as error:
        if error.failure is not Failure.NOT_PROVISIONED:
            raise
    for number, event, kind, state, taken in rows(
        "SELECT submission_no, event_id, kind, state, form_taken FROM outbox"
    ):
        if kind == "rating":
            found.ratings += 1
        elif number in found.cases:
            found.wrong.append("a number twice")
        else:
            found.cases[number] = event
        if state == "settled":
            found.settled.add(number)
        if state == "parked":
            found.parked.add(number)
        if taken:
            found.taken.add(number)
    found.drafts = {
        case: tuple(sorted(store.drafts.load(case).blobs)) for (case,) in rows("SELECT case_id FROM drafts")
    }
    found.pages = {digest.hex() for (digest,) in rows("SELECT digest FROM blobs")}
    found.counter = store._connection.number("submission")
    found.exports = int.from_bytes(store.settings.get("courier.counter") or b"", "big")
    found.decided = {case.submission_no: str(case.state) for case in store.cases.page(limit=1_000_000)}
    found.printed = dict(rows("SELECT entry, outcome FROM papers"))
    found.catalogue = store.shelf.version()


def _faults(store: Store, data: Path, found: Found) -> Iterator[str]:
    rows = store._connection.rows
    if rows("PRAGMA user_version") != [(SCHEMA_VERSION,)]:
        yield "another schema"
    if rows("PRAGMA foreign_key_check"):
        yield "a row refers to nothing"
    shown = {case.submission_no for case in store.cases.page(limit=1_000_000)}
    if shown != set(found.cases):
        yield "cases and outbox disagree"
    entries = store.journal.entries(limit=1_000_000)
    if sorted(one.subject for one in entries if one.act == "case.submitted") != sorted(shown):
        yield "cases and journal disagree"
    if {one.subject for one in entries if one.act == "event.settled"} != found.settled:
        yield "settled without a word in the journal, or the other way round"
    if store.outbox.counts()[0] != len(shown - found.settled):
        yield "the count of what waits is wrong"
    for number in shown:
        if store.cases.receipt(number).submission_no != number or not store.cases.owners(number):
            yield "a case without receipt or owner"
    yield from _page_faults(store, data)
    if found.counter != len(shown):
        yield "a number given twice or lost"


def _page_faults(store: Store, data: Path) -> Iterator[str]:
    rows = store._connection.rows
    held = {row[0].hex() for row in rows("SELECT digest FROM outbox_materials WHERE released = 0")}
    kept = {digest for (case,) in rows("SELECT case_id FROM drafts") for digest in store.drafts.load(case).blobs}
    yield from _unreadable(store, held | kept)
    for digest in held:
        if _has_draft_wrap(store, digest) is not False:
            yield "a submitted page the terminal can still open"
    for digest in kept - held:
        if _has_draft_wrap(store, digest) is not True:
            yield "a page of a draft that opens no more"
    named = {row[0].hex() for row in rows("SELECT digest FROM blobs")}
    there = {path.name for path in (data / "blobs").rglob("*") if path.is_file()}
    if named != there:
        yield f"files and rows disagree: {len(there - named)} without a row, {len(named - there)} without a file"


def _unreadable(store: Store, digests: Iterable[str]) -> Iterator[str]:
    for digest in digests:
        try:
            store.blobs.read(digest)
        except KioskError as error:
            yield f"a page is not whole: {error.info}"


def _has_draft_wrap(store: Store, digest: str) -> bool | None:
    rows = store._connection.rows("SELECT draft_wrap FROM blobs WHERE digest = ?", (bytes.fromhex(digest),))
    return rows[0][0] is not None if rows else None
