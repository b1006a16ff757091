"""Memory of a finished visit goes back to the system, so that a terminal that runs for months does not grow."""

import ctypes
import gc
import logging
from typing import Final

log = logging.getLogger(__name__)

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_LARGE: Final = 256 * 1024
"""Bytes from which a block (a scan, a preview) is mapped on its own and unmapped as soon as it is freed."""


def _glibc() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL("libc.so.6")
    except OSError:
        return None  # another C library, which does as it does


def map_large_blocks() -> None:
    """Ask glibc, once and early, to keep nothing of a freed scan; by itself it learns to hoard from the first one."""
    glibc = _glibc()
    if glibc is not None:
        for parameter, value in ((_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, 2 * _LARGE), (_ARENA_MAX, 2)):
            if not glibc.mallopt(parameter, value):
                log.debug("mallopt %d refused", parameter)


def settle() -> None:
    """What the program is made of will not become garbage: the collector need not look at it within a frame."""
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Drop what nobody refers to any more, and what the allocator holds free."""
    gc.collect()
    glibc = _glibc()
    if glibc is not None:
        glibc.malloc_trim(0)
