"""The socket of the simulated receipt printer: a TCP port of the loopback interface or a pty, and all that befalls it.

One loop on one thread; one visitor at a time, as with real printers.
"""

import os
import pty
import select
import socket
import time
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Final

from devices.printer.simulated.escpos_printer import Printer

_PIECE: Final = 4096
_TICK: Final = 0.05
_STEPS: Final = 20


class Door:
    """What both kinds share: reading no faster than told, closing when told, and the commands on standard input."""

    address = ""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._visitor: int | None = None
        self._hears = True
        self._turns_away = False
        self._pace = 0
        self._left: int | None = None
        self._words = b""
        self._unsent = b""
        self._gone = False

    # the menu

    def listen(self, *, hears: bool) -> None:
        """Read, or do not."""
        self._hears = hears

    def pace(self, bytes_per_second: int) -> None:
        """Read so fast; 0 is as fast as it comes."""
        self._pace = bytes_per_second

    def hang_up_after(self, after: int) -> None:
        """Close the connection after so many bytes, once."""
        self._left = after

    def turn_away(self, *, turns: bool) -> None:
        """Close on everybody who comes, or stop doing so."""
        self._turns_away = turns

    def leave(self) -> None:
        """Nobody there any more."""
        self._gone = True
        self._close()

    def come_back(self) -> None:
        """There again, at the same address."""
        self._gone = False

    def answer(self, data: bytes) -> None:
        """Say something to who is connected."""
        self._unsent = (self._unsent + data)[-_PIECE:]

    # the loop

    def serve(self, on_command: Callable[[str], None]) -> None:
        """Until standard input ends."""
        while True:
            poll = select.poll()
            poll.register(0, select.POLLIN)
            for descriptor in self._watched():
                poll.register(descriptor, select.POLLIN)
            ready = dict(poll.poll((1 / _STEPS if self._pace else _TICK) * 1000))
            if ready.get(0) and not self._commands(on_command):
                self.leave()
                return
            self._serve_visitor(ready)
            self._flush()

    def _commands(self, on_command: Callable[[str], None]) -> bool:
        data = os.read(0, _PIECE)
        *lines, self._words = (self._words + data).split(b"\n")
        for line in lines:
            on_command(line.decode("utf-8", "replace"))
        return bool(data)

    def _watched(self) -> list[int]:
        open_ear = self._visitor is not None and self._hears and not self._printer.full and not self._gone
        return [self._visitor] if open_ear and self._visitor is not None else []

    def _serve_visitor(self, ready: dict[int, int]) -> None:
        if self._visitor is None or self._visitor not in ready:
            return
        size = max(1, self._pace // _STEPS) if self._pace else _PIECE
        size = min(size, self._left) if self._left is not None else size
        try:
            data = os.read(self._visitor, size) if size else b""
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._visitor_gone()
        else:
            self._received(data)
        if self._pace:
            time.sleep(1 / _STEPS)

    def _received(self, data: bytes) -> None:
        self.answer(self._printer.receive(data))
        if self._left is not None:
            self._left -= len(data)
            if self._left <= 0:
                self._left = None
                self._close()

    def _flush(self) -> None:
        if self._visitor is None or not self._unsent:
            return
        try:
            sent = os.write(self._visitor, self._unsent)
        except BlockingIOError:
            return
        except OSError:
            sent = len(self._unsent)
        self._unsent = self._unsent[sent:]

    def _visitor_gone(self) -> None:
        self._close()

    def _close(self) -> None:
        self._unsent = b""


class NetworkDoor(Door):
    """127.0.0.1 and a port of its own."""

    def __init__(self, printer: Printer) -> None:
        super().__init__(printer)
        self._peer: socket.socket | None = None
        self._listener: socket.socket | None = self._bound(0)
        self._port = self._listener.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"

    def leave(self) -> None:
        """Refuse everybody."""
        super().leave()
        if self._listener is not None:
            self._listener.close()
        self._listener = None

    def come_back(self) -> None:
        """Listen on the same port again."""
        super().come_back()
        if self._listener is None:
            self._listener = self._bound(self._port)

    def _bound(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port), backlog=4)
        listener.setblocking(False)
        return listener

    def _watched(self) -> list[int]:
        if self._visitor is None:
            return [self._listener.fileno()] if self._listener is not None else []
        return super()._watched()

    def _serve_visitor(self, ready: dict[int, int]) -> None:
        if self._visitor is None and self._listener is not None and self._listener.fileno() in ready:
            peer, _ = self._listener.accept()
            if self._turns_away:
                peer.close()
                return
            peer.setblocking(False)
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._peer, self._visitor = peer, peer.fileno()
            return
        super()._serve_visitor(ready)

    def _close(self) -> None:
        super()._close()
        if self._peer is not None:
            self._peer.close()
        self._peer = self._visitor = None


class PtyDoor(Door):
    """A pty; `link` is a name for it that stays when it goes and comes back."""

    def __init__(self, printer: Printer, link: Path | None) -> None:
        super().__init__(printer)
        self._link = link
        self._slave: int | None = None
        self.come_back()

    def leave(self) -> None:
        """Unplug it: what has it open gets errors, and the name leads nowhere."""
        super().leave()
        for descriptor in (self._slave, self._visitor):
            if descriptor is not None:
                os.close(descriptor)
        self._visitor = self._slave = None
        if self._link is not None:
            self._link.unlink(missing_ok=True)

    def come_back(self) -> None:
        """A pty again, behind the same name where it has one."""
        super().come_back()
        if self._visitor is not None:
            return
        # Its own slave end stays open: otherwise the master is told of a hang-up whenever nobody has it open.
        self._visitor, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._visitor, False)
        name = os.ttyname(self._slave)
        if self._link is not None:
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(name)
        self.address = f"serial:{self._link or name}"

    def _visitor_gone(self) -> None:
        """A pty has no visitors that go: nothing was there to read."""
