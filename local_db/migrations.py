"""The only DDL. Each migration runs once, in order; `local_db/schema.sql` shows what they add up to.

`PRAGMA user_version` says how many have run: a file from a newer program is refused before anything is written.
Instants are microseconds since 1970 UTC (`local_db.columns`).
"""

from typing import Final

from local_db.driver import Database, Migrations
from local_db.schema_0001 import DRAFTS_AND_FILES, LEDGERS, SENDING
from local_db.schema_0002 import HELD_MATERIALS
from local_db.schema_0003 import CONTENT_MARKS
from local_db.schema_0004 import OTHER_VERSIONS
from local_db.schema_0005 import POSTINGS
from local_db.schema_0006 import ARRANGEMENTS
from local_db.schema_0007 import PEOPLE
from local_db.schema_0008 import PACKAGE_PARTS
from local_db.schema_0009 import FEEDBACK, KINDS, KINDS_BEFORE
from local_db.schema_0010 import PAST_JOURNAL

SCHEMA_VERSION: Final = 10

migrations = Migrations("jinban")


@migrations()
def m0001_foundation(db: Database) -> None:
    """Drafts and their files, cases and their way to the platform, the ledgers beside them."""
    for script in (DRAFTS_AND_FILES, SENDING, LEDGERS):
        db.executescript(script)


@migrations()
def m0002_held_materials(db: Database) -> None:
    """What was handed in before and need not be handed in again."""
    db.executescript(HELD_MATERIALS)


@migrations()
def m0003_content_marks(db: Database) -> None:
    """The same page again."""
    db.executescript(CONTENT_MARKS)


@migrations()
def m0004_other_versions(db: Database) -> None:
    """What a difference between two catalogues starts from."""
    db.executescript(OTHER_VERSIONS)


@migrations()
def m0005_postings(db: Database) -> None:
    """What the platform posts for everybody."""
    db.executescript(POSTINGS)


@migrations()
def m0006_arrangements(db: Database) -> None:
    """What was chosen for after a case is handed in."""
    db.executescript(ARRANGEMENTS)


@migrations()
def m0007_people(db: Database) -> None:
    """Accounts that end, what they leave half done, and who took a case."""
    db.executescript(PEOPLE)


@migrations()
def m0008_package_parts(db: Database) -> None:
    """A catalogue package on its way."""
    db.executescript(PACKAGE_PARTS)


@migrations()
def m0009_feedback(db: Database) -> None:
    """Guides said to be wrong, complaints and suggestions, and their kind of event."""
    db.executescript(FEEDBACK)
    _allow_kind(db, KINDS_BEFORE, KINDS)


@migrations()
def m0010_past_journal(db: Database) -> None:
    """Journals that came from elsewhere."""
    db.executescript(PAST_JOURNAL)


def _allow_kind(db: Database, before: str, after: str) -> None:
    """Widen the check on the outbox's kinds, by the way SQLite describes for checks that no stored row can break.

    The usual way, a new table in place of the old, would drop a table other tables point at.
    """
    (version,) = db.execute("PRAGMA schema_version").fetchone()
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'outbox'", (before, after))
    db.execute(f"PRAGMA schema_version = {version + 1}")
    db.execute("PRAGMA writable_schema = RESET")


def migrate(db: Database) -> None:
    """Bring the schema up to this program's version; the caller holds a write transaction."""
    migrations.apply(db)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def schema_text(db: Database) -> str:
    """The schema as SQLite has it, for `local_db/schema.sql`."""
    rows = db.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"
        " AND tbl_name NOT LIKE '_sqlite_%' ORDER BY rowid"
    )
    head = f"-- Drawn from local_db/migrations.py by `python -m local_db.schema`; user_version = {SCHEMA_VERSION}.\n"
    return head + "".join(f"\n{sql};\n" for (sql,) in rows)
