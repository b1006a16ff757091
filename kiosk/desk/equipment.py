"""What a desk works with: the ports, the settings and the parts of them every verb needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.calendar import shanghai_day
from kiosk.clock import CLOCK_MARK, RELEASED, read_mark
from kiosk.config import DeskConfig, PointConfig
from kiosk.failure import Failure, KioskError
from kiosk.ports import Clock, Devices, Exchange, Line, Press, Store
from kiosk.seal.suite import AES, Suite


def _here(work: Callable[[], None]) -> None:
    work()


@dataclass(frozen=True, slots=True)
class Equipment:
    """The ports one desk was wired with. `devices` is None where nothing can be printed or read (`kiosk apply`).

    `exchange` is None where nobody can be asked anything; `point` is asked anew whenever it is shown, `suite` is what
    things are sealed with. `in_lane` runs a piece of work in the lane that owns the store: events of devices and
    answers of the platform arrive on another thread.
    """

    store: Store
    press: Press
    line: Line
    clock: Clock
    devices: Devices | None = None
    config: DeskConfig = field(default_factory=DeskConfig)
    in_lane: Callable[[Callable[[], None]], None] = _here
    exchange: Exchange | None = None
    point: Callable[[], PointConfig] = PointConfig
    suite: Suite = AES

    def now(self) -> datetime:
        """This instant in UTC, as well as it can be known."""
        return self.instant()[0]

    def sure(self) -> bool:
        """Whether `now` is known to be right."""
        return self.instant()[1]

    def instant(self) -> tuple[datetime, bool]:
        """This instant, and whether it is known to be right.

        A clock that cannot be believed is replaced by the platform's last signed time, counted on since then. Where the
        machine was started in between that is only the earliest it can be: not right, but later than what went before.
        """
        now = self.clock.now()
        if self.clock.trusted():
            return now, True
        mark = read_mark(self.store.settings.get(CLOCK_MARK))
        if mark is None:
            return max(now, RELEASED), False
        return mark.no_earlier_than(), mark.steady() is not None

    def today(self) -> date:
        """This day as people here read it, by which ages and terms are counted.

        A terminal that woke up in 1970 must not tell a pensioner that she is too young.
        """
        return shanghai_day(self.now())

    def trusted_today(self) -> date | None:
        """This day when it is surely known, else None: nothing is refused because of a wrong clock."""
        now, sure = self.instant()
        return shanghai_day(now) if sure else None

    def at_hand(self) -> Devices:
        """The devices.

        Raises:
            KioskError: `DEVICE_ABSENT` when this desk has none.
        """
        if self.devices is None:
            raise KioskError(Failure.DEVICE_ABSENT)
        return self.devices
