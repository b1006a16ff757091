"""A line with every fault at some byte, drawn from a seed: repeatable, on loopback, byte for byte above TCP."""

import random
import socket
import threading
import time
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from tests.sync.strangers import http

FAULTS: Final = ("none", "reset", "half-open", "corrupt up", "corrupt down", "drip", "portal", "again")
_PIECE: Final = 4096
_DRIP_SECONDS: Final = 0.02


class Storm:
    """Forwards to `upstream`; each connection meets one fault, at a place somewhere in its first 40 kB, while `on`."""

    def __init__(self, upstream: str, seed: int) -> None:
        self._upstream = (urlsplit(upstream).hostname or "", urlsplit(upstream).port or 80)
        self._random = random.Random(seed)
        self.on = True
        self.met: set[str] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            fault = self._random.choice(FAULTS) if self.on else "none"
            place = int(40_000 ** self._random.random())
            self.met.add(fault)
            threading.Thread(target=self._meet, args=(near, fault, place), daemon=True).start()

    def _meet(self, near: socket.socket, fault: str, place: int) -> None:
        with near, suppress(OSError), socket.create_connection(self._upstream) as far:
            if fault == "portal":
                near.recv(_PIECE)
                near.sendall(http("200 OK", b"<html>log in first</html>"))
                return
            down = threading.Thread(target=self._carry, args=(far, near, fault, place, "down"), daemon=True)
            down.start()
            sent = self._carry(near, far, fault, place, "up")
            down.join()
            if fault == "again":
                self._repeat(sent)

    def _repeat(self, sent: bytes) -> None:
        """All that went up on a connection comes a second time, later, on another."""
        with socket.create_connection(self._upstream) as far:
            far.settimeout(1.0)
            far.sendall(sent)
            with suppress(OSError):
                while far.recv(_PIECE):
                    pass

    def _carry(self, source: socket.socket, sink: socket.socket, fault: str, place: int, way: str) -> bytes:
        passed = bytearray()
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                here = place - len(passed)
                if fault == f"corrupt {way}" and 0 <= here < len(piece):
                    piece = bytes((*piece[:here], piece[here] ^ 0x20, *piece[here + 1 :]))
                if fault in {"reset", "half-open"} and here < len(piece) and way == "up":
                    sink.sendall(piece[: max(0, here)])
                    if fault == "half-open":
                        source.recv(1 << 20, socket.MSG_PEEK)
                        time.sleep(1.5)
                    break
                if fault == "drip":
                    time.sleep(_DRIP_SECONDS)
                passed += piece
                sink.sendall(piece)
        for line in (source, sink):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        return bytes(passed)
