"""Working days over the official table of 2025 and 2026, and what stands in beyond it."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.calendar import (
    HolidayTable,
    add_days,
    add_working_days,
    deliver_by,
    holidays_to_json,
    is_working_day,
    parse_holidays,
    shanghai_day,
)
from kiosk.catalogue.item import DayUnit, ReceiptRule
from kiosk.failure import Failure, KioskError

# 国务院办公厅关于2026年部分节假日安排的通知(国办发明电〔2025〕7号), the part around Spring Festival and National Day
TABLE = parse_holidays(
    {
        "years": {
            "2026": {
                "holidays": [
                    *(f"2026-02-{day}" for day in range(15, 24)),
                    *(f"2026-09-{day}" for day in range(25, 28)),
                    *(f"2026-10-0{day}" for day in range(1, 8)),
                ],
                "workdays": ["2026-02-14", "2026-02-28", "2026-09-20", "2026-10-10"],
            }
        },
        "source": "国办发明电〔2025〕7号",
    }
)
FIVE_WORKING = ReceiptRule(5, DayUnit.WORKING, "行政许可法第三十二条", deemed=True)


def test_a_saturday_worked_in_exchange_counts_and_a_festival_weekday_does_not() -> None:
    assert is_working_day(date(2026, 2, 14), TABLE)
    assert not is_working_day(date(2026, 2, 16), TABLE)
    assert not is_working_day(date(2026, 2, 21), TABLE)
    assert is_working_day(date(2026, 2, 24), TABLE)
    assert not is_working_day(date(2026, 3, 7), TABLE)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 2, 13), 0, date(2026, 2, 13)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 13), 5, date(2026, 2, 27)),
        (date(2026, 2, 13), 6, date(2026, 2, 28)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 10, 1), 1, date(2026, 10, 8)),
    ],
)
def test_working_days_pass_over_the_festival(start: date, days: int, end: date) -> None:
    reckoned = add_working_days(start, days, TABLE)
    assert (reckoned.day, reckoned.estimated) == (end, False)


def test_a_year_outside_the_table_is_estimated_by_weekdays_and_says_so() -> None:
    assert add_working_days(date(2026, 12, 30), 1, TABLE).estimated is False
    over = add_working_days(date(2026, 12, 30), 3, TABLE)
    assert (over.day, over.estimated) == (date(2027, 1, 4), True)
    assert add_working_days(date(2026, 5, 1), 1, HolidayTable()).estimated


def test_the_day_of_receipt_is_the_day_in_china() -> None:
    late = datetime(2026, 2, 12, 16, 30, tzinfo=UTC)
    assert shanghai_day(late) == date(2026, 2, 13)
    found = deliver_by(late, FIVE_WORKING, TABLE)
    assert found is not None
    assert found.day == date(2026, 2, 27)
    elsewhere = late.astimezone(timezone(timedelta(hours=-5)))
    assert deliver_by(elsewhere, FIVE_WORKING, TABLE) == found


def test_an_item_without_a_legal_clock_has_no_day() -> None:
    assert deliver_by(datetime(2026, 2, 12, tzinfo=UTC), None, TABLE) is None


def test_calendar_days_are_counted_plainly_and_never_prolonged() -> None:
    found = add_days(date(2026, 9, 26), 5, DayUnit.CALENDAR, TABLE)
    assert (found.day, found.estimated) == (date(2026, 10, 1), False)


def test_a_clock_of_1970_still_gives_a_day() -> None:
    found = deliver_by(datetime(1970, 1, 1, tzinfo=UTC), FIVE_WORKING, TABLE)
    assert found is not None
    assert (found.day, found.estimated) == (date(1970, 1, 8), True)


@given(start=st.dates(date(2025, 12, 1), date(2027, 2, 1)), days=st.integers(1, 60))
def test_the_day_found_is_a_working_day_and_one_more_is_the_next(start: date, days: int) -> None:
    found = add_working_days(start, days, TABLE).day
    between = [start + timedelta(days=n) for n in range(1, (found - start).days + 1)]
    assert sum(is_working_day(day, TABLE) for day in between) == days
    assert is_working_day(found, TABLE)


@pytest.mark.parametrize("days", [-1, 3_661])
def test_absurd_numbers_of_days_are_refused(days: int) -> None:
    with pytest.raises(ValueError, match="days"):
        add_working_days(date(2026, 1, 1), days, TABLE)
    with pytest.raises(ValueError, match="days"):
        add_days(date(2026, 1, 1), days, DayUnit.CALENDAR, TABLE)


def test_a_table_survives_being_written_and_read() -> None:
    assert parse_holidays(holidays_to_json(TABLE)) == TABLE


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        ([], "holidays.years"),
        ({"years": []}, "holidays.years"),
        ({"years": {"2026": {"holidays": []}}}, "holidays.years.2026"),
        ({"years": {"2026": {"holidays": ["2026-02-30"], "workdays": []}}}, "holidays.years.2026"),
        ({"years": {"2026": {"holidays": ["2025-10-01"], "workdays": []}}}, "holidays.years.2026"),
        ({"years": {"2026": {"holidays": ["2026-10-01"], "workdays": ["2026-10-01"]}}}, "holidays.years.2026"),
        ({"years": {"soon": {"holidays": [], "workdays": []}}}, "holidays.years.soon"),
        ({"years": {"2026": {"holidays": [20261001], "workdays": []}}}, "holidays.years.2026"),
        ({"years": {"2026": None}}, "holidays.years.2026"),
    ],
)
def test_a_broken_table_is_refused_and_names_the_year(raw: object, where: str) -> None:
    with pytest.raises(KioskError) as caught:
        parse_holidays(raw)
    assert caught.value.failure is Failure.CATALOGUE_BROKEN
    assert caught.value.info["where"] == where
