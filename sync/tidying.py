"""Lets go of what is over: files the platform has long had, and drafts whose day has passed.

What goes is gone from here, so nothing goes by a clock that the platform has not confirmed.
"""

import time
from typing import Final

import structlog

from kiosk.clock import CLOCK_MARK, RELEASED, read_mark
from kiosk.failure import KioskError
from kiosk.ports import Clock, Store

_EVERY_SECONDS: Final = 3600.0

_log = structlog.get_logger("sync.tidying")


class Tidying:
    """Looks once an hour at most, whenever it is asked; the first time at once."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._next = 0.0

    def run(self) -> None:
        """Release and discard what may go. What cannot be done now is tried again an hour later."""
        if time.monotonic() < self._next or not self._believed():
            return
        self._next = time.monotonic() + _EVERY_SECONDS
        now = self._clock.now()
        try:
            erased = self._store.erasure.run(now)
        except KioskError as error:
            _log.warning("tidying.failed", failure=error.failure.code)
            return
        if erased.anything:
            _log.info("tidied", released=erased.materials, forms=erased.forms, discarded=erased.drafts)
        if not erased.clean:
            _log.info("tidying.unfinished", left=erased.left, folded=erased.folded)

    def _believed(self) -> bool:
        mark, now = read_mark(self._store.settings.get(CLOCK_MARK)), self._clock.now()
        return now >= RELEASED and mark is not None and mark.believes(now)
