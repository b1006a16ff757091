"""Instants as the screen is told them: ISO text in the time people here live by. QML words them."""

from datetime import date, datetime, timedelta, timezone

HERE = timezone(timedelta(hours=8), "Asia/Shanghai")


def local_minute(at: datetime | None) -> str:
    """`2026-11-24T10:32`, empty for None."""
    return at.astimezone(HERE).strftime("%Y-%m-%dT%H:%M") if at else ""


def local_day(at: datetime | date | None) -> str:
    """`2026-11-24`, empty for None."""
    if isinstance(at, datetime):
        at = at.astimezone(HERE).date()
    return at.isoformat() if at else ""
