"""Rows out of the whole pages of a damaged database, without the help of SQLite, which gives up at the first bad page.

Trees are followed from the schema down. What cannot be reached because a page above it is damaged is told by its
shape: a page whose rows fit one of the damaged tables and nothing else belongs to that table.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from local_db.cells import BY_NUMBER, INNER, LEAVES, Cell, Values, cells, children, kind_of
from local_db.driver import Database, in_memory
from local_db.migrations import migrate
from local_db.pages import Pages

_TYPES: Final = {"TEXT": str, "INTEGER": int, "BLOB": bytes}
_SCHEMA: Final = "sqlite_schema"
_SCHEMA_COLUMNS: Final = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column as rows have it: `default` is what rows older than the column lack."""

    name: str
    type: type
    required: bool
    default: object

    def takes(self, value: object) -> bool:
        """Whether a row may have this value."""
        return isinstance(value, self.type) or (value is None and not self.required)


@dataclass(frozen=True, slots=True)
class Shape:
    """The rows of one table, or of an index. `key` is the column that the row's number stands for."""

    name: str
    table: bool
    by_number: bool
    columns: tuple[Column, ...]
    key: str | None = None

    def fits(self, values: Values) -> bool:
        """Whether a row could be one of these."""
        younger = self.columns[len(values) :]
        return (
            len(values) <= len(self.columns)
            and all(not one.required or one.default is not None for one in younger)
            and all(one.takes(value) for one, value in zip(self.columns, values, strict=False))
        )

    def row(self, cell: Cell) -> dict[str, Any]:
        """A row by its columns' names."""
        names = [one.name for one in self.columns]
        younger = [one.default for one in self.columns[len(cell.values) :]]
        row = dict(zip(names, (*cell.values, *younger), strict=True))
        return row if self.key is None else {**row, self.key: cell.number}


@dataclass(slots=True)
class Carved:
    """Everything that could be read.

    `damaged` names tables and indexes that lack something, `stray` counts pages with rows that fit none or several.
    """

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    stray: int = 0

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table that are whole."""
        return self.tables.get(table, [])


def carve(pages: Pages) -> Carved:
    """Every row in every whole page."""
    return _Carving(pages).run()


@cache
def shapes() -> dict[str, Shape]:
    """Tables and indexes of this program's schema, by name."""
    db = in_memory()
    try:
        migrate(db)
        found = db.execute(
            f"SELECT type, name, tbl_name, sql FROM {_SCHEMA} WHERE type IN ('table', 'index')"  # noqa: S608
        ).fetchall()
        return {name: _shape(db, kind == "table", name, table, sql or "") for kind, name, table, sql in found}
    finally:
        db.close()


def _shape(db: Database, is_table: bool, name: str, table: str, sql: str) -> Shape:  # noqa: FBT001 -- a kind, asked once
    info = {row[1]: row for row in db.execute(f"PRAGMA table_info({table})")}
    by_number = is_table and "WITHOUT ROWID" not in sql
    alias = [one for one, row in info.items() if row[5] and row[2] == "INTEGER"] if by_number else []
    key = alias[0] if len(alias) == 1 else None
    names = list(info) if is_table else [row[2] for row in db.execute(f"PRAGMA index_xinfo({name})")]
    columns = tuple(_column(one, info.get(one), key=one == key) for one in names)
    return Shape(name, is_table, by_number, columns, key)


def _column(name: str | None, info: Values | None, *, key: bool) -> Column:
    if name is None or info is None:  # in an index: the number of the row
        return Column("", int, required=True, default=None)
    _, _, kind, required, default, in_key = info
    text = None if default is None else str(default)
    value = text if text is None else int(text) if text.isdecimal() else text.strip("'")
    return Column(name, _TYPES.get(kind, object), bool(required or in_key) and not key, value)


class _Carving:
    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._shapes = shapes()
        self._seen: set[int] = set()
        self._told = Carved()

    def run(self) -> Carved:
        roots = self._roots()
        for name, shape in self._shapes.items():
            if name in roots:
                self._take(shape, self._tree(roots[name], name))
            else:
                self._told.damaged.add(name)
        self._strays()
        return self._told

    def _roots(self) -> dict[str, int]:
        """Where each tree begins, as far as the schema can be read; its own stray pages are told by their shape too."""
        rows = list(self._tree(1, _SCHEMA))
        if _SCHEMA in self._told.damaged:
            rows += [cell for number in self._unseen() for cell in self._schema_rows(number)]
        return {row.values[1]: row.values[3] for row in rows if row.values[3]}

    def _schema_rows(self, number: int) -> list[Cell]:
        found = self._whole_cells(number)
        if not found or not all(map(_is_schema, found)):
            return []
        self._seen.add(number)
        return found

    def _tree(self, root: int, name: str) -> Iterator[Cell]:
        below = [root]
        while below:
            number = below.pop()
            if number in self._seen:
                self._told.damaged.add(name)
                continue
            page = self._pages.get(number)
            if page is None:
                self._told.damaged.add(name)
                continue
            self._seen.add(number)
            below += reversed(children(number, page))
            for cell in cells(number, page, self._pages.get):
                if cell is None:
                    self._told.damaged.add(name)
                else:
                    yield cell

    def _take(self, shape: Shape, found: Iterator[Cell]) -> None:
        if not shape.table:
            for _ in found:
                pass
            return
        rows = self._told.tables.setdefault(shape.name, [])
        for cell in found:
            if shape.fits(cell.values):
                rows.append(shape.row(cell))
            else:
                self._told.damaged.add(shape.name)

    def _strays(self) -> None:
        """Pages nothing leads to any more go to the one damaged tree they fit."""
        lacking = [self._shapes[name] for name in self._told.damaged if name in self._shapes]
        for number in self._unseen():
            found = self._whole_cells(number)
            if not found:
                continue
            by_number = kind_of(number, self._pages.get(number) or b"\0") in BY_NUMBER
            fitting = [one for one in lacking if one.by_number == by_number and all(one.fits(c.values) for c in found)]
            if len(fitting) == 1:
                self._take(fitting[0], iter(found))
            else:
                self._told.stray += 1

    def _unseen(self) -> list[int]:
        return [number for number in self._pages.numbers() if number not in self._seen]

    def _whole_cells(self, number: int) -> list[Cell]:
        page = self._pages.get(number)
        if page is None or number == 1 or kind_of(number, page) not in INNER | LEAVES:
            return []
        return [cell for cell in cells(number, page, self._pages.get) if cell is not None]


def _is_schema(cell: Cell) -> bool:
    return (
        len(cell.values) == _SCHEMA_COLUMNS
        and cell.values[0] in ("table", "index", "trigger", "view")
        and isinstance(cell.values[3], int)
    )
