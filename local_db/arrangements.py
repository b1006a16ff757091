"""Delivery, appointment and fee of cases: as chosen here, then as the platform says."""

import msgspec

from kiosk.model.afterwards import Arranged
from local_db.connection import Connection


def write_arranged(connection: Connection, submission_no: str, arranged: Arranged | None) -> None:
    """Keep what is arranged; None leaves what was known before. The caller holds the transaction."""
    if arranged is not None:
        connection.run(
            "INSERT OR REPLACE INTO arrangements (submission_no, arranged) VALUES (?, ?)",
            (submission_no, msgspec.json.encode(arranged)),
        )


def read_arranged(connection: Connection, submission_no: str) -> Arranged | None:
    """What is known of it, None where nothing is arranged."""
    row = connection.row("SELECT arranged FROM arrangements WHERE submission_no = ?", (submission_no,))
    return msgspec.json.decode(row[0], type=Arranged) if row else None
