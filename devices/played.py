"""What every shipped simulator process shares: it ends with who started it, and talks in lines of JSON."""

import contextlib
import ctypes
import json
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any

_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Have the kernel end this process (SIGTERM) when the one that started it ends."""
    prctl: Callable[..., Any] = ctypes.CDLL(None).prctl
    prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def tell(words: Mapping[str, Any]) -> None:
    """One line on standard output."""
    sys.stdout.write(json.dumps(words, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def converse(obey: Callable[[str], Mapping[str, Any]]) -> None:
    """Answer every line of standard input until it ends, nobody listens any more, or somebody interrupts."""
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        for line in sys.stdin:
            if line.strip():
                tell(obey(line))
