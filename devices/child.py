"""`python -m devices.child KIND DRIVER`: the process one driver lives in. Started by `devices.process`, by nobody else.

Standard input is the socket to the host; standard output and error lead nowhere. The process is nicer than the screen,
dies with its host and leaves no memory image behind when it crashes: that image could hold a card.
"""

import contextlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import msgspec

from devices.channel import Channel
from devices.contract import Setup
from devices.messages import Fault, Hello, ToChild
from devices.registry import load
from devices.returned import BrokenPromiseError
from devices.running import Runtime
from devices.settled import settle, take_socket
from kiosk.failure import KioskError
from kiosk.model.devices import DeviceKind

FAULTY = 70
_MISUSED = 2


def main(arguments: list[str]) -> int:
    """Serve one driver until the host goes away. Returns the exit code."""
    if len(arguments) != 2:  # noqa: PLR2004 - the two words of the docstring
        return _MISUSED
    settle()
    channel: Channel[ToChild] = Channel(take_socket(), msgspec.json.Decoder(ToChild))
    try:
        kind = DeviceKind(arguments[0])
        (hello, _), *early = _first_words(channel)
        if not isinstance(hello, Hello):
            return _MISUSED
        Runtime(channel, kind, _made(kind, arguments[1], hello)).run(early)
    except (EOFError, ConnectionError):
        return 0
    except BaseException as error:  # noqa: BLE001 - whatever the driver raised, its text may name people: only the place is told
        with contextlib.suppress(OSError):
            channel.send(Fault(_place_of(error)))
        return FAULTY
    return 0


def _made(kind: DeviceKind, name: str, hello: Hello) -> Any:
    """The driver; where its settings make no sense, one that says so as long as they do not."""
    factory = load(kind, name)
    try:
        return factory(Setup(hello.name, Path(hello.data), hello.options))
    except KioskError as error:
        return Unmade(error)


class Unmade:
    """Stands for a driver that refused its settings: it never opens, and tells why."""

    simulated = False

    def __init__(self, error: KioskError) -> None:
        self._error = error

    def open(self) -> None:
        """Say why there is no driver."""
        raise self._error

    def check(self) -> str:
        """As `open`."""
        raise self._error

    def close(self) -> None:
        """Nothing to let go."""


def _first_words(channel: Channel[ToChild]) -> list[tuple[ToChild, int | None]]:
    while True:
        words = channel.receive()
        if words:
            return words


def _place_of(error: BaseException) -> str:
    """`ValueError at sim.py:42`: the type and the innermost line; or what the driver gave back."""
    if isinstance(error, BrokenPromiseError):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


if __name__ == "__main__":
    # os._exit: a driver's library may hang in its own destructors, and the host is waiting.
    code = main(sys.argv[1:])
    os._exit(code)
