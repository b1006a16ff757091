"""Draw `local_db/schema.sql` from the migrations: `python -m local_db.schema`."""

from pathlib import Path
from typing import Final

from local_db.driver import in_memory
from local_db.migrations import migrate, schema_text

FILE: Final = Path(__file__).with_name("schema.sql")


def drawn() -> str:
    """The schema all migrations add up to."""
    db = in_memory()
    try:
        migrate(db)
        return schema_text(db)
    finally:
        db.close()


if __name__ == "__main__":
    FILE.write_text(drawn(), encoding="utf-8")
