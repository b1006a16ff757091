"""The time, and whether to believe it.

A terminal whose battery is flat starts in 1970, one that was carried across a border of somebody's settings may be
hours off. Nothing stops working for that; a time that is not trusted is said so on the number and in the manifest.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

RELEASED: Final = datetime(2026, 11, 1, tzinfo=UTC)
"""No true time lies before the day this release was built."""

CLOCK_MARK: Final = "clock.mark"
"""The setting that holds the last signed platform time."""

_TOLERANCE: Final = timedelta(minutes=5)
_LONGEST_SILENCE: Final = timedelta(days=366)
_MARK = struct.Struct(">qq")


@dataclass(frozen=True, slots=True)
class ClockMark:
    """What the platform's clock said at the last contact, and how far ours was ahead of it then."""

    platform_at: datetime
    ahead: timedelta

    def encode(self) -> bytes:
        """Whole seconds, as kept in the settings."""
        return _MARK.pack(int(self.platform_at.timestamp()), int(self.ahead.total_seconds()))

    def believes(self, now: datetime) -> bool:
        """Whether `now` on our clock agrees with what the platform said.

        More than a year without a word of it is a clock that jumped (2099), not a terminal that was forgotten.
        """
        known = self.platform_at - _TOLERANCE <= now <= self.platform_at + _LONGEST_SILENCE
        return known and abs(self.ahead) <= _TOLERANCE


def read_mark(data: bytes | None) -> ClockMark | None:
    """The mark out of the settings; None when there is none or it is not readable."""
    if data is None or len(data) != _MARK.size:
        return None
    seconds, ahead = _MARK.unpack(data)
    return ClockMark(datetime.fromtimestamp(seconds, UTC), timedelta(seconds=ahead))


class SystemClock:
    """The machine's clock. `mark` reads the last signed platform time from the settings, where there is a store."""

    def __init__(self, mark: Callable[[], bytes | None] | None = None) -> None:
        self._mark = mark

    def now(self) -> datetime:
        """The instant in UTC, as the machine believes it."""
        return datetime.now(UTC)

    def trusted(self) -> bool:
        """False before the release was built, or while the platform's signed time disagrees."""
        now = self.now()
        mark = read_mark(self._mark()) if self._mark else None
        return now >= RELEASED and (mark is None or mark.believes(now))
