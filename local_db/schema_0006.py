"""The table of migration 6, as SQL. Never changed after release."""

from typing import Final

ARRANGEMENTS: Final = """
CREATE TABLE arrangements (
    -- delivery, appointment and fee of a case: as chosen here, then as the platform says; JSON of
    -- kiosk.model.afterwards.Arranged, which names nobody
    submission_no TEXT PRIMARY KEY REFERENCES cases,
    arranged BLOB NOT NULL
) STRICT, WITHOUT ROWID;
"""
