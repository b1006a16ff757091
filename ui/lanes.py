"""The way to the work lane and back: the only door through which another thread reaches the screen."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.failure import KioskError

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


def _nothing(_error: KioskError) -> None:
    return


class Lanes(QObject):
    """Runs desk calls in one lane, in order, and brings their answers home to the GUI thread.

    What a finished visit asked for is dropped: `forget` makes every answer still on its way worthless, so that
    nothing of one person can appear before the next. An unexpected exception goes to `on_bug`.
    """

    _home = Signal(object)

    def __init__(self, on_bug: Callable[[Exception], None]) -> None:
        super().__init__()
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._on_bug = on_bug
        self._visit = 0
        self._open = True
        self._home.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def work(
        self,
        call: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[KioskError], None] = _nothing,
        *,
        lasting: bool = False,
    ) -> None:
        """Run `call` in the lane, then `done` or `failed` here.

        `lasting` answers belong to the terminal, not to a visit, and survive `forget`.
        """
        if not self._open:
            return
        visit = None if lasting else self._visit

        def finished(future: Future[Answer]) -> None:
            self.post(lambda: self._settle(future, done, failed, visit))

        self._lane.submit(call).add_done_callback(finished)

    def in_lane(self, call: Callable[[], None]) -> None:
        """Run `call` in the lane, after what is there already; it belongs to the terminal, not to a visit."""
        self.work(call, lambda _: None, lasting=True)

    def post(self, call: Callable[[], None]) -> None:
        """Run `call` on the GUI thread soon; may be called from any thread."""
        if self._open:
            self._home.emit(call)

    def posting(self, call: Callable[[Answer], None]) -> Callable[[Answer], None]:
        """`call` as a callback for another thread, worthless once this visit is forgotten."""
        visit = self._visit

        def here(answer: Answer) -> None:
            if visit == self._visit:
                call(answer)

        return lambda answer: self.post(lambda: here(answer))

    def forget(self) -> None:
        """Make every answer this visit still waits for worthless."""
        self._visit += 1

    def close(self) -> None:
        """Let the running call end, drop the others, and take no more."""
        self._open = False
        self._lane.shutdown(wait=True, cancel_futures=True)

    def _settle(
        self,
        future: Future[Answer],
        done: Callable[[Answer], None],
        failed: Callable[[KioskError], None],
        visit: int | None,
    ) -> None:
        if future.cancelled() or visit not in {None, self._visit}:
            return
        error = future.exception()
        if error is None:
            done(future.result())
        elif isinstance(error, KioskError):
            failed(error)
        elif isinstance(error, Exception):
            self._on_bug(error)

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001 - an unexpected error ends the visit, never the process
            self._on_bug(error)
