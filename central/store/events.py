"""Events as taken in: once each, with the files they name."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from central.store.schema import blob, event, event_blob
from sync.wire.messages import BlobEntry, Event


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One taken event. `digest` is what a repeat must equal; `place` orders the events of one case from 0."""

    terminal: str
    event: str
    kind: str
    number: str
    digest: bytes
    payload: bytes = field(repr=False)
    made: datetime
    trusted_clock: bool
    taken_at: datetime
    completed_at: datetime | None
    place: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sealed file some taken event names; `complete` once it is here whole."""

    digest: bytes
    size: int
    complete: bool


def find(connection: Connection, terminal: str, name: str) -> StoredEvent | None:
    """An event by its terminal and id."""
    row = connection.execute(select(event).where(event.c.terminal == terminal, event.c.event == name)).first()
    return None if row is None else StoredEvent(*row)


def of_case(connection: Connection, number: str) -> tuple[StoredEvent, ...]:
    """The events of one case: the application first, then its amendments."""
    rows = connection.execute(select(event).where(event.c.number == number).order_by(event.c.place))
    return tuple(StoredEvent(*row) for row in rows)


def add(connection: Connection, terminal: str, new: Event, at: datetime) -> bool:
    """Take an event with the files it names; whether all of them are here already."""
    place = connection.execute(select(func.count()).where(event.c.number == new.number)).scalar_one()
    missing = _want(connection, terminal, new.blobs)
    connection.execute(
        insert(event).values(
            terminal=terminal,
            event=new.event,
            kind=new.kind,
            number=new.number,
            digest=new.payload_digest(),
            payload=new.payload,
            made=new.made,
            trusted_clock=new.trusted_clock,
            taken_at=at,
            completed_at=None if missing else at,
            place=place,
        )
    )
    if new.blobs:
        rows = [_blob_row(terminal, new.event, order, entry) for order, entry in enumerate(new.blobs)]
        connection.execute(insert(event_blob), rows)
    return not missing


def taken_since(connection: Connection, terminal: str, since: datetime) -> tuple[StoredEvent, ...]:
    """The events of one terminal taken or completed since then, oldest first."""
    query = (
        select(event)
        .where(event.c.terminal == terminal, (event.c.taken_at >= since) | (event.c.completed_at >= since))
        .order_by(event.c.taken_at, event.c.event)
    )
    return tuple(StoredEvent(*row) for row in connection.execute(query))


def made_between(connection: Connection, terminal: str, begin: datetime, end: datetime) -> tuple[StoredEvent, ...]:
    """Cases and amendments the terminal made then by its own clock, oldest first."""
    return _cases_where(connection, terminal, event.c.made >= begin, event.c.made < end)


def undated(connection: Connection, terminal: str, begin: datetime, end: datetime) -> tuple[StoredEvent, ...]:
    """Those made under a clock nobody believes, by it at another time, and open or completed in this one."""
    elsewhere = (event.c.made < begin) | (event.c.made >= end)
    recent = event.c.completed_at.is_(None) | ((event.c.completed_at >= begin) & (event.c.completed_at < end))
    return _cases_where(connection, terminal, event.c.trusted_clock.is_(False), elsewhere, recent)


def incomplete_before(connection: Connection, terminal: str, begin: datetime) -> tuple[StoredEvent, ...]:
    """Those made earlier of which files are still missing."""
    return _cases_where(
        connection, terminal, event.c.trusted_clock.is_(True), event.c.made < begin, event.c.completed_at.is_(None)
    )


def _cases_where(connection: Connection, terminal: str, *conditions: ColumnElement[bool]) -> tuple[StoredEvent, ...]:
    query = (
        select(event)
        .where(event.c.terminal == terminal, event.c.kind.in_(("case", "amendment")), *conditions)
        .order_by(event.c.made, event.c.event)
    )
    return tuple(StoredEvent(*row) for row in connection.execute(query))


def files(connection: Connection, terminal: str, name: str) -> tuple[BlobEntry, ...]:
    """The files an event names, in its order."""
    query = (
        select(event_blob, blob.c.size)
        .join(blob, (blob.c.terminal == event_blob.c.terminal) & (blob.c.digest == event_blob.c.digest))
        .where(event_blob.c.terminal == terminal, event_blob.c.event == name)
        .order_by(event_blob.c.place)
    )
    return tuple(
        BlobEntry(row.material, row.idx, row.digest, row.size, row.ext, row.wrap, row.member)
        for row in connection.execute(query)
    )


def missing(connection: Connection, terminal: str, name: str) -> tuple[Wanted, ...]:
    """The files of an event that are not here whole, each once, in its order."""
    query = (
        select(blob.c.digest, blob.c.size, func.min(event_blob.c.place).label("place"))
        .join(event_blob, (blob.c.terminal == event_blob.c.terminal) & (blob.c.digest == event_blob.c.digest))
        .where(event_blob.c.terminal == terminal, event_blob.c.event == name, blob.c.complete_at.is_(None))
        .group_by(blob.c.digest, blob.c.size)
        .order_by("place")
    )
    return tuple(Wanted(row.digest, row.size, complete=False) for row in connection.execute(query))


def wanted(connection: Connection, terminal: str, digest: bytes) -> Wanted | None:
    """A file, if some taken event of this terminal names it."""
    row = connection.execute(select(blob).where(blob.c.terminal == terminal, blob.c.digest == digest)).first()
    return None if row is None else Wanted(row.digest, row.size, row.complete_at is not None)


def complete(connection: Connection, terminal: str, digest: bytes, at: datetime) -> tuple[StoredEvent, ...]:
    """Note that a file is here whole; the events that have all their files now and had not before."""
    done = connection.execute(
        update(blob)
        .where(blob.c.terminal == terminal, blob.c.digest == digest, blob.c.complete_at.is_(None))
        .values(complete_at=at)
    )
    if done.rowcount == 0:
        return ()
    names = (
        select(event.c.event)
        .join(event_blob, (event.c.terminal == event_blob.c.terminal) & (event.c.event == event_blob.c.event))
        .where(event_blob.c.terminal == terminal, event_blob.c.digest == digest, event.c.completed_at.is_(None))
        .distinct()
    )
    ready = [name for name in connection.execute(names).scalars() if not missing(connection, terminal, name)]
    for name in ready:
        connection.execute(
            update(event).where(event.c.terminal == terminal, event.c.event == name).values(completed_at=at)
        )
    found = (find(connection, terminal, name) for name in ready)
    return tuple(stored for stored in found if stored is not None)


def _want(connection: Connection, terminal: str, entries: tuple[BlobEntry, ...]) -> bool:
    """Note the files that are to come; whether any of these is missing."""
    absent = False
    for entry in {entry.digest: entry for entry in entries}.values():
        known = wanted(connection, terminal, entry.digest)
        if known is None:
            connection.execute(insert(blob).values(terminal=terminal, digest=entry.digest, size=entry.size))
        absent = absent or known is None or not known.complete
    return absent


def _blob_row(terminal: str, name: str, order: int, entry: BlobEntry) -> dict[str, object]:
    return {
        "terminal": terminal,
        "event": name,
        "place": order,
        "material": entry.material,
        "member": entry.member,
        "idx": entry.index,
        "digest": entry.digest,
        "ext": entry.ext,
        "wrap": entry.wrap,
    }
