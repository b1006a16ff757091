"""`python -m kiosk.bound PARENT MODULE ...`: a program that ends when the process that started it does.

A demonstration that is killed, or whose window is closed, must not leave a platform and an agent behind that hold its
directory. The kernel tells (`PR_SET_PDEATHSIG`, prctl(2)); it means the thread that started us, which must
outlive us.
"""

import ctypes
import os
import runpy
import signal
import sys
from collections.abc import Callable
from typing import Any, Final

_PR_SET_PDEATHSIG: Final = 1


def main() -> None:
    """Bind this process to its parent, then be the module."""
    parent, module = int(sys.argv[1]), sys.argv[2]
    prctl: Callable[..., Any] = ctypes.CDLL(None).prctl
    prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we asked
        return
    sys.argv = [module, *sys.argv[3:]]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
