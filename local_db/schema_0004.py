"""The change of migration 4, as SQL. Never changed after release."""

from typing import Final

OTHER_VERSIONS: Final = """
ALTER TABLE shelf_head ADD COLUMN
    -- versions of items that stand in the catalogue and are not offered; NULL: put on the shelf before they were noted
    others BLOB;
"""
