"""The device host: every driver in a process of its own, and one thread that talks with all of them.

`DeviceHost` answers the `Devices` port of `kiosk.ports`. Its calls leave a note for the host's thread and return;
events come back on that thread, so an `on_event` must be quick and must not wait for the host. Every started request
gets exactly one last event: `CardRead`, `Finished` or `Failed`. A driver that hangs or crashes is killed and started
again alone; its request ends `DEVICE_HUNG` or `DEVICE_CRASHED`, except that a paper it had in hand ends
`PRINT_UNCERTAIN` (the cause as detail): it may have been printed, and nobody may print it again unasked.

**One at a time.** A second paper waits its turn. A second card or scan request is refused with `DEVICE_BUSY`, because
two who wait for one card, or for one stack of pages, would get each other's; after a `cancel` it waits for the first to
let go. A card request goes to all readers at once: the first card wins and the others are called off.
"""

import itertools
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import structlog

from devices import messages as m
from devices.config import choices
from devices.limits import Limits
from devices.orders import Order, kind_of
from devices.seat import Seat
from devices.switchboard import Answers, Switchboard
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CodeRead, DeviceKind, Event, PrinterOffer, Request, Ticket
from kiosk.model.terminal import DeviceStatus

_log = structlog.get_logger("devices")
_REAPING = 0.02
_LAST_WAIT = 2.0
_IDLE = 60.0


class DeviceHost:
    """All devices of one terminal. `config` is the `[devices]` table (see `devices.config`), `data` its directory.

    Raises:
        KioskError: `CONFIG_INVALID` for a device or driver nobody knows.
    """

    def __init__(self, config: Mapping[str, Any], data: Path, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        now = time.monotonic()
        self._seats = tuple(Seat(choice, data.resolve(), self._limits, now) for choice in choices(config))
        self._answers: Answers = {}
        self._board = Switchboard(self._seats, self._limits, self._answers)
        self._notes: deque[Callable[[float], None]] = deque()
        self._numbers = itertools.count(1)
        self._bell, self._ring = socket.socketpair()
        self._bell.setblocking(False)
        self._ring.setblocking(False)
        self._gate = threading.Lock()
        self._closing = False
        # A daemon: a program that forgets to close must still be able to end, and its drivers end with it.
        self._thread = threading.Thread(target=self._run, name="device-host", daemon=True)
        self._thread.start()

    # the port

    def start(self, request: Request, on_event: Callable[[Event], None]) -> Ticket:
        """Begin a request and return its ticket at once; everything else comes as events.

        Raises:
            KioskError: `DEVICE_ABSENT` after `close`.
        """
        order = Order(Ticket(kind_of(request), next(self._numbers)), request, on_event)
        self._note(lambda now: self._board.accept(order, now))
        return order.ticket

    def cancel(self, ticket: Ticket) -> None:
        """Give up a request; its last event still comes. One that has ended already is left alone."""
        if not self._closing:
            self._note(lambda now: self._board.give_up(ticket, now))

    def trigger(self, ticket: Ticket) -> None:
        """Press the shutter of a camera request; anything else is left alone."""
        if not self._closing:
            self._note(lambda now: self._board.trigger(ticket, now))

    def status(self) -> tuple[DeviceStatus, ...]:
        """Every device as last heard of, in the order of the configuration."""
        return self._board.status

    def watch_card(self, on_card: Callable[[bool], None]) -> None:
        """Call `on_card` with True when a card comes to any reader and False when the last one goes.

        What is known already is told at once. Watching ends with `close`.
        """
        self._note(lambda now: self._board.watch(on_card, now))

    def watch_codes(self, on_code: Callable[[CodeRead], None]) -> None:
        """Call `on_code` for every code held before any reader from now on. Watching ends with `close`."""
        self._note(lambda now: self._board.watch_codes(on_code, now))

    def kinds(self) -> tuple[DeviceKind, ...]:
        """Kinds this terminal has, each once."""
        return tuple(dict.fromkeys(seat.choice.kind for seat in self._seats))

    def papers(self) -> tuple[PrinterOffer, ...]:
        """What each printer takes, in the order of the configuration."""
        return tuple(seat.choice.offer() for seat in self._seats if seat.choice.kind is DeviceKind.PRINTER)

    def close(self) -> None:
        """End every driver and every request. Returns when no child is left; may be called twice."""
        with self._gate:
            self._closing = True
            self._wake()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    # beyond the port: for the demo, the doctor and tests

    def simulate(self, kind: str, action: str, /, *, device: int = 1, **args: Any) -> dict[str, Any]:
        """Do something to the n-th device of a kind, which must be a simulated one: `simulate("idcard", "lift")`.

        Waits for the driver's answer, at most `Limits.answer`; never call it from an event.

        Raises:
            KioskError: `DEVICE_ABSENT` (no such device), `CONFIG_INVALID` (not simulated, or it knows no such action),
                `DEVICE_CRASHED`, `DEVICE_HUNG`.
        """
        seats = [seat for seat in self._seats if seat.choice.kind.value == kind]
        if not 1 <= device <= len(seats):
            raise KioskError(Failure.DEVICE_ABSENT)
        answer = self._call(seats[device - 1], lambda call: m.Simulate(call, action, args))
        try:
            return answer.result(self._limits.answer)
        except TimeoutError:
            raise KioskError(Failure.DEVICE_HUNG) from None

    def probe(self, seconds: float) -> tuple[DeviceStatus, ...]:
        """Feel for every device now. Who has not answered within `seconds` counts as hung. Never call it from an event.

        A device in the middle of a request is not disturbed: it is as it was last heard of.
        """
        until = time.monotonic() + seconds
        answers = [self._call(seat, m.Probe) for seat in self._seats]
        silent = set()
        for place, answer in enumerate(answers):
            try:
                answer.result(max(0.0, until - time.monotonic()))
            except TimeoutError:
                silent.add(place)
            except KioskError:
                # Lost: its status says so itself.
                continue
        return tuple(
            replace(status, ready=False, failure=Failure.DEVICE_HUNG.code) if place in silent else status
            for place, status in enumerate(self.status())
        )

    def _call(self, seat: Seat, message: Callable[[int], m.Simulate | m.Probe]) -> Future[dict[str, Any]]:
        if threading.current_thread() is self._thread:
            raise RuntimeError("the host's own thread cannot wait for a driver")
        answer: Future[dict[str, Any]] = Future()
        call = next(self._numbers)
        self._answers[call] = answer
        self._note(lambda now: seat.call(message(call), now))
        return answer

    # notes to the thread

    def _note(self, note: Callable[[float], None]) -> None:
        with self._gate:
            if self._closing:
                raise KioskError(Failure.DEVICE_ABSENT)
            self._notes.append(note)
            self._wake()

    def _wake(self) -> None:
        try:
            self._ring.send(b"!")
        except OSError:
            # Full: it will wake anyway. Closed: there is nobody left to wake.
            return

    # the host's thread

    def _run(self) -> None:
        try:
            while not self._closing:
                self._turn(min((seat.due() for seat in self._seats), default=time.monotonic() + _IDLE))
        finally:
            self._closing = True
            self._leave()

    def _turn(self, due: float) -> None:
        """Wait until something arrives or is due, and see to it. What has arrived goes before what is late."""
        poll = select.poll()
        poll.register(self._bell, select.POLLIN)
        speaking = {seat.child.channel.fileno(): seat for seat in self._seats if seat.child is not None}
        for descriptor in speaking:
            poll.register(descriptor, select.POLLIN)
        ready = [descriptor for descriptor, _ in poll.poll(self._pause(due) * 1000.0)]
        now = time.monotonic()
        for descriptor in ready:
            if descriptor in speaking:
                speaking[descriptor].readable(now)
        self._read_notes(now)
        for seat in self._seats:
            if not self._closing:
                seat.tick(now)
            _reap(seat)
        self._board.deliver(now)

    def _pause(self, due: float) -> float:
        pause = max(0.0, due - time.monotonic())
        return min(pause, _REAPING) if any(seat.dying for seat in self._seats) else pause

    def _read_notes(self, now: float) -> None:
        try:
            self._bell.recv(4096)
        except BlockingIOError:
            return
        while self._notes:
            self._notes.popleft()(now)

    def _leave(self) -> None:
        """Ask every driver to go, kill who stays, end every request, and see that no process is left."""
        for seat in self._seats:
            seat.leave()
        until = time.monotonic() + self._limits.leave
        self._turn(time.monotonic())
        while any(seat.child is not None for seat in self._seats) and time.monotonic() < until:
            self._turn(until)
        for seat in self._seats:
            seat.kill()
        self._board.deliver(time.monotonic())
        last = time.monotonic() + _LAST_WAIT
        while any(seat.dying for seat in self._seats) and time.monotonic() < last:
            time.sleep(_REAPING)
            for seat in self._seats:
                _reap(seat)
        for answer in tuple(self._answers.values()):
            answer.set_exception(KioskError(Failure.DEVICE_ABSENT))
        self._bell.close()
        self._ring.close()


def _reap(seat: Seat) -> None:
    for child in tuple(seat.dying):
        how = child.ended()
        if how is not None:
            seat.dying.remove(child)
            _log.info("driver_ended", device=seat.choice.name, pid=child.pid, how=how)
