"""The journal's anchors as they travel."""

from kiosk.ports import Journal
from sync.wire.messages import JournalAnchor


def anchors_of(journal: Journal) -> tuple[JournalAnchor, ...]:
    """What the platform holds against what it knows of this journal."""
    return tuple(JournalAnchor(one.position, one.digest, one.day, one.signature) for one in journal.anchors())
