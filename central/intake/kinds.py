"""What an event may be."""

from enum import StrEnum


class EventKind(StrEnum):
    """An application, a correction of one, or a rating (好差评)."""

    CASE = "case"
    AMENDMENT = "amendment"
    RATING = "rating"
