"""Migration 10: journals that came from elsewhere."""

from typing import Final

PAST_JOURNAL: Final = """
CREATE TABLE past_journal (
    -- chains this terminal did not write itself: of a machine it was rescued from, or of a database that was damaged;
    -- origin is terminal, epoch and the beginning of the first digest
    origin TEXT NOT NULL,
    position INTEGER NOT NULL,
    at TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    details TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (origin, position)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER past_journal_never_changes BEFORE UPDATE ON past_journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER past_journal_never_shrinks BEFORE DELETE ON past_journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
