"""The tty layer: a simulated card reader on a pseudo-terminal (or TCP, or USB/IP), and the driver at its other end."""

import contextlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from devices.contract import Setup
from devices.idcard.sam.frames import encode
from devices.idcard.sam.reader import SamReader
from kiosk.failure import Failure, KioskError
from tests.stacks import need

ROOT = Path(__file__).parents[2]
PATIENCE = 10.0
ANSWER = len(encode(bytes(3 + 4 + 256 + 1024)))
"""Length of the answer to a read on the wire."""


class PlayedReader:
    """The simulator's process: its address, the settings that use it and its menu."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "devices.idcard.simulated.sam", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        line = self._line()
        self.address: str = line["address"]
        self.settings: dict[str, dict[str, str]] = line["settings"]

    @property
    def port(self) -> str:
        return self.settings["idcard"]["port"]

    def do(self, action: str, **words: Any) -> dict[str, Any]:
        """One line of the menu; what it does must have worked."""
        answer = self.say(action, **words)
        assert answer["ok"], answer
        return answer

    def say(self, action: str, **words: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": action, **words}) + "\n")
        self.process.stdin.flush()
        return self._line()

    def end(self) -> None:
        """Close its input, which ends it; its errors must be empty."""
        self.process.send_signal(signal.SIGCONT)
        try:
            with contextlib.suppress(BrokenPipeError):
                self.process.communicate(timeout=PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
        assert self.process.returncode == 0

    def _line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            assert self.process.stderr is not None
            raise AssertionError(self.process.stderr.read())
        words: dict[str, Any] = json.loads(line)
        return words


@contextmanager
def played_reader(*options: str) -> Iterator[PlayedReader]:
    """A simulated reader for as long as a test needs it."""
    need("usb" if "--usb" in options else "tcp" if "--tcp" in options else "pty", files=("/dev/ptmx",))
    reader = PlayedReader(*options)
    try:
        yield reader
    finally:
        if reader.process.poll() is None:
            reader.end()
        for pipe in (reader.process.stdin, reader.process.stdout, reader.process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


class Errand:
    """The `Job` of one read, in the test's own process. `cancel_at` is the fraction at which it is called off."""

    def __init__(self, seconds: float = 3.0, cancel_at: float = 2.0) -> None:
        self._until = time.monotonic() + seconds
        self._cancel_at = cancel_at
        self.cancelled = False
        self.fractions: list[float] = []

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._until - time.monotonic())

    def wait(self, seconds: float) -> None:
        if self.cancelled:
            raise KioskError(Failure.DEVICE_CANCELLED)
        if self.seconds_left <= 0:
            raise KioskError(Failure.CARD_ABSENT)
        time.sleep(min(seconds, self.seconds_left))

    def progress(self, fraction: float) -> None:
        self.fractions.append(fraction)
        self.cancelled = self.cancelled or fraction >= self._cancel_at


def driver(port: str, **options: str) -> SamReader:
    """The driver for a port, not opened yet."""
    return SamReader(Setup("idcard", Path("/nonexistent"), {"port": port, **options}))


@contextmanager
def opened(port: str, **options: str) -> Iterator[SamReader]:
    """The driver with its line open."""
    reader = driver(port, **options)
    try:
        reader.open()
        yield reader
    finally:
        reader.close()


def settings(port: str, **options: str) -> Mapping[str, Any]:
    """The table of a host with this one reader."""
    return {"idcard": {"driver": "sam", "port": port, **options}}


def failing(call: Callable[[], object]) -> KioskError:
    """The failure a call must end with; nothing of an error below it may show, which could name port or card."""
    with pytest.raises(KioskError) as failed:
        call()
    error = failed.value
    assert error.__cause__ is None
    assert error.__suppress_context__ or isinstance(error.__context__, KioskError | None)
    return error


def open_again(reader: SamReader) -> None:
    """Open a line that was lost a moment ago, as the host does: again and again, 3 s at most."""
    until = time.monotonic() + 3.0
    while True:
        try:
            reader.open()
        except KioskError as error:
            if error.failure is not Failure.DEVICE_ABSENT or time.monotonic() >= until:
                raise
        else:
            return
