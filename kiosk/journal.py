"""The hash chain of the journal (操作日志): each entry's digest covers the entry before it.

The terminal keeps it append-only and every manifest carries its head, so that the platform sees a fork (a cloned disk)
and anybody who holds the entries can check them with these few lines. Entries name acts, numbers and ids, never people.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import msgspec

from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import JournalEntry

Head = tuple[int, str]
"""Position and digest of the newest entry."""

GENESIS: Final[Head] = (0, "0" * 64)
_DOMAIN: Final = b"jinban/journal/1\0"


def instant(at: datetime) -> str:
    """An instant as the chain writes it: UTC with exactly six decimals, `2026-11-24T03:41:00.000000Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").zfill(26) + "Z"


def canonical(entry: JournalEntry) -> bytes:
    """The bytes a digest covers: a compact JSON array in UTF-8, details sorted by key."""
    fields = [
        entry.position,
        instant(entry.at),
        entry.act,
        entry.subject,
        entry.actor,
        dict(sorted(entry.details.items())),
        entry.previous,
    ]
    return _DOMAIN + msgspec.json.encode(fields)


def digest_of(entry: JournalEntry) -> str:
    """SHA-256 over `canonical(entry)`, in hex."""
    return hashlib.sha256(canonical(entry)).hexdigest()


def following(
    head: Head, at: datetime, act: str, subject: str, actor: str, details: dict[str, str] | None = None
) -> JournalEntry:
    """The entry that comes after `head`, complete with its digest."""
    position, previous = head
    entry = JournalEntry(position + 1, at, act, subject, actor, dict(details or {}), previous)
    return replace(entry, digest=digest_of(entry))


def verify(entries: Iterable[JournalEntry], after: Head = GENESIS) -> Head:
    """Check a run of entries that begins right after `after`; return its head, from which the next run goes on.

    Raises:
        KioskError: `JOURNAL_BROKEN` with the position and a reason: `order` where an entry was removed, added or
            moved, `link` where the entry before it was exchanged, `digest` where the entry itself was changed.
    """
    position, digest = after
    for entry in entries:
        position += 1
        if entry.position != position:
            raise KioskError(Failure.JOURNAL_BROKEN, position=position, reason="order")
        if entry.previous != digest:
            raise KioskError(Failure.JOURNAL_BROKEN, position=position, reason="link")
        if entry.digest != digest_of(entry):
            raise KioskError(Failure.JOURNAL_BROKEN, position=position, reason="digest")
        digest = entry.digest
    return position, digest
