"""Several card readers side by side: whose failure ends a request, and whose is left to the others.

A reader that cannot take part leaves the request to its neighbours. A card that is no good ends it, because somebody
has just laid it there and must be told; but once only: a bank card forgotten in one reader, or a security module that
lives in a slot, must not keep people from using the other reader.
"""

from devices.seat import Seat
from kiosk.failure import Failure
from kiosk.model.devices import Failed

_NO_CARD = Failure.CARD_ABSENT
# Told once for every card that comes; when the same reader says so again, nobody has done anything there since.
_ONCE = (
    Failure.CARD_WRONG,
    Failure.CARD_NEEDS_VENDOR,
    Failure.CARD_REJECTED,
    Failure.CARD_UNREADABLE,
    Failure.CARD_LIFT_FIRST,
    Failure.DEVICE_DISTURBED,
)
_CANNOT = (
    Failure.DEVICE_BUSY,
    Failure.CARD_SERVICE_DOWN,
    Failure.DEVICE_FORBIDDEN,
    Failure.READER_FAULTY,
    Failure.DEVICE_NEEDS_VENDOR,
    Failure.CONFIG_INVALID,
    Failure.DEVICE_ABSENT,
    Failure.DEVICE_HUNG,
    Failure.DEVICE_CRASHED,
)
# When all readers are through without a card, the first of these is the best to tell.
_ORDER = (_NO_CARD, *_ONCE, *_CANNOT)


class Neighbours:
    """Remembers which readers have told what is wrong with the card that lies there."""

    def __init__(self) -> None:
        self._told: set[Seat] = set()

    def moved(self, seat: Seat, *, present: bool) -> None:
        """A card has come to a reader, or gone: what is said of a new one is news again."""
        if present:
            self._told.discard(seat)

    def left_to_others(self, seat: Seat, failure: Failure) -> bool:
        """Whether a request goes on with the other readers, if there are any at it, after this reader failed so."""
        if failure not in _ONCE:
            return failure in _ORDER
        again = seat in self._told
        self._told.add(seat)
        return again

    def better(self, before: Failed | None, now: Failed) -> Failed:
        """Which of two failures to tell."""
        if before is None:
            return now
        return min(before, now, key=lambda failed: _ORDER.index(failed.failure))
