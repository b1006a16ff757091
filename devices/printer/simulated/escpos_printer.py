"""The simulated receipt printer itself: its mechanism, its sensors, its buffer, and what it answers."""

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from devices.printer.simulated.escpos_tokens import Token, Tokens
from devices.printer.simulated.escpos_type import Type

BUFFER: Final = 64 * 1024


@dataclass(slots=True)
class World:
    """What people and time do to a printer."""

    near_end: bool = False
    out: bool = False
    cover: bool = False
    offline: bool = False
    jam: bool = False
    hot: bool = False
    silent: bool = False
    out_after: int | None = None

    @property
    def stopped(self) -> bool:
        """Whether it takes nothing from its buffer."""
        return self.out or self.cover or self.offline or self.jam or self.hot


class Printer:
    """`charset` is the type it has: gbk, gb18030 or ascii. `process` when it knows GS ( H, `codes` when GS ( k."""

    def __init__(
        self, dots: int, folder: Path | None = None, charset: str = "gbk", *, process: bool = True, codes: bool = True
    ) -> None:
        self.world = World()
        self.type = Type(dots, folder, charset, draws_codes=codes)
        self._process = process
        self._tokens = Tokens()
        self._queue: deque[Token] = deque()
        self._held = 0

    def receive(self, data: bytes) -> bytes:
        """Take bytes in; what is real-time is done at once, the rest waits its turn. Returns what it answers."""
        answers = b""
        for token in self._tokens.take(data):
            if token.name.startswith("DLE"):
                answers += self._real_time(token)
            else:
                self._queue.append(token)
                self._held += token.weight
        return answers + self.work()

    @property
    def full(self) -> bool:
        """Whether its buffer holds all it can."""
        return self._held >= BUFFER

    def work(self) -> bytes:
        """Go on printing until the buffer is empty or something stops it. Returns what it answers."""
        answers = b""
        while self._queue and not self.world.stopped:
            token = self._queue.popleft()
            self._held -= token.weight
            answers += self._do(token)
            if self.world.out_after is not None and self.type.paper().lines >= self.world.out_after:
                self.world.out, self.world.out_after = True, None
        return answers

    def power_off(self) -> None:
        """Forget everything that was not printed; the paper keeps what stands on it."""
        self._queue.clear()
        self._held, self._tokens = 0, Tokens()
        self.type.forget()

    def state(self) -> dict[str, Any]:
        """For the menu: what was printed, and what lies unfinished."""
        return {
            "papers": [{"file": one.file, "text": one.text, "boxes": one.boxes} for one in self.type.papers],
            "unfinished": not self.type.paper().empty,
            "held": self._held,
        }

    # real time

    def _real_time(self, token: Token) -> bytes:
        if token.name == "DLE DC4" and token.args[0] == 8:  # noqa: PLR2004 - function 8: clear
            self.power_off()
            return b"" if self.world.silent else b"\x37\x25\x00"
        if token.name != "DLE EOT" or self.world.silent:
            return b""
        world = self.world
        offline = world.stopped and not world.hot
        answers = {
            1: 0x12 | (0x08 if offline or world.hot else 0),
            2: 0x12
            | (0x04 if world.cover else 0)
            | (0x20 if world.out else 0)
            | (0x40 if world.jam or world.hot else 0),
            3: 0x12 | (0x08 if world.jam else 0) | (0x40 if world.hot else 0),
            4: 0x12 | (0x0C if world.near_end or world.out else 0) | (0x60 if world.out else 0),
        }
        answer = answers.get(token.args[0])
        return b"" if answer is None else bytes([answer])

    # the rest, in order

    def _do(self, token: Token) -> bytes:
        if token.name == "GS r" and token.args[0] in {1, 49}:
            answer = (0x03 if self.world.near_end else 0) | (0x0C if self.world.out else 0)
            return b"" if self.world.silent else bytes([answer])
        if token.name == "GS (H" and token.data[:2] == b"00":
            answers = self._process and not self.world.silent
            return b"\x37\x22" + token.data[2:6] + b"\x00" if answers else b""
        self.type.do(token)
        return b""
