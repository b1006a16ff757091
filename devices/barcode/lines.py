"""From the bytes of a code reader to whole codes: where one ends, what stands around it, how it is encoded."""

from collections import deque
from dataclasses import dataclass

LONGEST = 4096
_ENDS = {"line": (b"\r\n", b"\r", b"\n"), "cr": (b"\r",), "lf": (b"\n",), "crlf": (b"\r\n",), "gap": ()}
ENDS = tuple(_ENDS)
ENCODINGS = ("auto", "utf-8", "gb18030")


@dataclass(frozen=True, slots=True)
class Shape:
    """How this reader writes a code.

    `end`: `line` (CR, LF or both), `cr`, `lf`, `crlf`, or `gap` for none, when quiet ends a code. `prefix` and `suffix`
    are taken off; a code without them is torn and dropped. `encoding` `auto` is UTF-8 where that makes sense, GB18030
    (which holds GBK) where not. After `gap` seconds of quiet nothing more belongs to what has come.
    """

    end: str = "line"
    prefix: bytes = b""
    suffix: bytes = b""
    encoding: str = "auto"
    gap: float = 0.5


class Lines:
    """Collects bytes; never holds more than one code of the longest size that is not whole yet."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._rest = bytearray()
        self._heard = 0.0
        self._too_long = False
        self._whole: deque[str] = deque(maxlen=64)

    def feed(self, data: bytes, now: float) -> None:
        """Take in what came at `now`, in seconds; no bytes tell that time has passed."""
        self._quiet(now)
        if not data:
            return
        self._heard = now
        self._rest += data
        ends = _ENDS[self._shape.end]
        while ends:
            found = [(place, -len(end)) for end in ends if (place := self._rest.find(end)) >= 0]
            if not found:
                break
            place, length = min(found)
            self._take(bytes(self._rest[:place]))
            del self._rest[: place - length]
        if len(self._rest) > LONGEST:
            self._too_long = True
            self._rest.clear()

    def next(self) -> str | None:
        """The oldest whole code."""
        return self._whole.popleft() if self._whole else None

    def clear(self) -> None:
        """Forget everything: the line was lost."""
        self._rest.clear()
        self._whole.clear()
        self._too_long = False

    def _quiet(self, now: float) -> None:
        if now - self._heard < self._shape.gap or not (self._rest or self._too_long):
            return
        if self._shape.end == "gap":
            self._take(bytes(self._rest))
        self._rest.clear()
        self._too_long = False

    def _take(self, code: bytes) -> None:
        """One code without its end. What follows a code that was too long is its tail."""
        if self._too_long:
            self._too_long = False
            return
        prefix, suffix = self._shape.prefix, self._shape.suffix
        if len(code) < len(prefix) + len(suffix) or not (code.startswith(prefix) and code.endswith(suffix)):
            return
        text = self._decoded(code[len(prefix) : len(code) - len(suffix)])
        if text:
            self._whole.append(text)

    def _decoded(self, code: bytes) -> str:
        names = ("utf-8", "gb18030") if self._shape.encoding == "auto" else (self._shape.encoding,)
        for name in names:
            try:
                return code.decode(name).strip()
            except UnicodeDecodeError:
                continue
        return ""
