"""Ratings (好差评), one per rating event. They hold no person."""

import msgspec
from sqlalchemy import Connection, insert

from central.store.schema import rating
from kiosk.model.case import Rating


def add(connection: Connection, terminal: str, event: str, given: Rating) -> None:
    """Keep a rating."""
    connection.execute(
        insert(rating).values(
            terminal=terminal,
            event=event,
            number=given.submission_no,
            satisfaction=given.satisfaction,
            tags=msgspec.json.encode(given.tags).decode(),
            rated_at=given.rated_at,
        )
    )
