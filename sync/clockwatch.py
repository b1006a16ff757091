"""Holds the terminal's clock against the platform's signed time, whenever there is a proven answer."""

from datetime import datetime, timedelta
from typing import Final

from kiosk.clock import CLOCK_MARK, ClockMark, read_mark
from kiosk.ports import Clock, Settings

_REWRITE_AFTER: Final = timedelta(hours=1)
_MOVED: Final = timedelta(seconds=30)


class ClockWatch:
    """Writes the mark that `kiosk.clock.SystemClock` reads; rarely, because every write costs a flush.

    `proofs` counts the answers by which the platform proved itself, `last_contact` is when the last one came, by our
    clock.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self.proofs = 0
        self.last_contact: datetime | None = None

    def told(self, platform_at: datetime) -> None:
        """The platform has just proven that its time is `platform_at`."""
        self.proofs += 1
        self.last_contact = self._clock.now()
        mark = ClockMark.taken(platform_at, self.last_contact - platform_at)
        held = read_mark(self._settings.get(CLOCK_MARK))
        if (
            held is None
            or held.boot != mark.boot
            or abs(held.ahead - mark.ahead) > _MOVED
            or not timedelta(0) <= mark.platform_at - held.platform_at <= _REWRITE_AFTER
        ):
            self._settings.put(CLOCK_MARK, mark.encode())
