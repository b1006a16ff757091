"""No image of a process's memory for anybody: no core file, no crash report, no debugger of the same user.

What a visit holds lies in memory alone; a crash must not write it down. Where crashes are piped to a program the kernel
does not look at the size limit, so the process is also marked as one that is not dumped (`PR_SET_DUMPABLE`, prctl(2)).
"""

import ctypes
import resource
from collections.abc import Callable
from typing import Any, Final

_PR_SET_DUMPABLE: Final = 4


def leave_no_image() -> None:
    """Called first in every process of ours, and inherited by what it starts as far as the kernel hands it on."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    prctl: Callable[..., Any] = ctypes.CDLL(None).prctl
    prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
