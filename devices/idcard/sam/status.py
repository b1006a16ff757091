"""The third status byte (SW3) of an answer, and what it means to a person.

Three independent open drivers agree on these codes. What a code means depends on where it comes: 41 in the middle of a
read is a card that was pulled or one that cannot be read, which `steps` finds out.
"""

from kiosk.failure import Failure, KioskError

FAILURES: dict[int, Failure] = {
    0x10: Failure.DEVICE_DISTURBED,  # the module found a wrong checksum in what was asked
    0x11: Failure.DEVICE_DISTURBED,  # or a wrong length
    0x21: Failure.DEVICE_NEEDS_VENDOR,  # it does not know the command
    0x23: Failure.DEVICE_DISTURBED,  # the command is not allowed now: the two have lost step
    0x24: Failure.DEVICE_DISTURBED,  # unknown error
    0x31: Failure.CARD_REJECTED,  # the card rejects the module
    0x32: Failure.CARD_REJECTED,  # the module rejects the card
    0x33: Failure.CARD_REJECTED,  # what was read failed its verification
    0x40: Failure.CARD_WRONG,  # a card of no known type
    0x41: Failure.CARD_UNREADABLE,  # reading failed
    0x47: Failure.READER_FAULTY,  # no random number
    0x60: Failure.READER_FAULTY,  # the module failed its self-test
    0x66: Failure.READER_FAULTY,  # the module is not authorised
    0x80: Failure.CARD_ABSENT,  # no card found
    0x81: Failure.CARD_PULLED,  # no card selected
    0x91: Failure.CARD_UNREADABLE,  # the item is empty on this card
}
GARBLED = frozenset({0x10, 0x11})
"""What the module answers to a question that reached it damaged: asking again helps."""


def failed(step: str, status: int) -> KioskError:
    """The failure a status byte means; one nobody knows is a disturbance. Technicians read the step and the byte."""
    return KioskError(FAILURES.get(status, Failure.DEVICE_DISTURBED), step=step, status=f"{status:02X}")
