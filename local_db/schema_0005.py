"""The table of migration 5, as SQL. Never changed after release."""

from typing import Final

POSTINGS: Final = """
CREATE TABLE postings (
    -- what the platform posted for everybody, the newest under each name of a topic; gone ones stay, without content,
    -- so that an earlier one that comes late does not bring them back
    topic TEXT NOT NULL,
    name TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    posted_at INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (topic, name)
) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('board.cursor', 0);
"""
