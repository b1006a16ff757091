"""One device as its host sees it: a driver's process, what it is doing, and what becomes of it when it misbehaves.

Runs on the host's thread alone. Nothing here waits: the host calls in when something has arrived or is due, and takes
the `news` away afterwards.
"""

import math
import os
from collections import deque
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

import msgspec
import structlog

from devices import messages as m
from devices.arrivals import failure_of, taken_in, told_of, words_of
from devices.channel import BrokenChannelError, as_memory
from devices.config import Choice
from devices.limits import Limits
from devices.orders import Answered, CardMoved, CodeCame, Ended, LastEvent, News, Order, Told
from devices.process import Child
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import CardRead, CodeRead, Finished, PreviewOpened, PrintPaper, Progress, ReadCard, Ticket
from kiosk.model.terminal import DeviceStatus

_log = structlog.get_logger("devices")
_SMALLEST_STEP = 0.01


class _Phase(Enum):
    DOWN = auto()
    OPENING = auto()
    SERVING = auto()


@dataclass(slots=True)
class _Running:
    """The order sent to the process. `begun` once the driver itself has it, `moved` when it last got somewhere."""

    order: Order
    moved: float
    begun: bool = False
    fraction: float = 0.0
    cancelled_at: float | None = None


class Seat:
    """Holds one driver. `now` is always `time.monotonic()` as the host read it, in seconds."""

    def __init__(self, choice: Choice, data: Path, limits: Limits, now: float) -> None:
        self.choice = choice
        self.child: Child | None = None
        self.news: list[News] = []
        self.dying: list[Child] = []
        self.present: bool | None = None
        self._data = data
        self._limits = limits
        self._phase = _Phase.DOWN
        self._restart_at = now
        self._heard = now
        self._ready_at = now
        self._crashes = 0
        self._running: _Running | None = None
        self._waiting: deque[Order] = deque()
        self._calls: deque[m.Simulate | m.Probe] = deque()
        self._asked: set[int] = set()
        self._watched = False
        self._failure: Failure | None = None
        self._detail = ""
        self._warning: str | None = None
        self._simulated = False
        self._leaving = False

    # what the host asks

    def offer(self, order: Order, now: float) -> None:
        """Take an order: at once, when the driver is free, or never, when it keeps crashing."""
        if self._given_up():
            self.news.append(Ended(order, order.failed(self._failure or Failure.DEVICE_CRASHED)))
            return
        self._waiting.append(order)
        self._next_order(now)

    def trigger(self, ticket: Ticket, now: float) -> None:
        """Press the shutter, if the driver has that order in hand."""
        if self._running is not None and self._running.order.ticket == ticket:
            self._send(m.Shutter(ticket.number), now)

    def withdraw(self, order: Order, now: float) -> None:
        """Let go of an order, wherever it is. The driver has `Limits.cancel` to obey."""
        if order in self._waiting:
            self._waiting.remove(order)
            self.news.append(Ended(order, order.failed(Failure.DEVICE_CANCELLED)))
        elif self._running is not None and self._running.order is order and self._running.cancelled_at is None:
            self._running.cancelled_at = now
            self._send(m.Cancel(order.ticket.number), now)

    def queue(self) -> list[Order]:
        """Orders here that are not over, the running one first."""
        return [*([self._running.order] if self._running else []), *self._waiting]

    def watch(self, now: float) -> None:
        """Have cards coming and going, or codes, reported."""
        self._watched = True
        self._send(m.Watch(), now)

    def call(self, message: m.Simulate | m.Probe, now: float) -> None:
        """Pass a call to the driver itself, as soon as there is one. Nobody feels for a device at work or lost."""
        if isinstance(message, m.Probe) and (self._running is not None or self._given_up()):
            self.news.append(Answered(message.call, self._failure))
            return
        self._calls.append(message)
        self._pass_calls(now)

    def status(self) -> DeviceStatus:
        """The device as last heard of."""
        ready = self._phase is _Phase.SERVING and self._failure is None
        failure = self._failure.code if self._failure else None
        warning = self._warning if ready else None
        return DeviceStatus(
            self.choice.name, self.choice.driver, ready, failure, self._detail, self._simulated, warning
        )

    def leave(self) -> None:
        """Ask the process to end by itself: it sees the end of its input."""
        self._leaving = True
        self._drop_waiting(Failure.DEVICE_CANCELLED)
        if self.child is not None:
            self.child.channel.finish()

    def kill(self) -> None:
        """End everything here for good."""
        if self.child is not None:
            self._bury(self.child)
        self._phase, self._restart_at = _Phase.DOWN, math.inf
        self._drop(Failure.DEVICE_CANCELLED)
        self._drop_waiting(Failure.DEVICE_CANCELLED)

    # what happens

    def due(self) -> float:
        """The moment `tick` has something to do at the latest."""
        match self._phase:
            case _Phase.DOWN:
                return self._restart_at
            case _Phase.OPENING:
                return self._heard + self._limits.opening
            case _Phase.SERVING:
                return self._patience_ends()

    def tick(self, now: float) -> None:
        """Start the process that is due, or lose patience with the one that is late."""
        if now < self.due():
            return
        if self._phase is _Phase.DOWN:
            self._start(now)
        else:
            self._lose(Failure.DEVICE_HUNG, "", now)

    def readable(self, now: float) -> None:
        """Take in what the process has sent, or its end."""
        child = self.child
        if child is None:
            return
        try:
            arrived = child.channel.receive()
        except BlockingIOError:
            return
        except (EOFError, ConnectionError, BrokenChannelError) as error:
            self._lose(Failure.DEVICE_CRASHED, str(error) if isinstance(error, BrokenChannelError) else "", now)
            return
        self._heard = now
        for message, memory in arrived:
            if self.child is child:
                self._hear(message, memory, now)
            elif memory is not None:
                os.close(memory)
        if self.child is child and child.channel.broken is not None:
            self._lose(Failure.DEVICE_CRASHED, str(child.channel.broken), now)

    def _hear(self, message: m.ToHost, memory: int | None, now: float) -> None:
        match message:
            case m.PageIn() | m.PreviewIn() if memory is not None:
                self._arrived(message, memory, now)
            case m.Begun() | m.Advanced() | m.CardIn() | m.Done() | m.Refused():
                self._job_moved(message, now)
            case m.Handover() | m.Offer() | m.FileOut():
                self._told(message, now)
            case m.Opening():
                self._phase = _Phase.OPENING
            case m.Ready(simulated=simulated):
                self._ready(simulated, now)
            case m.State() | m.CardSeen() | m.CodeIn():
                self._learn(message)
            case m.Answer(call=call, failure=failure, values=values):
                self._answered(call, failure_of(failure) if failure else None, values)
            case m.Probed(call=call):
                self._answered(call, None, {})
            case m.Fault(where=where):
                self._lose(Failure.DEVICE_CRASHED, where, now)

    def _learn(self, message: m.State | m.CardSeen | m.CodeIn) -> None:
        match message:
            case m.State(failure=failure, detail=detail, warning=warning):
                self._failure, self._detail = (failure_of(failure) if failure else None), detail
                self._warning = warning
            case m.CardSeen(present=present):
                self.present = present
                self.news.append(CardMoved(present))
            case m.CodeIn(text=text):
                self.news.append(CodeCame(CodeRead(text)))

    def _job_moved(self, message: m.Begun | m.Advanced | m.CardIn | m.Done | m.Refused, now: float) -> None:
        running = self._running
        if running is None or running.order.ticket.number != message.job:
            return
        order = running.order
        match message:
            case m.Begun():
                running.begun = True
            case m.Advanced(fraction=fraction):
                self._progress(running, fraction, now)
            case m.CardIn(card=card):
                self._end(CardRead(order.ticket, card), now)
            case m.Done(pages=pages):
                self._end(Finished(order.ticket, pages), now)
            case m.Refused(failure=failure, detail=detail):
                self._end(order.failed(failure_of(failure), detail), now)

    def _progress(self, running: _Running, fraction: float, now: float) -> None:
        """Only real steps forward count and are told: a driver cannot buy time with the same figure again."""
        if fraction >= running.fraction + _SMALLEST_STEP:
            running.fraction = fraction
            if not isinstance(running.order.request, ReadCard):
                running.moved = now
            self.news.append(Told(running.order, Progress(running.order.ticket, min(fraction, 1.0))))

    def _told(self, message: m.Handover | m.Offer | m.FileOut, now: float) -> None:
        running = self._running
        if running is not None and running.order.ticket.number == message.job:
            running.moved = now
            self.news.append(Told(running.order, told_of(running.order.ticket, message)))

    def _arrived(self, message: m.PageIn | m.PreviewIn, memory: int, now: float) -> None:
        running = self._running
        ours = running is not None and running.order.ticket.number == message.job
        try:
            event = taken_in(Ticket(self.choice.kind, message.job), message, memory)
        except BrokenChannelError as error:
            self._lose(Failure.DEVICE_CRASHED, str(error), now)
            return
        if running is not None and ours:
            running.moved = now
            running.order.take_over(event)
            self.news.append(Told(running.order, event))
        elif isinstance(event, PreviewOpened):
            event.frames.close()
        if isinstance(message, m.PageIn):
            self._send(m.Taken(message.job), now)

    def _end(self, event: LastEvent, now: float) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        order = running.order
        if isinstance(event, CardRead | Finished):
            self._crashes = 0
            if running.cancelled_at is not None and not isinstance(order.request, PrintPaper):
                event = order.failed(Failure.DEVICE_CANCELLED)
        self.news.append(Ended(order, event))
        self._next_order(now)

    def _ready(self, simulated: bool, now: float) -> None:  # noqa: FBT001 - a fact of the message, not a switch
        self._phase, self._ready_at, self._simulated = _Phase.SERVING, now, simulated
        self._next_order(now)

    def _answered(self, call: int, failure: Failure | None, values: dict[str, Any]) -> None:
        self._asked.discard(call)
        self.news.append(Answered(call, failure, values))

    # the process

    def _start(self, now: float) -> None:
        self._phase, self._heard = _Phase.OPENING, now
        try:
            self.child = Child(self.choice, self._data)
        except OSError as error:
            self._lose(Failure.DEVICE_CRASHED, type(error).__name__, now)
            return
        _log.info("driver_started", device=self.choice.name, driver=self.choice.driver, pid=self.child.pid)
        self._send(m.Hello(self.choice.name, str(self._data), dict(self.choice.options)), now)
        if self._watched:
            self._send(m.Watch(), now)
        self._pass_calls(now)

    def _lose(self, failure: Failure, where: str, now: float) -> None:
        """The driver is lost: bury it, tell those who wait for it, and plan its return."""
        if self._leaving:
            self.kill()
            return
        pid = self.child.pid if self.child else 0
        if self.child is not None:
            self._bury(self.child)
        steady = self._phase is _Phase.SERVING and now - self._ready_at >= self._limits.steady
        self._crashes = 1 if steady else self._crashes + 1
        self._phase, self._restart_at = _Phase.DOWN, now + self._limits.pause(self._crashes)
        self._failure, self._detail = failure, where
        device, in_a_row = self.choice.name, self._crashes
        _log.warning("driver_lost", device=device, failure=failure.code, where=where, pid=pid, in_a_row=in_a_row)
        self._drop(failure, where)
        if self._given_up():
            self._drop_waiting(failure)

    def _bury(self, child: Child) -> None:
        child.kill()
        self.dying.append(child)
        self.child = None

    def _drop(self, failure: Failure, where: str = "") -> None:
        """End what the lost driver had in hand; what had not reached it yet waits for the next one."""
        running, self._running = self._running, None
        if running is not None and not running.begun and running.cancelled_at is None:
            self._waiting.appendleft(running.order)
        elif running is not None and running.begun:
            self.news.append(Ended(running.order, running.order.lost(failure, where)))
        elif running is not None:
            self.news.append(Ended(running.order, running.order.failed(Failure.DEVICE_CANCELLED)))
        for call in sorted(self._asked):
            self._answered(call, Failure.DEVICE_CRASHED, {})

    def _drop_waiting(self, failure: Failure) -> None:
        while self._waiting:
            order = self._waiting.popleft()
            self.news.append(Ended(order, order.failed(failure)))
        while self._calls:
            self._answered(self._calls.popleft().call, failure, {})

    def _given_up(self) -> bool:
        return self._phase is _Phase.DOWN and self._crashes >= self._limits.crashes_in_a_row

    def _patience_ends(self) -> float:
        running = self._running
        if running is None:
            return self._heard + self._limits.idle
        ends = min(
            self._heard + self._limits.silence(self.choice.kind),
            running.moved + self._limits.whole(running.order.request),
        )
        return ends if running.cancelled_at is None else min(ends, running.cancelled_at + self._limits.cancel)

    # speaking

    def _next_order(self, now: float) -> None:
        free = self._phase is _Phase.SERVING and self._running is None and not self._leaving
        if not free or not self._waiting:
            return
        order = self._waiting.popleft()
        self._running, self._heard = _Running(order, now), now
        if isinstance(order.request, PrintPaper):
            self._hand_over(order, order.request, now)
        else:
            self._send(words_of(order.ticket.number, order.request), now)

    def _hand_over(self, order: Order, paper: PrintPaper, now: float) -> None:
        try:
            content = order.content(paper, self._limits.stale)
            memory = as_memory(content)
        except KioskError as error:
            self._end(order.failed(error.failure), now)
            return
        except OSError:
            # No descriptors or no memory left in this process: nothing has reached the printer, and it may pass.
            self._end(order.failed(Failure.DEVICE_BUSY), now)
            return
        try:
            words = m.Print(order.ticket.number, paper.title, paper.size, len(content), bool(paper.roll))
            self._send(words, now, memory)
        finally:
            os.close(memory)

    def _pass_calls(self, now: float) -> None:
        while self._calls and self.child is not None:
            message = self._calls.popleft()
            self._asked.add(message.call)
            self._send(message, now)

    def _send(self, message: msgspec.Struct, now: float, memory: int | None = None) -> None:
        if self.child is None:
            return
        try:
            self.child.channel.send(message, memory)
        except BlockingIOError:
            self._lose(Failure.DEVICE_HUNG, "does not listen", now)
        except OSError:
            self._lose(Failure.DEVICE_CRASHED, "", now)
