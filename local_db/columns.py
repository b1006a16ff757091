"""How values stand in columns: instants as microseconds since 1970 UTC, days as ISO text, digests as 32 bytes."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from kiosk.failure import Failure, KioskError

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
DAY: Final = 86_400_000_000
HOUR: Final = 3_600_000_000


def ticks(at: datetime) -> int:
    """An aware instant as a column value."""
    return (at - _EPOCH) // _TICK


def moment(value: int) -> datetime:
    """The instant a column holds."""
    return _EPOCH + value * _TICK


def ticks_or_none(at: datetime | None) -> int | None:
    """As `ticks`."""
    return None if at is None else ticks(at)


def moment_or_none(value: int | None) -> datetime | None:
    """As `moment`."""
    return None if value is None else moment(value)


def day_text(day: date | None) -> str | None:
    """A day as a column value."""
    return None if day is None else day.isoformat()


def day_of(text: str | None) -> date | None:
    """The day a column holds."""
    return None if text is None else date.fromisoformat(text)


def digest_bytes(digest: str) -> bytes:
    """A digest in hex as a column value; anything else names no file of ours.

    Raises:
        KioskError: `BLOB_DAMAGED` with reason `name`.
    """
    if not _DIGEST.fullmatch(digest):
        raise KioskError(Failure.BLOB_DAMAGED, reason="name")
    return bytes.fromhex(digest)
