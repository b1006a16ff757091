"""Feedback as taken in: which number, which kind, whether it was answered. What it says lies sealed with its event."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from central.store.schema import feedback
from kiosk.model.feedback import Feedback


@dataclass(frozen=True, slots=True)
class StoredFeedback:
    """One of them; `sequence` is that of the newest answer, 0 before the first."""

    number: str
    terminal: str
    event: str
    kind: str
    item: str
    made_at: datetime
    taken_at: datetime
    sequence: int
    answered_at: datetime | None


def add(connection: Connection, terminal: str, event: str, new: Feedback, at: datetime) -> None:
    """Note one that was taken."""
    connection.execute(
        insert(feedback).values(
            number=new.number,
            terminal=terminal,
            event=event,
            kind=new.kind,
            item=new.item_code,
            made_at=new.made_at,
            taken_at=at,
            sequence=0,
        )
    )


def find(connection: Connection, number: str) -> StoredFeedback | None:
    """One by its number."""
    row = connection.execute(select(feedback).where(feedback.c.number == number)).first()
    return None if row is None else StoredFeedback(*row)


def every(connection: Connection, *, unanswered: bool) -> tuple[StoredFeedback, ...]:
    """All of them, those taken first at the top."""
    query = select(feedback).order_by(feedback.c.taken_at, feedback.c.number)
    if unanswered:
        query = query.where(feedback.c.sequence == 0)
    return tuple(StoredFeedback(*row) for row in connection.execute(query))


def answered(connection: Connection, number: str, sequence: int, at: datetime) -> None:
    """Note that it was answered, for the first time or anew."""
    connection.execute(update(feedback).where(feedback.c.number == number).values(sequence=sequence, answered_at=at))
