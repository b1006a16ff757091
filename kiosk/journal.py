"""The hash chain of the journal (操作日志): each entry's digest covers the entry before it.

The terminal keeps it append-only and every manifest carries its head and its anchors, so that the platform sees a fork
(a cloned disk) and a journal that was cut off and grew again; anybody who holds the entries can check them with these
few lines. The first act of a day writes a seal before itself: the device key's signature over all that went before,
with the platform's statement of that key. Entries name acts, numbers and ids, never people.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

import msgspec

from kiosk.calendar import shanghai_day
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import JournalEntry
from kiosk.seal import signing
from kiosk.seal.statements import read_device_statement

Head = tuple[int, str]
"""Position and digest of the newest entry."""

GENESIS: Final[Head] = (0, "0" * 64)
SEALED: Final = "journal.sealed"
"""The act of a seal. Its subject is the day that ended."""

MOST_SEALS: Final = 400
"""So many seals are shown at once, the newest; where fewer are shown there are no more since the oldest anchor."""

_SIGNING: Final = "journal"
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


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the journal was once known to hold at a position; of a seal also the day it closed and its signature."""

    position: int
    digest: str
    day: str = ""
    signature: bytes = b""


def seal_details(head: Head, day: date, device_private: bytes, statement: bytes) -> dict[str, str]:
    """What a seal says: `day` has ended with `head`, signed with the device key, which `statement` is of."""
    signature = signing.sign(device_private, _SIGNING, sealed_bytes(head, day.isoformat()))
    return {"signature": _text(signature), "statement": _text(statement)}


def sealed_bytes(head: Head, day: str) -> bytes:
    """The bytes a seal's signature covers (domain `journal`): a compact JSON array of day, position and digest."""
    return msgspec.json.encode([day, *head])


def anchor_of(seal: JournalEntry) -> Anchor:
    """The anchor a seal is: the entry before it, with the day and the signature."""
    return Anchor(seal.position - 1, seal.previous, seal.subject, _bytes(seal.details.get("signature", "")))


class Seals:
    """Watches the seals of a journal go by, from its first entry on.

    From the first seal on no day may end without one. `root` is the platform's root key, which stands behind the
    statement of every device key this terminal ever had.
    """

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._day: date | None = None
        self._sealed = False

    def watch(self, entry: JournalEntry) -> None:
        """Look at the next entry, whose place in the chain was checked.

        Raises:
            KioskError: `JOURNAL_BROKEN` with reason `seal` where one is not genuine, `unsealed` where one is missing.
        """
        today = shanghai_day(entry.at)
        if entry.act == SEALED:
            self._check(entry)
            self._sealed = True
        elif self._sealed and today != self._day:
            raise KioskError(Failure.JOURNAL_BROKEN, position=entry.position, reason="unsealed")
        self._day = today

    def _check(self, seal: JournalEntry) -> None:
        anchor = anchor_of(seal)
        try:
            key = read_device_statement(self._root, _bytes(seal.details.get("statement", ""))).device_key
        except KioskError as error:
            raise KioskError(Failure.JOURNAL_BROKEN, position=seal.position, reason="seal") from error
        covered = sealed_bytes((anchor.position, anchor.digest), anchor.day)
        if not signing.verify(key, _SIGNING, covered, anchor.signature):
            raise KioskError(Failure.JOURNAL_BROKEN, position=seal.position, reason="seal")


def seal_is_genuine(anchor: Anchor, device_public: bytes) -> bool:
    """Whether the holder of this device key signed the anchor's day."""
    covered = sealed_bytes((anchor.position, anchor.digest), anchor.day)
    return signing.verify(device_public, _SIGNING, covered, anchor.signature)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
