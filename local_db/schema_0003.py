"""The change of migration 3, as SQL. Never changed after release."""

from typing import Final

CONTENT_MARKS: Final = """
ALTER TABLE blobs ADD COLUMN
    -- tag of what is inside, so that the same page handed in again need not go up again
    mark BLOB;
CREATE INDEX blobs_by_mark ON blobs (mark) WHERE mark IS NOT NULL;
"""
