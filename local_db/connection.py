"""One opened database: reads, the one kind of write transaction, and what must happen after a commit."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from kiosk.failure import Failure, KioskError
from kiosk.ports import Clock
from local_db.driver import Database, DriverError, failure_of

Row = tuple[Any, ...]


class Connection:
    """The database of one data directory as one process sees it.

    Writing outside `write_tx` is a bug and says so. sqlite-utils (`db`) makes and inspects the schema; rows are read
    and written with prepared SQL, because some of these paths are counted in microseconds.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self.db = db
        self.clock = clock
        self._lock = threading.RLock()
        self._depth = 0
        self._after: list[Callable[[], None]] = []
        self._told = _Told()

    def now(self) -> datetime:
        """The terminal's time, trusted or not."""
        return self.clock.now()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        with self._told:
            return self.db.conn.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self._told:
            cursor = self.db.conn.execute(sql, parameters)
            first: Row | None = cursor.fetchone()
            # A cursor left half read would keep its snapshot, and with it the write-ahead log, alive.
            cursor.close()
        return first

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows inside the running transaction; how many were changed."""
        self._must_write()
        with self._told:
            return int(self.db.conn.execute(sql, parameters).rowcount)

    def insert(self, sql: str, parameters: Sequence[Any]) -> int:
        """Add one row inside the running transaction; its row id."""
        self._must_write()
        with self._told:
            return self.db.conn.execute(sql, parameters).lastrowid or 0

    def change(self, sql: str, parameters: Sequence[Any]) -> Row | None:
        """Change at most one row inside the running transaction; what its `RETURNING` gives of it."""
        self._must_write()
        return self.row(sql, parameters)

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Change rows once per parameter row."""
        self._must_write()
        with self._told:
            self.db.conn.executemany(sql, rows)

    def upsert(self, table: str, key: str, record: dict[str, Any]) -> None:
        """Write one row, new or in place of the one with the same key.

        Not sqlite-utils' upsert: its first call makes and drops a table to learn what SQLite can do, and every other
        statement of both processes would have to be prepared again.
        """
        places = ", ".join("?" for _ in record)
        changes = ", ".join(f"{name} = excluded.{name}" for name in record if name != key)
        self.run(
            f"INSERT INTO {table} ({', '.join(record)}) VALUES ({places})"  # noqa: S608 -- names come from this package
            f" ON CONFLICT ({key}) DO UPDATE SET {changes}",
            tuple(record.values()),
        )

    def next_number(self, name: str) -> int:
        """Count the named counter up inside the running transaction and return it."""
        found = self.change("UPDATE counters SET value = value + 1 WHERE name = ? RETURNING value", (name,))
        if found is None:
            raise KioskError(Failure.STORE_CORRUPT, role="database", reason="counter")
        return int(found[0])

    def number(self, name: str) -> int:
        """Where the named counter stands."""
        found = self.row("SELECT value FROM counters WHERE name = ?", (name,))
        if found is None:
            raise KioskError(Failure.STORE_CORRUPT, role="database", reason="counter")
        return int(found[0])

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do this once the outermost transaction is durable, never when it is undone."""
        self._must_write()
        self._after.append(act)

    @contextmanager
    def write_tx(self) -> Iterator[None]:
        """A transaction that has the right to write from its first statement; one inside another joins it.

        `BEGIN IMMEDIATE`, because a transaction that reads first and then wants to write is refused when the other
        process wrote in between. An inner one that fails is undone alone and the outer may go on.

        Raises:
            KioskError: `STORE_BUSY` when the other process holds the right for ten seconds, `STORE_FULL` and others.
        """
        with self._lock:
            mark = len(self._after)
            begin, commit, undo = _words(self._depth)
            self._say(begin)
            self._depth += 1
            try:
                yield
                self._must_write()
                self._say(commit)
            except BaseException:
                del self._after[mark:]
                self._undo(undo)
                raise
            finally:
                self._depth -= 1
            if self._depth == 0:
                self._run_after()

    def close(self) -> None:
        """Close the file; the last process to do so folds the write-ahead log into it."""
        with self._told:
            self.db.conn.close()

    def _say(self, statement: str) -> None:
        with self._told:
            self.db.conn.execute(statement)

    def _must_write(self) -> None:
        if self._depth == 0:
            raise RuntimeError("a change outside write_tx")
        if not self.db.conn.in_transaction:
            # SQLite undid the whole transaction itself (a full disk); an inner block's caller caught that and went on.
            raise KioskError(Failure.STORE_FULL, role="database", reason="undone")

    def _undo(self, statements: tuple[str, ...]) -> None:
        for statement in statements:
            if self.db.conn.in_transaction:
                self._say(statement)

    def _run_after(self) -> None:
        acts, self._after = self._after, []
        for act in acts:
            act()


class _Told:
    """Lets the driver's errors leave as failures of the house.

    SQLCipher makes a connection that met a damaged page read-only; the damage stays the reason. A class and no
    generator, because every statement passes through it.
    """

    def __init__(self) -> None:
        self._damaged = False

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None or not isinstance(error, DriverError):
            return
        failure = failure_of(error)
        if failure is not None:
            self._damaged = self._damaged or failure is Failure.STORE_CORRUPT
            raise KioskError(Failure.STORE_CORRUPT if self._damaged else failure, role="database") from error


def _words(depth: int) -> tuple[str, str, tuple[str, ...]]:
    """How a transaction at this depth begins, ends well and is undone."""
    if depth == 0:
        return "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)
    name = f"inner{depth}"
    return f"SAVEPOINT {name}", f"RELEASE {name}", (f"ROLLBACK TO {name}", f"RELEASE {name}")
