"""What pcsc-lite says went wrong (`winscard.h`, `pcsclite.h`), as the failures this terminal words."""

from collections.abc import Mapping

from kiosk.failure import Failure, KioskError

SUCCESS = 0
TIMEOUT = 0x8010000A
SHARING_VIOLATION = 0x8010000B
NO_READERS = 0x8010002E
_MASK = 0xFFFFFFFF

_FAILURES: Mapping[int, Failure] = {
    0x80100003: Failure.CARD_SERVICE_DOWN,  # invalid handle: pcscd was restarted and knows it no longer
    0x80100009: Failure.DEVICE_ABSENT,  # unknown reader
    SHARING_VIOLATION: Failure.DEVICE_BUSY,
    0x8010000C: Failure.CARD_PULLED,  # no smart card
    0x8010000F: Failure.CARD_UNREADABLE,  # no common protocol
    0x80100010: Failure.DEVICE_BUSY,  # not ready
    0x80100013: Failure.CARD_SERVICE_DOWN,  # the library lost pcscd
    0x80100017: Failure.DEVICE_ABSENT,  # reader unavailable
    0x8010001D: Failure.CARD_SERVICE_DOWN,  # no service
    0x8010001E: Failure.CARD_SERVICE_DOWN,  # service stopped
    NO_READERS: Failure.DEVICE_ABSENT,
    0x80100065: Failure.CARD_WRONG,  # a kind of card pcscd does not support
    0x80100066: Failure.CARD_UNREADABLE,  # no answer to reset: mute
    0x80100067: Failure.CARD_UNREADABLE,  # unpowered
    0x80100069: Failure.CARD_PULLED,
    0x8010006A: Failure.DEVICE_FORBIDDEN,  # polkit says no
}


def plain(code: int) -> int:
    """The code as it is written in the headers: pyscard gives it signed."""
    return code & _MASK


def demand(code: int) -> None:
    """Raise what a return code means; nothing for success.

    Raises:
        KioskError: `DEVICE_DISTURBED` for everything else the reader or the card did not do.
    """
    number = plain(code)
    if number != SUCCESS:
        raise KioskError(_FAILURES.get(number, Failure.DEVICE_DISTURBED), pcsc=f"{number:08X}")
