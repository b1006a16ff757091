"""What may be asked of a SAM_V module, and what a proper answer to each looks like.

An answer that does not fit its question is a late answer to an earlier one: the protocol has no sequence numbers.
"""

from dataclasses import dataclass

DONE = 0x90
FOUND = 0x9F
EMPTY = 0x91
NOT_FOUND = 0x80
NOT_SELECTED = 0x81
NOT_READ = 0x41
ADDRESS_BYTES = 70


@dataclass(frozen=True, slots=True)
class Command:
    """One question: its content (CMD Para), how long its answer may be waited for in seconds, and what fits as one.

    `good` is the third status byte of success, whose data is `least` to `most` bytes long. Every other status comes
    without data.
    """

    name: str
    content: bytes
    seconds: float
    good: int = DONE
    least: int = 0
    most: int = 0

    def fits(self, status: int, data: bytes) -> bool:
        """Whether an answer can be one to this question."""
        if status in {DONE, FOUND}:
            return status == self.good and self.least <= len(data) <= self.most
        return not data


FEEL = Command("status", b"\x11\xff", 0.8)
NUMBER = Command("number", b"\x12\xff", 0.8, least=16, most=16)
FIND = Command("find", b"\x20\x01", 0.8, good=FOUND, most=16)
SELECT = Command("select", b"\x20\x02", 1.0, most=16)
# Text and photo, and with them the fingerprint from readers that send it unasked.
READ = Command("read", b"\x30\x01", 3.0, least=4, most=4000)
NEWEST_ADDRESS = Command("address", b"\x30\x03", 0.8, least=ADDRESS_BYTES, most=10 * ADDRESS_BYTES)

COMMANDS = (FEEL, NUMBER, FIND, SELECT, READ, NEWEST_ADDRESS)


def module_number(data: bytes) -> str:
    """The number of a security module as it is printed on readers: `05.01-20120326-0001234567-0000000001`."""
    first, second = (int.from_bytes(data[at : at + 2], "little") for at in (0, 2))
    numbers = (int.from_bytes(data[at : at + 4], "little") for at in (4, 8, 12))
    day, serial, check = numbers
    return f"{first:02d}.{second:02d}-{day:08d}-{serial:010d}-{check:010d}"
