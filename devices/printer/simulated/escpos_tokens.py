"""What a receipt printer receives, cut into commands as it arrives. Never raises, and never keeps more than it must."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

_LARGEST_PAYLOAD: Final = 1 << 20
_TEXT: Final = re.compile(rb"[^\x00-\x1f]+")
_LETTERS: Final = {0x0A: "LF", 0x0D: "CR", 0x09: "HT", 0x18: "CAN"}
_ESC, _FS, _GS, _DLE = 0x1B, 0x1C, 0x1D, 0x10
# Parameters of the commands that have a fixed number of them; what is not here has none.
_COUNTS: Final = {
    "ESC": dict.fromkeys("3aEGdJt!-MR {V=", 1) | {"c": 2, "p": 3, "$": 2, "\\": 2},
    "FS": {"!": 1, "S": 2, "W": 1, "C": 1, "-": 1},
    "GS": dict.fromkeys("!rBIaHhwfb", 1) | {"L": 2, "W": 2, "P": 2},
}
_EOT, _ENQ, _DC4 = 0x04, 0x05, 0x14
_CLEAR: Final = 8
_CLEAR_LENGTH: Final = 10
_FEEDING_CUT: Final = 0x41
_TALL_IMAGE: Final = 32


@dataclass(frozen=True, slots=True)
class Token:
    """One command by its ASCII name (`ESC a`, `GS v`), with its parameters and its data, or a run of `text`.

    `cut_short` when the data was longer than any printer holds and was thrown away.
    """

    name: str
    args: bytes = b""
    data: bytes = b""
    cut_short: bool = False

    @property
    def weight(self) -> int:
        """Bytes it keeps, about."""
        return len(self.args) + len(self.data) + 8


@dataclass(frozen=True, slots=True)
class _Cut:
    """A token and where it ends in the buffer; `data` is how many bytes follow there that belong to it."""

    token: Token
    end: int
    data: int = 0


class Tokens:
    """A stream of bytes as tokens, whatever the pieces it comes in."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._skip = 0

    def take(self, data: bytes) -> Iterator[Token]:
        """The tokens that these bytes complete."""
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        self._rest += data
        place = 0
        while place < len(self._rest):
            cut = _next(self._rest, place)
            if cut is None:
                break
            end = cut.end + cut.data
            if cut.data > _LARGEST_PAYLOAD:
                self._skip = max(0, end - len(self._rest))
                place = min(end, len(self._rest))
                yield Token(cut.token.name, cut.token.args, cut_short=True)
            elif end > len(self._rest):
                break
            else:
                place = end
                yield Token(cut.token.name, cut.token.args, bytes(self._rest[cut.end : end]) + cut.token.data)
        del self._rest[:place]


def _next(buffer: bytearray, at: int) -> _Cut | None:
    """The command that begins here; None while not enough of it has come to know how long it is."""
    run = _TEXT.match(buffer, at)
    if run is not None:
        return _Cut(Token("text", data=run.group()), run.end())
    first = buffer[at]
    if first not in _FAMILIES:
        return _Cut(Token(_LETTERS.get(first, "?")), at + 1)
    if len(buffer) < at + 2:
        return None
    return _FAMILIES[first](buffer, at, chr(buffer[at + 1]))


def _plain(family: str, buffer: bytearray, at: int, sign: str) -> _Cut | None:
    """A command whose length is known by its name."""
    args = _args(buffer, at + 2, _COUNTS[family].get(sign, 0))
    return None if args is None else _Cut(Token(f"{family} {sign}", args), at + 2 + len(args))


def _escape(buffer: bytearray, at: int, sign: str) -> _Cut | None:
    if sign != "*":
        return _plain("ESC", buffer, at, sign)
    args = _args(buffer, at + 2, 3)
    if args is None:
        return None
    deep = 3 if args[0] >= _TALL_IMAGE else 1
    return _Cut(Token("ESC *", args), at + 5, int.from_bytes(args[1:3], "little") * deep)


def _group(buffer: bytearray, at: int, sign: str) -> _Cut | None:
    """The commands of GS, of which some say themselves how long they are."""
    if sign not in "Vv(8":
        return _plain("GS", buffer, at, sign)
    if sign == "V":
        mode = _args(buffer, at + 2, 1)
        args = mode and _args(buffer, at + 2, 2 if mode[0] >= _FEEDING_CUT else 1)
        return _Cut(Token("GS V", args), at + 2 + len(args)) if args else None
    if sign == "v":
        args = _args(buffer, at + 2, 6)
        if args is None:
            return None
        return _Cut(
            Token("GS v", args), at + 8, int.from_bytes(args[2:4], "little") * int.from_bytes(args[4:6], "little")
        )
    head = _args(buffer, at + 2, 3 if sign == "(" else 5)
    if head is None:
        return None
    return _Cut(Token(f"GS {sign}{chr(head[0])}"), at + 2 + len(head), int.from_bytes(head[1:], "little"))


def _real_time(buffer: bytearray, at: int, sign: str) -> _Cut | None:
    kind = ord(sign)
    if kind not in (_EOT, _ENQ, _DC4):
        return _Cut(Token("?"), at + 1)
    args = _args(buffer, at + 2, 1)
    if args is None:
        return None
    if kind == _DC4:
        args = _args(buffer, at + 2, _CLEAR_LENGTH - 2 if args[0] == _CLEAR else 3)
        return _Cut(Token("DLE DC4", args), at + 2 + len(args)) if args else None
    return _Cut(Token("DLE EOT" if kind == _EOT else "DLE ENQ", args), at + 3)


def _args(buffer: bytearray, at: int, count: int) -> bytes | None:
    return bytes(buffer[at : at + count]) if len(buffer) >= at + count else None


_FAMILIES: Final[dict[int, Callable[[bytearray, int, str], _Cut | None]]] = {
    _ESC: _escape,
    _FS: partial(_plain, "FS"),
    _GS: _group,
    _DLE: _real_time,
}
