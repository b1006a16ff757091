"""Published catalogue packages. A version is never changed once it is out, and versions only rise."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select

from central.store.schema import catalogue


class CatalogueRow(NamedTuple):
    """One published catalogue; `digest` is the hash of the whole."""

    version: int
    digest: bytes
    issued_at: datetime
    items: int


def newest(connection: Connection) -> int:
    """The version in force, 0 before the first."""
    return int(connection.execute(select(func.max(catalogue.c.version))).scalar() or 0)


def head(connection: Connection, version: int) -> CatalogueRow | None:
    """What one package is."""
    columns = (catalogue.c.version, catalogue.c.digest, catalogue.c.issued_at, catalogue.c.item_count)
    row = connection.execute(select(*columns).where(catalogue.c.version == version)).first()
    return None if row is None else CatalogueRow(*row)


def package(connection: Connection, version: int) -> bytes | None:
    """One package."""
    data: bytes | None = connection.execute(select(catalogue.c.package).where(catalogue.c.version == version)).scalar()
    return data


def add(connection: Connection, version: int, digest: bytes, issued_at: datetime, items: int, package: bytes) -> None:
    """Publish."""
    connection.execute(
        insert(catalogue).values(version=version, digest=digest, issued_at=issued_at, item_count=items, package=package)
    )
