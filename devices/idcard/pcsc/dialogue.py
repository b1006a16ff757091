"""What is said to a social-security card: ISO 7816-4 commands, and what its answers mean.

The published drivers address the same records in two ways: by identifier (P2 = 00) after SELECT of the file, where the
identifier is the element's tag, and by number (P2 = short file id and 100) counting from 1. Cards know one or the
other, so both are tried. `61xx` and `6Cxx` are answered here: neither pcscd nor pyscard does it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from devices.idcard.pcsc.records import NAME_BYTES, VALUE_BYTES, Element, ShortRecordError, split
from kiosk.failure import Failure, KioskError

APPLICATION = "sx1.sh.社会保障".encode("gb2312")
"""Name of the social-security application, the only one this driver ever selects."""

Transmit: TypeAlias = Callable[[bytes], bytes]
"""Sends one command and returns the answer with its two status bytes."""

_OK = 0x9000
_MORE, _OTHER_LENGTH = 0x61, 0x6C
_WRONG_LENGTH = 0x6700
_BYTE = 0xFF
_LONGEST_ANSWER = 1024
_END_OF_RECORD = 0x6282
_STATUS_BYTES = 2
# Security status, blocked, conditions of use, no current key, key objects missing: a PIN or the issuer's PSAM is asked.
_PROTECTED = frozenset({0x6982, 0x6983, 0x6984, 0x6985, 0x6987, 0x6988, 0x6300, 0x9302, 0x9403})
# The application is there, and locked for now or for good.
_LOCKED = frozenset({0x6283, 0x6A81, 0x9303})
# No such file, record or way to ask for it: the other numbering may know it.
_NOT_THERE = frozenset({0x6A80, 0x6A82, 0x6A83, 0x6A86, 0x6A88, 0x6B00, 0x6981, 0x6986, 0x6D00, 0x6E00, 0x9404, 0x9406})
_NO_APPLICATION = _NOT_THERE | frozenset({0x6999})


@dataclass(frozen=True, slots=True)
class _File:
    """One elementary file, and the elements that must and may be taken from it.

    `numbers` are the records to try where they are counted, likely ones first: a version of the card that has an
    element for the rest of a long name counts one more behind it.
    """

    identifier: int
    short: int
    numbers: tuple[int, ...]
    needed: tuple[Element, ...]
    wanted: tuple[Element, ...]


_ISSUER = _File(0xEF05, 0x05, (1, 6, 5), (Element.IDENTIFICATION, Element.EXPIRES), (Element.ISSUED,))
_HOLDER = _File(0xEF06, 0x06, (1, 2, 4, 5, 3), (Element.NUMBER, Element.NAME), (Element.NATION,))
_LONG_NAME = _File(0xEF06, 0x06, (3, 4, 5), (), (Element.NAME_REST,))


def read_elements(transmit: Transmit) -> Mapping[int, bytes]:
    """Everything needed from the card, tag → value.

    Raises:
        KioskError: `CARD_WRONG` (no social-security application), `CARD_NEEDS_VENDOR` (behind a PIN or PSAM),
            `CARD_REJECTED` (locked by its issuer), `CARD_UNREADABLE` with a status or a reason.
    """
    chip = _Chip(transmit)
    chip.select_application()
    elements = chip.read(_ISSUER) | chip.read(_HOLDER)
    if len(elements[Element.NAME].rstrip(b"\x00\xff")) >= NAME_BYTES - 1:
        elements |= chip.read(_LONG_NAME)
    return elements


class _Chip:
    def __init__(self, transmit: Transmit) -> None:
        self._transmit = transmit

    def select_application(self) -> None:
        _, status = self._command(b"\x00\xa4\x04\x00", body=APPLICATION)
        if status in _LOCKED:
            raise KioskError(Failure.CARD_REJECTED, status=f"{status:04X}")
        if status in _NO_APPLICATION:
            raise KioskError(Failure.CARD_WRONG, status=f"{status:04X}")
        _demand(status)

    def read(self, file: _File) -> dict[int, bytes]:
        """The elements of one file, by identifier and, for what is then still missing, by number."""
        found = self._by_identifier(file)
        if any(tag not in found for tag in file.needed) or not found:
            found = self._by_number(file, found)
        for tag in file.needed:
            if tag not in found:
                raise KioskError(Failure.CARD_UNREADABLE, field=tag.name.lower())
        return {tag: found[tag] for tag in (*file.needed, *file.wanted) if tag in found}

    def _by_identifier(self, file: _File) -> dict[int, bytes]:
        _, status = self._command(b"\x00\xa4\x02\x00", body=file.identifier.to_bytes(2, "big"))
        if status in _NOT_THERE:
            return {}
        _demand(status)
        found: dict[int, bytes] = {}
        for tag in (*file.needed, *file.wanted):
            if tag not in found:
                found |= self._record(tag, 0x00, VALUE_BYTES[tag], needed=tag in file.needed)
            if tag in file.needed and tag not in found:
                break
        return found

    def _by_number(self, file: _File, found: dict[int, bytes]) -> dict[int, bytes]:
        for number in file.numbers:
            missing = [tag for tag in file.needed if tag not in found]
            if not missing and all(tag in found for tag in file.wanted):
                break
            found = self._record(number, file.short << 3 | 0x04, NAME_BYTES, needed=bool(missing)) | found
        return found

    def _record(self, first: int, second: int, length: int, *, needed: bool) -> dict[int, bytes]:
        """The elements of one record; none when the card does not know it, or keeps to itself what is not needed."""
        head = bytes((0x00, 0xB2, first, second))
        data, status = self._command(head, length=length + 2)
        if status == _WRONG_LENGTH:
            data, status = self._command(head, length=0)
        if status in _NOT_THERE or (status in _PROTECTED and not needed):
            return {}
        _demand(status)
        try:
            return split(data)
        except ShortRecordError as short:
            whole = short.needed
        except ValueError:
            raise KioskError(Failure.CARD_UNREADABLE, field="record") from None
        return self._whole_record(head, whole)

    def _whole_record(self, head: bytes, length: int) -> dict[int, bytes]:
        """A record that came short because less was asked for than it holds: asked for again, once."""
        data, status = self._command(head, length=min(length, _BYTE))
        _demand(status)
        try:
            return split(data)
        except ValueError:
            raise KioskError(Failure.CARD_UNREADABLE, field="record") from None

    def _command(self, head: bytes, *, body: bytes = b"", length: int | None = None) -> tuple[bytes, int]:
        """One command to its end: repeated with the length the card names, its answer fetched piece by piece."""
        said = head + (bytes((len(body),)) + body if body else b"")
        data, status = self._exchange(said if length is None else said + bytes((length,)))
        if status >> 8 == _OTHER_LENGTH:
            data, status = self._exchange(said + bytes((status & _BYTE,)))
        while status >> 8 == _MORE:
            more, status = self._exchange(bytes((0x00, 0xC0, 0x00, 0x00, status & _BYTE)))
            if status >> 8 == _OTHER_LENGTH:
                more, status = self._exchange(bytes((0x00, 0xC0, 0x00, 0x00, status & _BYTE)))
            data += more
            if len(data) > _LONGEST_ANSWER or (status >> 8 == _MORE and not more):
                raise KioskError(Failure.CARD_UNREADABLE, field="answer")
        return data, status

    def _exchange(self, command: bytes) -> tuple[bytes, int]:
        answer = self._transmit(command)
        if len(answer) < _STATUS_BYTES:
            raise KioskError(Failure.DEVICE_DISTURBED, reason="short_answer")
        return answer[:-_STATUS_BYTES], int.from_bytes(answer[-_STATUS_BYTES:], "big")


def _demand(status: int) -> None:
    if status in {_OK, _END_OF_RECORD}:
        return
    failure = Failure.CARD_NEEDS_VENDOR if status in _PROTECTED else Failure.CARD_UNREADABLE
    raise KioskError(failure, status=f"{status:04X}")
