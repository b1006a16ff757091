"""Working days and dates of promise, reckoned from a holiday table that arrives with the catalogue.

The State Council's notice for a year names its holidays and the weekend days that are worked in exchange. Outside the
years of the table Monday to Friday stand in, and whatever touched such a year is marked `estimated`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType

from kiosk.catalogue.item import DayUnit, ReceiptRule
from kiosk.failure import Failure, KioskError

# Fixed, because China keeps one time without summer time, and a terminal may lack a time-zone database.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
_SATURDAY = 5
_MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """One year: days off beyond ordinary weekends (which may be named too) and weekend days that are worked."""

    holidays: frozenset[date]
    workdays: frozenset[date]


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """Years the table knows, and where it comes from (the notices' numbers)."""

    years: Mapping[int, HolidayYear] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""

    def knows(self, year: int) -> bool:
        """Whether the table says anything of that year."""
        return year in self.years


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day found by counting. `estimated`: a year outside the table was touched, so Mon–Fri stood in for it."""

    day: date
    estimated: bool


def shanghai_day(instant: datetime) -> date:
    """The date people here read for an aware instant."""
    return instant.astimezone(SHANGHAI).date()


def is_working_day(day: date, table: HolidayTable) -> bool:
    """Whether offices work on that day, by the table or else by the weekday."""
    year = table.years.get(day.year)
    if year is not None and day in year.workdays:
        return True
    if year is not None and day in year.holidays:
        return False
    return day.weekday() < _SATURDAY


def add_working_days(start: date, days: int, table: HolidayTable) -> Reckoned:
    """The `days`-th working day after `start`; the day of the start does not count. 0 is the start itself.

    Raises:
        ValueError: fewer than 0 or more than 3,660 days.
    """
    _check_days(days)
    day, left, estimated = start, days, False
    while left:
        day += timedelta(days=1)
        estimated = estimated or not table.knows(day.year)
        left -= is_working_day(day, table)
    return Reckoned(day, estimated)


def add_days(start: date, days: int, unit: DayUnit, table: HolidayTable) -> Reckoned:
    """As `add_working_days`, or plain calendar days, which need no table.

    A calendar limit that ends on a day off is not prolonged: who must deliver is never told a later day than the law's.
    """
    if unit is DayUnit.WORKING:
        return add_working_days(start, days, table)
    _check_days(days)
    return Reckoned(start + timedelta(days=days), estimated=False)


def deliver_by(received_at: datetime, rule: ReceiptRule | None, table: HolidayTable) -> Reckoned | None:
    """The last day on which what was received at `received_at` must have reached the authority.

    None where the item has no legal clock. `received_at` is an aware instant; the day is taken in Asia/Shanghai.
    """
    if rule is None:
        return None
    return add_days(shanghai_day(received_at), rule.days, rule.unit, table)


def parse_holidays(raw: object) -> HolidayTable:
    """A table from JSON: `{"years": {"2026": {"holidays": ["2026-01-01", …], "workdays": […]}}, "source": "…"}`.

    Raises:
        KioskError: `CATALOGUE_BROKEN` naming the year (`where`) that cannot be read, is worked and off on one day, or
            holds a day of another year.
    """
    years = raw.get("years") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(years, dict):
        raise KioskError(Failure.CATALOGUE_BROKEN, where="holidays.years")
    table = {}
    for name, year in years.items():
        try:
            table[int(name)] = _year(int(name), year)
        except (KeyError, TypeError, ValueError) as error:
            raise KioskError(Failure.CATALOGUE_BROKEN, where=f"holidays.years.{str(name)[:4]}") from error
    return HolidayTable(MappingProxyType(table), str(raw.get("source", "")))


def holidays_to_json(table: HolidayTable) -> dict[str, object]:
    """The table in the form `parse_holidays` reads, days in order."""
    years = {
        str(number): {"holidays": _days(year.holidays), "workdays": _days(year.workdays)}
        for number, year in sorted(table.years.items())
    }
    return {"years": years, "source": table.source}


def newer_over(newer: HolidayTable, older: HolidayTable) -> HolidayTable:
    """The newer table, and of the older one the years that the newer says nothing of."""
    kept = {number: year for number, year in older.years.items() if number not in newer.years}
    if not kept:
        return newer
    sources = [source for source in (newer.source, older.source) if source]
    return HolidayTable(MappingProxyType({**kept, **newer.years}), "；".join(dict.fromkeys(sources)))


def _year(number: int, raw: Mapping[str, Iterable[str]]) -> HolidayYear:
    year = HolidayYear(
        frozenset(date.fromisoformat(day) for day in raw["holidays"]),
        frozenset(date.fromisoformat(day) for day in raw["workdays"]),
    )
    if year.holidays & year.workdays or any(day.year != number for day in year.holidays | year.workdays):
        raise ValueError(number)
    return year


def _days(days: frozenset[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]


def _check_days(days: int) -> None:
    if not 0 <= days <= _MOST_DAYS:
        raise ValueError("days are 0 to 3,660")
