"""`python -m devices.idcard.photo_process MODULE:FUNCTION [PATH …]`: one photo block in, one PNG out, then over.

Started by `devices.idcard.photo` alone. The limits are set before the decoder is imported.
"""

import ctypes
import importlib
import os
import resource
import signal
import sys

from kiosk.unseen import leave_no_image

_MEMORY = 512 * 1024 * 1024
_CPU_SECONDS = 5
_LARGEST_BLOCK = 4096
_LARGEST_PICTURE = 512 * 1024
_TOO_LARGE = 3
_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> int:
    """Decode what stands on standard input."""
    place, *path = arguments
    _confine()
    block = sys.stdin.buffer.read(_LARGEST_BLOCK)
    # What the decoder prints must not get into the picture.
    out = os.dup(1)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    sys.path.extend(one for one in path if one not in sys.path)
    module, _, name = place.partition(":")
    picture = getattr(importlib.import_module(module), name)(block)
    if len(picture) > _LARGEST_PICTURE:
        return _TOO_LARGE
    rest = memoryview(bytes(picture))
    while rest:
        rest = rest[os.write(out, rest) :]
    return 0


def _confine() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    leave_no_image()
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    # No file of any size can be written: pipes are not meant by this limit.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    # os._exit: a vendor's library may hang in its own destructors.
    os._exit(main(sys.argv[1:]))
