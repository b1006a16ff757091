"""The chip of a social-security card as its commands find it, with the habits of real cards and a few bad ones.

Two applications lie on it, as on a real one: the social-security application and a bank's. Everything it holds is of
people who do not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from devices.idcard.pcsc.dialogue import APPLICATION
from devices.idcard.pcsc.records import Element, record

BANK = bytes.fromhex("A000000333010101")
_FILES = {0xEF05: (0x01, 0x07), 0xEF06: (0x08, 0x4E)}
# Where records are counted, they lie in this order.
_ORDER = (0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x4E, 0x0A, 0x0B, 0x0C, 0x0D)
_BANK_ELEMENT = 0x5A
_DONE = b"\x90\x00"
_HALF = 2


@dataclass(frozen=True, slots=True)
class Manners:
    """How a chip behaves.

    `numbering` is how it knows records: `identifiers` (08 to 0D after SELECT of the file), `numbers` (01 on, by short
    file identifier) or `both`. `lengths` is what it says to a wrong expected length: `any` takes every one, `exact`
    answers 6Cxx, `fetched` answers 61xx to everything and gives the data to GET RESPONSE in two pieces, `zero` takes
    only 00. `application` is False for a bank card; `status` is what guarded files answer, such as `6982`; `locked` is
    what SELECT answers; `records` are `whole`, `garbled` or `truncated`.
    """

    numbering: str = "both"
    lengths: str = "any"
    application: bool = True
    status: str = ""
    locked: str = ""
    records: str = "whole"


@dataclass(slots=True)
class Chip:
    """One chip. `commands` are the heads of what it was told, in hexadecimal: instruction and parameters."""

    elements: Mapping[int, bytes] = field(repr=False)
    manners: Manners = field(default_factory=Manners)
    commands: list[str] = field(default_factory=list)
    _application: bytes = b""
    _file: int = 0
    _rest: bytes = field(default=b"", repr=False)

    def reset(self) -> None:
        """Power on, or a reset by the reader: nothing is selected."""
        self._application, self._file, self._rest = b"", 0, b""

    def answer(self, command: bytes) -> bytes:
        """What the chip answers to a command, with its two status bytes."""
        self.commands.append(command[1:4].hex().upper())
        body = command[5:] if command[1:2] == b"\xa4" else b""
        length = command[4] if len(command) > 4 and not body else 0  # noqa: PLR2004 - the fifth byte, after the head
        match command[:2]:
            case b"\x00\xa4":
                return self._select(command[2], body)
            case b"\x00\xb2":
                return self._read(command[2], command[3], length)
            case b"\x00\xc0":
                return self._fetch(length)
            case _:
                return b"\x6d\x00"

    def _select(self, by: int, name: bytes) -> bytes:
        if by == 0x04:  # noqa: PLR2004 - by name
            return self._select_application(name)
        file = int.from_bytes(name, "big")
        if self._application != APPLICATION or file not in _FILES or self.manners.numbering == "numbers":
            return b"\x6a\x82"
        self._file = file
        return _DONE

    def _select_application(self, name: bytes) -> bytes:
        if name == APPLICATION and self.manners.locked:
            return bytes.fromhex(self.manners.locked)
        if name != BANK and (name != APPLICATION or not self.manners.application):
            return b"\x6a\x82"
        self._application, self._file = name, 0
        return self._give(b"\x6f\x11\x84" + bytes((len(name),)) + name, None)

    def _read(self, first: int, second: int, length: int) -> bytes:
        if self._application == BANK:
            return self._give(record(_BANK_ELEMENT, b"\x00" * 10), length)
        if self._application != APPLICATION:
            return b"\x69\x85"
        tag = self._by_number(first, second) if second & 0x04 else self._by_identifier(first)
        if tag is None:
            return b"\x6a\x83"
        if self.manners.status and tag >= Element.NUMBER:
            return bytes.fromhex(self.manners.status)
        return self._give(self._record(tag), length)

    def _by_identifier(self, tag: int) -> int | None:
        least, most = _FILES.get(self._file, (1, 0))
        return tag if self.manners.numbering != "numbers" and tag in self.elements and least <= tag <= most else None

    def _by_number(self, number: int, second: int) -> int | None:
        least, most = _FILES.get(0xEF00 | second >> 3, (1, 0))
        tags = [tag for tag in _ORDER if tag in self.elements and least <= tag <= most]
        known = self.manners.numbering != "identifiers" and 0 < number <= len(tags)
        return tags[number - 1] if known else None

    def _record(self, tag: int) -> bytes:
        whole = record(tag, self.elements[tag])
        match self.manners.records:
            case "garbled":
                return whole[:2] + bytes(byte ^ 0xA5 for byte in whole[2:])
            case "truncated":
                return whole[: len(whole) // _HALF]
            case _:
                return whole

    def _give(self, data: bytes, length: int | None) -> bytes:
        """The data as the chip's manners want it asked for; None when the command says nothing of a length."""
        match self.manners.lengths:
            case "fetched" if data:
                self._rest = data
                return bytes((0x61, (len(data) + 1) // _HALF))
            case "exact" if data and length is not None and length != len(data):
                return bytes((0x6C, len(data)))
            case "zero" if length:
                return b"\x67\x00"
            case _:
                return (data[:length] if length else data) + _DONE

    def _fetch(self, length: int) -> bytes:
        given, self._rest = self._rest[:length], self._rest[length:]
        return given + (bytes((0x61, len(self._rest))) if self._rest else _DONE)
