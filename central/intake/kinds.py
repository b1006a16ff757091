"""What an event may be."""

from enum import StrEnum


class EventKind(StrEnum):
    """An application, a correction of one, a rating (好差评), or feedback (曝光纠错、投诉、建议)."""

    CASE = "case"
    AMENDMENT = "amendment"
    RATING = "rating"
    FEEDBACK = "feedback"
