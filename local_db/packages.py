"""A catalogue package on its way, kept piece by piece, so that a line that breaks costs one piece."""

from local_db.connection import Connection


class Packages:
    """See `kiosk.ports.Packages`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def begun(self) -> tuple[str, int]:
        """Hash of the whole, in hex, of the package that was begun, and how many first bytes of it are here."""
        rows = self._db.rows("SELECT digest, start + length(data) FROM shelf_parts ORDER BY start DESC LIMIT 1")
        return (rows[0][0].hex(), rows[0][1]) if rows else ("", 0)

    def add(self, digest: str, start: int, data: bytes) -> int:
        """Keep a piece; one of another package begins anew, one that leaves a gap is none. How many bytes are here."""
        with self._db.write_tx():
            held, have = self.begun()
            if held != digest:
                self._db.run("DELETE FROM shelf_parts")
                have = 0
            if start != have or not data:
                return have
            self._db.run(
                "INSERT INTO shelf_parts (start, digest, data) VALUES (?, ?, ?)", (start, bytes.fromhex(digest), data)
            )
        return have + len(data)

    def whole(self) -> bytes:
        """What was kept, joined."""
        return b"".join(row[0] for row in self._db.rows("SELECT data FROM shelf_parts ORDER BY start"))

    def drop(self) -> None:
        """Let go of what was kept."""
        with self._db.write_tx():
            self._db.run("DELETE FROM shelf_parts")
