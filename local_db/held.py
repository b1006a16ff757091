"""Materials handed in before whose sealed pages are still here, so that they need not be handed in again."""

from collections.abc import Iterable

from kiosk.model.case import BlobRef, HeldMaterial
from kiosk.model.reuse import ReusableMark
from local_db.columns import moment, ticks
from local_db.connection import Connection


class Held:
    """What `kiosk.ports.Cases` remembers of reusable materials. Pages that are gone from here are no hit."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def note(self, seq: int, marks: Iterable[ReusableMark]) -> None:
        """Remember materials of the event `seq`, inside the transaction that submits it; newer ones take over."""
        self._db.run_many(
            "INSERT INTO held_materials (owner, member, kind, seq, material_id, member_ref, collected_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq,"
            " material_id = excluded.material_id, member_ref = excluded.member_ref,"
            " collected_at = excluded.collected_at",
            [
                (one.owner, one.member, one.kind, seq, one.material_id, one.member_ref, ticks(one.collected_at))
                for one in marks
            ],
        )

    def find(self, owner: bytes, member: bytes, kind: str) -> HeldMaterial | None:
        """The newest of this kind, if every page of it is still here."""
        row = self._db.row(
            "SELECT h.seq, h.material_id, h.member_ref, h.collected_at, o.submission_no, c.item_name"
            " FROM held_materials h JOIN outbox o ON o.seq = h.seq JOIN cases c ON c.submission_no = o.submission_no"
            " WHERE h.owner = ? AND h.member = ? AND h.kind = ?",
            (owner, member, kind),
        )
        if row is None:
            return None
        seq, material_id, member_ref, collected_at, number, item_name = row
        pages = self._db.rows(
            "SELECT m.digest, m.size, m.extension, b.id FROM outbox_materials m"
            " LEFT JOIN blobs b ON b.digest = m.digest"
            " WHERE m.seq = ? AND m.material_id = ? AND m.member IS ? ORDER BY m.file_index",
            (seq, material_id, member_ref),
        )
        if not pages or any(page[3] is None for page in pages):
            return None
        files = tuple(BlobRef(digest.hex(), size, extension) for digest, size, extension, _ in pages)
        return HeldMaterial(number, item_name, moment(collected_at), files)
