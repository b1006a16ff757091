"""What goes on in a driver's process: one thread drives the device, one listens to the host.

The driver's thread serves requests one by one; between them it shows life, feels for the device and watches for cards.
"""

import contextlib
import itertools
import math
import os
import queue
import threading
import time
from collections.abc import Iterator
from typing import Any, TypeAlias

from devices import messages as m
from devices import returned
from devices.channel import Channel, from_memory
from devices.contract import (
    BarcodeDriver,
    IdCardDriver,
    Paper,
    PrinterDriver,
    ScannerDriver,
    Simulator,
)
from devices.job import RunningJob
from devices.page.passage import through
from devices.page.workshop import Workshop
from devices.rolls import unpack
from kiosk.failure import Failure, KioskError
from kiosk.model.devices import DeviceKind, ScanPages

_LIFE_SIGN = 1.0
_FEELING = 2.0
_CARD_TICK = 0.1
_CODE_TICK = 0.05
_LONGEST_CODE = 4096
_CODES_AT_ONCE = 16
_TICK = 0.5
_FIRST_RETRY = 1.0
# A device that is back must be there again within three seconds, without anybody asking.
_LONGEST_RETRY = 2.0
_FAREWELL = 1.0
# Failures that stay true after the request they ended: the status says so before the request's own end does.
_STANDING = frozenset(
    {
        Failure.DEVICE_ABSENT,
        Failure.SCANNER_JAM,
        Failure.PRINTER_PAPER_OUT,
        Failure.PRINTER_OFFLINE,
        Failure.PRINTER_JAM,
        Failure.PRINTER_COVER_OPEN,
        Failure.PRINTER_STOPPED,
    }
)

_Job: TypeAlias = m.Read | m.Scan | m.Use | m.Receive | m.List | m.Fetch | m.Print
_Task: TypeAlias = _Job | m.Probe


class Runtime:
    """Serves one driver. `driver` is what its class made; the contract says what it can do."""

    def __init__(self, channel: Channel[m.ToChild], kind: DeviceKind, driver: Any) -> None:
        self._channel = channel
        self._kind = kind
        self._driver = driver
        self._workshop = Workshop()
        self._tasks: queue.SimpleQueue[tuple[_Task, bytes] | None] = queue.SimpleQueue()
        self._gone = threading.Event()
        self._watched = threading.Event()
        self._gate = threading.Lock()
        self._job: RunningJob | None = None
        self._cancelled: set[int] = set()
        self._opened = False
        self._retry_at = 0.0
        self._retry = _FIRST_RETRY
        self._state = m.State(None, "")
        self._present: bool | None = None
        self._life_at = self._felt_at = 0.0
        self._listener_error: BaseException | None = None

    def run(self, early: list[tuple[m.ToChild, int | None]]) -> None:
        """Serve until the host is gone. `early` are messages that came together with the first one."""
        for message, memory in early:
            self._hear(message, memory)
        threading.Thread(target=self._listen, name="listener", daemon=True).start()
        self._open()
        while not self._gone.is_set():
            task = self._next_task()
            if task is not None:
                self._serve(*task)
            elif not self._gone.is_set():
                self._idle(time.monotonic())
        with contextlib.suppress(KioskError):
            self._driver.close()
        self._workshop.close()
        if self._listener_error is not None:
            raise self._listener_error

    # the driver's thread

    def _next_task(self) -> tuple[_Task, bytes] | None:
        watching = self._watched.is_set() and self._opened
        tick = {DeviceKind.ID_CARD: _CARD_TICK, DeviceKind.BARCODE: _CODE_TICK}.get(self._kind, _TICK)
        try:
            return self._tasks.get(timeout=tick if watching else _TICK)
        except queue.Empty:
            return None

    def _idle(self, now: float) -> None:
        if now - self._life_at >= _LIFE_SIGN:
            self._life_at = now
            self._channel.send(m.Alive())
            self._workshop.rest()
        if not self._opened:
            if now >= self._retry_at:
                self._open()
            return
        if now - self._felt_at >= _FEELING:
            self._feel()
        if self._kind is DeviceKind.ID_CARD and self._watched.is_set():
            self._look_for_card(self._driver)
        if self._kind is DeviceKind.BARCODE and self._opened:
            self._fetch_codes(self._driver)

    def _open(self) -> None:
        self._channel.send(m.Opening())
        try:
            self._driver.open()
        except KioskError as error:
            self._shut(error)
        else:
            self._opened, self._retry = True, _FIRST_RETRY
            self._feel()
        self._channel.send(m.Ready(bool(getattr(self._driver, "simulated", False))))

    def _shut(self, error: KioskError) -> None:
        """The device is gone: close it, say so and try again later."""
        self._tell_state(error.failure.code, returned.detail(error))
        self._opened = False
        with contextlib.suppress(KioskError):
            self._driver.close()
        self._retry_at = time.monotonic() + self._retry
        self._retry = min(_LONGEST_RETRY, self._retry * 2)

    def _feel(self) -> None:
        """Ask the device how it is; a change is told."""
        self._felt_at = time.monotonic()
        try:
            found = returned.condition(self._driver.check())
        except KioskError as error:
            if error.failure is Failure.DEVICE_ABSENT:
                self._shut(error)
            else:
                self._tell_state(error.failure.code, returned.detail(error))
        else:
            self._tell_state(None, found.detail, found.warning.code if found.warning else None)

    def _tell_state(self, failure: str | None, detail: str, warning: str | None = None) -> None:
        state = m.State(failure, detail, warning)
        if state != self._state:
            self._state = state
            self._channel.send(state)

    def _look_for_card(self, driver: IdCardDriver) -> None:
        try:
            present = returned.lies(driver.present())
        except KioskError as error:
            self._shut(error)
            return
        if present is not None and present is not self._present:
            self._present = present
            self._channel.send(m.CardSeen(present))

    def _fetch_codes(self, driver: BarcodeDriver) -> None:
        """Codes read while nobody watches are taken out and dropped: they must not turn up later, at somebody else."""
        try:
            for _ in range(_CODES_AT_ONCE):
                text = returned.code(driver.next_code())
                if text is None:
                    return
                if self._watched.is_set() and 0 < len(text) <= _LONGEST_CODE:
                    self._channel.send(m.CodeIn(text))
        except KioskError as error:
            self._shut(error)

    def _serve(self, task: _Task, pdf: bytes) -> None:
        if isinstance(task, m.Probe):
            if self._opened:
                self._feel()
            else:
                self._open()
            self._channel.send(m.Probed(task.call))
            return
        job = self._begin(task)
        last: m.CardIn | m.Done | m.Refused
        try:
            self._get_ready_for(job)
            self._channel.send(m.Begun(task.job))
            last = self._work(task, pdf, job)
        except KioskError as error:
            last = m.Refused(task.job, error.failure.code, returned.detail(error))
            if error.failure in _STANDING:
                self._tell_state(error.failure.code, returned.detail(error))
        with self._gate:
            self._job = None
        self._channel.send(last)
        if isinstance(last, m.Refused) and last.failure == Failure.DEVICE_ABSENT.code and self._opened:
            self._shut(KioskError(Failure.DEVICE_ABSENT))
        elif self._opened:
            self._feel()

    def _begin(self, task: _Job) -> RunningJob:
        seconds = task.seconds if isinstance(task, m.Read) else math.inf
        job = RunningJob(self._channel, task.job, seconds)
        with self._gate:
            self._job = job
            if task.job in self._cancelled:
                job.cancel()
            self._cancelled = {number for number in self._cancelled if number > task.job}
        return job

    def _get_ready_for(self, job: RunningJob) -> None:
        if job.cancelled:
            raise KioskError(Failure.DEVICE_CANCELLED)
        if not self._opened:
            self._open()
        if not self._opened:
            raise KioskError(Failure.of(self._state.failure or Failure.DEVICE_ABSENT.code))

    def _work(self, task: _Job, pdf: bytes, job: RunningJob) -> m.CardIn | m.Done:
        match task:
            case m.Read():
                reader: IdCardDriver = self._driver
                return m.CardIn(task.job, returned.card(reader.read(job)))
            case m.Scan():
                return m.Done(task.job, self._scan(task, job))
            case m.Use():
                from devices.camera.use import use  # noqa: PLC0415 - numpy, which only cameras need in memory

                return m.Done(task.job, use(self._driver, task, job, self._workshop))
            case m.Receive() | m.List() | m.Fetch():
                from devices.foreign import take_foreign  # noqa: PLC0415 - only where strangers' files come in

                return m.Done(task.job, take_foreign(self._driver, task, job, self._workshop))
            case m.Print():
                printer: PrinterDriver = self._driver
                return m.Done(task.job, returned.pages_printed(printer.print_paper(_paper(task, pdf), job)))

    def _scan(self, task: m.Scan, job: RunningJob) -> int:
        scanner: ScannerDriver = self._driver
        request = ScanPages(task.dpi, task.colour, task.max_pages, task.finish, task.read)
        return self._take(scanner.scan(request, job), request, job)

    def _take(self, pages: Iterator[object], request: ScanPages, job: RunningJob) -> int:
        if request.finish:
            self._workshop.warm()
        taken = 0
        try:
            for number, found in enumerate(itertools.islice(pages, request.max_pages), start=1):
                finished = through(returned.page(found), request, number, self._workshop, lambda: job.wait(0))
                if finished is not None:
                    job.deliver(finished)
                    taken += 1
                if job.cancelled:
                    raise KioskError(Failure.DEVICE_CANCELLED)
        finally:
            getattr(pages, "close", lambda: None)()
        if not taken:
            raise KioskError(Failure.SCANNER_EMPTY)
        return taken

    # the listener's thread

    def _listen(self) -> None:
        try:
            while True:
                for message, memory in self._channel.receive():
                    self._hear(message, memory)
        except (EOFError, ConnectionError):
            pass
        except BaseException as error:  # noqa: BLE001 - raised again on the driver's thread
            self._listener_error = error
        self._gone.set()
        with self._gate:
            if self._job is not None:
                self._job.cancel()
        self._tasks.put(None)
        time.sleep(_FAREWELL)
        os._exit(1)

    def _hear(self, message: m.ToChild, memory: int | None) -> None:
        match message:
            case m.Print() if memory is not None:
                self._tasks.put((message, from_memory(memory, message.length)))
            case m.Read() | m.Scan() | m.Use() | m.Receive() | m.List() | m.Fetch() | m.Probe():
                self._tasks.put((message, b""))
            case m.Cancel(job=number):
                self._cancel(number)
            case m.Taken(job=number) | m.Shutter(job=number):
                with self._gate:
                    if self._job is not None and self._job.number == number:
                        (self._job.press if isinstance(message, m.Shutter) else self._job.taken)()
            case m.Watch():
                self._present = None
                self._watched.set()
            case m.Simulate():
                self._simulate(message)

    def _cancel(self, number: int) -> None:
        with self._gate:
            if self._job is not None and self._job.number == number:
                self._job.cancel()
            else:
                self._cancelled.add(number)

    def _simulate(self, message: m.Simulate) -> None:
        if not isinstance(self._driver, Simulator):
            self._channel.send(m.Answer(message.call, Failure.CONFIG_INVALID.code, {}))
            return
        try:
            answer = m.Answer(message.call, None, self._driver.simulate(message.action, message.args))
        except KioskError as error:
            answer = m.Answer(message.call, error.failure.code, {})
        self._channel.send(answer)


def _paper(task: m.Print, content: bytes) -> Paper:
    if task.lines:
        return Paper(b"", task.title, task.size, unpack(content))
    return Paper(content, task.title, task.size)
