"""When to try again, what goes first and how much at once. Pure: no clock, no thread, no disk.

Times come from links measured with cuts and loss: after a break short probes with full jitter, a cap, back to the
first step at the first success; parallel packs of about five seconds each.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from tenacity import RetryCallState, Retrying, wait_random_exponential

from kiosk.failure import Failure
from kiosk.ports import OutboxEntry

LONGEST_PAUSE: Final = 15 * 60.0
SHORTEST_PAUSE: Final = 0.2
_QUICK_CAP: Final = 60.0
_QUICK: Final = frozenset({Failure.LINK_DOWN, Failure.LINK_STALLED, Failure.LINK_BUSY})
_HIGHEST_STEP: Final = 16


def pause_after(failure: Failure, failures: int, told: int | None = None) -> float:
    """Seconds until the next try after `failures` failures in a row, at random below a growing bound.

    What time alone heals is probed at least every minute, because a probe on a dead link costs nothing; what needs a
    person every quarter of an hour. Where the platform told how long to wait, that is the least.
    """
    cap = _QUICK_CAP if failure in _QUICK else LONGEST_PAUSE
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = min(max(failures, 1), _HIGHEST_STEP)
    pause = wait_random_exponential(multiplier=1, max=cap)(state)
    return min(max(pause, SHORTEST_PAUSE, float(told or 0)), LONGEST_PAUSE)


def in_order(entries: Iterable[OutboxEntry]) -> list[OutboxEntry]:
    """Forms before scans, the oldest day first (its promised day of delivery ends first), small before large."""
    return sorted(entries, key=_rank)


def _rank(entry: OutboxEntry) -> tuple[bool, int, int, float]:
    moment = entry.created_at.astimezone(UTC)
    size = sum(material.size for material in entry.materials) if entry.form_taken else 0
    return entry.form_taken, moment.toordinal(), size, moment.timestamp()


def first_that_fit(entries: Sequence[OutboxEntry], most: int, most_bytes: int) -> list[OutboxEntry]:
    """The first entries whose forms together stay within bounds; one always goes, however large."""
    chosen: list[OutboxEntry] = []
    size = 0
    for entry in entries[:most]:
        size += len(entry.payload) + _PER_BLOB * len(entry.materials)
        if chosen and size > most_bytes:
            break
        chosen.append(entry)
    return chosen


_PER_BLOB: Final = 200


@dataclass(slots=True)
class Pace:
    """How many bytes go into one request: about five seconds of what the link was last seen to carry."""

    least: int = 64 * 1024
    most: int = 1024 * 1024
    first: int = 256 * 1024
    _rate: float | None = None

    def bytes(self) -> int:
        """Bytes for the next request."""
        if self._rate is None:
            return self.first
        return max(self.least, min(self.most, math.ceil(self._rate * _PACK_SECONDS)))

    def saw(self, size: int, seconds: float) -> None:
        """A request of `size` bytes took `seconds`; small ones say only how far away the platform is."""
        if size >= self.least // 2:
            rate = size / max(seconds, 0.001)
            self._rate = rate if self._rate is None else (self._rate + rate) / 2

    def stumbled(self) -> None:
        """The link broke: feel the way with small requests again."""
        if self._rate is not None or self.first > self.least:
            self._rate = self.least / _PACK_SECONDS


_PACK_SECONDS: Final = 5.0
