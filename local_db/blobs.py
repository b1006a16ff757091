"""Sealed pages: one file and one row each, the file durable before the row says that it counts."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Final

from kiosk.clock import RELEASED
from kiosk.failure import Failure, KioskError
from kiosk.model.case import BlobRef
from kiosk.ports import SealedBlob, SealedMaterial
from local_db.blobfiles import BlobFiles
from local_db.columns import DAY, HOUR, digest_bytes, ticks
from local_db.connection import Connection, Row

_GRACE: Final = HOUR
"""A write that began longer ago than this is not going on any more."""

_FORGOTTEN: Final = 30 * DAY
"""A draft page no draft has named for so long was left by a crash between the page and its draft."""

Owned = tuple[int, bytes]
"""Row id and digest of a blob."""


class Blobs:
    """See `kiosk.ports.Blobs`.

    A file that nothing names (being written, kept a moment ago, or to be deleted) stands in `loose_files`, so that
    whatever a crash leaves is found at the next opening without listing the folder, however many files lie there.
    """

    def __init__(self, connection: Connection, files: BlobFiles) -> None:
        self._db = connection
        self._files = files

    def keep(self, blob: SealedBlob) -> BlobRef:
        """Make one sealed file durable and own it; the same bytes again only renew their wraps.

        Raises:
            KioskError: `STORE_FULL` and others; nothing is left behind.
        """
        digest = hashlib.sha256(blob.data).digest()
        ref = BlobRef(digest.hex(), len(blob.data), blob.extension)
        if self._renew(digest, blob):
            return ref
        while True:
            with self._db.write_tx():
                self._loosen(digest)
            self._files.write(digest, blob.data)
            with self._db.write_tx():
                # Gone when another process took this for a leftover, because the clock jumped: write it again.
                if self._db.row("SELECT 1 FROM loose_files WHERE digest = ?", (digest,)):
                    self._insert(digest, blob)
                    return ref

    def read(self, digest: str) -> bytes:
        """The sealed bytes, checked against their name.

        Raises:
            KioskError: `BLOB_DAMAGED`.
        """
        return self._files.read(digest_bytes(digest))

    def draft_wrap(self, digest: str) -> bytes:
        """The content key under the draft key.

        Raises:
            KioskError: `DRAFT_LOCKED` after submission, `BLOB_DAMAGED` when there is no such page.
        """
        wrap: bytes | None = self._owned(digest)[1]
        if wrap is None:
            raise KioskError(Failure.DRAFT_LOCKED, reason="submitted")
        return wrap

    def platform_wrap(self, digest: str) -> bytes:
        """The content key for the platform.

        Raises:
            KioskError: `BLOB_DAMAGED` when there is no such page.
        """
        wrap: bytes = self._owned(digest)[0]
        return wrap

    def twin(self, digest: str) -> BlobRef | None:
        """An older sealed file of the same content that an event holds here; None where there is none."""
        row = self._db.row(
            "SELECT twin.digest, twin.size, twin.extension FROM blobs own JOIN blobs twin ON twin.mark = own.mark"
            " WHERE own.digest = ? AND twin.id < own.id AND twin.uses > 0 AND twin.extension = own.extension"
            " ORDER BY twin.id LIMIT 1",
            (digest_bytes(digest),),
        )
        return None if row is None else BlobRef(row[0].hex(), row[1], row[2])

    def discard(self, digests: Iterable[str]) -> None:
        """Delete pages that nothing but one draft holds; unknown ones are gone already."""
        with self._db.write_tx():
            for digest in digests:
                found = self._db.row(
                    "SELECT id, (SELECT count(*) FROM draft_blobs WHERE blob = b.id) FROM blobs b WHERE digest = ?",
                    (digest_bytes(digest),),
                )
                if found and found[1] <= 1:
                    self._db.run("DELETE FROM draft_blobs WHERE blob = ?", (found[0],))
                    self.drop_unheld([(found[0], digest_bytes(digest))])

    def name(self, case_id: str, digests: Iterable[str]) -> None:
        """Write down which pages a draft holds, inside the transaction that saves it."""
        held = [digest_bytes(digest) for digest in digests]
        before = self.unname(case_id)
        self._db.run_many(
            "INSERT OR IGNORE INTO draft_blobs (case_id, blob) SELECT ?, id FROM blobs WHERE digest = ?",
            [(case_id, digest) for digest in held],
        )
        self._fasten(held)
        for _, digest in before:
            if digest not in held:
                self._loosen(digest)

    def unname(self, case_id: str) -> list[Owned]:
        """Take a draft's names off inside the transaction that ends it; those of its pages no event holds."""
        left = self._db.rows(
            "SELECT b.id, b.digest FROM draft_blobs d JOIN blobs b ON b.id = d.blob WHERE d.case_id = ? AND b.uses = 0",
            (case_id,),
        )
        self._db.run("DELETE FROM draft_blobs WHERE case_id = ?", (case_id,))
        return [(row[0], row[1]) for row in left]

    def drop_unheld(self, blobs: Iterable[Owned]) -> None:
        """Delete those that neither an event nor a draft holds: rows now, files once that is durable."""
        for blob, digest in blobs:
            gone = self._db.run(
                "DELETE FROM blobs WHERE id = ? AND uses = 0"
                " AND NOT EXISTS (SELECT 1 FROM draft_blobs WHERE blob = blobs.id)",
                (blob,),
            )
            if gone:
                self._loosen(digest)
                self._db.after_commit(partial(self._delete_file, digest))

    def hand_over(self, materials: Iterable[SealedMaterial]) -> list[Owned]:
        """Let an event hold its pages inside the transaction that submits it; their draft wraps go.

        Raises:
            KioskError: `BLOB_DAMAGED` when a page is not here whole: a case never goes out without its pages.
        """
        held = [(self._take_over(material), digest_bytes(material.digest)) for material in materials]
        self._fasten([digest for _, digest in held])
        return held

    def let_go(self, blobs: Iterable[Owned]) -> None:
        """An event holds these no longer; what nobody holds is deleted."""
        for blob, digest in blobs:
            self._db.run("UPDATE blobs SET uses = uses - 1 WHERE id = ?", (blob,))
            self.drop_unheld([(blob, digest)])

    def sweep(self, now: datetime) -> int:
        """Delete what crashes left, when it is old enough; how many files. Cheap when there is nothing."""
        if not (self._torn(now) or self._forgotten(now)):
            return 0
        with self._db.write_tx():
            self.drop_unheld(self._forgotten(now))
            # Inside the transaction: whoever still writes one of these must find the name gone or the file there.
            deleted = [(digest,) for digest in self._torn(now) if self._files.delete(digest)]
            self._db.run_many("DELETE FROM loose_files WHERE digest = ?", deleted)
        return len(deleted)

    def lies_there(self, digest: str) -> bool:
        """Whether the file, or what an interrupted write left of it, still has a name."""
        return self._files.lies_there(digest_bytes(digest))

    def refused(self) -> int:
        """How many files were to be deleted an hour ago or longer and still lie there."""
        return sum(self._files.lies_there(digest) for digest in self._torn(self._db.now()))

    def _take_over(self, material: SealedMaterial) -> int:
        digest = digest_bytes(material.digest)
        self._files.demand(digest, material.size)
        held = self._db.change(
            "UPDATE blobs SET draft_wrap = NULL, uses = uses + 1 WHERE digest = ? AND size = ? RETURNING id",
            (digest, material.size),
        )
        if held is None:
            raise KioskError(Failure.BLOB_DAMAGED, reason="missing")
        return int(held[0])

    def _torn(self, now: datetime) -> list[bytes]:
        """Files without a row, whose write or deletion is not going on any more."""
        # A name from the future was written under a clock that was wrong.
        rows = self._db.rows(
            "SELECT digest FROM loose_files l WHERE since NOT BETWEEN ? AND ?"
            " AND NOT EXISTS (SELECT 1 FROM blobs WHERE digest = l.digest)",
            (ticks(now) - _GRACE, ticks(now) + _GRACE),
        )
        return [digest for (digest,) in rows]

    def _forgotten(self, now: datetime) -> list[Owned]:
        """Old pages that nothing names. A clock that is plainly wrong, then or now, makes nothing old."""
        if now < RELEASED:
            return []
        rows = self._db.rows(
            "SELECT b.id, b.digest FROM loose_files l JOIN blobs b ON b.digest = l.digest WHERE since BETWEEN ? AND ?",
            (ticks(RELEASED), ticks(now) - _FORGOTTEN),
        )
        return [(row[0], row[1]) for row in rows]

    def _renew(self, digest: bytes, blob: SealedBlob) -> bool:
        if not self._db.row("SELECT 1 FROM blobs WHERE digest = ?", (digest,)):
            return False
        with self._db.write_tx():
            renewed = self._db.run(
                "UPDATE blobs SET platform_wrap = ?, draft_wrap = ? WHERE digest = ?",
                (blob.platform_wrap, blob.draft_wrap, digest),
            )
        return bool(renewed)

    def _insert(self, digest: bytes, blob: SealedBlob) -> None:
        self._db.run(
            "INSERT INTO blobs (digest, size, extension, platform_wrap, draft_wrap, mark) VALUES (?, ?, ?, ?, ?, ?)",
            (digest, len(blob.data), blob.extension, blob.platform_wrap, blob.draft_wrap, blob.mark),
        )

    def _loosen(self, digest: bytes) -> None:
        self._db.run(
            "INSERT INTO loose_files (digest, since) VALUES (?, ?) ON CONFLICT DO UPDATE SET since = excluded.since",
            (digest, ticks(self._db.now())),
        )

    def _fasten(self, digests: Iterable[bytes]) -> None:
        """A draft or an event names these now."""
        self._db.run_many("DELETE FROM loose_files WHERE digest = ?", [(digest,) for digest in digests])

    def _delete_file(self, digest: bytes) -> None:
        # The name stays in loose_files: a later opening forgets it, and tries again where this failed.
        self._files.delete(digest)

    def _owned(self, digest: str) -> Row:
        found = self._db.row("SELECT platform_wrap, draft_wrap FROM blobs WHERE digest = ?", (digest_bytes(digest),))
        if found is None:
            raise KioskError(Failure.BLOB_DAMAGED, reason="missing")
        return found
