"""One run of `scanimage` over a stack of pages, through pipes that never become files.

In batch mode, the only one in which a feeder keeps its sheets and their backs in order, `scanimage` opens a file name
for each page. Here every name leads to a FIFO, so no byte of a page touches a disk, and the program waits at the next
name until somebody wants that page. Where a driver is killed, a folder of empty FIFOs is left; the next one removes it.
"""

import contextlib
import errno
import fcntl
import os
import re
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

from devices.contract import Job
from devices.scanner.sane.pnm import Raster
from devices.scanner.sane.program import DYING, heard_from, start, take, text
from kiosk.failure import Failure, KioskError

_LOOK = 0.05
_BLOCKS_AT_ONCE = 8
_PIPE = 1024 * 1024
_KEPT_WORDS = 8192
_OBEYING = 1.4
_ENDING_SECONDS = 20.0
_FAREWELL_SECONDS = 1.0
# SANE_STATUS_GOOD and SANE_STATUS_EOF.
_THROUGH = (0, 5)
_PROGRESS = re.compile(r"Progress: (\d{1,3}(?:[.,]\d+)?)%")

Tell = Callable[[int, float], None]


class Batch:
    """One run of `scanimage --batch`, page after page; `words` choose device and options. Leaving it leaves nothing."""

    def __init__(self, words: Sequence[str], folder: Path, most: int, job: Job, patience: float) -> None:
        self._folder, self._most, self._job, self._patience = folder, most, job, patience
        self._said = ""
        self._told = 0.0
        self._moved = time.monotonic()
        self._pipes: dict[int, int] = {}
        self._next = 1
        self._lay_pipes()
        try:
            batch = [f"--batch={folder}/%d", f"--batch-count={most}", "--format=pnm", "--progress"]
            self._program = start([*words, *batch], subprocess.DEVNULL)
        except BaseException:
            self._close()
            raise

    def _lay_pipes(self) -> None:
        sweep(self._folder)
        try:
            self._folder.mkdir(parents=True, mode=0o700)
            for number in range(1, self._most + 1):
                # The name `scanimage` writes to; it renames it when the page is complete, which is nothing to us.
                os.mkfifo(self._folder / f"{number}.part", 0o600)
        except OSError as error:
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            raise KioskError(Failure.STORE_FULL if full else Failure.STORE_UNREADABLE, reason="pages") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def pages(self, tell: Tell) -> Iterator[Raster]:
        """Every page, whole or not; what ended the batch is in `outcome` afterwards. `tell` hears how far it is.

        Raises:
            KioskError: `DEVICE_CANCELLED`, `DEVICE_HUNG` (nothing for `patience` seconds), and what `Raster` says.
        """
        for number in range(1, self._most + 1):
            self._pipe(number)
            raster = self._page(number, tell)
            if not raster.begun:
                return
            yield raster
            self._moved = time.monotonic()

    def outcome(self, page: int = 0) -> tuple[int, str]:
        """Wait for the program's end, or until it says that this page is through as far as it is concerned.

        Its exit code (negative: the signal) and its last words. One that has said what is wrong and then does not end
        is believed: a backend's threads may lock each other out in their own farewell (seen with `test`, Debian 13).
        """
        begun = time.monotonic()
        while True:
            code = self._program.poll()
            self._listen()
            if code is not None:
                return code, self._said
            said = re.search(rf"Scanned page {page}\. \(scanner status = (\d+)\)", self._said)
            if said and int(said[1]) in _THROUGH:
                return 0, ""
            waited = time.monotonic() - begun
            if waited >= (_FAREWELL_SECONDS if said else _ENDING_SECONDS):
                if said or "Batch terminated" in self._said:
                    return (int(said[1]) if said else 0), self._said
                raise KioskError(Failure.DEVICE_HUNG, reason="does_not_end")
            self._job.wait(_LOOK / 5)

    def end(self) -> None:
        """Stop the scanner as it asks to be stopped, then by force; take the FIFOs away."""
        if self._program.poll() is None:
            self._stop()
        until = time.monotonic() + _OBEYING
        while self._program.poll() is None and time.monotonic() < until:
            # What it still has to say must go somewhere, or it would wait for us.
            for pipe in self._pipes.values():
                while take(pipe) and time.monotonic() < until:
                    continue
            self._listen()
            time.sleep(_LOOK / 10)
        if self._program.poll() is None:
            self._program.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._program.wait(DYING)
        if self._program.stderr is not None:
            self._program.stderr.close()
        self._close()

    def _stop(self) -> None:
        """Have it stop the scanner: one signal is one `sane_cancel`, and it ends the page under way, not the batch.

        Without their folder it can neither rename this page nor open the next, and gives up after cancelling that, too.
        It may already be waiting at the next name: that one is opened first.
        """
        if self._next <= self._most:
            self._pipe(self._next)
        sweep(self._folder)
        self._program.send_signal(signal.SIGINT)

    def _page(self, number: int, tell: Tell) -> Raster:
        raster, pipe = Raster(), self._pipes[number]
        poll = select.poll()
        poll.register(pipe, select.POLLIN)
        if self._program.stderr is not None:
            poll.register(self._program.stderr, select.POLLIN)
        reached = self._told = 0.0
        while True:
            if self._job.cancelled:
                raise KioskError(Failure.DEVICE_CANCELLED)
            ended = self._program.poll() is not None
            events = dict(poll.poll(0 if ended else _LOOK * 1000))
            self._listen()
            took = self._drain(pipe, raster)
            if not took and (ended or events.get(pipe, 0) & select.POLLHUP):
                break
            if max(raster.part, self._told) > reached:
                reached = max(raster.part, self._told)
                tell(number - 1, reached)
            if time.monotonic() - self._moved >= self._patience:
                raise KioskError(Failure.DEVICE_HUNG, reason="silent")
        os.close(self._pipes.pop(number))
        return raster

    def _drain(self, pipe: int, raster: Raster) -> bool:
        """Take what is there, a few blocks at most: the job wants to be looked at in between."""
        took = False
        for _ in range(_BLOCKS_AT_ONCE):
            data = take(pipe)
            if not data:
                break
            raster.feed(data)
            took = True
        if took:
            self._moved = time.monotonic()
        return took

    def _listen(self) -> None:
        data = heard_from(self._program.stderr)
        if not data:
            return
        self._said = (self._said + text(data))[-_KEPT_WORDS:]
        figures = _PROGRESS.findall(text(data))
        if figures:
            told = min(1.0, float(figures[-1].replace(",", ".")) / 100.0)
            if told != self._told:
                self._moved = time.monotonic()
            self._told = told
        self._said = _PROGRESS.sub("", self._said)

    def _pipe(self, number: int) -> None:
        """Let the program write this page."""
        pipe = os.open(self._folder / f"{number}.part", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
        self._pipes[number] = pipe
        self._next = number + 1

    def _close(self) -> None:
        while self._pipes:
            os.close(self._pipes.popitem()[1])
        sweep(self._folder)


def sweep(folder: Path) -> None:
    """Remove the FIFOs of an earlier batch and their folder; anything else there is not ours and stays."""
    with contextlib.suppress(OSError):
        for name in folder.iterdir():
            if name.is_fifo():
                name.unlink(missing_ok=True)
        folder.rmdir()
