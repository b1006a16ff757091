"""A line with every fault at some byte, drawn from a seed: repeatable, on loopback, byte for byte above TCP.

What the n-th connection meets depends on the seed and on n alone. `Ambush` strikes once, at a byte of a given class.
"""

import random
import socket
import struct
import threading
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sync.wire.frames import FRAME_HEADER_BYTES
from tests.sync.strangers import http

FAULTS: Final = (
    "none",
    "cut",
    "reset",
    "half-open",
    "stall",
    "corrupt up",
    "corrupt down",
    "drip",
    "portal",
    "again",
    "later",
    "redial",
)
"""Of a connection, from some byte on.

`cut` ends it, `reset` breaks it, `half-open` swallows everything without a word, `stall` carries nothing for longer
than the terminal waits and then goes on, `drip` carries slowly, `portal` answers itself, `again` repeats all that went
up, `later` breaks it for the terminal and delivers all that went up only after what the terminal sent next, `redial`
swallows every connection there is, as a line does that comes back with another address.
"""

STRIKES: Final = ("cut", "reset", "half-open", "stall", "corrupt")
CLASSES: Final = (
    "question line",
    "question head",
    "end of question head",
    "first byte of body",
    "frame header",
    "frame data",
    "last byte of body",
    "status line",
    "answer head",
    "first byte of answer",
    "answer",
    "last byte of answer",
)

_PIECE: Final = 4096
_DRIP_SECONDS: Final = 0.02
_SILENCE_SECONDS: Final = 1.6
_LATER_SECONDS: Final = 0.8
_RESET: Final = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Meeting:
    """What a connection meets, and at which byte on its way."""

    fault: str
    place: int


def meeting(seed: int, connection: int) -> Meeting:
    """The n-th connection's fault."""
    dice = random.Random(f"{seed}/{connection}")
    return Meeting(dice.choice(FAULTS), int(40_000 ** dice.random()))


class _Line(ABC):
    """Listens and gives every connection to `meet`, on a thread of its own."""

    def __init__(self, upstream: str) -> None:
        self._upstream = (urlsplit(upstream).hostname or "", urlsplit(upstream).port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        number = 0
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            number += 1
            threading.Thread(target=self._met, args=(near, number), daemon=True).start()

    def _met(self, near: socket.socket, number: int) -> None:
        with near, suppress(OSError):
            self.meet(near, number)

    @abstractmethod
    def meet(self, near: socket.socket, number: int) -> None:
        """Serve the `number`th connection to its end."""


class Storm(_Line):
    """Forwards to `upstream`; each connection meets one fault, at a place somewhere in its first 40 kB, while `on`."""

    def __init__(self, upstream: str, seed: int) -> None:
        self._seed = seed
        self.on = True
        self.met: set[str] = set()
        self._dialled = 0
        self._forwarded = 0
        super().__init__(upstream)

    def meet(self, near: socket.socket, number: int) -> None:
        met = meeting(self._seed, number) if self.on else Meeting("none", 0)
        self.met.add(met.fault)
        if met.fault == "portal":
            near.recv(_PIECE)
            near.sendall(http("200 OK", b"<html>log in first</html>"))
            return
        with socket.create_connection(self._upstream) as far:
            carried = _Carried(self, near, far, met, self._dialled)
            down = threading.Thread(target=carried.carry, args=(far, near, "down"), daemon=True)
            down.start()
            sent = carried.carry(near, far, "up")
            down.join()
            self._forwarded += 1
        if met.fault in {"again", "later"}:
            self._repeat(sent, wait=met.fault == "later")

    def redial(self) -> None:
        """The line comes back with another address: what was open is nobody's any more."""
        self._dialled += 1

    def dialled(self) -> int:
        return self._dialled

    def _repeat(self, sent: bytes, *, wait: bool) -> None:
        """What went up on a connection comes on another: a second time, or for the first time after what came next."""
        seen, until = self._forwarded, time.monotonic() + _LATER_SECONDS
        while wait and self._forwarded == seen and time.monotonic() < until:
            time.sleep(_DRIP_SECONDS)
        with socket.create_connection(self._upstream) as far:
            far.settimeout(1.0)
            far.sendall(sent)
            with suppress(OSError):
                while far.recv(_PIECE):
                    pass


class _Carried:
    """One connection on its way through the storm."""

    def __init__(self, storm: Storm, near: socket.socket, far: socket.socket, met: Meeting, dialled: int) -> None:
        self._storm, self._ends, self._met, self._dialled = storm, (near, far), met, dialled

    def carry(self, source: socket.socket, sink: socket.socket, way: str) -> bytes:
        """Bytes of one direction until it ends; all that came."""
        passed = bytearray()
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                here = self._met.place - len(passed)
                passed += piece
                if self._storm.dialled() > self._dialled:
                    _swallow(source)
                    break
                if not self._pass(piece, here, sink, way):
                    break
        for line in self._ends:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        return bytes(passed)

    def _pass(self, piece: bytes, here: int, sink: socket.socket, way: str) -> bool:
        """Hand a piece on as far as the fault lets it; whether the connection goes on."""
        fault = self._met.fault
        struck = here < len(piece) and way == "up"
        if fault == f"corrupt {way}" and 0 <= here < len(piece):
            piece = bytes((*piece[:here], piece[here] ^ 0x20, *piece[here + 1 :]))
        elif fault == "later" and way == "up":
            return True  # kept until the terminal has given up
        elif fault == "drip":
            time.sleep(_DRIP_SECONDS)
        elif fault == "stall" and struck and here >= 0:
            time.sleep(_SILENCE_SECONDS)
        elif fault in {"cut", "reset", "half-open", "redial"} and struck:
            sink.sendall(piece[: max(0, here)])
            if fault == "redial":
                self._storm.redial()
            _end(fault, self._ends)
            return False
        sink.sendall(piece)
        return True


def _end(fault: str, ends: tuple[socket.socket, socket.socket]) -> None:
    if fault in {"half-open", "redial"}:
        _swallow(ends[0])
    if fault == "reset":
        for end in ends:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            end.close()


def _swallow(source: socket.socket) -> None:
    """Take what comes and say nothing, for longer than anybody waits."""
    source.settimeout(0.1)
    until = time.monotonic() + _SILENCE_SECONDS
    while time.monotonic() < until:
        with suppress(TimeoutError):
            if not source.recv(_PIECE):
                time.sleep(0.1)


class Ambush(_Line):
    """Carries everything; the first byte of one class that comes past is struck, and never again.

    It knows HTTP and frames just well enough to tell where it is. `struck` says whether the byte came.
    """

    def __init__(self, upstream: str, strike: str, where: str) -> None:
        self._strike, self._where = strike, where
        self._lock = threading.Lock()
        self.struck = False
        super().__init__(upstream)

    def meet(self, near: socket.socket, number: int) -> None:  # noqa: ARG002 -- one strike, whichever comes
        with socket.create_connection(self._upstream) as far:
            down = threading.Thread(target=self._carry, args=(far, near, Place(up=False)), daemon=True)
            down.start()
            self._carry(near, far, Place(up=True))
            down.join()

    def _carry(self, source: socket.socket, sink: socket.socket, place: "Place") -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                at = next((index for index, byte in enumerate(piece) if self._here(place.step(byte))), None)
                for byte in piece[at + 1 :] if at is not None else b"":
                    place.step(byte)
                if at is None:
                    sink.sendall(piece)
                elif self._strike == "corrupt":
                    sink.sendall(bytes((*piece[:at], piece[at] ^ 0x20, *piece[at + 1 :])))
                else:
                    sink.sendall(piece[:at])
                    if self._strike != "stall":
                        _end(self._strike, (source, sink))
                        break
                    time.sleep(_SILENCE_SECONDS)
                    sink.sendall(piece[at:])
        for line in (source, sink):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _here(self, classes: frozenset[str]) -> bool:
        with self._lock:
            if self.struck or self._where not in classes:
                return False
            self.struck = True
            return True


class Place:
    """Where in a stream of HTTP messages the next byte lies."""

    def __init__(self, *, up: bool) -> None:
        self._up = up
        self._head = bytearray()
        self._body = 0
        self._left = 0
        self._frames = False

    def step(self, byte: int) -> frozenset[str]:
        """Take one byte; the classes it is of."""
        return self._in_body() if self._left else self._in_head(byte)

    def _in_head(self, byte: int) -> frozenset[str]:
        line = b"\r\n" not in self._head
        self._head.append(byte)
        if self._head.endswith(b"\r\n\r\n"):
            head = bytes(self._head).lower()
            length = head.partition(b"content-length:")[2].split(b"\r\n")[0].strip()
            self._left, self._body = int(length or 0), 0
            self._frames = b"/v1/frames" in head
            self._head.clear()
            return frozenset({"end of question head"} if self._up else {"answer head"})
        if self._up:
            return frozenset({"question line" if line else "question head"})
        return frozenset({"status line" if line else "answer head"})

    def _in_body(self) -> frozenset[str]:
        at, self._body, self._left = self._body, self._body + 1, self._left - 1
        if not self._up:
            told = {"answer"} if at else {"first byte of answer"}
            return frozenset(told | ({"last byte of answer"} if self._left == 0 else set()))
        found = {"first byte of body"} if at == 0 else set()
        if self._frames:
            found.add("frame header" if at < FRAME_HEADER_BYTES else "frame data")
        return frozenset(found | ({"last byte of body"} if self._left == 0 else set()))
