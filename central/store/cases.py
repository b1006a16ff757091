"""Cases: which state they are in. States move only through `kiosk.model.state.advance`, as the platform."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, text, update

from central.store.schema import FOR_REVIEW, case
from kiosk.model.state import CaseState, Mover, advance


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `waiting` counts events whose files are not all here; `sequence` is that of its last decision."""

    number: str
    terminal: str
    item: str
    item_version: int
    item_name: str
    catalogue_version: int
    state: CaseState
    acceptance: str | None
    sequence: int
    waiting: int
    taken_at: datetime
    updated_at: datetime


def add(connection: Connection, new: Case) -> None:
    """A case that was just taken in."""
    connection.execute(
        insert(case).values(
            number=new.number,
            terminal=new.terminal,
            item=new.item,
            item_version=new.item_version,
            item_name=new.item_name,
            catalogue_version=new.catalogue_version,
            state=new.state,
            sequence=new.sequence,
            waiting=new.waiting,
            taken_at=new.taken_at,
            updated_at=new.updated_at,
        )
    )


def find(connection: Connection, number: str) -> Case | None:
    """A case by its submission number."""
    row = connection.execute(select(case).where(case.c.number == number)).mappings().first()
    return None if row is None else _case(row)


def count(connection: Connection) -> int:
    """How many cases there are."""
    return int(connection.execute(select(func.count()).select_from(case)).scalar_one())


def page(connection: Connection, after: str = "", limit: int = 500) -> tuple[Case, ...]:
    """Cases by submission number, those after `after`."""
    query = select(case).where(case.c.number > after).order_by(case.c.number).limit(limit)
    return tuple(_case(row) for row in connection.execute(query).mappings())


def for_review(connection: Connection, limit: int, after: Case | None = None) -> tuple[Case, ...]:
    """Complete cases that wait for an officer, oldest first, those behind `after`."""
    query = select(case).where(text(FOR_REVIEW))
    if after is not None:
        same = (case.c.taken_at == after.taken_at) & (case.c.number > after.number)
        query = query.where((case.c.taken_at > after.taken_at) | same)
    query = query.order_by(case.c.taken_at, case.c.number).limit(limit)
    return tuple(_case(row) for row in connection.execute(query).mappings())


def move(connection: Connection, old: Case, to: CaseState, at: datetime, acceptance: str | None = None) -> int:
    """Move a case as the platform; the sequence of the decision that says so.

    Raises:
        KioskError: `CASE_ILLEGAL_MOVE` when the table of states does not allow it.
    """
    state = advance(old.state, to, Mover.PLATFORM)
    sequence = old.sequence + 1
    values = {"state": state, "sequence": sequence, "updated_at": at}
    if acceptance is not None:
        values["acceptance"] = acceptance
    connection.execute(update(case).where(case.c.number == old.number).values(**values))
    return sequence


def say(connection: Connection, old: Case, at: datetime) -> int:
    """Say something of a case that stays in its state; the sequence of the decision that says it."""
    sequence = old.sequence + 1
    connection.execute(update(case).where(case.c.number == old.number).values(sequence=sequence, updated_at=at))
    return sequence


def wait_for(connection: Connection, number: str, events: int) -> None:
    """So many events more (or fewer) whose files are still missing."""
    connection.execute(update(case).where(case.c.number == number).values(waiting=case.c.waiting + events))


def _case(row: RowMapping) -> Case:
    return Case(
        number=row["number"],
        terminal=row["terminal"],
        item=row["item"],
        item_version=row["item_version"],
        item_name=row["item_name"],
        catalogue_version=row["catalogue_version"],
        state=CaseState(row["state"]),
        acceptance=row["acceptance"],
        sequence=row["sequence"],
        waiting=row["waiting"],
        taken_at=row["taken_at"],
        updated_at=row["updated_at"],
    )
