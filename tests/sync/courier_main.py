"""Runs a courier command again and again, killed at every STRIDE-th touch of the disk, until it comes to its end.

Arguments: STRIDE, STICK, then `kiosk` or `central` and its arguments. Prints how often it was killed.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from central.cli import central
from kiosk.cli import kiosk
from sync.courier import giving, taking  # noqa: F401 -- loaded before the first fork
from sync.wire.coding import decode
from sync.wire.messages import SignedRecord
from sync.wire.stick.medium import Stick, data_name
from sync.wire.stick.messages import Parcel

TOUCHES = ("open", "write", "fsync", "replace", "unlink", "mkdir")


def armed(name: str, left: list[int]) -> Callable[..., Any]:
    """`os.<name>`, before which the process dies when its count is spent; a write dies with half of its bytes out."""
    real = getattr(os, name)

    def touch(*arguments: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            if name == "write" and arguments[0] > 2:
                real(arguments[0], arguments[1][: len(arguments[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **more)

    return touch


def old_or_whole(stick: Stick) -> None:
    """What an index on the stick names lies there."""
    for folder in stick.terminals():
        data = stick.index((folder, "up.jbi"), 1 << 20)
        if data is not None:
            for part in decode(decode(data, SignedRecord).body, Parcel).parts:
                assert stick.holds((folder, "up", data_name(part.digest)), part.digest, part.size)


def run(count: int, command: list[str]) -> int:
    """One run in a process of its own, killed at its `count`-th touch; its wait status."""
    child = os.fork()
    if child == 0:
        left = [count]
        for name in TOUCHES:
            setattr(os, name, armed(name, left))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        ended = 1
        try:
            (kiosk if command[0] == "kiosk" else central).main(command[1:], standalone_mode=False)
        except SystemExit as end:
            ended = int(end.code or 0)
        finally:
            os._exit(ended)
    return os.waitpid(child, 0)[1]


def main() -> None:
    stride, stick, command = int(sys.argv[1]), Stick(Path(sys.argv[2])), sys.argv[3:]
    killed = 0
    while os.WIFSIGNALED(status := run(1 + killed * stride, command)):
        killed += 1
        old_or_whole(stick)
    assert status == 0, status
    sys.stdout.write(f"{killed}\n")


if __name__ == "__main__":
    main()
