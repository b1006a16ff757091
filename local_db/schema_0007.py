"""The change of migration 7, as SQL. Never changed after release."""

from typing import Final

PEOPLE: Final = """
ALTER TABLE staff ADD COLUMN
    -- active, disabled or removed; a removed account stays as a row, so that its id keeps its meaning
    state TEXT NOT NULL DEFAULT 'active';
ALTER TABLE staff ADD COLUMN
    -- the private half of the supervisors' release key, wrapped under this supervisor's login
    release_wrap BLOB;
ALTER TABLE drafts ADD COLUMN
    -- the draft's key sealed to the release key
    release_wrap BLOB;
ALTER TABLE drafts ADD COLUMN
    -- whose account left it and why (disabled, removed, new_pin); NULL: its owner may go on with it
    parked_of TEXT;
ALTER TABLE drafts ADD COLUMN parked_why TEXT;
ALTER TABLE cases ADD COLUMN
    -- the operator who took it, empty where a resident did it alone
    taken_by TEXT NOT NULL DEFAULT '';
UPDATE cases SET taken_by = coalesce(
    (SELECT CASE WHEN actor IN ('terminal', 'staff', 'apply') THEN '' ELSE actor END FROM journal
     WHERE act = 'case.submitted' AND subject = cases.submission_no ORDER BY position LIMIT 1), '');
CREATE INDEX cases_by_taker ON cases (taken_by, submitted_at);
"""
