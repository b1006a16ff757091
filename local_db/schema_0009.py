"""The changes of migration 9, as SQL. Never changed after release."""

from typing import Final

FEEDBACK: Final = """
CREATE TABLE feedback (
    -- guides said to be wrong, complaints, suggestions: what was written went up sealed and is not here;
    -- code_tag stands for the query code on the slip, owner for the card that was tapped, if any
    number TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    item_name TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    code_tag BLOB NOT NULL,
    owner BLOB,
    sequence INTEGER NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    answered_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_of_feedback ON outbox (submission_no) WHERE kind = 'feedback';
CREATE INDEX feedback_by_owner ON feedback (owner) WHERE owner IS NOT NULL;
"""

KINDS_BEFORE: Final = "CHECK (kind IN ('case', 'amendment', 'rating'))"
KINDS: Final = "CHECK (kind IN ('case', 'amendment', 'rating', 'feedback'))"
