"""How every process below the host settles in: nice, dying with who started it, leaving no memory image behind."""

import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import devices

NICENESS = 19
_ROOT = str(Path(devices.__file__).resolve().parents[1])
# What a driver's libraries may need of the environment. All else stays behind: it may hold keys.
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "SANE_CONFIG_DIR", "CUPS_SERVER")
# A picture says itself how much memory it wants: more than any page or camera has is not believed.
_LARGEST_PIXELS = "120000000"
# Between 0 and 1000: where memory runs out, the kernel ends a driver before the screen, the store or the agent.
_FIRST_TO_GO = 600
_PR_SET_PDEATHSIG = 1


def settle() -> None:
    """Called first in a new process, on its main thread."""
    import ctypes  # noqa: PLC0415 - a megabyte the host's process has no use for

    from kiosk.unseen import leave_no_image  # noqa: PLC0415 - same

    os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(f"{_FIRST_TO_GO}\n", encoding="ascii")
    leave_no_image()
    prctl: Callable[..., Any] = ctypes.CDLL(None).prctl
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def take_socket() -> socket.socket:
    """Move the socket away from standard input, so that no program this process starts inherits it."""
    taken = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.close(nothing)
    taken.setblocking(True)
    return taken


def environment() -> dict[str, str]:
    """The little of this process's environment that a child gets."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    inherited = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    path = [_ROOT, *(str(Path(part).resolve()) for part in inherited if part)]
    return kept | {
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONUTF8": "1",
        "OPENCV_IO_MAX_IMAGE_PIXELS": _LARGEST_PIXELS,
        # It names paths on standard error, and so do the decoders of films it uses (-8: AV_LOG_QUIET).
        "OPENCV_LOG_LEVEL": "OFF",
        "OPENCV_FFMPEG_LOGLEVEL": "-8",
    }


def command(module: str, *words: str) -> list[str]:
    """The command line that runs a module of ours."""
    return [sys.executable, "-P", "-m", module, *words]
