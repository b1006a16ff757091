"""The counter that makes every request this terminal ever signs a different one."""

import struct
import threading

from kiosk.ports import Store

_SETTING = "sync.nonces"
_BLOCK = 1000
_COUNTER = struct.Struct(">Q")


class Nonces:
    """Rising numbers that never repeat, also across crashes and between processes.

    A block is reserved on disk before its first number is used, so a crash only skips numbers.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._next = self._end = 0

    def next(self) -> int:
        """A number no request has carried."""
        with self._lock:
            if self._next == self._end:
                self._reserve()
            self._next += 1
            return self._next - 1

    def _reserve(self) -> None:
        with self._store.write_tx():
            held = self._store.settings.get(_SETTING)
            start = _COUNTER.unpack(held)[0] if held else 1
            self._store.settings.put(_SETTING, _COUNTER.pack(start + _BLOCK))
        self._next, self._end = start, start + _BLOCK
