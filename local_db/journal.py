"""The journal: append-only rows (triggers refuse anything else), chained by `kiosk.journal`."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final

import msgspec

from kiosk import journal as chain
from kiosk.calendar import shanghai_day
from kiosk.failure import Failure, KioskError
from kiosk.model.terminal import JournalEntry
from local_db import pastjournal
from local_db.connection import Connection, Row

_RUN: Final = 1000
_TOLD: Final = "journal.told"
_MOST_TOLD: Final = 64
_COLUMNS: Final = "position, at, act, subject, actor, details, previous, digest"

Sealing = Callable[[chain.Head, date], dict[str, str] | None]


class Journal:
    """See `kiosk.ports.Journal`. Entries hold numbers and ids; nothing personal may be handed in.

    Days are sealed and seals checked from the enrolment on. An entry made under a clock that cannot be believed says
    so.
    """

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._seal: Sealing = lambda _head, _day: None
        self._root: Callable[[], bytes | None] = lambda: None

    def seal_with(self, seal: Sealing, root: Callable[[], bytes | None]) -> None:
        """Who signs, and the platform's root key; told once, when the store is put together."""
        self._seal, self._root = seal, root

    def append(self, act: str, subject: str, actor: str, details: dict[str, str] | None = None) -> None:
        """Write one entry, in the running transaction when there is one; the first of a day seals what went before."""
        with self._db.write_tx():
            now = self._db.now()
            self._close_day(now)
            unsure = {} if self._db.clock.trusted() else {"clock": "unsure"}
            self._write(now, act, subject, actor, {**(details or {}), **unsure})

    def _close_day(self, now: datetime) -> None:
        row = self._db.row("SELECT position, digest, at FROM journal ORDER BY position DESC LIMIT 1")
        if row is None:
            return
        day = shanghai_day(_instant(row[2], row[0]))
        if day == shanghai_day(now):
            return
        details = self._seal((row[0], row[1]), day)
        if details is not None:
            self._write(now, chain.SEALED, day.isoformat(), "terminal", details)

    def _write(self, now: datetime, act: str, subject: str, actor: str, details: dict[str, str] | None) -> None:
        # The counter, not the last row, says where we are: a cut-off tail stays visible as a gap.
        position = self._db.next_number("journal")
        entry = chain.following((position - 1, self.head()[1]), now, act, subject, actor, details)
        self._db.run(
            f"INSERT INTO journal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 -- our own columns
            (
                entry.position,
                chain.instant(entry.at),
                entry.act,
                entry.subject,
                entry.actor,
                msgspec.json.encode(entry.details).decode(),
                entry.previous,
                entry.digest,
            ),
        )

    def head(self) -> chain.Head:
        """Position and digest of the newest entry; `kiosk.journal.GENESIS` before the first."""
        row = self._db.row("SELECT position, digest FROM journal ORDER BY position DESC LIMIT 1")
        return (row[0], row[1]) if row else chain.GENESIS

    def entries(self, after: int = 0, limit: int = 1000) -> tuple[JournalEntry, ...]:
        """Entries behind a position, oldest first.

        Raises:
            KioskError: `JOURNAL_BROKEN` when a row cannot even be read as an entry.
        """
        return self._entries("position > ? ORDER BY position LIMIT ?", (after, limit))

    def _entries(self, which: str, parameters: tuple[object, ...]) -> tuple[JournalEntry, ...]:
        query = f"SELECT {_COLUMNS} FROM journal WHERE {which}"  # noqa: S608 -- our own columns and conditions
        return tuple(read_entry(row) for row in self._db.rows(query, parameters))

    def verify(self, anchors: Iterable[chain.Anchor] = ()) -> chain.Head:
        """Check the whole chain up to its newest entry, and its seals; return its head.

        Besides `anchors` the chain is held against what this terminal has told the platform of it. Chains that came
        from elsewhere are checked as well.

        Raises:
            KioskError: `JOURNAL_BROKEN` with position and reason, for a removed, changed, moved or cut-off entry.
        """
        wanted = {anchor.position: anchor.digest for anchor in (*self._told(), *anchors)}
        root = self._root()
        seals = None if root is None else chain.Seals(root)
        head = chain.GENESIS
        while run := self.entries(head[0], _RUN):
            head = chain.verify(run, head)
            for entry in run:
                if wanted.pop(entry.position, entry.digest) != entry.digest:
                    raise KioskError(Failure.JOURNAL_BROKEN, position=entry.position, reason="anchor")
                if seals is not None:
                    seals.watch(entry)
        if head[0] != self._db.number("journal"):
            raise KioskError(Failure.JOURNAL_BROKEN, position=head[0] + 1, reason="order")
        lost = [position for position in wanted if position > 0]
        if lost:
            raise KioskError(Failure.JOURNAL_BROKEN, position=min(lost), reason="anchor")
        pastjournal.verify(self._db, root, read_entry)
        return head

    def anchors(self) -> tuple[chain.Anchor, ...]:
        """What the platform may hold against what it knows: the journal as it is where it was told of, and its seals.

        Not the digests that were told, but those that stand there now: the platform remembers what it was told.
        """
        told = [anchor.position for anchor in self._told()]
        found = [chain.Anchor(place, self._digest_at(place)) for place in told if place > 0]
        since = min(told, default=0)
        seals = self._entries(
            "position > ? AND act = ? ORDER BY position DESC LIMIT ?", (since, chain.SEALED, chain.MOST_SEALS)
        )
        return (*found, *(chain.anchor_of(seal) for seal in reversed(seals)))

    def tell(self) -> chain.Head:
        """The head, remembered as told to the platform, whether or not that arrives."""
        with self._db.write_tx():
            head, told = self.head(), list(self._told())
            if not told or told[-1].position != head[0]:
                # The oldest is the one the platform surely has; of what may have got lost the newest count.
                self._remember([*told[:1], *[*told[1:], chain.Anchor(*head)][1 - _MOST_TOLD :]])
        return head

    def begin_epoch(self) -> None:
        """Another device key signs from here on: the platform is shown nothing of what the one before sealed."""
        with self._db.write_tx():
            self._remember([chain.Anchor(*self.head())])

    def told(self, position: int) -> None:
        """The platform has answered to this position: what was told before it need not be shown again."""
        with self._db.write_tx():
            told = self._told()
            kept = [anchor for anchor in told if anchor.position >= position]
            if len(kept) != len(told):
                self._remember(kept)

    def _told(self) -> tuple[chain.Anchor, ...]:
        row = self._db.row("SELECT value FROM settings WHERE name = ?", (_TOLD,))
        try:
            return msgspec.msgpack.decode(row[0], type=tuple[chain.Anchor, ...]) if row else ()
        except msgspec.DecodeError as error:
            raise KioskError(Failure.JOURNAL_BROKEN, position=0, reason="anchor") from error

    def _remember(self, told: list[chain.Anchor]) -> None:
        self._db.upsert("settings", "name", {"name": _TOLD, "value": msgspec.msgpack.encode(told)})

    def _digest_at(self, position: int) -> str:
        row = self._db.row("SELECT digest FROM journal WHERE position = ?", (position,))
        return row[0] if row else ""


def _instant(text: str, position: int) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise KioskError(Failure.JOURNAL_BROKEN, position=position, reason="digest") from error


def read_entry(row: Row) -> JournalEntry:
    """An entry out of its columns, in the order of `local_db.pastjournal.COLUMNS`.

    Raises:
        KioskError: `JOURNAL_BROKEN` when it cannot be one.
    """
    position, at, act, subject, actor, details, previous, digest = row
    try:
        parsed = msgspec.json.decode(details, type=dict[str, str])
        moment = datetime.fromisoformat(at)
    except (ValueError, msgspec.DecodeError) as error:
        raise KioskError(Failure.JOURNAL_BROKEN, position=position, reason="digest") from error
    if (chain.instant(moment), msgspec.json.encode(parsed).decode()) != (at, details):
        # It means the same and is not what was written: somebody touched it.
        raise KioskError(Failure.JOURNAL_BROKEN, position=position, reason="digest")
    return JournalEntry(position, moment, act, subject, actor, parsed, previous, digest)
