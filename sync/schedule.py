"""When to try again, what goes first and how much at once. Pure: no clock, no thread, no disk.

Times come from links measured with cuts and loss: after a break some short probes, because most breaks last seconds,
then ever fewer with full jitter up to a cap; back to the first step at the first success.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Final

from tenacity import RetryCallState, Retrying, wait_random_exponential

from kiosk.failure import Failure
from kiosk.ports import OutboxEntry

LONGEST_PAUSE: Final = 15 * 60.0
SHORTEST_PAUSE: Final = 0.2
_QUICK_CAP: Final = 60.0
_QUICK: Final = frozenset({Failure.LINK_DOWN, Failure.LINK_STALLED, Failure.LINK_BUSY})
_BREAKS: Final = frozenset({Failure.LINK_DOWN, Failure.LINK_STALLED})
_HIGHEST_STEP: Final = 16
FIRST_PIECE: Final = 64 * 1024
_LEAST_PIECE, _MOST_PIECE = 16 * 1024, 1024 * 1024
_PIECE_SECONDS: Final = 2.0
"""So long a piece of something long may take: a line that breaks costs no more."""

_PROBES: Final = 6
"""So many tries come within about a second each before the pauses grow: a line that flaps is back in seconds."""


def pause_after(failure: Failure, failures: int, told: int | None = None) -> float:
    """Seconds until the next try after `failures` failures in a row, at random below a growing bound.

    What time alone heals is probed at once and then at least every minute, because a probe on a dead link costs
    nothing; what needs a person every quarter of an hour. Where the platform told how long to wait, that is the least.
    """
    cap = _QUICK_CAP if failure in _QUICK else LONGEST_PAUSE
    state = RetryCallState(Retrying(), None, (), {})
    probes = _PROBES if failure in _BREAKS else 0
    state.attempt_number = min(max(failures - probes, 1), _HIGHEST_STEP)
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


def next_piece(asked: int, came: int, seconds: float) -> int:
    """How many bytes of a package to ask for next, when `came` of the `asked` took so long."""
    fits = int(came * _PIECE_SECONDS / max(seconds, 0.01))
    return max(_LEAST_PIECE, min(_MOST_PIECE, 2 * asked, fits))
