"""Rows of what is arranged for after a case: delivery, appointment, fee. They name nobody."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from central.store.schema import arrangement
from kiosk.model.afterwards import Arranged, BookingState, DeliveryWay


@dataclass(frozen=True, slots=True)
class Stored:
    """What is arranged for one case; `code` is what its fee is paid under, None where nothing fixed is due."""

    number: str
    item: str
    arranged: Arranged
    code: str | None = None


def add(connection: Connection, new: Stored) -> None:
    """Of a case that was just taken in."""
    told = new.arranged
    connection.execute(
        insert(arrangement).values(
            number=new.number,
            item=new.item,
            way=str(told.way or ""),
            booking=str(told.booking),
            day=told.day.isoformat() if told.day else "",
            begins=told.begins,
            ends=told.ends,
            fen=told.fen,
            free_text=told.free_text,
            code=new.code,
        )
    )


def find(connection: Connection, number: str) -> Stored | None:
    """What is arranged for a case."""
    row = connection.execute(select(arrangement).where(arrangement.c.number == number)).mappings().first()
    if row is None:
        return None
    told = Arranged(
        way=DeliveryWay(row["way"]) if row["way"] else None,
        booking=BookingState(row["booking"]),
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        begins=row["begins"],
        ends=row["ends"],
        fen=row["fen"],
        free_text=row["free_text"],
        paid=row["paid_at"] is not None,
    )
    return Stored(row["number"], row["item"], told, row["code"])


def booked(connection: Connection, item: str, since: date) -> dict[tuple[date, str], int]:
    """How many confirmed appointments there are for an item from a day on, by day and beginning."""
    query = (
        select(arrangement.c.day, arrangement.c.begins, func.count())
        .where(
            arrangement.c.item == item,
            arrangement.c.day >= since.isoformat(),
            arrangement.c.booking == str(BookingState.CONFIRMED),
        )
        .group_by(arrangement.c.day, arrangement.c.begins)
    )
    return {(date.fromisoformat(day), begins): count for day, begins, count in connection.execute(query)}


def stand(connection: Connection, number: str, told: Arranged) -> None:
    """Note how the appointment stands now, in place of what was there."""
    day = told.day.isoformat() if told.day else ""
    to = {"booking": str(told.booking), "day": day, "begins": told.begins, "ends": told.ends}
    connection.execute(update(arrangement).where(arrangement.c.number == number).values(to))


def pay(connection: Connection, number: str, at: datetime) -> bool:
    """Note that the fee was paid; False where it was before, or nothing is due."""
    due = (arrangement.c.number == number) & (arrangement.c.code.is_not(None)) & (arrangement.c.paid_at.is_(None))
    return connection.execute(update(arrangement).where(due).values(paid_at=at)).rowcount == 1
