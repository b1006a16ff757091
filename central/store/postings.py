"""What is posted for everybody, the newest under each name of a topic."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select

from central.store import settings
from central.store.schema import posting


@dataclass(frozen=True, slots=True)
class StoredPosting:
    """One posting. `terminal` is empty where it is for all."""

    topic: str
    name: str
    sequence: int
    terminal: str
    at: datetime
    gone: bool
    content: bytes = field(repr=False)


def put(
    connection: Connection, topic: str, name: str, *, terminal: str, at: datetime, content: bytes | None
) -> StoredPosting:
    """Post under a name in place of what stood there; no content takes it away. The sequence only rises."""
    sequence = settings.count_up(connection, "posting")
    new = StoredPosting(topic, name, sequence, terminal, at, content is None, content or b"")
    connection.execute(delete(posting).where(posting.c.topic == topic, posting.c.name == name))
    connection.execute(
        insert(posting).values(
            topic=topic, name=name, sequence=sequence, terminal=terminal, at=at, gone=new.gone, content=new.content
        )
    )
    return new


def find(connection: Connection, topic: str, name: str) -> StoredPosting | None:
    """What stands under a name, or was taken away there."""
    row = connection.execute(select(posting).where(posting.c.topic == topic, posting.c.name == name)).first()
    return None if row is None else StoredPosting(*row)


def standing(connection: Connection, topic: str) -> tuple[StoredPosting, ...]:
    """Postings of a topic that were not taken away, in the order they were posted."""
    query = select(posting).where(posting.c.topic == topic, posting.c.gone.is_(False)).order_by(posting.c.sequence)
    return tuple(StoredPosting(*row) for row in connection.execute(query))


def after(connection: Connection, terminal: str, sequence: int, limit: int) -> tuple[StoredPosting, ...]:
    """The next postings that are for this terminal; one that holds none yet need not hear what was taken away."""
    query = (
        select(posting)
        .where(posting.c.sequence > sequence, or_(posting.c.terminal == "", posting.c.terminal == terminal))
        .order_by(posting.c.sequence)
        .limit(limit)
    )
    if sequence == 0:
        query = query.where(posting.c.gone.is_(False))
    return tuple(StoredPosting(*row) for row in connection.execute(query))


def last(connection: Connection) -> int:
    """The sequence of the last posting for anybody."""
    return int(connection.execute(select(func.max(posting.c.sequence))).scalar() or 0)
