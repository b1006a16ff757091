"""The idle clock of a visit, as a pure value: instants in, one of three readings out.

60 s without a touch, then a spoken 30 s countdown with 还需要时间; twice that in the large-text view. It stands still
while the terminal itself is busy: scanning, printing, speaking, reading a card. Instants are monotonic seconds.
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

IDLE_SECONDS = 60.0
WARN_SECONDS = 30.0
ELDER_FACTOR = 2.0


class Phase(StrEnum):
    """What the idle clock asks of the screen."""

    ACTIVE = "active"
    WARN = "warn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Idle:
    """One reading. `seconds_left` counts down whole seconds while the warning stands, and is 0 otherwise."""

    phase: Phase
    seconds_left: int = 0


@dataclass(frozen=True, slots=True)
class IdleClock:
    """Since when nobody has touched anything, and since when the terminal itself is busy, if it is.

    `elder` doubles both times.
    """

    touched_at: float
    busy_since: float | None = None
    elder: bool = False

    def touched(self, now: float) -> "IdleClock":
        """Somebody is there: a touch, a key, a card, or 还需要时间."""
        busy_since = None if self.busy_since is None else now
        return replace(self, touched_at=now, busy_since=busy_since)

    def busy(self, now: float) -> "IdleClock":
        """The terminal works and the person waits: the clock stands still."""
        return self if self.busy_since is not None else replace(self, busy_since=now)

    def ready(self, now: float) -> "IdleClock":
        """The terminal waits for the person again: the clock goes on from where it stood."""
        if self.busy_since is None:
            return self
        stood = max(0.0, now - self.busy_since)
        return replace(self, touched_at=self.touched_at + stood, busy_since=None)

    def sized(self, *, elder: bool) -> "IdleClock":
        """The same clock in the large-text view, or out of it."""
        return replace(self, elder=elder)

    def read(self, now: float) -> Idle:
        """The reading at `now`."""
        factor = ELDER_FACTOR if self.elder else 1.0
        still = (now if self.busy_since is None else self.busy_since) - self.touched_at
        left = (IDLE_SECONDS + WARN_SECONDS) * factor - still
        if left <= 0:
            return Idle(Phase.EXPIRED)
        if left <= WARN_SECONDS * factor:
            return Idle(Phase.WARN, math.ceil(left))
        return Idle(Phase.ACTIVE)
