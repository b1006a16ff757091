"""Every value of a database as it lies there once it is opened, for whoever checks what it tells."""

from collections.abc import Iterator

from local_db.connection import Connection

_ROWS = 500


def contents(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """`table.column` and the value as bytes, texts in UTF-8; numbers are left out."""
    tables = connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (table,) in tables:
        columns = [row[1] for row in connection.rows(f'PRAGMA table_info("{table}")')]
        for start in range(0, connection.rows(f'SELECT count(*) FROM "{table}"')[0][0], _ROWS):  # noqa: S608 -- our own
            for row in connection.rows(f'SELECT * FROM "{table}" LIMIT ? OFFSET ?', (_ROWS, start)):  # noqa: S608 -- same
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, str):
                        yield f"{table}.{column}", value.encode()
                    elif isinstance(value, bytes):
                        yield f"{table}.{column}", value
