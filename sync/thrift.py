"""What scans may cost: a budget, a metered line, hours of the night. Forms, acknowledgements and decisions always go.

Hours and days are those of Asia/Shanghai by the platform's word, so that a wrong clock here opens no window.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import msgspec

from kiosk.calendar import SHANGHAI
from kiosk.clock import CLOCK_MARK, read_mark
from kiosk.config import LineConfig
from kiosk.model.terminal import ScansWait, Waiting
from kiosk.ports import Clock, Settings
from sync.link import Traffic

SPENT: Final = "line.spent"
_MEGABYTE: Final = 1_000_000
_GRAIN_BYTES: Final = 256 * 1024
"""So much at most is forgotten by a process that is killed."""

_AGREES: Final = timedelta(minutes=5)
_FRESH: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Spent:
    """Bytes both ways at HTTP level on one day in Shanghai, and in its month up to that day."""

    day: date
    of_day: int = 0
    of_month: int = 0

    def on(self, today: date) -> "Spent":
        """The same count seen from another day."""
        if today == self.day:
            return self
        return Spent(today, 0, self.of_month if (today.year, today.month) == (self.day.year, self.day.month) else 0)

    def plus(self, size: int) -> "Spent":
        """With so many more bytes."""
        return Spent(self.day, self.of_day + size, self.of_month + size)


def opens_at(between: str, moment: datetime) -> datetime:
    """When the daily window `HH:MM-HH:MM` is open next, from `moment` on; `moment` itself while it is open.

    It may lie across midnight; the same hour twice is the whole day.
    """
    start, end = (time(int(one[:2]), int(one[3:])) for one in between.split("-"))
    here = moment.astimezone(SHANGHAI)
    hour = here.timetz().replace(tzinfo=None)
    inside = start <= hour < end if start < end else hour >= start or hour < end
    if inside or start == end:
        return moment
    opening = datetime.combine(here.date(), start, SHANGHAI)
    return (opening if opening > here else opening + timedelta(days=1)).astimezone(UTC)


class Thrift:
    """Counts what crossed the link and says whether scans may go now. Used by the thread that runs the agent alone.

    `rules` is asked every time, so that a changed setting counts at once.
    """

    def __init__(
        self, settings: Settings, clock: Clock, traffic: Traffic, rules: Callable[[], LineConfig] = LineConfig
    ) -> None:
        self._settings, self._clock, self._traffic, self._rules = settings, clock, traffic, rules
        self._counted = traffic.sent + traffic.received
        held = settings.get(SPENT)
        self._spent = msgspec.msgpack.decode(held, type=Spent) if held else None

    def wait(self) -> Waiting | None:
        """Why scans wait and until when, None when they may go."""
        rules = self._rules()
        if rules.metered:
            return Waiting(ScansWait.METERED)
        if not (rules.budget_mb or rules.scans_between):
            return None
        now = self._now()
        moment, why = now, ScansWait.NIGHT
        left = self.left()
        if left is not None and left <= 0:
            moment, why = _next_period(rules, now), ScansWait.BUDGET
        if rules.scans_between:
            moment = opens_at(rules.scans_between, moment)
        return None if moment <= now else Waiting(why, moment)

    def left(self) -> int | None:
        """Bytes that may still go in this period; None where no budget is set. Below zero where more has gone."""
        rules = self._rules()
        return rules.budget_mb * _MEGABYTE - self._of_period(rules) if rules.budget_mb else None

    def note(self, *, last: bool = False) -> None:
        """Write the count down where much has gone since, at the `last` of a run anyhow; without a budget nothing."""
        size = self._traffic.sent + self._traffic.received - self._counted
        if not self._rules().budget_mb:
            self._counted += size
        elif size >= _GRAIN_BYTES or (last and size):
            self._spent = self._today().plus(size)
            self._counted += size
            self._settings.put(SPENT, msgspec.msgpack.encode(self._spent))

    def _of_period(self, rules: LineConfig) -> int:
        spent = self._today().plus(self._traffic.sent + self._traffic.received - self._counted)
        return spent.of_day if rules.budget_per == "day" else spent.of_month

    def _today(self) -> Spent:
        """The count of today. A clock that the platform has not lately agreed with begins no new day."""
        today = self._now().astimezone(SHANGHAI).date()
        if self._spent is None:
            return Spent(today)
        return self._spent.on(today) if self._agreed() else self._spent

    def _now(self) -> datetime:
        """The platform's time as well as it is known here."""
        mark, now = read_mark(self._settings.get(CLOCK_MARK)), self._clock.now()
        return now if mark is None or abs(mark.ahead) <= _AGREES else now - mark.ahead

    def _agreed(self) -> bool:
        mark = read_mark(self._settings.get(CLOCK_MARK))
        return mark is None or -_AGREES <= self._now() - mark.platform_at <= _FRESH


def _next_period(rules: LineConfig, now: datetime) -> datetime:
    today = now.astimezone(SHANGHAI).date()
    first = today + timedelta(days=1)
    if rules.budget_per == "month":
        first = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    return datetime.combine(first, time(), SHANGHAI).astimezone(UTC)
