"""The page worker as its user holds it: started when first wanted, killed when it is late, started again when it died.

Imports nothing heavy: pictures are measured in the worker's process alone.
"""

import contextlib
import os
import select
import socket
import subprocess
import time
from collections.abc import Callable, Iterator

import msgspec

from devices.channel import LARGEST_MEMORY, BrokenChannelError, Channel, as_memory, from_memory
from devices.page.finished import FileLimits, FinishedPage, Wish
from devices.page.messages import (
    FROM_WORKER_WITH_MEMORY,
    Finish,
    FromWorker,
    Made,
    Nothing,
    Open,
    Refused,
    ToWorker,
)
from devices.settled import command, environment
from kiosk.failure import Failure, KioskError

PAGE_SECONDS = 20.0
"""Longest time for one page; the usual one is 0.3."""

REST_AFTER = 60.0
"""Seconds without work after which the worker's memory is given back."""

_PULSE = 0.2
# One thread each: the pictures of one page are small, and the screen wants a processor, too.
_THREADS = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
_INCOMING: msgspec.json.Decoder[FromWorker] = msgspec.json.Decoder(FromWorker)


class Workshop:
    """One worker. Every call waits, so keep it off threads that must not; use it from the thread that outlives it.

    `alive` is called several times a second while it waits, and may raise to give up: the worker is then replaced.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel[FromWorker] | None = None
        self._used = time.monotonic()

    def warm(self) -> None:
        """Start the worker, without waiting for it: it loads its libraries while the first page is still coming."""
        self._used = time.monotonic()
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    command("devices.page.worker"),
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    env=environment() | _THREADS,
                )
            except OSError:
                ours.close()
                raise KioskError(Failure.DEVICE_BUSY, part="page") from None
        self._channel = Channel(ours, _INCOMING, FROM_WORKER_WITH_MEMORY)

    def finish(self, raw: bytes, wish: Wish, alive: Callable[[], object] = bool) -> FinishedPage | None:
        """Bytes of a picture to a page worth keeping; None for a blank back side.

        Raises:
            KioskError: what `devices.page.pipeline.finish` raises; `DEVICE_CRASHED` when the picture crashes the worker
                twice, `DEVICE_HUNG` when it is not through in `PAGE_SECONDS`.
        """
        if not 0 < len(raw) <= LARGEST_MEMORY:
            raise KioskError(Failure.SCANNER_SHORT_PAGE, page=wish.number, reason="size" if raw else "broken")
        until = time.monotonic() + PAGE_SECONDS
        for _ in range(2):
            with contextlib.suppress(_LostError):
                pages = self._ask(Finish(wish, len(raw)), raw, until, alive)
                return pages[0] if pages else None
        raise KioskError(Failure.DEVICE_CRASHED, part="page")

    def open(
        self, data: bytes, extension: str, wish: Wish, limits: FileLimits, alive: Callable[[], object] = bool
    ) -> tuple[FinishedPage, ...]:
        """The pages of a foreign file, decoded in the sandbox. See `devices.page.sandbox.decode`."""
        until = time.monotonic() + limits.seconds
        try:
            return tuple(self._ask(Open(extension, wish, limits, len(data)), data, until, alive))
        except _LostError:
            raise KioskError(Failure.FILE_UNSAFE, reason="crash") from None

    def rest(self) -> None:
        """Give the worker's memory back when nobody has needed it for a while."""
        if self._process is not None and time.monotonic() - self._used >= REST_AFTER:
            self.close()

    def close(self) -> None:
        """End the worker. It may be wanted again."""
        process, self._process = self._process, None
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.close()
        if process is not None:
            process.kill()
            process.wait()

    def _ask(self, question: ToWorker, data: bytes, until: float, alive: Callable[[], object]) -> list[FinishedPage]:
        """Every page of the answer. A worker left in the middle of one, for whatever reason, is ended."""
        self.warm()
        settled = False
        try:
            for pages, last in self._answers(question, data, until, alive):
                settled = last
                if last:
                    return pages
        except _RefusedError as refused:
            settled = True
            raise KioskError(refused.failure, **refused.info) from None
        finally:
            self._used = time.monotonic()
            if not settled:
                self.close()
        raise _LostError

    def _answers(
        self, question: ToWorker, data: bytes, until: float, alive: Callable[[], object]
    ) -> Iterator[tuple[list[FinishedPage], bool]]:
        channel = self._channel
        if channel is None:
            return
        pages: list[FinishedPage] = []
        _send(channel, question, data)
        while True:
            _wait(channel, until, alive)
            for answer, memory in _received(channel):
                page = _page(answer, memory)
                if page is not None:
                    pages.append(page)
                yield pages, page is None or isinstance(question, Finish)


class _LostError(Exception):
    """The worker died."""


class _RefusedError(Exception):
    """The worker is well and refuses the page."""

    def __init__(self, failure: Failure, info: dict[str, str | int]) -> None:
        super().__init__(failure.code)
        self.failure = failure
        self.info = info


def _send(channel: Channel[FromWorker], question: ToWorker, data: bytes) -> None:
    memory = as_memory(data)
    try:
        channel.send(question, memory)
    except ConnectionError:
        raise _LostError from None
    finally:
        os.close(memory)


def _wait(channel: Channel[FromWorker], until: float, alive: Callable[[], object]) -> None:
    poll = select.poll()
    poll.register(channel, select.POLLIN)
    while channel.broken is None and not poll.poll(_PULSE * 1000):
        alive()
        if time.monotonic() >= until:
            raise KioskError(Failure.DEVICE_HUNG, part="page")


def _received(channel: Channel[FromWorker]) -> list[tuple[FromWorker, int | None]]:
    try:
        return channel.receive()
    except (EOFError, ConnectionError, BrokenChannelError):
        raise _LostError from None


def _page(answer: FromWorker, memory: int | None) -> FinishedPage | None:
    match answer:
        case Made() if memory is not None:
            findings = tuple(Failure.of(code) for code in answer.findings)
            image = from_memory(memory, answer.length)
            return FinishedPage(
                image, answer.extension, answer.width, answer.height, findings, answer.codes, answer.text
            )
        case Refused(failure=code, info=info):
            raise _RefusedError(Failure.of(code), info)
        case Made() | Nothing():
            return None
