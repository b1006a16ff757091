"""The program `scanimage`: started so that it ends with its driver, and asked short questions.

It is in the driver's process group, which is killed as one, and `setpriv` has the kernel end it where the driver dies
alone.
"""

import contextlib
import math
import os
import select
import shutil
import subprocess
import time
from collections.abc import Sequence
from typing import IO

from kiosk.failure import Failure, KioskError

DYING = 2.0
_BLOCK = 256 * 1024
_LOOK = 0.01
_LARGEST_ANSWER = 256 * 1024


def command(words: Sequence[str]) -> list[str]:
    """The command line.

    Raises:
        KioskError: `DEVICE_NEEDS_VENDOR` with the Debian package that has `scanimage`.
    """
    found = shutil.which("scanimage")
    if found is None:
        raise KioskError(Failure.DEVICE_NEEDS_VENDOR, package="sane-utils")
    guard = shutil.which("setpriv")
    return [*([guard, "--pdeathsig", "KILL"] if guard else []), found, *words]


def start(words: Sequence[str], stdout: int) -> "subprocess.Popen[bytes]":
    """Start it with streams that never block us.

    Raises:
        KioskError: see `command`; `DEVICE_BUSY` where this machine has no room for another process.
    """
    words = command(words)
    try:
        started = _popen(words, stdout)
    except OSError:
        raise KioskError(Failure.DEVICE_BUSY, reason="no_process") from None
    for stream in (started.stdout, started.stderr):
        if stream is not None:
            os.set_blocking(stream.fileno(), False)
    return started


def _popen(words: Sequence[str], stdout: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - a program found in PATH, words from the configuration and from itself
        words,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


class Question:
    """A short call of `scanimage`. Look at `over` now and then; `end` at any time."""

    def __init__(self, words: Sequence[str], seconds: float) -> None:
        self._program = start(words, subprocess.PIPE)
        self._until = time.monotonic() + seconds
        self._out, self._err = bytearray(), bytearray()

    @property
    def over(self) -> bool:
        """Whether it has ended, its time is up, or it says more than anybody wants to hear."""
        self._listen()
        late = time.monotonic() >= self._until or max(len(self._out), len(self._err)) > _LARGEST_ANSWER
        return self._program.poll() is not None or late

    def wait(self, seconds: float = math.inf) -> None:
        """Wait until it is over, at most so long."""
        until = time.monotonic() + seconds
        streams = [stream for stream in (self._program.stdout, self._program.stderr) if stream is not None]
        while not self.over and time.monotonic() < until:
            select.select(streams, (), (), _LOOK)
            # At its end both streams are readable for ever.
            time.sleep(_LOOK / 10)

    def end(self) -> tuple[int | None, str, str]:
        """Its exit code, what it answered and what it complained of; the code is None where it had to be ended."""
        code = self._program.poll()
        if code is None:
            self._program.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._program.wait(DYING)
        self._listen()
        for stream in (self._program.stdout, self._program.stderr):
            if stream is not None:
                stream.close()
        return code, text(self._out), text(self._err)

    def _listen(self) -> None:
        for stream, heard in ((self._program.stdout, self._out), (self._program.stderr, self._err)):
            # One that never stops talking is over: it is not listened to the end.
            while len(heard) <= _LARGEST_ANSWER and (data := heard_from(stream)):
                heard.extend(data[: _LARGEST_ANSWER + 1 - len(heard)])


def heard_from(stream: IO[bytes] | None) -> bytes:
    """What has arrived on a stream, empty for nothing yet and for its end."""
    return take(stream.fileno()) if stream is not None and not stream.closed else b""


def take(descriptor: int) -> bytes:
    """The same for a descriptor."""
    try:
        return os.read(descriptor, _BLOCK)
    except BlockingIOError:
        return b""


def text(data: bytes | bytearray) -> str:
    """Words of a program, whatever its locale made of them."""
    return data.decode("utf-8", "replace")
