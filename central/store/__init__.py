"""The platform's database: SQLAlchemy Core over SQLite, one file per aggregate, every write one short transaction."""
