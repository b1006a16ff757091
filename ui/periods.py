"""Days and times that can be chosen for coming somewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.model.afterwards import Slot as Period
from ui.models import Rows

QML_IMPORT_NAME = "Jinban"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day that can be booked; `full` where nobody may come any more."""

    day: str
    weekday: int
    full: bool


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period of the chosen day; `room` is for how many, -1 where nobody could be asked."""

    begins: str
    ends: str
    room: int


@QmlElement
class Periods(QObject):
    """A day, then a time of it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._periods: tuple[Period, ...] = ()
        self._day: date | None = None
        self._chosen: Period | None = None
        self._days: Rows[DayRow] = Rows(DayRow, self)
        self._of_day: Rows[PeriodRow] = Rows(PeriodRow, self)

    @property
    def chosen(self) -> Period | None:
        """What is chosen now."""
        return self._chosen

    def offer(self, periods: Iterable[Period], wish: object = None) -> None:
        """Offer these; what was wished for before is chosen while it still has room."""
        self._periods = tuple(periods)
        self._chosen = next((one for one in self._periods if one.left and _same(one, wish)), None)
        self._day = self._chosen.day if self._chosen else next((one.day for one in self._periods if one.left), None)
        self._show()

    def _show(self) -> None:
        days = dict.fromkeys(one.day for one in self._periods)
        self._days.show(
            DayRow(day.isoformat(), day.isoweekday(), not any(one.left for one in self._periods if one.day == day))
            for day in days
        )
        self._of_day.show(PeriodRow(one.begins, one.ends, one.left) for one in self._periods if one.day == self._day)
        self.changed.emit()

    @Slot(str)
    def chooseDay(self, day: str) -> None:
        """Look at another day."""
        self._day, self._chosen = date.fromisoformat(day), None
        self._show()

    @Slot(str)
    def choosePeriod(self, begins: str) -> None:
        """Take this period of the day looked at."""
        self._chosen = next((one for one in self._periods if (one.day, one.begins) == (self._day, begins)), None)
        self.changed.emit()

    @Property(Rows, constant=True)
    def days(self) -> Rows[DayRow]:
        """Days that can be booked."""
        return self._days

    @Property(Rows, constant=True)
    def ofDay(self) -> Rows[PeriodRow]:
        """Periods of the day looked at."""
        return self._of_day

    @Property(str, notify=changed)
    def day(self) -> str:
        """The day looked at, ISO."""
        return self._day.isoformat() if self._day else ""

    @Property(str, notify=changed)
    def begins(self) -> str:
        """When the chosen period begins; empty while none is chosen."""
        return self._chosen.begins if self._chosen else ""


def _same(period: Period, wish: object) -> bool:
    return (period.day, period.begins) == (getattr(wish, "day", None), getattr(wish, "begins", None))
