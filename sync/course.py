"""How far everything waiting has come, in bytes, and how long it still takes: neither ever runs backwards. Pure."""

import math
from collections import deque
from typing import Final

_WINDOW_SECONDS: Final = 30.0
_LEAST_SECONDS: Final = 4.0
_STILL_SECONDS: Final = 20.0
_WRONG: Final = 2.0
_GRACE_SECONDS: Final = 10.0


class Course:
    """Follows the bytes left. What was done stays done: work that comes in makes the whole larger.

    The time left is counted down. Where the line turns out a little slower it stands still; where it is slower by far,
    or still, it is taken back, because no time is better than a wrong one; and then reckoned anew.
    """

    def __init__(self) -> None:
        self.left = 0
        self.total = 0
        self._seen: deque[tuple[float, int]] = deque()
        self._shown: int | None = None

    @property
    def done(self) -> int:
        """Bytes that have arrived since nothing was waiting."""
        return self.total - self.left

    def see(self, left: int, now: float, *, waiting: bool = False) -> None:
        """`left` bytes wait at `now`, in seconds of a steady clock.

        `waiting`: cases still wait for their acknowledgement, so that nothing is over though the last byte has left.
        """
        if left > self.left:
            self.total += left - self.left
            self._shown = None
        self.left = left
        if left == 0 and not waiting:
            self.total = 0
            self._seen.clear()
        self._seen.append((now, self.done))
        while self._seen[0][0] < now - _WINDOW_SECONDS:
            self._seen.popleft()

    def seconds_left(self) -> int | None:
        """Seconds until everything is there, None when that cannot be said. Between two lower values never a higher."""
        reckoned = self._reckoned()
        if reckoned is None:
            self._shown = None
            return None
        if self._shown is not None and reckoned > self._shown * _WRONG + _GRACE_SECONDS:
            self._shown = None
            self._forget()
            return None
        self._shown = reckoned if self._shown is None else min(self._shown, reckoned)
        return self._shown

    def pause(self) -> None:
        """Nothing is sent for now: what was measured tells nothing of later."""
        self._shown = None
        self._seen.clear()

    def _forget(self) -> None:
        """Reckon from here on: what lies behind was another line."""
        while len(self._seen) > 1:
            self._seen.popleft()

    def _reckoned(self) -> int | None:
        if self.left == 0 or not self._seen:
            return None
        (since, before), (now, done) = self._seen[0], self._seen[-1]
        moved_at = next(at for at, much in self._seen if much == done)
        if now - since < _LEAST_SECONDS or done == before or now - moved_at > _STILL_SECONDS:
            return None
        return math.ceil(self.left * (now - since) / (done - before))
