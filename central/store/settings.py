"""Small facts of the platform and its counters."""

from sqlalchemy import Connection, insert, select, update

from central.store.schema import counter, setting


def get(connection: Connection, name: str) -> bytes | None:
    """A fact, if it was ever put."""
    value: bytes | None = connection.execute(select(setting.c.value).where(setting.c.name == name)).scalar()
    return value


def put_once(connection: Connection, name: str, value: bytes) -> bytes:
    """The fact as it stands: what was there before, else `value`, now put."""
    before = get(connection, name)
    if before is not None:
        return before
    connection.execute(insert(setting).values(name=name, value=value))
    return value


def put(connection: Connection, name: str, value: bytes) -> None:
    """Put the fact in place of what was there before."""
    if not connection.execute(update(setting).where(setting.c.name == name).values(value=value)).rowcount:
        connection.execute(insert(setting).values(name=name, value=value))


def count_up(connection: Connection, name: str) -> int:
    """The next number of a counter, from 1; gone only with its transaction."""
    found = connection.execute(
        update(counter).where(counter.c.name == name).values(value=counter.c.value + 1).returning(counter.c.value)
    ).scalar()
    if found is not None:
        return int(found)
    connection.execute(insert(counter).values(name=name, value=1))
    return 1
