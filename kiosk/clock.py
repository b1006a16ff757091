"""The time, and whether to believe it.

A terminal whose battery is flat starts in 1970, one that was carried across a border of somebody's settings may be
hours off, somebody sets a clock while a person stands before it. Nothing stops working for that: while the machine runs
on, the platform's last signed time is counted on with a clock nobody can set; what is not known even so is said on the
number, on the receipt, in the journal and in the manifest.
"""

import struct
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

RELEASED: Final = datetime(2026, 11, 1, tzinfo=UTC)
"""No true time lies before the day this release was built."""

CLOCK_MARK: Final = "clock.mark"
"""The setting that holds the last signed platform time."""

_TOLERANCE: Final = timedelta(minutes=5)
_LONGEST_SILENCE: Final = timedelta(days=366)
_MILLISECOND: Final = timedelta(milliseconds=1)
_MARK = struct.Struct(">qq")
_RUN = struct.Struct(">16sq")
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def uptime() -> timedelta:
    """How long the machine has been up, sleep included. Nobody can set it."""
    return timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))


def this_boot() -> bytes:
    """Sixteen bytes that the kernel draws at every start of the machine; empty where it tells none."""
    try:
        return uuid.UUID(_BOOT_ID.read_text(encoding="ascii").strip()).bytes
    except (OSError, ValueError):
        return b""


@dataclass(frozen=True, slots=True)
class ClockMark:
    """What the platform's clock said at the last contact, and how far ours was ahead of it then.

    `boot` and `up` say in which run of the machine that was, and how long after its start: as long as it runs, the
    platform's time is known to go on, whatever is done to our clock.
    """

    platform_at: datetime
    ahead: timedelta
    boot: bytes = b""
    up: timedelta = timedelta(0)

    @classmethod
    def taken(cls, platform_at: datetime, ahead: timedelta) -> "ClockMark":
        """The mark of a contact that is happening now."""
        return cls(platform_at, ahead, this_boot(), uptime())

    def encode(self) -> bytes:
        """As kept in the settings: whole seconds, the run's uptime in milliseconds."""
        told = _MARK.pack(int(self.platform_at.timestamp()), int(self.ahead.total_seconds()))
        return told + _RUN.pack(self.boot, self.up // _MILLISECOND) if self.boot else told

    def steady(self) -> datetime | None:
        """The platform's time now, by a count nobody can set; None since the machine was started again."""
        if not self.boot or self.boot != this_boot():
            return None
        return self.platform_at + (uptime() - self.up)

    def no_earlier_than(self) -> datetime:
        """An instant that is surely past: that of the contact, and after a restart all the time since that."""
        return self.steady() or self.platform_at + (uptime() if self.boot else timedelta(0))

    def believes(self, now: datetime) -> bool:
        """Whether `now` on our clock agrees with what the platform said.

        While the machine runs on, to five minutes. After a restart: more than a year without a word of the platform is
        a clock that jumped (2099), not a terminal that was forgotten.
        """
        steady = self.steady()
        if steady is not None:
            return abs(now - steady) <= _TOLERANCE
        known = self.platform_at - _TOLERANCE <= now <= self.platform_at + _LONGEST_SILENCE
        return known and abs(self.ahead) <= _TOLERANCE


def read_mark(data: bytes | None) -> ClockMark | None:
    """The mark out of the settings; None when there is none or it is not readable."""
    if data is None or len(data) not in {_MARK.size, _MARK.size + _RUN.size}:
        return None
    seconds, ahead = _MARK.unpack_from(data)
    boot, up = _RUN.unpack_from(data, _MARK.size) if len(data) > _MARK.size else (b"", 0)
    return ClockMark(datetime.fromtimestamp(seconds, UTC), timedelta(seconds=ahead), boot, up * _MILLISECOND)


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
