"""The table of migration 2, as SQL. Never changed after release."""

from typing import Final

HELD_MATERIALS: Final = """
CREATE TABLE held_materials (
    -- what a person handed in here before and need not hand in again, newest of its kind; owner and member are tags
    -- (member is empty where the material is of the applicant), kind says what it is across items
    owner BLOB NOT NULL,
    member BLOB NOT NULL,
    kind TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES outbox,
    material_id TEXT NOT NULL,
    member_ref TEXT,
    collected_at INTEGER NOT NULL,
    PRIMARY KEY (owner, member, kind)
) STRICT, WITHOUT ROWID;
"""
