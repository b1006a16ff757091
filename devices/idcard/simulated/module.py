"""A security module that has never met a real card: it answers SAM_V commands from the demo cards.

What a reader does with a card that was already read differs from make to make, and none of it is written down; the
rules here are what open drivers provide against:

strict
    It is neither found nor selected nor read again until it was lifted.
selectable
    It can be selected, but not read again.
reread
    It is not found, but can be selected and read again.
free
    It is found and read as often as one likes.
"""

from dataclasses import dataclass, field

from devices.idcard.sam.commands import (
    ADDRESS_BYTES,
    DONE,
    EMPTY,
    FEEL,
    FIND,
    FOUND,
    NEWEST_ADDRESS,
    NOT_FOUND,
    NOT_READ,
    NOT_SELECTED,
    NUMBER,
    READ,
    SELECT,
)

RULES = ("strict", "selectable", "reread", "free")
STEPS = {command.content: command.name for command in (FEEL, NUMBER, FIND, SELECT, READ, NEWEST_ADDRESS)}
_READ_WITH_FINGERPRINT = b"\x30\x10"
_UNKNOWN = 0x21
_NUMBER = bytes.fromhex("05000100") + b"".join(part.to_bytes(4, "little") for part in (20260101, 1, 1))
_FINGERPRINT = b"FINGERPRINT THAT NOBODY MAY KEEP" * 32


@dataclass(frozen=True, slots=True)
class Chip:
    """What one card answers: its text and photo blocks, and a newer address where it has one."""

    text: bytes = field(repr=False)
    photo: bytes = field(repr=False)
    newest: str = field(default="", repr=False)


class Module:
    """Holds at most one card. `pull_at` names the step before which it is pulled away, once."""

    def __init__(self, rule: str = RULES[0], *, fingerprint: bool = False) -> None:
        self.rule = rule
        self.fingerprint = fingerprint
        self.pull_at = ""
        self.asked: list[str] = []
        self._chip: Chip | None = None
        self._stage = "idle"

    @property
    def holds(self) -> bool:
        """Whether a card lies here."""
        return self._chip is not None

    def lay(self, chip: Chip) -> None:
        """A card is laid down."""
        self._chip, self._stage = chip, "idle"

    def lift(self) -> None:
        """The card is taken away."""
        self._chip, self._stage = None, "idle"

    def answer(self, content: bytes, *, refuse: bool = False) -> bytes:
        """The answer's content (SW1 SW2 SW3 data) to a command's, which is not carried out when it is to be refused."""
        step = READ.name if content == _READ_WITH_FINGERPRINT else STEPS.get(content, "")
        self.asked = [*self.asked[-63:], step]
        if step and step == self.pull_at:
            self.pull_at = ""
            self.lift()
        if refuse:
            return bytes((0, 0, _UNKNOWN))
        status, data = self._carry_out(step, with_fingerprint=content == _READ_WITH_FINGERPRINT)
        return bytes((0, 0, status)) + data

    def _carry_out(self, step: str, *, with_fingerprint: bool) -> tuple[int, bytes]:
        carry_out = {
            FEEL.name: lambda: (DONE, b""),
            NUMBER.name: lambda: (DONE, _NUMBER),
            FIND.name: self._find,
            SELECT.name: self._select,
            READ.name: lambda: self._read(with_fingerprint=with_fingerprint),
            NEWEST_ADDRESS.name: self._address,
        }.get(step)
        return carry_out() if carry_out is not None else (_UNKNOWN, b"")

    def _find(self) -> tuple[int, bytes]:
        if self._chip is None or (self._stage in {"selected", "read"} and self.rule != "free"):
            return NOT_FOUND, b""
        self._stage = "found"
        return FOUND, bytes(4)

    def _select(self) -> tuple[int, bytes]:
        if self._chip is None or (self._stage == "read" and self.rule == "strict"):
            return NOT_SELECTED, b""
        self._stage = "read" if self._stage == "read" and self.rule == "selectable" else "selected"
        return DONE, bytes(8)

    def _read(self, *, with_fingerprint: bool) -> tuple[int, bytes]:
        allowed = self._stage == "selected" or (self._stage == "read" and self.rule == "free")
        if self._chip is None or not allowed:
            return NOT_READ, b""
        self._stage = "read"
        parts = [self._chip.text, self._chip.photo]
        if with_fingerprint or self.fingerprint:
            parts.append(_FINGERPRINT)
        return DONE, b"".join(len(part).to_bytes(2, "big") for part in parts) + b"".join(parts)

    def _address(self) -> tuple[int, bytes]:
        if self._chip is None or self._stage not in {"selected", "read"}:
            return NOT_READ, b""
        if not self._chip.newest:
            return EMPTY, b""
        padded = self._chip.newest.ljust(ADDRESS_BYTES // 2)
        return DONE, padded.encode("utf-16-le")[:ADDRESS_BYTES]
