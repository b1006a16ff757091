"""The change of migration 8, as SQL. Never changed after release."""

from typing import Final

PACKAGE_PARTS: Final = """
CREATE TABLE shelf_parts (
    -- a catalogue package on its way: pieces from the first byte on, of the package with this hash of the whole
    start INTEGER PRIMARY KEY,
    digest BLOB NOT NULL,
    data BLOB NOT NULL
) STRICT;
"""
