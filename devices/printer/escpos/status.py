"""What a printer says of itself: real-time status bytes, the answer to `GS r`, the process id response, and noise.

Which byte is which can be told from its fixed bits (Epson, "ESC/POS Command Reference", identification of transmission
status): `DLE EOT` answers are 0xx1xx10, a `GS r` answer is 0xx0xxxx, XON and XOFF are 0x11 and 0x13, and blocks begin
with 0x37 and end with NUL.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from kiosk.failure import Failure

ASK_PRINTER: Final = 1
ASK_OFFLINE: Final = 2
ASK_ERROR: Final = 3
ASK_PAPER: Final = 4
_BLOCK: Final = 0x37
_PROCESS: Final = 0x22
_LONGEST_BLOCK: Final = 96


@dataclass(frozen=True, slots=True)
class RealTime:
    """The answer to a `DLE EOT`: one byte, whose question only the asker knows."""

    byte: int


@dataclass(frozen=True, slots=True)
class Worked:
    """The answer to `GS r 1`: everything sent before it has been worked through."""

    near_end: bool
    out: bool


@dataclass(frozen=True, slots=True)
class Process:
    """The process id response: what was sent before the request of this name has been printed."""

    name: bytes


Word: TypeAlias = RealTime | Worked | Process


class Ear:
    """Cuts what a printer sends into words, however it arrives; what makes no sense is dropped."""

    def __init__(self) -> None:
        self._block: bytearray | None = None

    def hear(self, data: bytes) -> Iterator[Word]:
        """The words in these bytes, in order. Never raises and keeps at most one short block."""
        for byte in data:
            word = self._next(byte)
            if word is not None:
                yield word

    def _next(self, byte: int) -> Word | None:
        if self._block is not None:
            return self._in_block(byte)
        if byte == _BLOCK:
            self._block = bytearray()
            return None
        if byte & 0x93 == 0x12:  # noqa: PLR2004 - fixed bits, see above
            return RealTime(byte)
        if byte & 0x90 == 0:
            return Worked(near_end=bool(byte & 0x03), out=bool(byte & 0x0C))
        return None

    def _in_block(self, byte: int) -> Word | None:
        block = self._block
        if block is None:
            return None
        if byte != 0 and len(block) < _LONGEST_BLOCK:
            block.append(byte)
            return None
        self._block = None
        return Process(bytes(block[1:])) if byte == 0 and block[:1] == bytes([_PROCESS]) else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a printer stands, from the four answers; one that was not given counts as well."""

    printer: int = 0x12
    offline: int = 0x12
    error: int = 0x12
    paper: int = 0x12

    @property
    def online(self) -> bool:
        """Whether it takes data; when not, the other answers say why."""
        return not self.printer & 0x08

    @property
    def near_end(self) -> bool:
        """Whether the roll is nearly used up."""
        return bool(self.paper & 0x0C) and not self.out

    @property
    def out(self) -> bool:
        """Whether there is no paper."""
        return bool(self.paper & 0x60) or bool(self.offline & 0x20)

    @property
    def trouble(self) -> tuple[Failure, str] | None:
        """What keeps it from printing and how technicians call it; None when nothing does."""
        found = (
            (self.offline & 0x04, Failure.PRINTER_COVER_OPEN, "cover"),
            (self.out, Failure.PRINTER_PAPER_OUT, "paper"),
            (self.error & 0x08, Failure.PRINTER_JAM, "cutter"),
            (self.error & 0x04, Failure.PRINTER_JAM, "mechanism"),
            (self.error & 0x20, Failure.PRINTER_OFFLINE, "unrecoverable"),
            (self.error & 0x40, Failure.PRINTER_BUSY, "head_hot"),
            (not self.online, Failure.PRINTER_OFFLINE, "feed_button" if self.offline & 0x08 else "offline"),
        )
        return next(((failure, cause) for holds, failure, cause in found if holds), None)
